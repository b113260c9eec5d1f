#pragma once

#include "app/store/appender.h"
#include "app/store/querier.h"

#include <map>
#include <memory>
#include <vector>

namespace holdfast::rules {

/// Series in memory for unit tests of rules: what is appended is there at once and goes with the object.
/// Samples later than the horizon are not seen by readers: a test lives through time. One thread at a time.
class UnitStore final : public store::Querier, public store::Appender {
public:
    /// ms since the epoch, inclusive; at first everything is seen.
    void setHorizon(std::int64_t t) { m_horizon = t; }

    [[nodiscard]] Result<SeriesId> series(const LabelSet& labels) override;
    [[nodiscard]] Result<store::AppendReport> append(Batch batch) override;
    [[nodiscard]] Result<store::AppendReport> appendDurably(Batch batch) override { return append(std::move(batch)); }

    [[nodiscard]] Result<store::SeriesSet> select(std::span<const LabelMatcher> matchers, TimeRange range,
                                                  const store::SelectHints& hints,
                                                  const store::ReadLimits& limits) const override;
    [[nodiscard]] Result<std::vector<LabelSetPtr>> series(std::span<const LabelMatcher> matchers, TimeRange range,
                                                          const store::ReadLimits& limits) const override;
    [[nodiscard]] Result<std::vector<std::string>> labelNames(std::span<const LabelMatcher> matchers, TimeRange range,
                                                              const store::ReadLimits& limits) const override;
    [[nodiscard]] Result<std::vector<std::string>> labelValues(std::string_view name,
                                                               std::span<const LabelMatcher> matchers, TimeRange range,
                                                               const store::ReadLimits& limits) const override;
    [[nodiscard]] std::vector<MetricMetadata> metadata(std::string_view family) const override;
    [[nodiscard]] Result<std::vector<SeriesExemplars>> exemplars(std::span<const LabelMatcher> matchers,
                                                                 TimeRange range) const override;

private:
    struct Stored {
        LabelSetPtr labels;
        std::vector<std::int64_t> times;  ///< ascending
        std::vector<double> values;
    };

    std::int64_t m_horizon = INT64_MAX;
    std::vector<Stored> m_series;              ///< the handle is the place
    using Ids = std::map<LabelSet, SeriesId>;  ///< ascending by labels, as a SeriesSet must be
    /// Those that can match: of one name where the matchers ask for one.
    [[nodiscard]] const Ids& candidates(std::span<const LabelMatcher> matchers) const;

    Ids m_ids;
    std::map<std::string, Ids, std::less<>> m_byName;
};

}  // namespace holdfast::rules
