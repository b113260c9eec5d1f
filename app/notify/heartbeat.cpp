#include "app/notify/heartbeat.h"

#include "app/notify/curl_call.h"

#include <chrono>
#include <utility>

namespace holdfast::notify {

namespace {

constexpr std::int64_t kLateMs = 15'000;  // an evaluation older than this is no sign of life
constexpr std::int64_t kTimeoutMs = 10'000;

}  // namespace

void Heartbeat::configure(const std::string& url, std::int64_t intervalMs)
{
    {
        const MutexLock lock(m_mutex);
        if (m_url == url && m_intervalMs == intervalMs)
            return;
    }
    stop();
    {
        const MutexLock lock(m_mutex);
        m_url = url;
        m_intervalMs = intervalMs;
    }
    if (!url.empty())
        m_thread = std::jthread([this](const std::stop_token& token) { run(token); });
}

void Heartbeat::evaluated()
{
    const MutexLock lock(m_mutex);
    m_evaluatedMs = m_clock.monotonicMs();
}

void Heartbeat::stop()
{
    m_thread.request_stop();
    if (m_thread.joinable())
        m_thread.join();
}

void Heartbeat::run(const std::stop_token& stop)
{
    bool failed = false;
    while (!stop.stop_requested()) {
        std::string url;
        std::int64_t interval = 0;
        bool alive = false;
        {
            const MutexLock lock(m_mutex);
            url = m_url;
            interval = m_intervalMs;
            alive = m_evaluatedMs > 0 && m_clock.monotonicMs() - m_evaluatedMs < kLateMs;
        }
        if (alive) {
            const Attempt came =
                postJson({.url = url,
                          .body = "{\"status\":\"alive\",\"at_ms\":" + std::to_string(m_clock.wallMs()) + "}",
                          .headers = {},
                          .timeoutMs = kTimeoutMs},
                         {}, stop);
            const bool bad = came.outcome != Attempt::Outcome::Taken;
            if (bad && !std::exchange(failed, true))
                m_log.warning("notify", "the sign of life was not taken: " + came.error);
            failed = bad;
        }
        std::unique_lock lock(m_mutex);
        m_never.wait_for(lock, stop,
                         std::chrono::milliseconds(alive ? interval : std::min<std::int64_t>(interval, 1000)),
                         [] { return false; });
    }
}

}  // namespace holdfast::notify
