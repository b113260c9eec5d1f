#include "app/fleet/experiments/measure.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace holdfast::fleet {

namespace {

constexpr double nothing = std::numeric_limits<double>::quiet_NaN();
/// Recovered: this share of the arrivals gets a good answer, in this and every later window of so many seconds.
constexpr double wellFrom = 0.95;
constexpr double windowS = 2;

template <typename Visit>
void each(std::span<const Outcome> outcomes, double from, double until, const Judgement& judgement, const Visit& visit)
{
    for (const Outcome& one : outcomes)
        if (one.atS >= from && one.atS < until && (judgement.pages.empty() || judgement.pages[one.page]))
            visit(one);
}

double errorShare(std::span<const Outcome> outcomes, double from, double until, const Judgement& judgement)
{
    double all = 0;
    double bad = 0;
    each(outcomes, from, until, judgement, [&](const Outcome& one) {
        ++all;
        bad += std::isinf(one.tookS) ? 1 : 0;
    });
    return all == 0 ? 0 : bad / all;
}

/// Milliseconds from the fault's end until the first arrival after which every window is well; a window begins with
/// every tenth of a second.
double recovery(std::span<const Outcome> outcomes, const Timetable& table, const Judgement& judgement)
{
    double since = -1;
    for (double at = table.faultUntilS; at <= table.lengthS - windowS + 1e-9; at += 0.1) {
        const double share = goodput(outcomes, at, at + windowS, judgement);
        if (!std::isnan(share) && share < wellFrom)
            since = -1;
        else if (since < 0)
            since = at - table.faultUntilS;
    }
    return since < 0 ? -1 : since * 1'000;
}

}  // namespace

double goodput(std::span<const Outcome> outcomes, double from, double until, const Judgement& judgement)
{
    double all = 0;
    double well = 0;
    each(outcomes, from, until, judgement, [&](const Outcome& one) {
        ++all;
        well += one.tookS <= judgement.goodWithinS ? 1 : 0;
    });
    return all == 0 ? nothing : well / all;
}

double meanTook(std::span<const Outcome> outcomes, double from, double until, const Judgement& judgement)
{
    double sum = 0;
    double count = 0;
    each(outcomes, from, until, judgement, [&](const Outcome& one) {
        if (std::isinf(one.tookS))
            return;
        sum += one.tookS;
        ++count;
    });
    return count == 0 ? 0 : sum / count;
}

double quantileMs(std::span<const Outcome> outcomes, double from, double until, double q, const Judgement& judgement)
{
    std::vector<double> answered;
    each(outcomes, from, until, judgement, [&](const Outcome& one) {
        if (std::isfinite(one.tookS))
            answered.push_back(one.tookS);
    });
    if (answered.empty())
        return nothing;
    const auto at = answered.begin() + static_cast<std::ptrdiff_t>(static_cast<double>(answered.size() - 1) * q);
    std::ranges::nth_element(answered, at);
    return *at * 1'000;
}

Figures measure(std::span<const Outcome> outcomes, const Timetable& table, const Judgement& judgement)
{
    return {.goodputBefore = goodput(outcomes, table.calmFromS, table.faultFromS, judgement),
            .goodputDuring = goodput(outcomes, table.faultFromS, table.faultUntilS, judgement),
            .goodputAfter = goodput(outcomes, table.faultUntilS, table.lengthS, judgement),
            .errors = errorShare(outcomes, table.faultFromS, table.lengthS, judgement),
            .p99Ms = quantileMs(outcomes, table.faultFromS, table.lengthS, 0.99, judgement),
            .peakQueue = 0,
            .recoveryMs = recovery(outcomes, table, judgement),
            .headroomBefore = -1};
}

}  // namespace holdfast::fleet
