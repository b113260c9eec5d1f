#pragma once

#include "app/base/clock.h"
#include "app/base/log.h"
#include "app/base/mutex.h"
#include "app/config/notify_config.h"
#include "app/notify/alert_json.h"
#include "app/notify/receiver_status.h"
#include "app/resilience/circuit_breaker.h"
#include "app/resilience/retry_budget.h"

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <stop_token>
#include <thread>
#include <vector>

namespace holdfast::notify {

/// The way to one Alertmanager. Thread-safe; owns one thread.
class AlertmanagerLink {
public:
    AlertmanagerLink(config::AlertmanagerTarget target, Sender sender, const Clock& clock, Log& log);
    ~AlertmanagerLink();
    AlertmanagerLink(const AlertmanagerLink&) = delete;
    AlertmanagerLink& operator=(const AlertmanagerLink&) = delete;

    void push(const std::vector<RawAlert>& alerts) HF_EXCLUDES(m_mutex);
    [[nodiscard]] ReceiverStatus status() const HF_EXCLUDES(m_mutex);
    void requestStop() { m_thread.request_stop(); }

private:
    void run(const std::stop_token& stop) HF_NO_THREAD_SAFETY_ANALYSIS;
    void deliver(const std::vector<RawAlert>& batch, const std::stop_token& stop) HF_EXCLUDES(m_mutex);

    const config::AlertmanagerTarget m_target;
    const Sender m_sender;
    const Clock& m_clock;
    Log& m_log;
    resilience::CircuitBreaker m_breaker;
    resilience::RetryBudget m_budget;
    mutable Mutex m_mutex;
    std::condition_variable_any m_wake;
    std::deque<RawAlert> m_queue HF_GUARDED_BY(m_mutex);
    ReceiverStatus m_status HF_GUARDED_BY(m_mutex);
    std::jthread m_thread;
};

}  // namespace holdfast::notify
