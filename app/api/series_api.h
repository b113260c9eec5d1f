#pragma once

#include "app/api/router.h"
#include "app/base/clock.h"
#include "app/store/querier.h"

#include <vector>

namespace holdfast::api {

/// `/api/v1/series`, `labels`, `label/<n>/values`, `metadata`, `query_exemplars`: what is stored, by name.
/// Source of parameters, shapes and error texts: Prometheus 3 web/api/v1/api.go. Thread-safe.
class SeriesApi {
public:
    SeriesApi(const store::Querier& querier, const Clock& clock) : m_querier(querier), m_clock(clock) {}
    void addRoutes(Router& router);

private:
    [[nodiscard]] HttpResponse series(const Call& call) const;
    [[nodiscard]] HttpResponse labels(const Call& call) const;
    [[nodiscard]] HttpResponse labelValues(const Call& call) const;
    [[nodiscard]] HttpResponse metadata(const Call& call) const;
    [[nodiscard]] HttpResponse exemplars(const Call& call) const;
    [[nodiscard]] store::ReadLimits limits(const Call& call) const;

    const store::Querier& m_querier;
    const Clock& m_clock;
};

using MatcherSet = std::vector<LabelMatcher>;

/// The selectors of every match[] parameter. Errors read `invalid parameter "match[]": …`.
[[nodiscard]] Result<std::vector<MatcherSet>> matchParameters(const Form& form);

}  // namespace holdfast::api
