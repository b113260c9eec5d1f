#pragma once

#include "app/api/router.h"
#include "app/base/clock.h"
#include "app/model/label_set.h"
#include "app/store/querier.h"

#include <functional>

namespace holdfast::api {

/// `/federate`: the newest sample of each series that a match[] selects, as Prometheus text with timestamps.
/// Source: Prometheus 3 web/federate.go. Thread-safe.
class Federate {
public:
    Federate(const store::Querier& querier, const Clock& clock, std::int64_t lookbackMs,
             std::function<LabelSet()> externalLabels)
        : m_querier(querier), m_clock(clock), m_lookbackMs(lookbackMs), m_external(std::move(externalLabels))
    {
    }
    void addRoutes(Router& router);

private:
    [[nodiscard]] HttpResponse answer(const Call& call) const;

    const store::Querier& m_querier;
    const Clock& m_clock;
    const std::int64_t m_lookbackMs;
    const std::function<LabelSet()> m_external;
};

}  // namespace holdfast::api
