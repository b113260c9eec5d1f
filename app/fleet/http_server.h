#pragma once

#include "app/base/mutex.h"
#include "app/base/result.h"
#include "app/fleet/http.h"

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>

struct MHD_Daemon;

namespace holdfast::fleet {

/// Where one answer goes, once. Dropped without an answer it sends 500. Movable; may be used on any thread.
class Responder {
public:
    explicit Responder(std::shared_ptr<struct Exchange> exchange);
    Responder(Responder&&) noexcept = default;
    Responder& operator=(Responder&&) noexcept = default;
    ~Responder();

    void send(HttpAnswer answer);

private:
    std::shared_ptr<struct Exchange> m_exchange;
};

/// One HTTP/1.1 listener on 127.0.0.1 with one event thread: a request waits suspended, without a thread, until its
/// Responder is used. Bodies above 64 KiB are answered 413.
/// Thread-safe. The handler runs on the event thread and must not wait.
class HttpServer {
public:
    using Handler = std::function<void(HttpRequest, Responder)>;

    /// port 0: any free one.
    [[nodiscard]] static Result<std::unique_ptr<HttpServer>> start(std::uint16_t port, Handler handler);
    /// Every Responder must have been used or dropped before.
    ~HttpServer();
    HttpServer(const HttpServer&) = delete;
    HttpServer& operator=(const HttpServer&) = delete;

    [[nodiscard]] std::uint16_t port() const { return m_port; }
    /// While true, new connections are closed at once and open ones after their next request: as seen from outside,
    /// nobody is there.
    void refuse(bool on) { m_refusing = on; }

private:
    friend struct ServerCallbacks;
    explicit HttpServer(Handler handler) : m_handler(std::move(handler)) {}

    const Handler m_handler;
    std::atomic<bool> m_refusing{false};
    MHD_Daemon* m_daemon = nullptr;
    std::uint16_t m_port = 0;
};

}  // namespace holdfast::fleet
