#include "app/promql/exec/info_call.h"

#include "app/promql/exec/grouping.h"

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <map>

namespace holdfast::promql {

namespace {

/// Labels that say which target a series is of. Source: Prometheus promql/info.go, infoLabelsToMatch.
const std::vector<std::string> kIdentifying{"instance", "job"};
constexpr std::string_view kDefaultInfo = "target_info";

bool matchesValue(const LabelMatcher& matcher, std::string_view value)
{
    switch (matcher.type) {
    case MatchType::Equal: return value == matcher.value;
    case MatchType::NotEqual: return value != matcher.value;
    default: break;
    }
    RE2::Options options(RE2::Quiet);
    options.set_dot_nl(true);
    const bool found = RE2::FullMatch(re2::StringPiece(value.data(), value.size()), RE2(matcher.value, options));
    return found == (matcher.type == MatchType::Regex);
}

struct Wanted {
    std::vector<LabelMatcher> select;  ///< for reading the info series
    std::vector<LabelMatcher> names;   ///< on the metric name
    std::vector<LabelMatcher> data;    ///< on data labels, by label
    bool required = false;             ///< a data label must be there: series without are left out
};

Wanted wantedOf(const Call& call)
{
    Wanted out;
    if (call.args.size() > 1) {
        for (const LabelMatcher& matcher : as<VectorSelector>(*call.args[1]).matchers) {
            if (matcher.name == kMetricName) {
                out.names.push_back(matcher);
            } else {
                out.data.push_back(matcher);
                out.required = out.required || !matchesValue(matcher, "");
            }
        }
    }
    if (out.names.empty())
        out.names.push_back({MatchType::Equal, std::string(kMetricName), std::string(kDefaultInfo)});
    out.select = out.names;
    out.select.insert(out.select.end(), out.data.begin(), out.data.end());
    return out;
}

/// The first selector's offset and @ below the base expression: info series are looked at at the same time.
struct Shift {
    std::int64_t offset = 0;
    std::optional<std::int64_t> at;
};

void findShift(const Expr& expr, Shift& out)
{
    switch (expr.kind) {
    case ExprKind::Paren: return findShift(*as<Paren>(expr).expr, out);
    case ExprKind::Unary: return findShift(*as<Unary>(expr).expr, out);
    case ExprKind::Aggregate: return findShift(*as<Aggregate>(expr).expr, out);
    case ExprKind::Call:
        for (const ExprPtr& arg : as<Call>(expr).args) {
            if (typeOf(*arg) == ValueType::Vector || typeOf(*arg) == ValueType::Range)
                return findShift(*arg, out);
        }
        return;
    case ExprKind::VectorSelector:
    case ExprKind::MatrixSelector:
    case ExprKind::Subquery: {
        const TimeShift& shift = expr.kind == ExprKind::VectorSelector   ? as<VectorSelector>(expr).shift
                                 : expr.kind == ExprKind::MatrixSelector ? as<MatrixSelector>(expr).selector->shift
                                                                         : as<Subquery>(expr).shift;
        // What is pinned further out stays pinned; offsets add up.
        if (shift.at && !out.at)
            out.at = *shift.at - out.offset;
        out.offset += shift.offset;
        if (expr.kind == ExprKind::Subquery) {
            Shift inner;
            findShift(*as<Subquery>(expr).expr, inner);
            if (inner.at)
                out.at = inner.at;
            out.offset += inner.offset;
        }
        return;
    }
    default: return;
    }
}

bool isIdentifying(std::string_view name)
{
    return std::ranges::find(kIdentifying, name) != kIdentifying.end();
}

class Enrichment {
public:
    Enrichment(Evaluator& evaluator, const Wanted& wanted, const Grid& grid)
        : m_evaluator(evaluator), m_wanted(wanted), m_grid(grid), m_groups(labelChoice(kIdentifying, true))
    {
    }

