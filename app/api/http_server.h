#pragma once

#include "app/api/http_exchange.h"
#include "app/base/clock.h"
#include "app/base/result.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace holdfast::api {

/// Bounds of one listener. They hold whatever a client does.
struct HttpServerOptions {
    std::string address = "127.0.0.1";        ///< IPv4 or IPv6 literal
    std::uint16_t port = 0;                   ///< 0: any free one
    unsigned maxConnections = 256;            ///< more are closed at once
    std::size_t maxHeaderBytes = 256 * 1024;  ///< request line and headers; a GET query can be long
    unsigned idleSeconds = 60;                ///< no byte either way
    std::int64_t receiveMs = 60'000;          ///< a whole request, see ClientWatch
    std::int64_t sendMs = 300'000;            ///< a whole answer
    std::int64_t stopMs = 2'000;              ///< running requests may end by themselves this long after stop()
};

/// Decides on a request by its head, before its body is read.
struct Admission {
    std::size_t maxBody = 1024 * 1024;      ///< bytes; more is answered 413
    std::unique_ptr<HttpResponse> refusal;  ///< not null: answered at once, the body is not read
};

/// HTTP/1.1 over libmicrohttpd: one epoll thread reads and writes all connections and does nothing else; requests
/// wait suspended for their answer, so neither a slow client nor a slow answer holds up another.
/// Thread-safe; owns libmicrohttpd's thread and a ClientWatch.
class HttpServer {
public:
    using Admit = std::function<Admission(const HttpRequest& head)>;
    /// Called on the epoll thread: it must hand the exchange on, or answer from memory.
    using Dispatch = std::function<void(std::shared_ptr<HttpExchange>)>;

    /// `bound` is told the port before the first request can come in.
    static Result<std::unique_ptr<HttpServer>> start(HttpServerOptions options, const Clock& clock, Admit admit,
                                                     Dispatch dispatch,
                                                     const std::function<void(std::uint16_t port)>& bound = {});
    virtual ~HttpServer() = default;
    [[nodiscard]] virtual std::uint16_t port() const = 0;
    [[nodiscard]] virtual unsigned connections() const = 0;
    /// Closes the door, cancels what runs, ends streams, and returns when all threads have ended.
    virtual void stop() = 0;
};

}  // namespace holdfast::api
