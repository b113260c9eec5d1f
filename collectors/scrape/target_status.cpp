#include "collectors/scrape/target_status.h"

namespace holdfast::scrape {

const char* healthWord(TargetHealth health)
{
    switch (health) {
    case TargetHealth::Up: return "up";
    case TargetHealth::Down: return "down";
    case TargetHealth::Unknown: break;
    }
    return "unknown";
}

}  // namespace holdfast::scrape
