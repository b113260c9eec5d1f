#include "app/api/series_api.h"

#include "app/api/parameters.h"
#include "app/api/prometheus_answer.h"
#include "app/base/number_text.h"
#include "app/promql/syntax/literal.h"
#include "app/promql/syntax/parser.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace holdfast::api {

namespace {

// Time a look-up of names may take; Prometheus leaves these to --query.timeout, 2 min.
constexpr std::int64_t kTimeoutNs = 120'000'000'000;

HttpResponse badData(const Error& error)
{
    return errorAnswer({.type = ApiErrorType::BadData, .message = error.message});
}

std::vector<std::string> truncated(std::size_t size, std::size_t limit)
{
    if (limit == 0 || size <= limit)
        return {};
    return {"results truncated due to limit"};
}

HttpResponse textList(const std::set<std::string>& all, std::size_t limit)
{
    return successAnswer(
        [&](JsonWriter& json) {
            std::size_t count = 0;
            json.beginArray();
            for (const std::string& text : all)
                if (limit == 0 || count++ < limit)
                    json.string(text);
            json.endArray();
        },
        truncated(all.size(), limit));
}

/// The label sets of every selector in an expression.
void collectSelectors(const promql::Expr& expr, std::vector<MatcherSet>& found)
{
    using namespace promql;
    switch (expr.kind) {
    case ExprKind::VectorSelector: found.push_back(as<VectorSelector>(expr).matchers); break;
    case ExprKind::MatrixSelector: found.push_back(as<MatrixSelector>(expr).selector->matchers); break;
    case ExprKind::Subquery: collectSelectors(*as<Subquery>(expr).expr, found); break;
    case ExprKind::Call:
        for (const ExprPtr& arg : as<promql::Call>(expr).args)
            collectSelectors(*arg, found);
        break;
    case ExprKind::Aggregate:
        if (as<Aggregate>(expr).param)
            collectSelectors(*as<Aggregate>(expr).param, found);
        collectSelectors(*as<Aggregate>(expr).expr, found);
        break;
    case ExprKind::Binary:
        collectSelectors(*as<Binary>(expr).lhs, found);
        collectSelectors(*as<Binary>(expr).rhs, found);
        break;
    case ExprKind::Unary: collectSelectors(*as<Unary>(expr).expr, found); break;
    case ExprKind::Paren: collectSelectors(*as<Paren>(expr).expr, found); break;
    default: break;
    }
}

/// What series, labels and label values are asked with.
struct Question {
    std::size_t limit = 0;
    TimeRange range;
    std::vector<MatcherSet> sets;
};

Result<Question> questionParameters(const Form& form)
{
    Question asked;
    HF_TRY(asked.limit, limitParameter(form));
    HF_TRY(asked.range, rangeParameters(form));
    HF_TRY(asked.sets, matchParameters(form));
    return asked;
}

void writeExemplars(JsonWriter& json, const store::Querier::SeriesExemplars& series)
{
    json.beginObject().key("seriesLabels");
    writeLabels(json, *series.labels);
    json.key("exemplars").beginArray();
    for (const Exemplar& exemplar : series.exemplars) {
        std::string value;
        appendApiNumber(value, exemplar.value);
        std::string time;
        appendApiTime(time, exemplar.t);
        json.beginObject().key("labels");
        writeLabels(json, exemplar.labels);
        json.text("value", value).key("timestamp").raw(time).endObject();
    }
    json.endArray().endObject();
}

}  // namespace

Result<std::vector<MatcherSet>> matchParameters(const Form& form)
{
    std::vector<MatcherSet> sets;
    for (const std::string& text : form.all("match[]")) {
        auto matchers = promql::parseSelector(text);
        if (!matchers.ok())
            return std::move(matchers).error().in("invalid parameter \"match[]\"");
        sets.push_back(std::move(*matchers));
    }
    return sets;
}

void SeriesApi::addRoutes(Router& router)
{
    router.add("GET POST", "/api/v1/series", Lane::Query, [this](const Call& call) { return series(call); });
    router.add("GET POST", "/api/v1/labels", Lane::Query, [this](const Call& call) { return labels(call); });
    router.add("GET", "/api/v1/label/*/values", Lane::Query, [this](const Call& call) { return labelValues(call); });
    router.add("GET", "/api/v1/metadata", Lane::Query, [this](const Call& call) { return metadata(call); });
    router.add("GET POST", "/api/v1/query_exemplars", Lane::Query,
               [this](const Call& call) { return exemplars(call); });
}

store::ReadLimits SeriesApi::limits(const Call& call) const
{
    store::ReadLimits limits;
    limits.cancelled = call.cancelled;
    limits.deadlineNs = m_clock.monotonicNs() + kTimeoutNs;
    return limits;
}

