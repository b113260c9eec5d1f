#include "widgets/fleet/fleet_columns.h"

#include "widgets/theme/theme.h"

#include <algorithm>

namespace holdfast::widgets {

namespace {

// px at 100 % text
constexpr int stateWidth = 34;
constexpr int leastService = 118;
constexpr int mostService = 190;
constexpr int spareService = 120;
constexpr int tierWidth = 48;
constexpr int leastBreakers = 108;
constexpr int mostBreakers = 170;
constexpr int seenWidth = 64;
constexpr int leastSignal = 150;
constexpr int mostSignal = 300;  // wider, and a number's remark stands far from its number

}  // namespace

FleetColumns fleetColumns(int width, const Theme& theme)
{
    const int state = theme.px(stateWidth);
    int service = std::clamp(width / 8, theme.px(leastService), theme.px(mostService));
    const int breakers = std::clamp(width * 2 / 15, theme.px(leastBreakers), theme.px(mostBreakers));
    int tier = theme.px(tierWidth);
    int seen = theme.px(seenWidth);
    const auto room = [&] { return (width - state - service - breakers - tier - seen) / 4; };
    if (room() < theme.px(leastSignal))
        seen = 0;
    if (room() < theme.px(leastSignal))
        tier = 0;
    const int signal = std::clamp(room(), theme.px(leastSignal), theme.px(mostSignal));
    const int rest = width - state - service - breakers - tier - seen - 4 * signal;
    service += std::clamp(rest, 0, theme.px(spareService));
    return {state, service, tier, signal, signal, signal, signal, breakers, seen};
}

}  // namespace holdfast::widgets
