#include "app/promql/exec/vector_match.h"

#include "app/promql/exec/arithmetic.h"
#include "app/promql/exec/grouping.h"

#include <algorithm>
#include <limits>
#include <unordered_map>

namespace holdfast::promql {

namespace {

constexpr std::size_t kNobody = std::numeric_limits<std::size_t>::max();

/// One output series: what a member of the many side makes with a member of the one side, or with a fill value.
struct Pair {
    std::size_t many = kNobody;
    std::size_t one = kNobody;
    bool operator==(const Pair&) const = default;
};
struct PairHash {
    std::size_t operator()(const Pair& pair) const { return pair.many * 1000003 + pair.one; }
};

/// Works through one operator. "many" is the side that may have several members a group: the left one, except with
/// group_right. The one-to-one case is many-to-one with a check.
class Matcher {
public:
    Matcher(QueryRun& run, const Binary& node, const Table& left, const Table& right, const Grid& grid)
        : m_run(run),
          m_node(node),
          m_matching(*node.matching),
          m_swapped(m_matching.cardinality == Cardinality::OneToMany),
          m_many(m_swapped ? right : left),
          m_one(m_swapped ? left : right),
          m_grid(grid),
          m_choice(labelChoice(m_matching.labels, m_matching.on)),
          m_groups(m_choice)
    {
    }

    Result<Table> run()
    {
        const bool fills = m_matching.fillLeft || m_matching.fillRight;
        if ((m_many.columns.empty() || m_one.columns.empty()) && !fills)
            return Table{};
        collect();
        for (std::size_t group = 0; group < m_members.size(); ++group) {
            HF_CHECK(m_run.check());
            HF_CHECK(matchGroup(group));
        }
        HF_CHECK(joinEqualLabels(m_out, Overlap::AtDifferentSteps));
        dropEmptyColumns(m_out);
        return std::move(m_out);
    }

private:
    struct Members {
        std::vector<std::size_t> many;
        std::vector<std::size_t> one;
    };

    void collect()
    {
        const auto group = [this](const Column& column) -> Members& {
            const std::size_t index = m_groups.add(*column.labels);
            m_members.resize(std::max(m_members.size(), index + 1));
            return m_members[index];
        };
        for (std::size_t i = 0; i < m_many.columns.size(); ++i)
            group(m_many.columns[i]).many.push_back(i);
        for (std::size_t i = 0; i < m_one.columns.size(); ++i)
            group(m_one.columns[i]).one.push_back(i);
    }

    /// Whether the many side has anything at all at a step: if not, Prometheus does not look at the other side.
    bool manySideEmpty(std::size_t step)
    {
        if (m_anyMany.empty()) {
            m_anyMany.resize(m_grid.count);
            for (const Column& column : m_many.columns) {
                for (std::size_t i = 0; i < m_grid.count; ++i) {
                    if (!isAbsent(column.values[i]))
                        m_anyMany[i] = true;
                }
            }
        }
        return !m_anyMany[step] && !m_matching.fillLeft && !m_matching.fillRight;
    }

    Error manyToMany(const Column& first, const Column& second, std::size_t group) const
    {
        const char* side = m_swapped ? "left" : "right";
        return Error{"found duplicate series for the match group " + braced(*m_groups.key(group)) + " on the " + side
                     + " hand-side of the operation: [" + braced(*second.labels) + ", " + braced(*first.labels)
                     + "];many-to-many matching not allowed: matching labels must be unique on one side"};
    }

    /// As Go prints labels: every name within the braces.
    static std::string braced(const LabelSet& labels)
    {
        std::string out = "{";
        for (const Label& label : labels) {
            if (out.size() > 1)
                out += ", ";
            out += (isClassicLabelName(label.name) ? label.name : quotedLabelValue(label.name)) + "="
                   + quotedLabelValue(label.value);
        }
        return out + "}";
    }

    /// For each step the one side's member that has a value; kNobody where none has.
    Result<std::vector<std::size_t>> partners(const Members& members, std::size_t group)
    {
        std::vector<std::size_t> out(m_grid.count, kNobody);
        for (const std::size_t c : members.one) {
            const Column& column = m_one.columns[c];
            for (std::size_t i = 0; i < m_grid.count; ++i) {
                if (isAbsent(column.values[i]))
                    continue;
                if (out[i] != kNobody && !manySideEmpty(i))
                    return manyToMany(m_one.columns[out[i]], column, group);
                out[i] = c;
            }
        }
        return out;
    }

