#pragma once

#include "app/model/sample.h"
#include "app/store/querier.h"

#include <re2/re2.h>

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace holdfast::tests {

/// A Querier over samples put in by a test. One thread at a time.
class MemoryQuerier final : public store::Querier {
public:
    /// Adds a sample; a later one at the same time replaces the earlier.
    void add(const LabelSet& labels, std::int64_t t, double v)
    {
        Series& series = m_series[labels];
        const auto at = std::ranges::lower_bound(series.times, t);
        const auto index = at - series.times.begin();
        if (at != series.times.end() && *at == t) {
            series.values[static_cast<std::size_t>(index)] = v;
            return;
        }
        series.times.insert(at, t);
        series.values.insert(series.values.begin() + index, v);
    }
    void clear() { m_series.clear(); }

    Result<store::SeriesSet> select(std::span<const LabelMatcher> matchers, TimeRange range, const store::SelectHints&,
                                    const store::ReadLimits& limits) const override
    {
        const Compiled compiled(matchers);
        store::SeriesSet out;
        const auto copies = std::make_shared<std::vector<std::shared_ptr<const Series>>>();
        std::uint64_t samples = 0;
        for (const auto& [labels, series] : m_series) {
            if (limits.cancelled.stop_requested())
                return Error{"cancelled", ErrorKind::Cancelled};
            if (!compiled.match(labels))
                continue;
            const auto from = std::ranges::lower_bound(series.times, range.start) - series.times.begin();
            const auto to = std::ranges::upper_bound(series.times, range.end) - series.times.begin();
            if (from >= to)
                continue;
            samples += static_cast<std::uint64_t>(to - from);
            if (samples > limits.maxSamples)
                return Error{"too many samples", ErrorKind::Limit};
            const auto copy =
                std::make_shared<const Series>(Series{{series.times.begin() + from, series.times.begin() + to},
                                                      {series.values.begin() + from, series.values.begin() + to}});
            copies->push_back(copy);
            out.series.push_back({std::make_shared<const LabelSet>(labels), copy->times, copy->values});
        }
        out.keepAlive = copies;
        return out;
    }

    Result<std::vector<LabelSetPtr>> series(std::span<const LabelMatcher> matchers, TimeRange range,
                                            const store::ReadLimits& limits) const override
    {
        HF_TRY(const store::SeriesSet set, select(matchers, range, {}, limits));
        std::vector<LabelSetPtr> out;
        for (const store::SeriesView& view : set.series)
            out.push_back(view.labels);
        return out;
    }

    Result<std::vector<std::string>> labelNames(std::span<const LabelMatcher> matchers, TimeRange range,
                                                const store::ReadLimits& limits) const override
    {
        HF_TRY(const auto all, series(matchers, range, limits));
        std::set<std::string> names;
        for (const LabelSetPtr& labels : all) {
            for (const Label& label : *labels)
                names.insert(label.name);
        }
        return std::vector<std::string>(names.begin(), names.end());
    }

    Result<std::vector<std::string>> labelValues(std::string_view name, std::span<const LabelMatcher> matchers,
                                                 TimeRange range, const store::ReadLimits& limits) const override
    {
        HF_TRY(const auto all, series(matchers, range, limits));
        std::set<std::string> values;
        for (const LabelSetPtr& labels : all) {
            if (labels->has(name))
                values.emplace(labels->get(name));
        }
        return std::vector<std::string>(values.begin(), values.end());
    }

    std::vector<MetricMetadata> metadata(std::string_view) const override { return {}; }
    Result<std::vector<SeriesExemplars>> exemplars(std::span<const LabelMatcher>, TimeRange) const override
    {
        return std::vector<SeriesExemplars>();
    }

private:
    struct Series {
        std::vector<std::int64_t> times;
        std::vector<double> values;
    };

    class Compiled {
    public:
        explicit Compiled(std::span<const LabelMatcher> matchers)
        {
            RE2::Options options(RE2::Quiet);
            options.set_dot_nl(true);
            for (const LabelMatcher& matcher : matchers) {
                const bool regex = matcher.type == MatchType::Regex || matcher.type == MatchType::NotRegex;
                m_matchers.push_back({matcher, regex ? std::make_unique<RE2>(matcher.value, options) : nullptr});
            }
        }
        [[nodiscard]] bool match(const LabelSet& labels) const
        {
            return std::ranges::all_of(m_matchers, [&](const auto& one) {
                const std::string value(labels.get(one.first.name));
                const bool positive = one.first.type == MatchType::Equal || one.first.type == MatchType::Regex;
                const bool equal = one.second ? RE2::FullMatch(value, *one.second) : value == one.first.value;
                return equal == positive;
            });
        }

    private:
        std::vector<std::pair<LabelMatcher, std::unique_ptr<RE2>>> m_matchers;
    };

    std::map<LabelSet, Series> m_series;
};

}  // namespace holdfast::tests
