#include "app/fleet/conventions/in_convention.h"

#include <utility>

namespace holdfast::fleet {

Families inConvention(Convention, Families plain, const MetricsOwner&)
{
    return plain;
}

}  // namespace holdfast::fleet
