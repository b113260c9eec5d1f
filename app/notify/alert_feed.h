#pragma once

#include "app/base/clock.h"
#include "app/base/log.h"
#include "app/base/mutex.h"
#include "app/config/notify_config.h"
#include "app/notify/alert_json.h"
#include "app/notify/receiver_status.h"

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace holdfast::notify {

class AlertmanagerLink;

/// Every alert to every Alertmanager of Prometheus's `alerting:` section, as Prometheus does it: what fires is said
/// again each minute with an end four minutes away, what ended is said for as long as it is known. So nothing needs a
/// record: the next minute repeats what was lost. Each Alertmanager has its own thread and a queue of 10 000 alerts;
/// full, the oldest go and are counted.
/// Source: Prometheus rules/alerting.go, needsSending, sendAlerts; notifier/manager.go.
/// Thread-safe.
class AlertFeed {
public:
    AlertFeed(const Clock& clock, Log& log);
    ~AlertFeed();
    AlertFeed(const AlertFeed&) = delete;
    AlertFeed& operator=(const AlertFeed&) = delete;

    void configure(const std::vector<config::AlertmanagerTarget>& targets, Sender sender) HF_EXCLUDES(m_mutex);
    void stop() HF_EXCLUDES(m_mutex);
    [[nodiscard]] bool wanted() const HF_EXCLUDES(m_mutex);

    /// The firing and recently resolved alerts of one evaluation at t. Never waits.
    void update(std::int64_t t, const std::vector<RawAlert>& alerts) HF_EXCLUDES(m_mutex);

    [[nodiscard]] std::vector<ReceiverStatus> status() const HF_EXCLUDES(m_mutex);

private:
    const Clock& m_clock;
    Log& m_log;
    mutable Mutex m_mutex;
    std::vector<std::shared_ptr<AlertmanagerLink>> m_links HF_GUARDED_BY(m_mutex);
    std::map<std::pair<LabelSet, std::int64_t>, std::int64_t>
        m_lastSent HF_GUARDED_BY(m_mutex);  ///< by labels and begin
};

}  // namespace holdfast::notify
