#pragma once

#include "tests/support/received_request.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <string>
#include <thread>
#include <utility>

namespace holdfast::test {

/// A small HTTP/1.1 server on a free port of loopback: one answer a connection, one connection at a time. A thread of
/// its own; the destructor ends it.
class RealHttp {
public:
    struct Answer {
        int status = 200;
        std::string body;
        std::string type = "text/plain";
    };
    /// Called on the server's thread with the request line's method and target, and the body.
    using Handler =
        std::function<Answer(const std::string& method, const std::string& target, const std::string& body)>;

    explicit RealHttp(Handler handler) : m_handler(std::move(handler))
    {
        m_listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        if (bind(m_listener, reinterpret_cast<sockaddr*>(&address), size) != 0 || listen(m_listener, 64) != 0)
            std::abort();
        getsockname(m_listener, reinterpret_cast<sockaddr*>(&address), &size);
        m_port = ntohs(address.sin_port);
        m_thread = std::jthread([this] { serve(); });
    }
    ~RealHttp()
    {
        m_stopping = true;
        shutdown(m_listener, SHUT_RDWR);
        close(m_listener);
    }
    RealHttp(const RealHttp&) = delete;
    RealHttp& operator=(const RealHttp&) = delete;

    [[nodiscard]] std::uint16_t port() const { return m_port; }
    [[nodiscard]] int requests() const { return m_requests; }
    /// Bytes that are sent as they are instead of an answer, and then the connection is closed; empty: none.
    std::string raw;

private:
    void serve()
    {
        while (!m_stopping) {
            const int connection = accept(m_listener, nullptr, nullptr);
            if (connection < 0)
                return;
            const timeval limit{.tv_sec = 2, .tv_usec = 0};
            setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
            answer(connection);
            close(connection);
        }
    }

    void answer(int connection)
    {
        const std::string request = receivedRequest(connection);
        ++m_requests;
        const auto first = request.find(' ');
        const auto second = request.find(' ', first + 1);
        if (second == std::string::npos)
            return;
        if (!raw.empty()) {
            send(connection, raw);
            return;
        }
        const Answer reply = m_handler(request.substr(0, first), request.substr(first + 1, second - first - 1),
                                       request.substr(request.find("\r\n\r\n") + 4));
        send(connection, "HTTP/1.1 " + std::to_string(reply.status)
                             + " x\r\nConnection: close\r\nContent-Type: " + reply.type
                             + "\r\nContent-Length: " + std::to_string(reply.body.size()) + "\r\n\r\n" + reply.body);
    }

    static void send(int connection, const std::string& bytes)
    {
        std::size_t sent = 0;
        while (sent < bytes.size()) {
            const auto count = ::send(connection, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
            if (count <= 0)
                return;
            sent += static_cast<std::size_t>(count);
        }
    }

    const Handler m_handler;
    std::atomic<bool> m_stopping{false};
    std::atomic<int> m_requests{0};
    int m_listener = -1;
    std::uint16_t m_port = 0;
    std::jthread m_thread;
};

}  // namespace holdfast::test
