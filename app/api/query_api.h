#pragma once

#include "app/api/json_writer.h"
#include "app/api/router.h"
#include "app/base/clock.h"
#include "app/promql/engine.h"

#include <cstddef>

namespace holdfast::api {

/// `/api/v1/query` and `query_range`.
/// Source of parameters, shapes and error texts: Prometheus 3 web/api/v1/api.go. Thread-safe.
class QueryApi {
public:
    QueryApi(const promql::Engine& engine, const Clock& clock) : m_engine(engine), m_clock(clock) {}
    void addRoutes(Router& router);

private:
    [[nodiscard]] HttpResponse instant(const Call& call) const;
    [[nodiscard]] HttpResponse range(const Call& call) const;

    const promql::Engine& m_engine;
    const Clock& m_clock;
};

/// {"resultType":…,"result":…} and, where `withStats`, "stats".
void writeQueryData(JsonWriter& json, const promql::QueryResult& result, bool withStats);

/// Keeps the first `limit` series of a vector or matrix; true when some were cut off. 0: all.
bool truncateResult(promql::QueryValue& value, std::size_t limit);

}  // namespace holdfast::api
