#pragma once

#include "app/base/clock.h"
#include "app/base/log.h"
#include "app/base/mutex.h"

#include <condition_variable>
#include <cstdint>
#include <stop_token>
#include <string>
#include <thread>

namespace holdfast::notify {

/// A sign of life for a dead man's switch elsewhere: as long as rules are evaluated in time, its URL is posted to once
/// an interval. An engine that is dead, hung or late stays silent, and the other side raises the alarm.
/// Thread-safe; owns one thread while it has a URL.
class Heartbeat {
public:
    Heartbeat(const Clock& clock, Log& log) : m_clock(clock), m_log(log) {}
    ~Heartbeat() { stop(); }
    Heartbeat(const Heartbeat&) = delete;
    Heartbeat& operator=(const Heartbeat&) = delete;

    /// An empty URL ends it.
    void configure(const std::string& url, std::int64_t intervalMs) HF_EXCLUDES(m_mutex);
    /// An evaluation is complete; any thread.
    void evaluated() HF_EXCLUDES(m_mutex);
    void requestStop() { m_thread.request_stop(); }
    void stop();

private:
    void run(const std::stop_token& stop) HF_NO_THREAD_SAFETY_ANALYSIS;

    const Clock& m_clock;
    Log& m_log;
    mutable Mutex m_mutex;
    std::condition_variable_any m_never;
    std::string m_url HF_GUARDED_BY(m_mutex);
    std::int64_t m_intervalMs HF_GUARDED_BY(m_mutex) = 60'000;
    std::int64_t m_evaluatedMs HF_GUARDED_BY(m_mutex) = 0;  ///< monotonic; 0: not yet
    std::jthread m_thread;                                  ///< touched by configure() and stop() only
};

}  // namespace holdfast::notify
