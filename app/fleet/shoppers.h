#pragma once

#include "app/fleet/service.h"

#include <cstdint>
#include <functional>
#include <memory>

namespace holdfast::fleet {

struct LoadConfig {
    double perSecond = 50;   ///< mean arrivals; 0: none, for somebody who brings load of his own
    double swing = 0.12;     ///< share by which the day goes up and down
    double dayS = 900;       ///< a day is compressed into so many seconds: the sine of the 24 hours of a shop
    double spikeFactor = 3;  ///< while the flag traffic-spike is on
    std::int64_t patienceMs = 4'000;
    int reloads = 3;  ///< while the flag retry-storm is on: how often a page that failed is asked for again, at once
};

/// Shoppers: an open loop. They arrive whether or not the shop answers, as a Poisson stream with a daily shape, and
/// leave after patienceMs; a slow shop therefore does not get fewer of them, which is what makes overload an overload.
/// Source: B. Schroeder et al., "Open Versus Closed: A Cautionary Tale" (NSDI 2006).
/// Its instance has no workers; its metrics are the shop as seen from outside, and the figures of the whole process.
[[nodiscard]] MakeService makeShoppers(LoadConfig config);

}  // namespace holdfast::fleet
