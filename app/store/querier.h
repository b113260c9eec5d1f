#pragma once

#include "app/base/result.h"
#include "app/model/exemplar.h"
#include "app/model/label_matcher.h"
#include "app/model/label_set.h"
#include "app/model/metric_metadata.h"
#include "app/model/time_range.h"

#include <cstdint>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace holdfast::store {

/// Bounds of one query, looked at while reading: Cancelled, Timeout or Limit end it.
struct ReadLimits {
    std::stop_token cancelled;
    std::int64_t deadlineNs = 0;            ///< Clock::monotonicNs(); 0: none
    std::uint64_t maxSamples = 50'000'000;  ///< samples handed out by one select
};

/// What the reader will do with the samples; lets the store skip work, never changes what is right.
struct SelectHints {
    std::int64_t step = 0;    ///< ms between evaluations, 0 for an instant
    std::int64_t window = 0;  ///< ms looked back at each evaluation
    std::string function;     ///< "rate", "sum_over_time" …, empty for none
};

/// Samples of one series as two columns of equal length, ascending by time, no time twice. Staleness markers
/// are in it. Several series may share one `times` column. The spans live as long as the SeriesSet.
struct SeriesView {
    LabelSetPtr labels;
    std::span<const std::int64_t> times;
    std::span<const double> values;
};

/// The answer to a select: a consistent snapshot, sorted by labels. Immutable.
struct SeriesSet {
    std::vector<SeriesView> series;
    std::vector<std::string> warnings;      ///< what could not be read (a damaged chunk), in words for the asker
    std::shared_ptr<const void> keepAlive;  ///< owns what the spans point at
};

/// The read door of the store. Matchers: all must hold; at least one must not match the empty value, as in
/// PromQL, unless the list is empty, which means everything. Thread-safe; readers never wait for the writer.
class Querier {
public:
    virtual ~Querier() = default;

    /// Samples with range.start <= t <= range.end of all series that match. Series without such samples are left out.
    [[nodiscard]] virtual Result<SeriesSet> select(std::span<const LabelMatcher> matchers, TimeRange range,
                                                   const SelectHints& hints, const ReadLimits& limits) const = 0;

    /// Label sets of series that match and have samples in (or, for the newest data, near) the range. Sorted.
    [[nodiscard]] virtual Result<std::vector<LabelSetPtr>> series(std::span<const LabelMatcher> matchers,
                                                                  TimeRange range, const ReadLimits& limits) const = 0;

    /// Distinct label names of those series. Sorted.
    [[nodiscard]] virtual Result<std::vector<std::string>>
    labelNames(std::span<const LabelMatcher> matchers, TimeRange range, const ReadLimits& limits) const = 0;

    /// Distinct values of one label of those series. Sorted.
    [[nodiscard]] virtual Result<std::vector<std::string>> labelValues(std::string_view name,
                                                                       std::span<const LabelMatcher> matchers,
                                                                       TimeRange range,
                                                                       const ReadLimits& limits) const = 0;

    /// What endpoints said of a metric family; all families for an empty name. Several entries where they disagree.
    [[nodiscard]] virtual std::vector<MetricMetadata> metadata(std::string_view family) const = 0;

    struct SeriesExemplars {
        LabelSetPtr labels;
        std::vector<Exemplar> exemplars;
    };
    [[nodiscard]] virtual Result<std::vector<SeriesExemplars>> exemplars(std::span<const LabelMatcher> matchers,
                                                                         TimeRange range) const = 0;
};

}  // namespace holdfast::store
