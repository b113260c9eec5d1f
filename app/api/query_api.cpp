#include "app/api/query_api.h"

#include "app/api/parameters.h"
#include "app/api/prometheus_answer.h"
#include "app/base/number_text.h"

#include <algorithm>
#include <utility>

namespace holdfast::api {

namespace {

constexpr const char* kTruncated = "results truncated due to limit";

void appendPoint(std::string& out, const Sample& sample)
{
    out += '[';
    appendApiTime(out, sample.t);
    out += ",\"";
    appendApiNumber(out, sample.v);
    out += "\"]";
}

void appendMetric(std::string& out, const LabelSetPtr& labels)
{
    out += "{\"metric\":{";
    bool first = true;
    for (const Label& label : *labels) {
        if (!std::exchange(first, false))
            out += ',';
        appendJsonString(out, label.name);
        out += ':';
        appendJsonString(out, label.value);
    }
    out += '}';
}

void append(std::string& out, const promql::InstantVector& vector)
{
    bool first = true;
    out += '[';
    for (const promql::VectorSample& sample : vector) {
        if (!std::exchange(first, false))
            out += ',';
        appendMetric(out, sample.labels);
        out += ",\"value\":";
        appendPoint(out, sample.sample);
        out += '}';
    }
    out += ']';
}

void append(std::string& out, const promql::Matrix& matrix)
{
    bool first = true;
    out += '[';
    for (const promql::MatrixSeries& series : matrix) {
        if (!std::exchange(first, false))
            out += ',';
        appendMetric(out, series.labels);
        out += ",\"values\":[";
        bool firstPoint = true;
        for (const Sample& sample : series.samples) {
            if (!std::exchange(firstPoint, false))
                out += ',';
            appendPoint(out, sample);
        }
        out += "]}";
    }
    out += ']';
}

void append(std::string& out, const promql::ScalarValue& scalar)
{
    appendPoint(out, scalar.sample);
}

void append(std::string& out, const promql::StringValue& text)
{
    out += '[';
    appendApiTime(out, text.t);
    out += ',';
    appendJsonString(out, text.text);
    out += ']';
}

const char* typeWord(const promql::QueryValue& value)
{
    constexpr const char* words[] = {"vector", "matrix", "scalar", "string"};
    return words[value.index()];
}

void writeStats(JsonWriter& json, const promql::QueryStats& stats)
{
    const double seconds = static_cast<double>(stats.tookNs) / 1e9;
    json.key("stats").beginObject().key("timings").beginObject();
    json.number("evalTotalTime", seconds).number("resultSortTime", 0.0).number("queryPreparationTime", 0.0);
    json.number("innerEvalTime", seconds).number("execQueueTime", 0.0).number("execTotalTime", seconds);
    json.endObject().key("samples").beginObject();
    json.integer("totalQueryableSamples", static_cast<std::int64_t>(stats.samplesRead));
    json.integer("peakSamples", static_cast<std::int64_t>(stats.samplesRead));
    json.endObject().endObject();
}

HttpResponse answer(Result<promql::QueryResult> result, const Form& form, std::size_t limit)
{
    if (!result.ok()) {
        ApiError error = queryError(result.error());
        if (error.type == ApiErrorType::BadData)
            return invalidParameter("query", error.message);
        return errorAnswer(error);
    }
    if (truncateResult(result->value, limit))
        result->warnings.emplace_back(kTruncated);
    return successAnswer([&](JsonWriter& json) { writeQueryData(json, *result, form.has("stats")); }, result->warnings,
                         result->infos);
}

Error badParameter(std::string_view name, const Error& error)
{
    return Error{"invalid parameter \"" + std::string(name) + "\": " + error.message, ErrorKind::BadInput};
}

Result<promql::QueryContext> contextOf(const Call& call, const promql::EngineOptions& options)
{
    promql::QueryContext context;
    context.cancelled = call.cancelled;
    context.timeoutMs = options.timeoutMs;
    if (const std::string_view text = call.form.get("timeout"); !text.empty()) {
        const auto timeout = parseApiDuration(text);
        if (!timeout.ok())
            return badParameter("timeout", timeout.error());
        context.timeoutMs = std::min(context.timeoutMs, *timeout);
    }
    // The asker's clock has been running since the request came in.
    context.timeoutMs = std::max<std::int64_t>(1, context.timeoutMs - call.queuedMs);
    if (const std::string_view text = call.form.get("lookback_delta"); !text.empty()) {
        const auto lookback = parseApiDuration(text);
        if (!lookback.ok())
            return Error{"error parsing lookback delta duration: " + lookback.error().message, ErrorKind::BadInput};
        context.lookbackMs = *lookback;
    }
    return context;
}

HttpResponse badData(const Error& error)
{
    return errorAnswer({.type = ApiErrorType::BadData, .message = error.message});
}

}  // namespace

void writeQueryData(JsonWriter& json, const promql::QueryResult& result, bool withStats)
{
    json.beginObject().text("resultType", typeWord(result.value)).key("result").raw({});
    std::visit([&](const auto& value) { append(json.buffer(), value); }, result.value);
    if (withStats)
        writeStats(json, result.stats);
    json.endObject();
}

bool truncateResult(promql::QueryValue& value, std::size_t limit)
{
    const auto cut = [limit](auto& list) {
        if (limit == 0 || list.size() <= limit)
            return false;
        list.resize(limit);
        return true;
    };
    if (auto* vector = std::get_if<promql::InstantVector>(&value))
        return cut(*vector);
    if (auto* matrix = std::get_if<promql::Matrix>(&value))
        return cut(*matrix);
    return false;
}

void QueryApi::addRoutes(Router& router)
{
    router.add("GET POST", "/api/v1/query", Lane::Query, [this](const Call& call) { return instant(call); });
    router.add("GET POST", "/api/v1/query_range", Lane::Query, [this](const Call& call) { return range(call); });
}

HttpResponse QueryApi::instant(const Call& call) const
{
    const auto limit = limitParameter(call.form);
    if (!limit.ok())
        return badData(limit.error());
    const auto time = timeParameter(call.form, "time", m_clock.wallMs());
    if (!time.ok())
        return badData(time.error());
    const auto context = contextOf(call, m_engine.options());
    if (!context.ok())
        return badData(context.error());
    return answer(m_engine.instant(call.form.get("query"), *time, *context), call.form, *limit);
}

HttpResponse QueryApi::range(const Call& call) const
{
    const auto limit = limitParameter(call.form);
    if (!limit.ok())
        return badData(limit.error());
    const auto start = parseApiTime(call.form.get("start"));
    if (!start.ok())
        return invalidParameter("start", start.error().message);
    const auto end = parseApiTime(call.form.get("end"));
    if (!end.ok())
        return invalidParameter("end", end.error().message);
    if (*end < *start)
        return invalidParameter("end", "end timestamp must not be before start time");
    const auto step = parseApiDuration(call.form.get("step"));
    if (!step.ok())
        return invalidParameter("step", step.error().message);
    if (*step <= 0)
        return invalidParameter("step", "zero or negative query resolution step widths are not accepted. Try a "
                                        "positive integer");
    // As Prometheus: more points than that are one pixel for many, and cost memory.
    if (static_cast<std::uint64_t>((*end - *start) / *step) > m_engine.options().maxPoints)
        return errorAnswer({.type = ApiErrorType::BadData,
                            .message = "exceeded maximum resolution of 11,000 points per timeseries. Try decreasing "
                                       "the query resolution (?step=XX)"});
    const auto context = contextOf(call, m_engine.options());
    if (!context.ok())
        return badData(context.error());
    return answer(m_engine.range(call.form.get("query"), *start, *end, *step, *context), call.form, *limit);
}

}  // namespace holdfast::api
