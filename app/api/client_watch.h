#pragma once

#include "app/base/clock.h"
#include "app/base/mutex.h"

#include <cstdint>
#include <functional>
#include <thread>
#include <unordered_map>

namespace holdfast::api {

/// Sees what libmicrohttpd does not look at: a client that goes away while its answer is being made, and one that
/// sends its request, or takes its answer, a byte at a time.
///
/// A connection is in one phase at a time; each has a deadline after which it is shut down:
///   receiving  from its opening, or the end of its last answer, to the end of a request
///   working    none here (the query's own deadline); the client's leaving is reported
///   sending    from the beginning of the answer to its end
///   streaming  none
/// Source   net/http of Go cancels a request's context when its peer closes, which Prometheus builds on.
/// Thread-safe; owns one thread.
class ClientWatch {
public:
    enum class Phase { Receiving, Working, Sending, Streaming };

    ClientWatch(const Clock& clock, std::int64_t receiveMs, std::int64_t sendMs);
    ~ClientWatch();
    ClientWatch(const ClientWatch&) = delete;
    ClientWatch& operator=(const ClientWatch&) = delete;

    void opened(int fd) HF_EXCLUDES(m_mutex);
    /// `left` is called at most once, on the watch's thread, when the peer closes while in this phase.
    void enter(int fd, Phase phase, std::function<void()> left = {}) HF_EXCLUDES(m_mutex);
    void closed(int fd) HF_EXCLUDES(m_mutex);

private:
    struct Client {
        Phase phase = Phase::Receiving;
        std::int64_t sinceMs = 0;
        std::function<void()> left;
        bool polled = false;
    };
    void run();
    void report(int fd) HF_EXCLUDES(m_mutex);
    void cutLateOnes() HF_EXCLUDES(m_mutex);

    const Clock& m_clock;
    const std::int64_t m_receiveMs;
    const std::int64_t m_sendMs;
    int m_epoll = -1;
    int m_wake = -1;
    Mutex m_mutex;
    std::unordered_map<int, Client> m_clients HF_GUARDED_BY(m_mutex);
    bool m_stopping HF_GUARDED_BY(m_mutex) = false;
    std::thread m_thread;
};

}  // namespace holdfast::api