    Result<void> matchGroup(std::size_t group)
    {
        const Members& members = m_members[group];
        if (members.one.empty() && !m_matching.fillRight)
            return {};
        if (members.many.empty() && !m_matching.fillLeft)
            return members.one.size() > 1 ? onlyCheck(members, group) : Result<void>();
        HF_TRY(const std::vector<std::size_t> partner, partners(members, group));
        m_outputOf.clear();
        std::vector<bool> matched(m_grid.count);
        std::vector<bool> touched(m_grid.count);
        for (const std::size_t c : members.many) {
            const Column& column = m_many.columns[c];
            for (std::size_t i = 0; i < m_grid.count; ++i) {
                if (isAbsent(column.values[i]))
                    continue;
                touched[i] = true;
                if (partner[i] == kNobody && !m_matching.fillRight)
                    continue;
                const double other =
                    partner[i] == kNobody ? *m_matching.fillRight : m_one.columns[partner[i]].values[i];
                double result = 0;
                if (!combine(column.values[i], other, result))
                    continue;
                if (m_matching.cardinality == Cardinality::OneToOne && matched[i])
                    return Error{"multiple matches for labels: many-to-one matching must be explicit "
                                 "(group_left/group_right)"};
                matched[i] = true;
                HF_CHECK(put({c, partner[i]}, group, i, result));
            }
        }
        if (m_matching.fillLeft)
            HF_CHECK(fillManySide(partner, touched, group));
        return checkGroupingLabels();
    }

    Result<void> onlyCheck(const Members& members, std::size_t group)
    {
        auto partner = partners(members, group);
        return partner ? Result<void>() : Result<void>(std::move(partner).error());
    }

    Result<void> fillManySide(const std::vector<std::size_t>& partner, const std::vector<bool>& touched,
                              std::size_t group)
    {
        for (std::size_t i = 0; i < m_grid.count; ++i) {
            if (partner[i] == kNobody || touched[i])
                continue;
            double result = 0;
            if (combine(*m_matching.fillLeft, m_one.columns[partner[i]].values[i], result))
                HF_CHECK(put({kNobody, partner[i]}, group, i, result));
        }
        return {};
    }

    /// False where a comparison filters the sample out.
    bool combine(double many, double one, double& result) const
    {
        const double left = m_swapped ? one : many;
        const double right = m_swapped ? many : one;
        if (isComparison(m_node.op) && !m_node.returnBool) {
            result = left;
            return compares(m_node.op, left, right);
        }
        result = scalarResult(m_node.op, left, right);
        return true;
    }

    Result<void> put(Pair pair, std::size_t group, std::size_t step, double value)
    {
        auto [it, fresh] = m_outputOf.try_emplace(pair, m_out.columns.size());
        if (fresh) {
            HF_CHECK(m_run.reserve(m_out.columns.size() + 1, m_grid.count));
            m_out.columns.push_back({labelsOf(pair, group), std::vector<double>(m_grid.count, absentValue())});
        }
        m_out.columns[it->second].values[step] = value;
        return {};
    }

    LabelSetPtr labelsOf(Pair pair, std::size_t group) const
    {
        const LabelSet& key = *m_groups.key(group);
        const LabelSet& many = pair.many == kNobody ? key : *m_many.columns[pair.many].labels;
        const LabelSet& one = pair.one == kNobody ? key : *m_one.columns[pair.one].labels;
        std::vector<Label> out;
        const bool dropName = !isComparison(m_node.op) || m_node.returnBool;
        for (const Label& label : many) {
            if (dropName && isMetricIdentity(label.name))
                continue;
            if (m_matching.cardinality == Cardinality::OneToOne) {
                const bool listed = std::ranges::binary_search(m_choice.names, label.name);
                if (listed != m_choice.keep)
                    continue;
            }
            out.push_back(label);
        }
        // A later entry of the same name wins, an empty value removes it: see LabelSet.
        for (const std::string& name : m_matching.include)
            out.push_back({name, std::string(one.get(name))});
        return std::make_shared<const LabelSet>(std::move(out));
    }

    /// Within a group, labels taken over from the one side must not make two results equal.
    Result<void> checkGroupingLabels()
    {
        if (m_matching.cardinality == Cardinality::OneToOne || m_outputOf.size() < 2)
            return {};
        std::unordered_map<LabelSet, std::vector<std::size_t>> byLabels;
        for (const auto& [pair, index] : m_outputOf) {
            auto& same = byLabels[*m_out.columns[index].labels];
            for (const std::size_t other : same) {
                for (std::size_t i = 0; i < m_grid.count; ++i) {
                    if (!isAbsent(m_out.columns[index].values[i]) && !isAbsent(m_out.columns[other].values[i]))
                        return Error{"multiple matches for labels: grouping labels must ensure unique matches"};
                }
            }
            same.push_back(index);
        }
        return {};
    }

    QueryRun& m_run;
    const Binary& m_node;
    const VectorMatching& m_matching;
    const bool m_swapped;
    const Table& m_many;
    const Table& m_one;
    const Grid& m_grid;
    const LabelChoice m_choice;
    GroupIndex m_groups;
    std::vector<Members> m_members;
    std::vector<bool> m_anyMany;
    std::unordered_map<Pair, std::size_t, PairHash> m_outputOf;
    Table m_out;
};

}  // namespace

Result<Table> matchVectors(QueryRun& run, const Binary& node, const Table& left, const Table& right, const Grid& grid)
{
    return Matcher(run, node, left, right, grid).run();
}

}  // namespace holdfast::promql
