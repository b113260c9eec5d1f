#include "widgets/view.h"

namespace holdfast::widgets {

std::vector<ViewEntry> builtViews()
{
    return {};
}

}  // namespace holdfast::widgets
