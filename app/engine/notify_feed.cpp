#include "app/engine/notify_feed.h"

#include "app/engine/part_readings.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <iterator>

namespace holdfast::engine {

namespace {

constexpr std::size_t kIncidents = 200;      // newest ones looked at
constexpr std::int64_t kEndingMs = 120'000;  // an override's end is said this long before
constexpr std::int64_t kBlindMs = 30'000;    // own metrics come every 5 s
constexpr std::int64_t kSettleMs = 60'000;   // after the start

bool isOver(const incident::IncidentSummary& summary)
{
    return summary.state == incident::IncidentState::Resolved || summary.state == incident::IncidentState::Closed;
}

std::string incidentText(const incident::IncidentSummary& summary)
{
    std::string services;
    for (const std::string& service : summary.services)
        services += (services.empty() ? "" : ", ") + service;
    std::string out = std::to_string(summary.firing) + " of " + std::to_string(summary.signals) + " signals firing";
    if (!services.empty())
        out += " on " + services;
    if (!summary.origin.empty())
        out += "; likely origin " + summary.origin;
    if (!summary.owner.empty())
        out += "; " + summary.owner + " has it";
    return out;
}

LabelSet labelsOf(const std::string& text)
{
    const auto root = nlohmann::json::parse(text, nullptr, false);
    std::vector<Label> labels;
    if (root.is_object())
        for (const auto& [name, value] : root.items())
            if (value.is_string())
                labels.push_back({name, value.get<std::string>()});
    return LabelSet(std::move(labels));
}

std::vector<notify::RawAlert> rawAlerts(const std::vector<rules::ActiveAlert>& alerts,
                                        const rules::RulesSnapshot& rules)
{
    std::map<std::string_view, const std::string*> expressions;
    if (rules)
        for (const auto& group : rules->groups)
            for (const auto& rule : group.rules)
                if (rule.rule.isAlert())
                    expressions.emplace(rule.rule.alert, &rule.rule.expr);
    std::vector<notify::RawAlert> out;
    for (const rules::ActiveAlert& alert : alerts) {
        const bool resolved = alert.state == rules::AlertState::Resolved;
        if (!resolved && alert.state != rules::AlertState::Firing)
            continue;
        const auto expression = expressions.find(alert.name());
        out.push_back({.labels = alert.labels,
                       .annotations = alert.annotations,
                       .startsMs = alert.firedAt,
                       .resolvedMs = resolved ? alert.resolvedAt : 0,
                       .expr = expression == expressions.end() ? std::string() : *expression->second});
    }
    return out;
}

}  // namespace

NotifyFeed::NotifyFeed(Parts parts)
    : m_parts(parts),
      m_startedMs(parts.clock.wallMs()),
      m_alerts(parts.clock, parts.log),
      m_heartbeat(parts.clock, parts.log)
{
}

Result<std::unique_ptr<NotifyFeed>> NotifyFeed::open(Parts parts)
{
    std::unique_ptr<NotifyFeed> out(new NotifyFeed(parts));
    HF_TRY(out->m_service,
           notify::NotifyService::open(
               parts.store, parts.clock, parts.log,
               [feed = out.get()](const notify::Situation& situation) { return feed->signalsOf(situation); },
               parts.purpose));
    // A revert that failed before the restart and was mended since ends like any other.
    for (notify::Situation& before : out->m_service->leftOpen())
        if (before.kind == "revert_failed")
            out->m_standing.emplace(before.subject, std::move(before));
    out->m_service->setOnChanged([events = &parts.events](std::int64_t id) { events->publish("notification", id); });
    return out;
}

void NotifyFeed::configure(const config::Config& config, const std::string& externalUrl)
{
    if (m_parts.purpose == notify::NotifyService::Purpose::Replay)
        return;  // nobody is told of the past
    const config::NotifyConfig& wanted = config.holdfast.notify;
    const notify::Sender sender{.environment = config.holdfast.environment,
                                .externalUrl = wanted.externalUrl.empty() ? externalUrl : wanted.externalUrl,
                                .externalLabels = config.externalLabels};
    m_service->configure(wanted, sender);
    m_alerts.configure(config.alertmanagers, sender);
    m_heartbeat.configure(wanted.heartbeatUrl, wanted.heartbeatMs);
}

void NotifyFeed::start()
{
    m_service->start();
}

void NotifyFeed::stop()
{
    m_service->requestStop();  // all at once: each has 2 s
    m_heartbeat.requestStop();
    m_alerts.stop();
    m_heartbeat.stop();
    m_service->stop();
}

void NotifyFeed::onRound(std::int64_t t, const rules::AlertSnapshot& alerts, const rules::RulesSnapshot& rules)
{
    if (alerts && m_alerts.wanted())
        m_alerts.update(t, rawAlerts(*alerts, rules));
    std::vector<notify::Situation> situations;
    addIncidents(situations);
    const std::size_t incidents = situations.size();
    addHolds(t, situations);
    addBlindness(t, situations);
    std::map<std::string, notify::Situation> standing;
    for (std::size_t i = incidents; i < situations.size(); ++i)
        standing.emplace(situations[i].subject, situations[i]);
    endGone(t, situations);
    m_standing = std::move(standing);
    m_service->update(t, situations);
    m_heartbeat.evaluated();
    m_lastRoundMs = t;
}

std::vector<api::OwnMetrics::Reading> NotifyFeed::readings() const
{
    using Reading = api::OwnMetrics::Reading;
    std::vector<Reading> out;
    out.push_back(
        {.name = "holdfast_evaluation_last_timestamp_seconds",
         .help = "When signals, rules and incidents were last judged. Alert elsewhere when time() - this grows.",
         .type = prometheus::MetricType::Gauge,
         .value = static_cast<double>(m_lastRoundMs.load()) / 1000});
    const auto add = [&out](const notify::ReceiverStatus& status, const char* name, const char* help,
                            prometheus::MetricType type, std::uint64_t value, const char* result) {
        Reading reading{.name = name, .help = help, .type = type, .value = static_cast<double>(value)};
        reading.labels.push_back({"receiver", status.name});
        if (result != nullptr)
            reading.labels.push_back({"result", result});
        out.push_back(std::move(reading));
    };
    auto all = m_service->receivers();
    for (auto& link : m_alerts.status())
        all.push_back(std::move(link));
    constexpr const char* told = "holdfast_notifications_total";
    constexpr const char* toldHelp = "Changes told to receivers, and alerts to Alertmanagers, by what became of them.";
    for (const notify::ReceiverStatus& status : all) {
        add(status, told, toldHelp, prometheus::MetricType::Counter, status.sent, "sent");
        add(status, told, toldHelp, prometheus::MetricType::Counter, status.failed, "failed");
        add(status, told, toldHelp, prometheus::MetricType::Counter, status.dropped, "dropped");
        add(status, "holdfast_notifications_waiting", "Changes that wait for their receiver.",
            prometheus::MetricType::Gauge, status.waiting, nullptr);
    }
    std::vector<OwnBreaker> breakers;
    for (const notify::ReceiverStatus& status : all)
        breakers.push_back({.name = "notify " + status.name, .state = status.breaker});
    std::ranges::move(breakerReadings(breakers), std::back_inserter(out));
    return out;
}

void NotifyFeed::addIncidents(std::vector<notify::Situation>& out)
{
    for (const incident::IncidentSummary& summary : m_parts.incidents.list(false, kIncidents)) {
        if (onlyToldElsewhere(summary))
            continue;
        notify::Situation now;
        now.subject = "incident/" + std::to_string(summary.id);
        now.kind = "incident";
        now.over = isOver(summary);
        now.quiet = summary.state != incident::IncidentState::New;
        now.severity = 1 + static_cast<int>(summary.severity);
        now.incident = summary.id;
        now.title = summary.title;
        now.text = incidentText(summary);
        now.service = summary.origin;
        now.startedMs = summary.openedMs;
        if (now.over)
            now.endedMs = summary.resolvedMs.value_or(summary.closedMs.value_or(summary.lastSignalMs));
        out.push_back(std::move(now));
    }
}

/// A failed revert is told by itself, at once; the incident its rule opens would be the same news again.
bool NotifyFeed::onlyToldElsewhere(const incident::IncidentSummary& summary)
{
    if (isOver(summary) && !m_elsewhere.contains(summary.id))
        return false;
    auto& [signals, verdict] = m_elsewhere[summary.id];
    if (signals == summary.signals)
        return verdict;
    signals = summary.signals;
    const auto detail = m_parts.incidents.detail(summary.id);
    verdict = detail.ok() && !detail->signals.empty()
              && std::ranges::all_of(detail->signals, [](const incident::IncidentSignal& signal) {
                     return signal.alert == "RevertFailed";
                 });
    return verdict;
}

std::vector<notify::NoticeAlert> NotifyFeed::signalsOf(const notify::Situation& situation) const
{
    if (situation.incident == 0)
        return {};
    const auto detail = m_parts.incidents.detail(situation.incident);
    if (!detail.ok())
        return {};
    std::vector<notify::NoticeAlert> out;
    for (const incident::IncidentSignal& signal : detail->signals) {
        notify::NoticeAlert alert;
        alert.labels = labelsOf(signal.labelsJson).with("alertname", signal.alert).with("service", signal.service);
        if (!signal.summary.empty())
            alert.annotations = LabelSet{{"summary", signal.summary}};
        alert.firing = !signal.clearedMs.has_value();
        alert.startsMs = signal.firedMs;
        alert.endsMs = signal.clearedMs.value_or(0);
        out.push_back(std::move(alert));
    }
    return out;
}

void NotifyFeed::addHolds(std::int64_t t, std::vector<notify::Situation>& out)
{
    std::set<std::int64_t> holding;
    for (const control::LeaseView& lease : m_parts.control.leases()) {
        const std::string id = "lease/" + std::to_string(lease.id);
        notify::Situation now;
        now.service = lease.control.substr(0, lease.control.find('/'));
        now.startedMs = t;
        if (lease.state == "holding") {
            holding.insert(lease.id);
            const std::int64_t left = lease.untilMs - t;
            if (left > kEndingMs)
                m_longHolds.insert(lease.id);
            if (left > kEndingMs || left <= 0 || !m_longHolds.contains(lease.id))
                continue;
            now.subject = id + "/ending/" + std::to_string(lease.untilMs);
            now.kind = "override_ending";
            now.tellEnd = false;
            now.title = lease.control + ": the override ends in " + std::to_string((left + 999) / 1000) + " s";
            now.text = lease.word + ", set by " + lease.actor + ": " + lease.reason;
            out.push_back(std::move(now));
        } else if (lease.state == "revert_failed") {
            now.subject = id + "/revert_failed";
            now.kind = "revert_failed";
            now.severity = 1;
            now.title = lease.control + ": putting it back failed";
            now.text = "It is still as the override left it (" + lease.word + ", set by " + lease.actor + ").";
            out.push_back(std::move(now));
        }
    }
    std::erase_if(m_longHolds, [&](std::int64_t id) { return !holding.contains(id); });
}

void NotifyFeed::addBlindness(std::int64_t t, std::vector<notify::Situation>& out)
{
    const store::StoreStats stats = m_parts.store.stats();
    if (t - m_startedMs < kSettleMs || t - stats.newestMs <= kBlindMs)
        return;
    notify::Situation now;
    now.subject = "engine/blind";
    now.kind = "engine_blind";
    now.severity = 1;
    now.title =
        "Holdfast is blind: its store has taken nothing for " + std::to_string((t - stats.newestMs) / 1000) + " s";
    now.text = stats.lastWriteError.empty() ? "What it shows and judges is old." : stats.lastWriteError;
    now.service = "holdfast";
    now.startedMs = stats.newestMs;
    out.push_back(std::move(now));
}

void NotifyFeed::endGone(std::int64_t t, std::vector<notify::Situation>& out)
{
    for (const auto& [subject, before] : m_standing) {
        const bool still = std::ranges::any_of(out, [&](const notify::Situation& s) { return s.subject == subject; });
        if (still)
            continue;
        notify::Situation ended = before;
        ended.over = true;
        ended.endedMs = t;
        out.push_back(std::move(ended));
    }
}

}  // namespace holdfast::engine
