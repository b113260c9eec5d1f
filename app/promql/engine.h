#pragma once

#include "app/base/clock.h"
#include "app/base/result.h"
#include "app/model/label_set.h"
#include "app/model/sample.h"
#include "app/store/querier.h"

#include <cstdint>
#include <stop_token>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace holdfast::promql {

struct VectorSample {
    LabelSetPtr labels;
    Sample sample;
};

struct MatrixSeries {
    LabelSetPtr labels;
    std::vector<Sample> samples;  ///< ascending by time
};

struct ScalarValue {
    Sample sample;
};

struct StringValue {
    std::int64_t t = 0;
    std::string text;
};

using InstantVector = std::vector<VectorSample>;
using Matrix = std::vector<MatrixSeries>;
using QueryValue = std::variant<InstantVector, Matrix, ScalarValue, StringValue>;

struct QueryStats {
    std::uint64_t seriesRead = 0;
    std::uint64_t samplesRead = 0;
    std::int64_t tookNs = 0;
};

struct QueryResult {
    QueryValue value;
    std::vector<std::string> warnings;
    std::vector<std::string> infos;
    QueryStats stats;
};

struct EngineOptions {
    std::int64_t lookbackMs = 300'000;
    std::uint64_t maxSamples = 50'000'000;
    std::int64_t timeoutMs = 120'000;
    std::size_t maxPoints = 11'000;        ///< steps of a range query; Prometheus web/api/v1 queryRange
    std::int64_t subqueryStepMs = 60'000;  ///< of "[30m:]"; Prometheus takes its global evaluation interval
    bool experimentalFunctions = false;    ///< what Prometheus hides behind promql-experimental-functions
};

/// What one query may override.
struct QueryContext {
    std::stop_token cancelled;
    std::int64_t timeoutMs = 0;   ///< 0: the engine's
    std::int64_t lookbackMs = 0;  ///< 0: the engine's
};

/// PromQL of Prometheus 3.x over a Querier. Semantics: promql/engine.go of Prometheus, left-open ranges and look-back.
///
/// Errors: BadInput with the position for text that does not parse ("1:5: parse error: …"), Timeout, Cancelled,
/// Limit (too many samples or points), Failed for what an evaluation refuses (many-to-many matching …).
/// Thread-safe: queries share nothing but the querier.
class Engine {
public:
    Engine(const store::Querier& querier, const Clock& clock, EngineOptions options);

    [[nodiscard]] Result<QueryResult> instant(std::string_view expression, std::int64_t t,
                                              const QueryContext& context = {}) const;

    /// Evaluates at start, start+step … ≤ end; step > 0. Instant-vector and scalar expressions only; the value is a
    /// Matrix.
    [[nodiscard]] Result<QueryResult> range(std::string_view expression, std::int64_t start, std::int64_t end,
                                            std::int64_t step, const QueryContext& context = {}) const;

    [[nodiscard]] const EngineOptions& options() const { return m_options; }

private:
    const store::Querier& m_querier;
    const Clock& m_clock;
    const EngineOptions m_options;
};

}  // namespace holdfast::promql
