#include "app/api/targets_api.h"

#include "app/api/expression_api.h"
#include "app/api/prometheus_answer.h"
#include "app/base/duration.h"
#include "app/base/time_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace holdfast::api {

namespace {

using rules::ActiveAlert;
using rules::AlertState;

// What encoding/json makes of a zero time.Time.
constexpr const char* kNever = "0001-01-01T00:00:00Z";

std::string timeText(std::int64_t ms)
{
    return ms == 0 ? kNever : rfc3339(ms);
}

/// Go's FormatFloat(v, 'e', -1, 64): "7e+00".
std::string alertValue(double value)
{
    if (std::isnan(value))
        return "NaN";
    if (std::isinf(value))
        return value > 0 ? "+Inf" : "-Inf";
    std::array<char, 40> buffer{};
    const auto end =
        std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::scientific).ptr;
    return {buffer.data(), end};
}

double secondsOf(std::int64_t ms)
{
    return static_cast<double>(ms) / 1000.0;
}

void writeTarget(JsonWriter& json, const scrape::TargetStatus& target)
{
    json.beginObject().key("discoveredLabels");
    writeLabels(json, target.discoveredLabels);
    json.key("labels");
    writeLabels(json, target.labels);
    json.text("scrapePool", target.scrapePool).text("scrapeUrl", target.url).text("globalUrl", target.url);
    json.text("lastError", target.lastError).text("lastScrape", timeText(target.lastScrapeMs));
    json.number("lastScrapeDuration", target.durationMs / 1000.0).text("health", scrape::healthWord(target.health));
    json.text("scrapeInterval", formatDuration(target.intervalMs));
    json.text("scrapeTimeout", formatDuration(target.timeoutMs)).endObject();
}

bool isListed(const std::vector<std::string>& wanted, const std::string& text)
{
    return wanted.empty() || std::ranges::find(wanted, text) != wanted.end();
}

bool isActive(const ActiveAlert& alert)
{
    return alert.state == AlertState::Pending || alert.state == AlertState::Firing;
}

void writeAlert(JsonWriter& json, const ActiveAlert& alert)
{
    json.beginObject().key("labels");
    writeLabels(json, alert.labels);
    json.key("annotations");
    writeLabels(json, alert.annotations);
    json.text("state", alertStateWord(alert.state)).text("activeAt", timeText(alert.activeAt));
    if (alert.keepFiringSince != 0)
        json.text("keepFiringSince", timeText(alert.keepFiringSince));
    json.text("value", alertValue(alert.value)).endObject();
}

void writeHealth(JsonWriter& json, const rules::RuleStatus& status, const char* type)
{
    json.text("health", ruleHealthWord(status.health));
    if (!status.lastError.empty())
        json.text("lastError", status.lastError);
    json.number("evaluationTime", status.evaluationSeconds);
    json.text("lastEvaluation", timeText(status.lastEvaluation)).text("type", type).endObject();
}

void writeAlertingRule(JsonWriter& json, const rules::RuleStatus& status, bool withAlerts)
{
    json.beginObject().text("state", alertStateWord(status.state)).text("name", status.rule.alert);
    json.text("query", normalisedExpression(status.rule.expr));
    json.number("duration", secondsOf(status.rule.forMs));
    json.number("keepFiringFor", secondsOf(status.rule.keepFiringForMs)).key("labels");
    writeLabels(json, status.rule.labels);
    json.key("annotations");
    writeLabels(json, status.rule.annotations);
    json.key("alerts").beginArray();
    for (const ActiveAlert& alert : status.alerts)
        if (withAlerts && isActive(alert))
            writeAlert(json, alert);
    json.endArray();
    writeHealth(json, status, "alerting");
}

void writeRecordingRule(JsonWriter& json, const rules::RuleStatus& status)
{
    json.beginObject().text("name", status.rule.record).text("query", normalisedExpression(status.rule.expr));
    if (!status.rule.labels.empty()) {
        json.key("labels");
        writeLabels(json, status.rule.labels);
    }
    writeHealth(json, status, "recording");
}

struct RuleFilter {
    bool alerting = true;
    bool recording = true;
    bool withAlerts = true;
    std::vector<std::string> names, groups, files;

    [[nodiscard]] bool takes(const rules::Rule& rule) const
    {
        return (rule.isAlert() ? alerting : recording) && isListed(names, rule.name());
    }
};

