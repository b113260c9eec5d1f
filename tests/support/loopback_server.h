#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace holdfast::test {

/// A TCP server on a free port of 127.0.0.1; each connection is handled after the other on its own thread.
class LoopbackServer {
public:
    explicit LoopbackServer(std::function<void(int fd)> handle) : m_handle(std::move(handle))
    {
        m_listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t length = sizeof(address);
        if (::bind(m_listener, reinterpret_cast<sockaddr*>(&address), length) == 0
            && ::getsockname(m_listener, reinterpret_cast<sockaddr*>(&address), &length) == 0)
            m_port = ntohs(address.sin_port);
        ::listen(m_listener, 16);
        m_thread = std::thread([this] {
            while (true) {
                const int fd = ::accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC);
                if (fd < 0)
                    return;
                m_handle(fd);
                ::close(fd);
            }
        });
    }
    ~LoopbackServer()
    {
        ::shutdown(m_listener, SHUT_RDWR);
        m_thread.join();
        ::close(m_listener);
    }
    LoopbackServer(const LoopbackServer&) = delete;
    LoopbackServer& operator=(const LoopbackServer&) = delete;

    [[nodiscard]] std::uint16_t port() const { return m_port; }
    [[nodiscard]] std::string address() const { return "127.0.0.1:" + std::to_string(m_port); }

private:
    std::function<void(int)> m_handle;
    int m_listener = -1;
    std::uint16_t m_port = 0;
    std::thread m_thread;
};

/// Reads until `end` is there, or the peer has gone.
inline std::string readUntil(int fd, const std::string& end, std::string& rest)
{
    std::array<char, 4096> bytes{};
    while (rest.find(end) == std::string::npos) {
        const ssize_t got = ::recv(fd, bytes.data(), bytes.size(), 0);
        if (got <= 0)
            return {};
        rest.append(bytes.data(), static_cast<std::size_t>(got));
    }
    const auto at = rest.find(end) + end.size();
    std::string out = rest.substr(0, at);
    rest.erase(0, at);
    return out;
}

inline void say(int fd, const std::string& text)
{
    (void)::send(fd, text.data(), text.size(), MSG_NOSIGNAL);
}

/// Keeps the requests it got; answers with `status`, or reads and never answers where that is 0.
class WebhookServer {
public:
    struct Request {
        std::string path;
        std::string headers;
        std::string body;
    };
    explicit WebhookServer(int status = 200) : m_status(status), m_server([this](int fd) { handle(fd); }) {}

    void answerWith(int status)
    {
        const std::lock_guard lock(m_mutex);
        m_status = status;
    }
    [[nodiscard]] std::vector<Request> requests() const
    {
        const std::lock_guard lock(m_mutex);
        return m_requests;
    }
    [[nodiscard]] std::string url() const { return "http://" + m_server.address() + "/hook"; }
    [[nodiscard]] std::string address() const { return m_server.address(); }

private:
    void handle(int fd)
    {
        std::string rest;
        Request request;
        request.headers = readUntil(fd, "\r\n\r\n", rest);
        const auto space = request.headers.find(' ');
        if (space == std::string::npos)
            return;
        request.path = request.headers.substr(space + 1, request.headers.find(' ', space + 1) - space - 1);
        std::size_t length = 0;
        if (const auto at = request.headers.find("Content-Length: "); at != std::string::npos)
            length = std::stoul(request.headers.substr(at + 16));
        std::array<char, 4096> bytes{};
        while (rest.size() < length) {
            const ssize_t got = ::recv(fd, bytes.data(), bytes.size(), 0);
            if (got <= 0)
                return;
            rest.append(bytes.data(), static_cast<std::size_t>(got));
        }
        request.body = rest;
        int status = 0;
        {
            const std::lock_guard lock(m_mutex);
            m_requests.push_back(request);
            status = m_status;
        }
        if (status == 0)
            (void)::recv(fd, bytes.data(), bytes.size(), 0);  // until the peer goes
        else
            say(fd, "HTTP/1.1 " + std::to_string(status) + " X\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    }

    mutable std::mutex m_mutex;
    int m_status;
    std::vector<Request> m_requests;
    LoopbackServer m_server;
};

/// A relay that takes mail and keeps it; refuses recipients of `refused` with 550.
class MailServer {
public:
    explicit MailServer(std::string refused = {})
        : m_refused(std::move(refused)), m_server([this](int fd) { handle(fd); })
    {
    }
    [[nodiscard]] std::vector<std::string> mails() const
    {
        const std::lock_guard lock(m_mutex);
        return m_mails;
    }
    [[nodiscard]] std::string address() const { return m_server.address(); }

private:
    void handle(int fd)
    {
        std::string rest;
        std::string envelope;
        say(fd, "220 stand-in\r\n");
        while (true) {
            const std::string line = readUntil(fd, "\r\n", rest);
            if (line.empty() || line.rfind("QUIT", 0) == 0)
                return say(fd, "221 bye\r\n");
            if (line.rfind("RCPT", 0) == 0 && !m_refused.empty() && line.find(m_refused) != std::string::npos) {
                say(fd, "550 no such person\r\n");
                continue;
            }
            if (line.rfind("MAIL", 0) == 0 || line.rfind("RCPT", 0) == 0)
                envelope += line;
            if (line.rfind("DATA", 0) == 0) {
                say(fd, "354 go on\r\n");
                const std::string mail = readUntil(fd, "\r\n.\r\n", rest);
                const std::lock_guard lock(m_mutex);
                m_mails.push_back(envelope + mail);
            }
            say(fd, "250 ok\r\n");
        }
    }

    mutable std::mutex m_mutex;
    const std::string m_refused;
    std::vector<std::string> m_mails;
    LoopbackServer m_server;
};

}  // namespace holdfast::test
