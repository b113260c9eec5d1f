#include "app/engine/outage.h"

#include "app/base/readable_number.h"
#include "app/base/time_text.h"
#include "app/model/label_matcher.h"
#include "app/model/sample.h"

#include <array>
#include <string>
#include <utility>

namespace holdfast::engine {

namespace {

constexpr std::int64_t kLookbackMs = 300'000;  // of queries; series that ended before are not drawn on
constexpr std::int64_t kFewestIntervals = 3;

std::string clockTime(std::int64_t ms)
{
    return rfc3339(ms).substr(11, 8) + "Z";
}

}  // namespace

Result<Outage> endLeftSeries(const store::Querier& querier, store::Appender& appender, std::int64_t newestMs,
                             std::int64_t nowMs)
{
    if (newestMs == 0 || newestMs >= nowMs)
        return Outage{nowMs, nowMs};
    const std::array matchers{LabelMatcher{MatchType::Regex, "__name__", "holdfast:.*|ALERTS|up"}};
    HF_TRY(const auto left, querier.select(matchers, {newestMs - kLookbackMs, newestMs}, {}, {}));
    Batch batch;
    batch.origin = "engine";
    for (const store::SeriesView& series : left.series) {
        if (series.times.empty() || isStaleMarker(series.values.back()))
            continue;
        HF_TRY(const SeriesId id, appender.series(*series.labels));
        batch.samples.push_back({.series = id, .t = series.times.back() + 1, .v = staleMarker()});
    }
    if (!batch.samples.empty()) {
        HF_TRY([[maybe_unused]] const auto report, appender.append(std::move(batch)));
    }
    return Outage{newestMs, nowMs};
}

std::optional<incident::Event> outageEvent(const Outage& outage, std::int64_t intervalMs)
{
    if (outage.toMs - outage.fromMs <= kFewestIntervals * intervalMs)
        return std::nullopt;
    incident::Event event;
    event.atMs = outage.fromMs;
    event.knownMs = outage.toMs;
    event.kind = "scrape_gap";
    event.text = "not collecting from " + clockTime(outage.fromMs) + " to " + clockTime(outage.toMs) + " ("
                 + readableSeconds(static_cast<double>((outage.toMs - outage.fromMs) / 1000))
                 + "): Holdfast did not run";
    return event;
}

}  // namespace holdfast::engine
