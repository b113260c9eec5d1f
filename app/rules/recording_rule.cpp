#include "app/rules/recording_rule.h"

#include <unordered_set>

namespace holdfast::rules {

Result<std::vector<OutputSample>> evaluateRecording(const Rule& rule, const EvaluationContext& context, std::int64_t t,
                                                    std::size_t limit)
{
    HF_TRY(const auto vector, queryVector(context.engine, rule.expr, t));
    std::vector<OutputSample> out;
    out.reserve(vector.size());
    std::unordered_set<LabelSet> seen;
    for (const auto& element : vector) {
        LabelSet labels = element.labels->with(kMetricName, rule.record);
        for (const auto& label : rule.labels)
            labels = labels.with(label.name, label.value);
        for (const auto& name : rule.removedLabels)
            labels = labels.without(name);
        if (!seen.insert(labels).second)
            return Error{.message = "vector contains metrics with the same labelset after applying rule labels: "
                                    + labels.text(),
                         .kind = ErrorKind::BadInput};
        out.push_back({std::move(labels), element.sample.v});
    }
    if (limit > 0 && out.size() > limit)
        return Error{.message = "exceeded limit of " + std::to_string(limit) + " with " + std::to_string(out.size())
                                + " series",
                     .kind = ErrorKind::Limit};
    return out;
}

}  // namespace holdfast::rules
