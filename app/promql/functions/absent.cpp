#include "app/promql/functions/absent.h"

#include <algorithm>

namespace holdfast::promql {

LabelSetPtr absentLabels(const Expr& argument)
{
    const Expr& inner = unwrapped(argument);
    const VectorSelector* selector = nullptr;
    if (inner.kind == ExprKind::VectorSelector)
        selector = &as<VectorSelector>(inner);
    else if (inner.kind == ExprKind::MatrixSelector)
        selector = as<MatrixSelector>(inner).selector.get();
    LabelSet labels;
    if (selector == nullptr)
        return std::make_shared<const LabelSet>();
    std::vector<std::string> seen;
    for (const LabelMatcher& matcher : selector->matchers) {
        if (matcher.name == kMetricName)
            continue;
        const bool first = std::ranges::find(seen, matcher.name) == seen.end();
        if (matcher.type == MatchType::Equal && first) {
            labels = labels.with(matcher.name, matcher.value);
            seen.push_back(matcher.name);
        } else {
            labels = labels.without(matcher.name);
        }
    }
    return std::make_shared<const LabelSet>(std::move(labels));
}

}  // namespace holdfast::promql
