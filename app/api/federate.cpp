#include "app/api/federate.h"

#include "app/api/series_api.h"
#include "app/base/number_text.h"
#include "app/model/sample.h"

#include <map>
#include <string>
#include <string_view>

namespace holdfast::api {

namespace {

const char* typeWord(const store::Querier& querier, std::string_view name)
{
    // Suffixes belong to a family of another name; only plain ones are looked up, as Prometheus does.
    for (const MetricMetadata& entry : querier.metadata(name))
        if (entry.family == name && (entry.type == MetricType::Counter || entry.type == MetricType::Gauge))
            return metricTypeWord(entry.type);
    return "untyped";
}

void appendLine(std::string& out, const LabelSet& labels, Sample sample)
{
    out += labels.text();
    out += ' ';
    appendNumber(out, sample.v);
    out += ' ';
    out += std::to_string(sample.t);
    out += '\n';
}

LabelSet withExternal(const LabelSet& labels, const LabelSet& external)
{
    LabelSet result = labels;
    for (const Label& label : external)
        if (!result.has(label.name))
            result = result.with(label.name, label.value);
    return result;
}

}  // namespace

void Federate::addRoutes(Router& router)
{
    router.add("GET", "/federate", Lane::Query, [this](const Call& call) { return answer(call); });
}

HttpResponse Federate::answer(const Call& call) const
{
    const auto sets = matchParameters(call.form);
    if (!sets.ok())
        return HttpResponse::text(400, sets.error().message + "\n");
    const std::int64_t now = m_clock.wallMs();
    store::ReadLimits limits;
    limits.cancelled = call.cancelled;
    std::map<LabelSet, Sample> newest;
    for (const MatcherSet& matchers : *sets) {
        const auto found =
            m_querier.select(matchers, TimeRange{.start = now - m_lookbackMs + 1, .end = now}, {}, limits);
        if (!found.ok())
            return HttpResponse::text(500, found.error().message + "\n");
        for (const store::SeriesView& series : found->series)
            if (!series.values.empty() && !isStaleMarker(series.values.back()))
                newest[*series.labels] = {.t = series.times.back(), .v = series.values.back()};
    }
    const LabelSet external = m_external();
    HttpResponse response;
    response.contentType = "text/plain; version=0.0.4; charset=utf-8";
    std::string_view family;
    for (const auto& [labels, sample] : newest) {
        if (labels.metricName() != family) {
            family = labels.metricName();
            response.body.append("# TYPE ").append(family).append(" ").append(typeWord(m_querier, family)) += '\n';
        }
        appendLine(response.body, withExternal(labels, external), sample);
    }
    return response;
}

}  // namespace holdfast::api
