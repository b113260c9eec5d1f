#pragma once

#include "app/base/result.h"
#include "collectors/scrape/http_fetch.h"

#include <cstdint>
#include <functional>
#include <memory>

namespace holdfast::scrape {

/// All HTTP transfers of one thread: libcurl's multi interface over epoll.
/// One thread at a time, except wake(), which any thread may call.
class FetchLoop {
public:
    using Done = std::function<void(HttpFetch&, const FetchResult&)>;

    [[nodiscard]] static Result<std::unique_ptr<FetchLoop>> open(Done done);
    ~FetchLoop();
    FetchLoop(const FetchLoop&) = delete;
    FetchLoop& operator=(const FetchLoop&) = delete;

    void begin(HttpFetch& fetch);
    /// Takes a running transfer out; `done` is not called for it.
    void cancel(HttpFetch& fetch);

    /// Waits for sockets, timers of libcurl or wake(), at most `timeoutMs`, and handles what there is.
    void turn(std::int64_t timeoutMs);
    void wake();

private:
    FetchLoop(Done done, CURLM* multi, int epoll, int event);
    static int onSocket(CURL* easy, curl_socket_t socket, int what, void* self, void* known);
    static int onTimer(CURLM* multi, long timeoutMs, void* self);
    void collect();

    Done m_done;
    CURLM* m_multi;
    int m_epoll;
    int m_event;
    std::int64_t m_timerNs = -1;  ///< when libcurl wants to be called; −1: not
};

}  // namespace holdfast::scrape
