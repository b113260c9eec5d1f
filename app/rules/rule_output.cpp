#include "app/rules/rule_output.h"

namespace holdfast::rules {

Result<promql::InstantVector> queryVector(const promql::Engine& engine, std::string_view expression, std::int64_t t)
{
    HF_TRY(auto result, engine.instant(expression, t));
    if (auto* vector = std::get_if<promql::InstantVector>(&result.value))
        return std::move(*vector);
    if (const auto* scalar = std::get_if<promql::ScalarValue>(&result.value))
        return promql::InstantVector{{std::make_shared<const LabelSet>(), scalar->sample}};
    return Error{.message = "rule result is not a vector or scalar", .kind = ErrorKind::BadInput};
}

}  // namespace holdfast::rules