HttpResponse SeriesApi::series(const Call& call) const
{
    if (call.form.all("match[]").empty())
        return errorAnswer({.type = ApiErrorType::BadData, .message = "no match[] parameter provided"});
    const auto asked = questionParameters(call.form);
    if (!asked.ok())
        return badData(asked.error());
    std::map<LabelSet, LabelSetPtr> found;
    for (const MatcherSet& matchers : asked->sets) {
        auto some = m_querier.series(matchers, asked->range, limits(call));
        if (!some.ok())
            return errorAnswer(queryError(some.error()));
        for (LabelSetPtr& labels : *some)
            found.emplace(*labels, labels);
    }
    return successAnswer(
        [&](JsonWriter& json) {
            std::size_t count = 0;
            json.beginArray();
            for (const auto& entry : found)
                if (asked->limit == 0 || count++ < asked->limit)
                    writeLabels(json, entry.first);
            json.endArray();
        },
        truncated(found.size(), asked->limit));
}

HttpResponse SeriesApi::labels(const Call& call) const
{
    auto asked = questionParameters(call.form);
    if (!asked.ok())
        return badData(asked.error());
    if (asked->sets.empty())
        asked->sets.emplace_back();
    std::set<std::string> names;
    for (const MatcherSet& matchers : asked->sets) {
        auto some = m_querier.labelNames(matchers, asked->range, limits(call));
        if (!some.ok())
            return errorAnswer(queryError(some.error()));
        names.insert(some->begin(), some->end());
    }
    return textList(names, asked->limit);
}

HttpResponse SeriesApi::labelValues(const Call& call) const
{
    const std::string& name = call.at(0);
    if (name.empty() || !promql::isValidUtf8(name))
        return errorAnswer({.type = ApiErrorType::BadData, .message = "invalid label name: " + promql::goQuoted(name)});
    auto asked = questionParameters(call.form);
    if (!asked.ok())
        return badData(asked.error());
    if (asked->sets.empty())
        asked->sets.emplace_back();
    std::set<std::string> values;
    for (const MatcherSet& matchers : asked->sets) {
        auto some = m_querier.labelValues(name, matchers, asked->range, limits(call));
        if (!some.ok())
            return errorAnswer(queryError(some.error()));
        values.insert(some->begin(), some->end());
    }
    return textList(values, asked->limit);
}

HttpResponse SeriesApi::metadata(const Call& call) const
{
    const auto limit = [&](std::string_view name) -> std::optional<std::int64_t> {
        return call.form.get(name).empty() ? -1 : parseInteger(call.form.get(name));
    };
    const auto families = limit("limit");
    const auto perFamily = limit("limit_per_metric");
    if (!families)
        return errorAnswer({.type = ApiErrorType::BadData, .message = "limit must be a number"});
    if (!perFamily)
        return errorAnswer({.type = ApiErrorType::BadData, .message = "limit_per_metric must be a number"});
    std::map<std::string, std::vector<MetricMetadata>> byFamily;
    for (MetricMetadata& entry : m_querier.metadata(call.form.get("metric")))
        byFamily[entry.family].push_back(std::move(entry));
    return successAnswer([&](JsonWriter& json) {
        std::int64_t count = 0;
        json.beginObject();
        for (const auto& [family, entries] : byFamily) {
            if (*families >= 0 && count++ >= *families)
                break;
            json.key(family).beginArray();
            std::int64_t written = 0;
            for (const MetricMetadata& entry : entries)
                if (*perFamily <= 0 || written++ < *perFamily)
                    json.beginObject()
                        .text("type", metricTypeWord(entry.type))
                        .text("help", entry.help)
                        .text("unit", entry.unit)
                        .endObject();
            json.endArray();
        }
        json.endObject();
    });
}

HttpResponse SeriesApi::exemplars(const Call& call) const
{
    const auto range = rangeParameters(call.form);
    if (!range.ok())
        return badData(range.error());
    if (range->end < range->start)
        return errorAnswer(
            {.type = ApiErrorType::BadData, .message = "end timestamp must not be before start timestamp"});
    const auto expr = promql::parseExpression(call.form.get("query"));
    if (!expr.ok())
        return badData(expr.error());
    std::vector<MatcherSet> sets;
    collectSelectors(**expr, sets);
    std::map<LabelSet, store::Querier::SeriesExemplars> found;
    for (const MatcherSet& matchers : sets) {
        auto some = m_querier.exemplars(matchers, *range);
        if (!some.ok())
            return errorAnswer(queryError(some.error()));
        for (auto& series : *some) {
            const LabelSetPtr labels = series.labels;
            found.emplace(*labels, std::move(series));
        }
    }
    return successAnswer([&](JsonWriter& json) {
        json.beginArray();
        for (const auto& entry : found)
            writeExemplars(json, entry.second);
        json.endArray();
    });
}

}  // namespace holdfast::api