    Result<Table> run(const Table& base, const Table& infos)
    {
        for (std::size_t i = 0; i < infos.columns.size(); ++i) {
            const std::size_t group = m_groups.add(*infos.columns[i].labels);
            m_members.resize(std::max(m_members.size(), group + 1));
            m_members[group].push_back(i);
        }
        for (const Column& column : base.columns) {
            HF_CHECK(m_evaluator.run().check());
            HF_CHECK(enrich(column, infos));
        }
        HF_CHECK(joinEqualLabels(m_out, Overlap::AtDifferentSteps));
        dropEmptyColumns(m_out);
        return std::move(m_out);
    }

private:
    Result<void> enrich(const Column& column, const Table& infos)
    {
        const std::string_view name = column.labels->metricName();
        const bool itself = !name.empty() && std::ranges::all_of(m_wanted.names, [&](const LabelMatcher& matcher) {
            return matchesValue(matcher, name);
        });
        if (itself) {
            m_out.columns.push_back(column);
            return {};
        }
        const std::size_t group = m_groups.add(*column.labels);
        m_members.resize(std::max(m_members.size(), group + 1));
        std::map<std::vector<std::size_t>, std::size_t> outputOf;
        for (std::size_t i = 0; i < m_grid.count; ++i) {
            if (isAbsent(column.values[i]))
                continue;
            std::vector<std::size_t> present;
            for (const std::size_t member : m_members[group]) {
                if (!isAbsent(infos.columns[member].values[i]))
                    present.push_back(member);
            }
            if (present.empty() && m_wanted.required)
                continue;
            const auto [it, fresh] = outputOf.try_emplace(present, m_out.columns.size());
            if (fresh) {
                HF_TRY(LabelSetPtr labels, combined(*column.labels, infos, present));
                m_out.columns.push_back({std::move(labels), std::vector<double>(m_grid.count, absentValue())});
            }
            m_out.columns[it->second].values[i] = column.values[i];
        }
        return {};
    }

    Result<LabelSetPtr> combined(const LabelSet& base, const Table& infos,
                                 const std::vector<std::size_t>& present) const
    {
        LabelSet out = base;
        std::vector<std::string> metrics;
        for (const std::size_t member : present) {
            const LabelSet& info = *infos.columns[member].labels;
            if (std::ranges::find(metrics, info.metricName()) != metrics.end())
                return Error{"found duplicate series for info metric: existing and new series of "
                             + std::string(info.metricName()) + " share instance and job"};
            metrics.emplace_back(info.metricName());
            for (const Label& label : info) {
                if (label.name == kMetricName || isIdentifying(label.name) || !isWanted(label.name)
                    || base.has(label.name))
                    continue;
                if (out.has(label.name) && out.get(label.name) != label.value)
                    return Error{"conflicting label: " + label.name};
                out = out.with(label.name, label.value);
            }
        }
        return std::make_shared<const LabelSet>(std::move(out));
    }

    [[nodiscard]] bool isWanted(std::string_view label) const
    {
        return m_wanted.data.empty() || std::ranges::any_of(m_wanted.data, [&](const LabelMatcher& matcher) {
                   return matcher.name == label;
               });
    }

    Evaluator& m_evaluator;
    const Wanted& m_wanted;
    const Grid& m_grid;
    GroupIndex m_groups;
    std::vector<std::vector<std::size_t>> m_members;
    Table m_out;
};

}  // namespace

Result<Table> evaluateInfo(Evaluator& evaluator, const Call& call, const Grid& grid)
{
    HF_TRY(const Table base, evaluator.vector(*call.args[0], grid));
    const Wanted wanted = wantedOf(call);
    VectorSelector selector;
    selector.matchers = wanted.select;
    Shift shift;
    findShift(*call.args[0], shift);
    selector.shift.offset = shift.offset;
    selector.shift.at = shift.at;
    HF_TRY(const Table infos, readInstant(evaluator.run(), selector, grid, SampleField::Value));
    return Enrichment(evaluator, wanted, grid).run(base, infos);
}

}  // namespace holdfast::promql
