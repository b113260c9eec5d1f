#pragma once

#include "app/base/result.h"
#include "app/model/label_set.h"
#include "app/promql/engine.h"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace holdfast::rules {

/// One sample that a rule gives; its time is the evaluation's.
struct OutputSample {
    LabelSet labels;
    double value = 0;
};

/// What rules need from outside while they are evaluated.
struct EvaluationContext {
    const promql::Engine& engine;
    const LabelSet& externalLabels;
    const std::string& externalUrl;
    std::int64_t outageToleranceMs = 0;
    std::int64_t forGracePeriodMs = 0;
};

/// The answer of an instant query as a vector; a scalar becomes one element without labels.
/// Source: Prometheus rules/manager.go, EngineQueryFunc.
[[nodiscard]] Result<promql::InstantVector> queryVector(const promql::Engine& engine, std::string_view expression,
                                                        std::int64_t t);

}  // namespace holdfast::rules