void writeGroup(JsonWriter& json, const rules::GroupStatus& group, const RuleFilter& filter)
{
    json.beginObject().text("name", group.name).text("file", group.file).key("rules").beginArray();
    for (const rules::RuleStatus& status : group.rules) {
        if (!filter.takes(status.rule))
            continue;
        if (status.rule.isAlert())
            writeAlertingRule(json, status, filter.withAlerts);
        else
            writeRecordingRule(json, status);
    }
    json.endArray().number("interval", secondsOf(group.intervalMs));
    json.integer("limit", static_cast<std::int64_t>(group.limit)).number("evaluationTime", group.evaluationSeconds);
    json.text("lastEvaluation", timeText(group.lastEvaluation)).endObject();
}

}  // namespace

void TargetsApi::addRoutes(Router& router)
{
    router.add("GET", "/api/v1/targets", Lane::Status, [this](const Call& call) { return targets(call); });
    router.add("GET", "/api/v1/rules", Lane::Status, [this](const Call& call) { return rules(call); });
    router.add("GET", "/api/v1/alerts", Lane::Status, [this](const Call&) { return alerts(); });
    router.add("GET", "/api/v1/alertmanagers", Lane::Status, [this](const Call&) { return alertmanagers(); });
}

HttpResponse TargetsApi::alertmanagers() const
{
    return successAnswer([this](JsonWriter& json) {
        json.beginObject().key("activeAlertmanagers").beginArray();
        for (const std::string& url : m_alertmanagers ? m_alertmanagers() : std::vector<std::string>())
            json.beginObject().text("url", url + "/api/v2/alerts").endObject();
        json.endArray().key("droppedAlertmanagers").beginArray().endArray().endObject();
    });
}

HttpResponse TargetsApi::targets(const Call& call) const
{
    std::string state(call.form.get("state"));
    std::ranges::transform(state, state.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; });
    const std::string_view pool = call.form.get("scrapePool");
    const bool active = state.empty() || state == "any" || state == "active";
    const bool dropped = state.empty() || state == "any" || state == "dropped";
    const scrape::TargetsSnapshot snapshot = m_targets();
    return successAnswer([&](JsonWriter& json) {
        std::map<std::string, std::int64_t> droppedCounts;
        json.beginObject().key("activeTargets").beginArray();
        for (const scrape::TargetStatus& target : snapshot.active)
            if (active && (pool.empty() || pool == target.scrapePool))
                writeTarget(json, target);
        json.endArray().key("droppedTargets").beginArray();
        for (const scrape::DroppedTarget& target : snapshot.dropped) {
            ++droppedCounts[target.scrapePool];
            if (!dropped || (!pool.empty() && pool != target.scrapePool))
                continue;
            json.beginObject().key("discoveredLabels");
            writeLabels(json, target.discoveredLabels);
            json.text("scrapePool", target.scrapePool).endObject();
        }
        json.endArray();
        // Prometheus 3 has it always, 2.x never; without dropped targets it says nothing that the list does not.
        if (!droppedCounts.empty()) {
            json.key("droppedTargetCounts").beginObject();
            for (const auto& [name, count] : droppedCounts)
                json.integer(name, count);
            json.endObject();
        }
        json.endObject();
    });
}

HttpResponse TargetsApi::rules(const Call& call) const
{
    const std::string_view type = call.form.get("type");
    if (!type.empty() && type != "alert" && type != "record")
        return invalidParameter("type", "not supported value \"" + std::string(type) + "\"");
    RuleFilter filter;
    filter.alerting = type != "record";
    filter.recording = type != "alert";
    filter.withAlerts = call.form.get("exclude_alerts") != "true";
    filter.names = call.form.all("rule_name[]");
    filter.groups = call.form.all("rule_group[]");
    filter.files = call.form.all("file[]");
    const rules::RulesSnapshot snapshot = m_rules();
    return successAnswer([&](JsonWriter& json) {
        json.beginObject().key("groups").beginArray();
        for (const rules::GroupStatus& group : snapshot ? snapshot->groups : std::vector<rules::GroupStatus>()) {
            if (!isListed(filter.groups, group.name) || !isListed(filter.files, group.file))
                continue;
            const bool empty = std::ranges::none_of(
                group.rules, [&](const rules::RuleStatus& status) { return filter.takes(status.rule); });
            if (!empty || (type.empty() && filter.names.empty()))
                writeGroup(json, group, filter);
        }
        json.endArray().endObject();
    });
}

HttpResponse TargetsApi::alerts() const
{
    const rules::RulesSnapshot snapshot = m_rules();
    return successAnswer([&](JsonWriter& json) {
        json.beginObject().key("alerts").beginArray();
        for (const rules::GroupStatus& group : snapshot ? snapshot->groups : std::vector<rules::GroupStatus>())
            for (const rules::RuleStatus& status : group.rules)
                for (const ActiveAlert& alert : status.alerts)
                    if (isActive(alert))
                        writeAlert(json, alert);
        json.endArray().endObject();
    });
}

}  // namespace holdfast::api
