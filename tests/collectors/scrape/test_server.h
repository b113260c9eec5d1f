#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace holdfast::tests {

/// A connection of the test server, for handlers that misbehave.
class TestConnection {
public:
    TestConnection(int socket, const std::atomic<bool>& stop) : m_socket(socket), m_stop(stop) {}

    /// False when the other side is gone.
    bool send(std::string_view text)
    {
        while (!text.empty() && !m_stop) {
            const auto n = ::send(m_socket, text.data(), text.size(), MSG_NOSIGNAL);
            if (n <= 0)
                return false;
            text.remove_prefix(static_cast<std::size_t>(n));
        }
        return !m_stop;
    }
    bool answer(std::string_view body, const std::string& headers = "Content-Type: text/plain; version=0.0.4\r\n",
                const std::string& status = "200 OK")
    {
        return send("HTTP/1.1 " + status + "\r\n" + headers + "Content-Length: " + std::to_string(body.size())
                    + "\r\nConnection: close\r\n\r\n")
               && send(body);
    }
    /// Waits for `ms`, or until the other side closes; false then.
    bool pause(int ms)
    {
        for (int waited = 0; waited < ms && !m_stop; waited += 10) {
            pollfd wanted{m_socket, POLLIN | POLLRDHUP, 0};
            if (::poll(&wanted, 1, std::min(10, ms - waited)) > 0)
                return false;
        }
        return !m_stop;
    }
    void stall()
    {
        while (pause(1000)) {
        }
    }
    void reset()
    {
        const linger hard{1, 0};
        ::setsockopt(m_socket, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
    }

private:
    int m_socket;
    const std::atomic<bool>& m_stop;
};

/// An HTTP server on loopback whose handler writes whatever bytes it likes. A thread a connection.
class TestServer {
public:
    struct Request {
        std::string path;
        std::string head;
    };
    using Handler = std::function<void(const Request&, TestConnection&)>;

    explicit TestServer(Handler handler) : m_handler(std::move(handler)), m_listener(listenOnLoopback(m_port))
    {
        m_thread = std::thread([this] { acceptAll(); });
    }
    ~TestServer()
    {
        m_stop = true;
        ::shutdown(m_listener, SHUT_RDWR);
        m_thread.join();
        ::close(m_listener);
        for (std::thread& thread : m_threads)
            thread.join();
    }
    TestServer(const TestServer&) = delete;
    TestServer& operator=(const TestServer&) = delete;

    [[nodiscard]] int port() const { return m_port; }
    [[nodiscard]] std::string address() const { return "127.0.0.1:" + std::to_string(m_port); }

    /// A listening socket, on a free port; nobody accepts.
    static int listenOnLoopback(int& port)
    {
        const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        ::bind(listener, reinterpret_cast<sockaddr*>(&address), sizeof address);
        ::listen(listener, 256);
        socklen_t size = sizeof address;
        ::getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size);
        port = ntohs(address.sin_port);
        return listener;
    }

private:
    void acceptAll()
    {
        while (!m_stop) {
            const int socket = ::accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC);
            if (socket < 0)
                continue;
            m_threads.emplace_back([this, socket] { serve(socket); });
        }
    }
    void serve(int socket)
    {
        TestConnection connection(socket, m_stop);
        Request request;
        char buffer[4096];
        while (!m_stop && request.head.find("\r\n\r\n") == std::string::npos) {
            pollfd wanted{socket, POLLIN, 0};
            if (::poll(&wanted, 1, 100) <= 0)
                continue;
            const auto n = ::recv(socket, buffer, sizeof buffer, 0);
            if (n <= 0)
                break;
            request.head.append(buffer, static_cast<std::size_t>(n));
        }
        const auto begin = request.head.find(' ');
        if (begin != std::string::npos) {
            request.path = request.head.substr(begin + 1, request.head.find(' ', begin + 1) - begin - 1);
            m_handler(request, connection);
        }
        ::close(socket);
    }

    Handler m_handler;
    int m_port = 0;
    int m_listener;
    std::atomic<bool> m_stop = false;
    std::vector<std::thread> m_threads;
    std::thread m_thread;
};

}  // namespace holdfast::tests
