#pragma once

#include "app/base/clock.h"
#include "app/base/result.h"
#include "app/fleet/address_book.h"
#include "app/fleet/edge.h"
#include "app/fleet/experiments/open_loop.h"
#include "app/fleet/instance.h"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace holdfast::fleet {

enum class NeedsBack {
    Waits,      ///< /with waits for the other service's answer
    HandsOver,  ///< /with puts the work into a bounded queue and answers at once
};

/// How the calling service is protected. The defaults are what one would build.
struct FrontConfig {
    std::int64_t timeoutMs = 250;
    resilience::BreakerMode breaker = resilience::BreakerMode::Auto;
    std::size_t permits = 0;  ///< bulkhead around the calls; 0: none
    NeedsBack needs = NeedsBack::Waits;
};

/// One run: a front with /alone (10 ms of its own work) and /with (calls back, 20 ms of work), or back by itself, under
/// open-loop load; something goes wrong between two points in time.
struct RunConfig {
    std::string label{};  ///< "off", "on", or what else distinguishes the runs
    bool withFront = true;
    FrontConfig front{};
    int frontWorkers = 16;
    int backWorkers = 4;
    std::size_t backQueue = 32;
    std::int64_t backQueueMs = 250;
    DeadlineUse deadlines = DeadlineUse::Honoured;
    double perSecond = 80;
    double spike = 1;       ///< factor on arrivals while it goes wrong
    std::string fault{};    ///< flag of back that is on while it goes wrong; empty: none
    std::string degrade{};  ///< flag of front that is switched on one second later; empty: none
    double slowMs = 300;    ///< what fault-slow adds
    std::int64_t clientTimeoutMs = 1'000;
    int clientAttempts = 1;
    bool clientBudget = true;
};

/// When it goes wrong, seconds since the start; before lies the comparison, behind it the recovery.
inline constexpr double wrongFromS = 4;
inline constexpr double wrongUntilS = 9;
inline constexpr double runS = 19;
/// An answer counts as good within this time of the arrival.
inline constexpr double goodWithinS = 0.5;

struct RunResult {
    std::string label;
    double before = 0;  ///< goodput: share of the arrivals that got a good answer, [0, 1]
    double during = 0;
    double after = 0;
    double aloneDuring = 0;  ///< of /alone only; equal to during without a front
    double p99S = 0;         ///< of the good answers of the whole run
    double recoveryS = -1;   ///< after the end of the trouble until goodput stays above 95 %; −1: not in this run
    std::size_t peakQueue = 0;
    double headroomBefore = 0;      ///< of back's workers before the trouble
    std::vector<double> perSecond;  ///< goodput of each second
};

[[nodiscard]] Result<RunResult> runOnce(const RunConfig& config, std::uint64_t seed, const Clock& clock);

}  // namespace holdfast::fleet
