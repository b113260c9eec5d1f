#pragma once

#include "app/base/clock.h"
#include "app/base/result.h"
#include "app/fleet/experiments/measure.h"
#include "app/fleet/experiments/open_loop.h"
#include "app/fleet/experiments/results.h"
#include "app/fleet/experiments/watcher.h"
#include "app/fleet/practices.h"

#include <cstdint>
#include <string>
#include <vector>

namespace holdfast::fleet {

/// One run: the whole shop of nine services under open-loop load; something goes wrong between two points in time.
struct RunConfig {
    std::string label{};
    bool practice = false;
    Practices practices{};
    double perSecond = 50;
    double spike = 1;  ///< factor on arrivals while it goes wrong
    std::string faultService{};
    std::string fault{};              ///< flag forced on while it goes wrong; empty: only the spike
    std::int64_t patienceMs = 1'000;  ///< of a shopper, for one attempt
    double goodWithinMs = 500;
    Persistence shoppers{};
    std::vector<std::string> judged{};  ///< labels of the pages that goodput counts; empty: all
    std::string also{};                 ///< label of a page whose goodput during the fault is told besides
    std::string watched = "gateway";    ///< service whose workers are looked at
    std::string queue = "requests";     ///< name of the queues that are looked at, in every service
    View view = View::None;  ///< what somebody looks at, who takes orders without payment when it looks wrong
    Timetable table{};
    bool inConstants = false;  ///< measure recovery in service-time constants, too
};

/// The shop's pages, in the shares in which shoppers ask for them: home, products, search, orders.
[[nodiscard]] const std::vector<Page>& shopPages();

/// Starts the shop, plays the run, stops the shop: about its length and two seconds.
[[nodiscard]] Result<RunResult> runShop(const RunConfig& config, std::uint64_t seed, const Clock& clock);

}  // namespace holdfast::fleet
