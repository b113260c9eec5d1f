#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdint>
#include <string>

namespace holdfast::test {

/// A bare TCP client to a port of this computer, which can misbehave as tests need. One thread at a time.
class LoopbackClient {
public:
    explicit LoopbackClient(std::uint16_t port) : m_fd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
    {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        m_connected = ::connect(m_fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    }
    ~LoopbackClient() { leave(); }
    LoopbackClient(const LoopbackClient&) = delete;
    LoopbackClient& operator=(const LoopbackClient&) = delete;

    [[nodiscard]] bool connected() const { return m_connected; }
    void send(const std::string& bytes) const
    {
        [[maybe_unused]] const auto sent = ::send(m_fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    }
    /// What came until `mark` was in it, the peer closed, or nothing came for 5 s.
    [[nodiscard]] std::string readUntil(const std::string& mark)
    {
        std::string text;
        while (text.find(mark) == std::string::npos) {
            pollfd waiting{.fd = m_fd, .events = POLLIN, .revents = 0};
            char buffer[4096];
            const auto length = ::poll(&waiting, 1, 5000) == 1 ? ::recv(m_fd, buffer, sizeof buffer, 0) : -1;
            m_closed = length == 0;
            if (length <= 0)
                break;
            text.append(buffer, static_cast<std::size_t>(length));
        }
        return text;
    }
    /// After readUntil(): the peer had closed.
    [[nodiscard]] bool closedByPeer() const { return m_closed; }
    void leave()
    {
        if (m_fd >= 0)
            ::close(m_fd);
        m_fd = -1;
    }

private:
    int m_fd;
    bool m_connected = false;
    bool m_closed = false;
};

}  // namespace holdfast::test
