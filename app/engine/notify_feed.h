#pragma once

#include "app/api/event_hub.h"
#include "app/api/own_metrics.h"
#include "app/base/clock.h"
#include "app/base/log.h"
#include "app/base/result.h"
#include "app/config/config.h"
#include "app/control/control_service.h"
#include "app/incident/incident_service.h"
#include "app/notify/alert_feed.h"
#include "app/notify/heartbeat.h"
#include "app/notify/notify_service.h"
#include "app/rules/rule_manager.h"
#include "app/store/store.h"

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace holdfast::engine {

/// What of incidents, holds and the engine itself people are told: one situation an incident, an override that ends
/// within 2 min, a revert that failed, a store that takes nothing. And every alert for Prometheus's Alertmanagers.
/// onRound() is for the evaluation thread; it never waits for a receiver.
class NotifyFeed {
public:
    struct Parts {
        store::Store& store;
        incident::IncidentService& incidents;
        control::ControlService& control;
        api::EventHub& events;
        const Clock& clock;
        Log& log;
        notify::NotifyService::Purpose purpose = notify::NotifyService::Purpose::Tell;
    };
    [[nodiscard]] static Result<std::unique_ptr<NotifyFeed>> open(Parts parts);

    /// externalUrl: how people reach this engine, where the configuration does not say.
    void configure(const config::Config& config, const std::string& externalUrl);
    void start();
    void stop();

    /// After each second's evaluation.
    void onRound(std::int64_t t, const rules::AlertSnapshot& alerts, const rules::RulesSnapshot& rules);

    [[nodiscard]] notify::NotifyService& service() { return *m_service; }
    [[nodiscard]] const notify::AlertFeed& alertFeed() const { return m_alerts; }

    /// For /metrics; any thread. With holdfast_evaluation_last_timestamp_seconds, by which somebody else's Prometheus
    /// sees that this engine is late or dead.
    [[nodiscard]] std::vector<api::OwnMetrics::Reading> readings() const;

private:
    explicit NotifyFeed(Parts parts);
    [[nodiscard]] std::vector<notify::NoticeAlert> signalsOf(const notify::Situation& situation) const;
    void addIncidents(std::vector<notify::Situation>& out);
    void addHolds(std::int64_t t, std::vector<notify::Situation>& out);
    void addBlindness(std::int64_t t, std::vector<notify::Situation>& out);
    void endGone(std::int64_t t, std::vector<notify::Situation>& out);
    [[nodiscard]] bool onlyToldElsewhere(const incident::IncidentSummary& summary);

    const Parts m_parts;
    const std::int64_t m_startedMs;
    notify::AlertFeed m_alerts;
    notify::Heartbeat m_heartbeat;
    std::atomic<std::int64_t> m_lastRoundMs{0};
    std::unique_ptr<notify::NotifyService> m_service;
    // Touched by the evaluation thread only.
    std::map<std::int64_t, std::pair<std::size_t, bool>> m_elsewhere;  ///< incident → signals then, verdict
    std::set<std::int64_t> m_longHolds;                                ///< leases seen with more than 2 min left
    std::map<std::string, notify::Situation> m_standing;               ///< of holds and the engine
};

}  // namespace holdfast::engine
