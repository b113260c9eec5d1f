#include "app/rules/test/unit_store.h"

#include <re2/re2.h>

#include <algorithm>
#include <bit>
#include <set>

namespace holdfast::rules {

namespace {

/// The matchers with their regular expressions compiled.
class Selection {
public:
    static Result<Selection> compile(std::span<const LabelMatcher> matchers)
    {
        Selection out;
        for (const auto& matcher : matchers) {
            std::unique_ptr<re2::RE2> regex;
            if (matcher.type == MatchType::Regex || matcher.type == MatchType::NotRegex) {
                regex = std::make_unique<re2::RE2>("(?s:" + matcher.value + ")", re2::RE2::Quiet);
                if (!regex->ok())
                    return Error{.message = "regular expression \"" + matcher.value + "\": " + regex->error(),
                                 .kind = ErrorKind::BadInput};
            }
            out.m_conditions.emplace_back(matcher, std::move(regex));
        }
        return out;
    }

    [[nodiscard]] bool matches(const LabelSet& labels) const
    {
        return std::ranges::all_of(m_conditions, [&](const auto& condition) {
            const auto& [matcher, regex] = condition;
            const std::string_view value = labels.get(matcher.name);
            switch (matcher.type) {
            case MatchType::Equal: return value == matcher.value;
            case MatchType::NotEqual: return value != matcher.value;
            case MatchType::Regex: return re2::RE2::FullMatch(value, *regex);
            case MatchType::NotRegex: return !re2::RE2::FullMatch(value, *regex);
            }
            return false;
        });
    }

private:
    std::vector<std::pair<LabelMatcher, std::unique_ptr<re2::RE2>>> m_conditions;
};

}  // namespace

Result<SeriesId> UnitStore::series(const LabelSet& labels)
{
    const auto [found, isNew] = m_ids.try_emplace(labels, m_series.size());
    if (isNew) {
        m_series.push_back({std::make_shared<const LabelSet>(labels), {}, {}});
        m_byName[std::string(labels.metricName())].emplace(labels, found->second);
    }
    return found->second;
}

const UnitStore::Ids& UnitStore::candidates(std::span<const LabelMatcher> matchers) const
{
    static const Ids none;
    for (const auto& matcher : matchers) {
        if (matcher.name != kMetricName || matcher.type != MatchType::Equal)
            continue;
        const auto named = m_byName.find(matcher.value);
        return named == m_byName.end() ? none : named->second;
    }
    return m_ids;
}

Result<store::AppendReport> UnitStore::append(Batch batch)
{
    store::AppendReport report;
    for (const auto& sample : batch.samples) {
        if (sample.series >= m_series.size())
            return Error{.message = "unknown series handle", .kind = ErrorKind::BadInput};
        Stored& series = m_series[sample.series];
        const auto at = std::ranges::lower_bound(series.times, sample.t);
        const auto place = at - series.times.begin();
        if (at != series.times.end() && *at == sample.t) {
            const bool same = std::bit_cast<std::uint64_t>(series.values[static_cast<std::size_t>(place)])
                              == std::bit_cast<std::uint64_t>(sample.v);
            ++(same ? report.duplicate : report.conflicting);
            continue;
        }
        series.times.insert(at, sample.t);
        series.values.insert(series.values.begin() + place, sample.v);
        ++report.stored;
    }
    return report;
}

Result<store::SeriesSet> UnitStore::select(std::span<const LabelMatcher> matchers, TimeRange range,
                                           const store::SelectHints&, const store::ReadLimits& limits) const
{
    HF_TRY(const auto selection, Selection::compile(matchers));
    // A copy, because a rule's outputs may be appended while the answer is still looked at.
    auto copies = std::make_shared<std::vector<Stored>>();
    std::uint64_t total = 0;
    for (const auto& [labels, id] : candidates(matchers)) {
        if (!selection.matches(labels))
            continue;
        const Stored& series = m_series[id];
        const auto first = std::ranges::lower_bound(series.times, range.start) - series.times.begin();
        const auto last = std::ranges::upper_bound(series.times, std::min(range.end, m_horizon)) - series.times.begin();
        if (first >= last)
            continue;
        total += static_cast<std::uint64_t>(last - first);
        if (total > limits.maxSamples)
            return Error{.message = "query reads too many samples", .kind = ErrorKind::Limit};
        copies->push_back({series.labels,
                           {series.times.begin() + first, series.times.begin() + last},
                           {series.values.begin() + first, series.values.begin() + last}});
    }
    store::SeriesSet out;
    for (const Stored& series : *copies)
        out.series.push_back({series.labels, series.times, series.values});
    out.keepAlive = copies;
    return out;
}

Result<std::vector<LabelSetPtr>> UnitStore::series(std::span<const LabelMatcher> matchers, TimeRange range,
                                                   const store::ReadLimits& limits) const
{
    HF_TRY(const auto set, select(matchers, range, {}, limits));
    std::vector<LabelSetPtr> out;
    for (const auto& series : set.series)
        out.push_back(series.labels);
    return out;
}

Result<std::vector<std::string>> UnitStore::labelNames(std::span<const LabelMatcher> matchers, TimeRange range,
                                                       const store::ReadLimits& limits) const
{
    HF_TRY(const auto found, series(matchers, range, limits));
    std::set<std::string> names;
    for (const auto& labels : found) {
        for (const auto& label : *labels)
            names.insert(label.name);
    }
    return std::vector<std::string>(names.begin(), names.end());
}

Result<std::vector<std::string>> UnitStore::labelValues(std::string_view name, std::span<const LabelMatcher> matchers,
                                                        TimeRange range, const store::ReadLimits& limits) const
{
    HF_TRY(const auto found, series(matchers, range, limits));
    std::set<std::string> values;
    for (const auto& labels : found) {
        if (labels->has(name))
            values.emplace(labels->get(name));
    }
    return std::vector<std::string>(values.begin(), values.end());
}

std::vector<MetricMetadata> UnitStore::metadata(std::string_view) const
{
    return {};
}

Result<std::vector<store::Querier::SeriesExemplars>> UnitStore::exemplars(std::span<const LabelMatcher>,
                                                                          TimeRange) const
{
    return std::vector<SeriesExemplars>();
}

}  // namespace holdfast::rules
