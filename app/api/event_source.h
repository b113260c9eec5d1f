#pragma once

#include "app/base/mutex.h"

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace holdfast::api {

/// The bytes of one client's event stream (server-sent events), written by publishers and read by the listener.
///
/// Full (a client that does not read): the bytes waiting are thrown away and replaced by one event `status`, which
/// tells the client to read everything again; events are hints, never the data. Closed: reads hand out the rest.
/// Source   WHATWG HTML, "Server-sent events", for the wire form.
/// Thread-safe.
class EventSource {
public:
    /// `capacity`: bytes that may wait for the client.
    explicit EventSource(std::size_t capacity = 64 * 1024) : m_capacity(capacity) {}

    /// event: NAME, data: DATA (one line of JSON).
    void publish(std::string_view name, std::string_view data) HF_EXCLUDES(m_mutex);
    /// A line that clients ignore, so that a dead connection is noticed.
    void comment() HF_EXCLUDES(m_mutex);
    void close() HF_EXCLUDES(m_mutex);

    enum class State { Bytes, Nothing, End };
    /// Moves up to `size` bytes to `out`. `Nothing`: the wake-up is armed and called once at the next change;
    /// `park` is run before any publisher can see that, so that a wake-up cannot come too early.
    [[nodiscard]] State read(char* out, std::size_t size, std::size_t& length, const std::function<void()>& park)
        HF_EXCLUDES(m_mutex);
    /// Who wants to know that there is something to read; called with the lock held, so it must not call back.
    void onReadable(std::function<void()> wake) HF_EXCLUDES(m_mutex);
    [[nodiscard]] bool closed() const HF_EXCLUDES(m_mutex);

private:
    void append(std::string_view bytes) HF_REQUIRES(m_mutex);
    void wakeReader() HF_REQUIRES(m_mutex);

    const std::size_t m_capacity;
    mutable Mutex m_mutex;
    std::string m_waiting HF_GUARDED_BY(m_mutex);
    std::function<void()> m_wake HF_GUARDED_BY(m_mutex);
    bool m_parked HF_GUARDED_BY(m_mutex) = false;
    bool m_closed HF_GUARDED_BY(m_mutex) = false;
};

}  // namespace holdfast::api
