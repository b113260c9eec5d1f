#include "app/notify/alert_json.h"

#include "app/base/percent_encoding.h"
#include "app/base/time_text.h"

#include <nlohmann/json.hpp>

#include <array>
#include <optional>

namespace holdfast::notify {

namespace {

using nlohmann::json;

constexpr const char* kNotEnded = "0001-01-01T00:00:00Z";  // Go's zero time

std::string text(const json& document)
{
    return document.dump(-1, ' ', false, json::error_handler_t::replace);
}

json object(const LabelSet& labels)
{
    json out = json::object();
    for (const Label& label : labels)
        out[label.name] = label.value;
    return out;
}

/// Source: prometheus/common model/fingerprinting.go, labelSetToFingerprint: FNV-1a over names and values.
std::string fingerprint(const LabelSet& labels)
{
    std::uint64_t hash = 14695981039346656037U;
    const auto add = [&hash](std::string_view bytes) {
        for (const char c : bytes)
            hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
        hash = (hash ^ 255U) * 1099511628211U;
    };
    for (const Label& label : labels) {
        add(label.name);
        add(label.value);
    }
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out(16, '0');
    for (std::size_t i = 0; i < 16; ++i)
        out[15 - i] = digits[hash >> (4 * i) & 15U];
    return out;
}

std::string link(const Sender& sender, const Situation& now)
{
    return now.incident > 0 ? sender.externalUrl + "/#incident-" + std::to_string(now.incident) : sender.externalUrl;
}

/// "override_ending" → "HoldfastOverrideEnding"
std::string alertName(const std::string& kind)
{
    std::string out = "Holdfast";
    bool upper = true;
    for (const char c : kind) {
        if (c == '_') {
            upper = true;
            continue;
        }
        out += upper ? static_cast<char>(std::toupper(static_cast<unsigned char>(c))) : c;
        upper = false;
    }
    return out;
}

const char* urgency(int severity)
{
    return severity <= 2 ? "page" : "ticket";
}

/// The situation itself as one alert.
LabelSet ownLabels(const Situation& now, const Sender& sender, const char* severity)
{
    LabelSet out{{"alertname", alertName(now.kind)}, {"severity", severity}};
    if (now.incident > 0)
        out = out.with("incident", std::to_string(now.incident));
    else
        out = out.with("subject", now.subject);
    if (!sender.environment.empty())
        out = out.with("environment", sender.environment);
    for (const Label& label : sender.externalLabels)
        if (!out.has(label.name))
            out = out.with(label.name, label.value);
    return out;
}

LabelSet ownAnnotations(const Situation& now)
{
    LabelSet out{{"summary", now.title}, {"holdfast_severity", "sev" + std::to_string(now.severity)}};
    if (!now.text.empty())
        out = out.with("description", now.text);
    if (!now.service.empty())
        out = out.with("origin", now.service);
    return out;
}

std::vector<NoticeAlert> alertsOf(const Notice& notice, const Sender& sender)
{
    if (notice.alerts.empty())
        return {{.labels = ownLabels(notice.now, sender, urgency(notice.now.severity)),
                 .annotations = ownAnnotations(notice.now),
                 .firing = notice.firing(),
                 .startsMs = notice.now.startedMs,
                 .endsMs = notice.now.endedMs}};
    std::vector<NoticeAlert> out = notice.alerts;
    for (NoticeAlert& alert : out) {
        if (notice.now.incident > 0)
            alert.labels = alert.labels.with("incident", std::to_string(notice.now.incident));
        for (const Label& label : sender.externalLabels)
            if (!alert.labels.has(label.name))
                alert.labels = alert.labels.with(label.name, label.value);
        alert.firing = alert.firing && notice.firing();
    }
    return out;
}

json common(const std::vector<NoticeAlert>& alerts, LabelSet NoticeAlert::*which)
{
    json out = json::object();
    for (const Label& label : alerts.front().*which) {
        bool everywhere = true;
        for (const NoticeAlert& alert : alerts)
            everywhere = everywhere && (alert.*which).get(label.name) == label.value;
        if (everywhere)
            out[label.name] = label.value;
    }
    return out;
}

}  // namespace

std::string webhookJson(const Delivery& delivery, const Sender& sender)
{
    const Notice& notice = delivery.notice;
    const Situation& now = notice.now;
    const auto alerts = alertsOf(notice, sender);
    json list = json::array();
    for (const NoticeAlert& alert : alerts)
        list.push_back({{"status", alert.firing ? "firing" : "resolved"},
                        {"labels", object(alert.labels)},
                        {"annotations", object(alert.annotations)},
                        {"startsAt", rfc3339(alert.startsMs)},
                        {"endsAt", alert.firing ? kNotEnded : rfc3339(alert.endsMs > 0 ? alert.endsMs : notice.atMs)},
                        {"generatorURL", link(sender, now)},
                        {"fingerprint", fingerprint(alert.labels)}});
    const std::string key = now.incident > 0 ? "incident" : "subject";
    const std::string value = now.incident > 0 ? std::to_string(now.incident) : now.subject;
    json annotations = common(alerts, &NoticeAlert::annotations);
    annotations["summary"] = now.title;
    if (!now.text.empty())
        annotations["description"] = now.text;
    json about{{"notification", delivery.id},
               {"change", changeWord(notice.change)},
               {"kind", now.kind},
               {"severity", "sev" + std::to_string(now.severity)},
               {"title", now.title},
               {"origin", now.service},
               {"at", rfc3339(notice.atMs)},
               {"repeated", delivery.repeated}};
    if (now.incident > 0)
        about["incident"] = now.incident;
    return text({{"version", "4"},
                 {"groupKey", "{}:{" + key + "=\"" + value + "\"}"},
                 {"truncatedAlerts", notice.alertsLeftOut},
                 {"status", notice.firing() ? "firing" : "resolved"},
                 {"receiver", delivery.receiver},
                 {"groupLabels", {{key, value}}},
                 {"commonLabels", common(alerts, &NoticeAlert::labels)},
                 {"commonAnnotations", std::move(annotations)},
                 {"externalURL", sender.externalUrl},
                 {"alerts", std::move(list)},
                 {"holdfast", std::move(about)}});
}

std::string alertmanagerJson(const Notice& notice, const Sender& sender, std::int64_t endsMs)
{
    const Situation& now = notice.now;
    const auto one = [&](const char* severity, std::int64_t ends) {
        return json{{"labels", object(ownLabels(now, sender, severity))},
                    {"annotations", object(ownAnnotations(now))},
                    {"startsAt", rfc3339(now.startedMs)},
                    {"endsAt", rfc3339(ends)},
                    {"generatorURL", link(sender, now)}};
    };
    const std::int64_t ended = now.endedMs > 0 ? now.endedMs : notice.atMs;
    json list = json::array();
    list.push_back(one(urgency(now.severity), notice.firing() ? endsMs : ended));
    const std::string_view current = urgency(now.severity);
    if (notice.worstBefore > 0 && current != urgency(notice.worstBefore))
        list.push_back(one(urgency(notice.worstBefore), notice.firing() ? notice.atMs : ended));
    return text(list);
}

std::string rawAlertsJson(const std::vector<RawAlert>& alerts, const Sender& sender, std::int64_t validUntilMs)
{
    json list = json::array();
    for (const RawAlert& alert : alerts) {
        LabelSet labels = alert.labels;
        for (const Label& label : sender.externalLabels)
            if (!labels.has(label.name))
                labels = labels.with(label.name, label.value);
        list.push_back(
            {{"labels", object(labels)},
             {"annotations", object(alert.annotations)},
             {"startsAt", rfc3339(alert.startsMs)},
             {"endsAt", rfc3339(alert.resolvedMs > 0 ? alert.resolvedMs : validUntilMs)},
             {"generatorURL", sender.externalUrl + "/graph?g0.expr=" + percentEncoded(alert.expr) + "&g0.tab=1"}});
    }
    return text(list);
}

std::string subjectLine(const Delivery& delivery)
{
    const Notice& notice = delivery.notice;
    return "[SEV" + std::to_string(notice.now.severity) + " " + changeWord(notice.change)
           + (delivery.repeated ? ", perhaps again" : "") + "] " + notice.now.title;
}

std::string plainText(const Delivery& delivery, const Sender& sender)
{
    const Notice& notice = delivery.notice;
    const Situation& now = notice.now;
    std::string out = now.title + "\n";
    if (!now.text.empty())
        out += now.text + "\n";
    out += "\n" + std::string(changeWord(notice.change)) + " " + rfc3339(notice.atMs) + ", SEV"
           + std::to_string(now.severity) + (sender.environment.empty() ? "" : ", " + sender.environment) + "\n";
    if (now.startedMs > 0)
        out += "since " + rfc3339(now.startedMs) + "\n";
    for (const NoticeAlert& alert : notice.alerts)
        out += std::string("- ") + (alert.firing ? "" : "(over) ") + std::string(alert.labels.get("alertname")) + " "
               + std::string(alert.labels.get("service")) + ": " + std::string(alert.annotations.get("summary")) + "\n";
    if (notice.alertsLeftOut > 0)
        out += "and " + std::to_string(notice.alertsLeftOut) + " more\n";
    if (!sender.externalUrl.empty())
        out += "\n" + link(sender, now) + "\n";
    if (delivery.repeated)
        out += "\nThis may be the second copy: it is not known whether the first one arrived.\n";
    return out;
}

}  // namespace holdfast::notify
