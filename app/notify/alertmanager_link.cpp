#include "app/notify/alertmanager_link.h"

#include "app/notify/curl_call.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace holdfast::notify {

namespace {

constexpr std::size_t kQueue = 10'000;  // Prometheus's --alertmanager.notification-queue-capacity
constexpr std::size_t kBatch = 256;     // notifier.DefaultMaxBatchSize
constexpr std::int64_t kValidMs = 4 * 60'000;

resilience::BreakerConfig breakerConfig()
{
    resilience::BreakerConfig config;
    config.window = resilience::WindowKind::Count;
    config.windowSize = 5;
    config.minimumCalls = 3;
    config.failureRate = 0.6;
    config.openMs = 10'000;
    config.probes = 1;
    return config;
}

}  // namespace

AlertmanagerLink::AlertmanagerLink(config::AlertmanagerTarget target, Sender sender, const Clock& clock, Log& log)
    : m_target(std::move(target)),
      m_sender(std::move(sender)),
      m_clock(clock),
      m_log(log),
      m_breaker(m_target.url, m_target.url, breakerConfig(), clock)
{
    m_status.name = m_target.url;
    m_status.kind = "alertmanager";
    m_status.capacity = kQueue;
    m_thread = std::jthread([this](const std::stop_token& stop) { run(stop); });
}

AlertmanagerLink::~AlertmanagerLink()
{
    m_thread.request_stop();
}

void AlertmanagerLink::push(const std::vector<RawAlert>& alerts)
{
    {
        const MutexLock lock(m_mutex);
        m_queue.insert(m_queue.end(), alerts.begin(), alerts.end());
        while (m_queue.size() > kQueue) {
            m_queue.pop_front();
            ++m_status.dropped;
        }
    }
    m_wake.notify_all();
}

void AlertmanagerLink::run(const std::stop_token& stop)
{
    while (!stop.stop_requested()) {
        std::vector<RawAlert> batch;
        {
            std::unique_lock lock(m_mutex);
            m_wake.wait(lock, stop, [this]() HF_NO_THREAD_SAFETY_ANALYSIS { return !m_queue.empty(); });
            while (!m_queue.empty() && batch.size() < kBatch) {
                batch.push_back(std::move(m_queue.front()));
                m_queue.pop_front();
            }
        }
        if (!batch.empty() && !stop.stop_requested())
            deliver(batch, stop);
    }
}

/// Once more at once where the budget pays for it; else the next minute repeats it.
void AlertmanagerLink::deliver(const std::vector<RawAlert>& batch, const std::stop_token& stop)
{
    using Outcome = Attempt::Outcome;
    m_budget.deposit();
    Attempt came{.outcome = Outcome::NotTaken, .retryAfterMs = {}, .error = "not asked: it did not answer lately"};
    for (int number = 1; number <= 2; ++number) {
        auto permit = m_breaker.acquire();
        if (!permit)
            break;
        const std::int64_t begin = m_clock.monotonicMs();
        came = postJson({.url = m_target.url + "/api/v2/alerts",
                         .body = rawAlertsJson(batch, m_sender, m_clock.wallMs() + kValidMs),
                         .headers = {},
                         .timeoutMs = m_target.timeoutMs},
                        m_target.http, stop);
        const bool bad = came.outcome == Outcome::NotTaken || came.outcome == Outcome::Ambiguous;
        permit->done(bad ? resilience::CallResult::Failure : resilience::CallResult::Success,
                     m_clock.monotonicMs() - begin);
        {
            const MutexLock lock(m_mutex);
            ++m_status.attempts;
        }
        if (!bad || stop.stop_requested() || !m_budget.tryWithdraw())
            break;
    }
    const MutexLock lock(m_mutex);
    if (came.outcome == Outcome::Taken) {
        m_status.sent += batch.size();
        m_status.lastSentMs = m_clock.wallMs();
        m_status.lastError.clear();
        return;
    }
    if (m_status.lastError.empty())
        m_log.warning("notify", m_target.url + " takes no alerts: " + came.error);
    m_status.failed += batch.size();
    m_status.lastError = came.error;
    m_status.lastErrorMs = m_clock.wallMs();
}

ReceiverStatus AlertmanagerLink::status() const
{
    const MutexLock lock(m_mutex);
    ReceiverStatus out = m_status;
    out.waiting = m_queue.size();
    out.breaker = resilience::word(m_breaker.state());
    return out;
}

}  // namespace holdfast::notify
