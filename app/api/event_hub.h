#pragma once

#include "app/api/event_source.h"
#include "app/base/mutex.h"

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace holdfast::api {

/// Tells everybody who listens to `/holdfast/v1/stream` that something changed.
///
/// Commits are told at most four times a second, however many there are, or once a second when spared; a comment every
/// 10 s keeps connections from looking dead. At most 64 listeners; the oldest is closed for a new one. Publishing never
/// waits. Thread-safe; owns one thread.
class EventHub {
public:
    EventHub();
    ~EventHub();
    EventHub(const EventHub&) = delete;
    EventHub& operator=(const EventHub&) = delete;

    [[nodiscard]] std::shared_ptr<EventSource> subscribe() HF_EXCLUDES(m_mutex);
    /// `name`: incident, action, control, lease, target, status. `id`: of the thing that changed.
    void publish(std::string_view name, std::string_view id) HF_EXCLUDES(m_mutex);
    void publish(std::string_view name, std::int64_t id) HF_EXCLUDES(m_mutex);
    /// A commit up to this time, ms since the epoch.
    void committed(std::int64_t newestMs) HF_EXCLUDES(m_mutex);
    /// Overload: windows redraw on commits, so telling them less often makes them draw less often.
    void spareListeners(bool spare) { m_spare = spare; }
    void stop() HF_EXCLUDES(m_mutex);
    [[nodiscard]] std::size_t listeners() const HF_EXCLUDES(m_mutex);

private:
    void run(const std::stop_token& stop) HF_NO_THREAD_SAFETY_ANALYSIS;
    void send(std::string_view name, std::string_view data) HF_REQUIRES(m_mutex);

    mutable Mutex m_mutex;
    std::condition_variable_any m_changed;
    std::vector<std::weak_ptr<EventSource>> m_sources HF_GUARDED_BY(m_mutex);
    std::int64_t m_commitMs HF_GUARDED_BY(m_mutex) = 0;
    bool m_commitWaits HF_GUARDED_BY(m_mutex) = false;
    std::atomic<bool> m_spare{false};
    std::jthread m_thread;
};

}  // namespace holdfast::api
