#pragma once

#include "app/resilience/control_endpoint.h"
#include "app/resilience/registry.h"
#include "tests/support/received_request.h"

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <cstdint>
#include <cstring>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace holdfast::tests {

/// How the server misbehaves on a PUT.
enum class Trap {
    None,
    HoldAnswer,       ///< makes the change and never answers
    SwallowRequest,   ///< makes no change and never answers
    LieAboutSuccess,  ///< answers 200 with what was wanted and makes no change
};

/// One service instance with a breaker "payments" and a flag "lean", steered over real HTTP on loopback by the control
/// protocol. Threads of its own; the destructor ends them.
class ControlServer {
public:
    explicit ControlServer(const Clock& clock, std::string service = "checkout")
        : m_clock(clock), m_service(std::move(service))
    {
        start(0);
    }
    ~ControlServer() { stop(); }
    ControlServer(const ControlServer&) = delete;
    ControlServer& operator=(const ControlServer&) = delete;

    [[nodiscard]] std::string address() const { return "127.0.0.1:" + std::to_string(m_port); }
    [[nodiscard]] resilience::CircuitBreaker& breaker() { return m_parts->breaker; }
    [[nodiscard]] resilience::DegradationFlag& flag() { return m_parts->flag; }
    [[nodiscard]] int puts() const { return m_puts; }
    std::atomic<Trap> trap{Trap::None};
    /// Called on the server's thread when a PUT has come in, before it is looked at.
    std::function<void()> onPut;

    /// Nothing listens any more; the port stays this server's to come back on.
    void stop()
    {
        if (!m_thread.joinable())
            return;
        m_stopping = true;
        shutdown(m_listener, SHUT_RDWR);
        close(m_listener);
        m_thread.join();
    }
    /// As after a crash: the same address, nothing remembered.
    void restart()
    {
        stop();
        start(m_port);
    }

private:
    struct Parts {
        explicit Parts(const Clock& clock, const std::string& service)
            : breaker("payments", "payments", {}, clock),
              flag({.name = "lean", .effect = "Pages show no recommendations"}, clock),
              endpoint(registry, {.service = service, .instance = "i", .version = "1", .startedMs = 1}, "secret", clock)
        {
            registry.add(breaker);
            registry.add(flag);
        }
        resilience::CircuitBreaker breaker;
        resilience::DegradationFlag flag;
        resilience::Registry registry;
        resilience::ControlEndpoint endpoint;
    };

    void start(std::uint16_t port)
    {
        m_parts = std::make_unique<Parts>(m_clock, m_service);
        m_stopping = false;
        m_listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        const int yes = 1;
        setsockopt(m_listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        address.sin_port = htons(port);
        socklen_t size = sizeof address;
        if (bind(m_listener, reinterpret_cast<sockaddr*>(&address), size) != 0 || listen(m_listener, 64) != 0)
            std::abort();
        getsockname(m_listener, reinterpret_cast<sockaddr*>(&address), &size);
        m_port = ntohs(address.sin_port);
        m_thread = std::jthread([this] { serve(); });
    }

    void serve()
    {
        std::vector<std::jthread> connections;
        while (!m_stopping) {
            const int connection = accept(m_listener, nullptr, nullptr);
            if (connection < 0)
                break;
            connections.emplace_back([this, connection] {
                answer(connection);
                close(connection);
            });
        }
    }

    /// Waits until the client gives up.
    static void waitForClose(int connection)
    {
        char byte = 0;
        while (recv(connection, &byte, 1, 0) > 0) {
        }
    }

    void answer(int connection)
    {
        const std::string request = test::receivedRequest(connection);
        const auto firstSpace = request.find(' ');
        const auto secondSpace = request.find(' ', firstSpace + 1);
        if (secondSpace == std::string::npos)
            return;
        const std::string method = request.substr(0, firstSpace);
        const std::string path = request.substr(firstSpace + 1, secondSpace - firstSpace - 1);
        std::string authorization;
        if (const auto at = request.find("Authorization: "); at != std::string::npos)
            authorization = request.substr(at + 15, request.find('\r', at) - at - 15);
        const std::string body = request.substr(request.find("\r\n\r\n") + 4);
        const bool isPut = method == "PUT";
        if (isPut) {
            ++m_puts;
            if (onPut)
                onPut();
        }
        if (isPut && trap == Trap::SwallowRequest)
            return waitForClose(connection);
        if (isPut && trap == Trap::LieAboutSuccess)
            return send(connection, 200, "{\"name\":\"payments\",\"mode\":\"forced_open\",\"state\":\"forced_open\"}");
        const resilience::ControlAnswer made =
            m_parts->endpoint.handle({.method = method, .path = path, .authorization = authorization, .body = body});
        if (isPut && trap == Trap::HoldAnswer)
            return waitForClose(connection);
        send(connection, made.status, made.body);
    }

    static void send(int connection, int status, const std::string& body)
    {
        const std::string text = "HTTP/1.1 " + std::to_string(status)
                                 + " X\r\nContent-Type: application/json\r\nContent-Length: "
                                 + std::to_string(body.size()) + "\r\nConnection: close\r\n\r\n" + body;
        ::send(connection, text.data(), text.size(), MSG_NOSIGNAL);
    }

    const Clock& m_clock;
    const std::string m_service;
    std::unique_ptr<Parts> m_parts;
    std::atomic<bool> m_stopping{false};
    std::atomic<int> m_puts{0};
    int m_listener = -1;
    std::uint16_t m_port = 0;
    std::jthread m_thread;
};

}  // namespace holdfast::tests
