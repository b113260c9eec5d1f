#include "app/control/adapters/haproxy_socket.h"

#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <memory>
#include <utility>

namespace holdfast::control {

namespace {

constexpr std::size_t kMostAnswer = 64U << 20U;  // ten thousand servers of typed statistics are 40 MiB

using Instant = std::chrono::steady_clock::time_point;

/// A file descriptor that is closed with its owner.
class Descriptor {
public:
    explicit Descriptor(int fd) : m_fd(fd) {}
    ~Descriptor()
    {
        if (m_fd >= 0)
            close(m_fd);
    }
    Descriptor(Descriptor&& other) noexcept : m_fd(std::exchange(other.m_fd, -1)) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    Descriptor& operator=(Descriptor&&) = delete;
    [[nodiscard]] int get() const { return m_fd; }

private:
    int m_fd;
};

std::string systemWords(int number)
{
    std::array<char, 128> buffer{};
    return strerror_r(number, buffer.data(), buffer.size());
}

/// True when the events came before the deadline.
bool waitFor(int fd, short events, Instant deadline)
{
    for (;;) {
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now()).count();
        if (left <= 0)
            return false;
        pollfd watched{.fd = fd, .events = events, .revents = 0};
        const int ready = poll(&watched, 1, static_cast<int>(left));
        if (ready > 0)
            return true;
        if (ready < 0 && errno != EINTR)
            return false;
    }
}

Result<Descriptor> connectTo(int family, const sockaddr* address, socklen_t size, Instant deadline)
{
    Descriptor fd(socket(family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (fd.get() < 0)
        return Error{systemWords(errno), ErrorKind::Unavailable};
    if (connect(fd.get(), address, size) == 0)
        return fd;
    if (errno != EINPROGRESS)
        return Error{systemWords(errno), errno == EACCES ? ErrorKind::Denied : ErrorKind::Unavailable};
    if (!waitFor(fd.get(), POLLOUT, deadline))
        return Error{"nothing answered in time", ErrorKind::Timeout};
    int problem = 0;
    socklen_t length = sizeof problem;
    getsockopt(fd.get(), SOL_SOCKET, SO_ERROR, &problem, &length);
    if (problem != 0)
        return Error{systemWords(problem), ErrorKind::Unavailable};
    return fd;
}

Result<Descriptor> connectUnix(const std::string& path, Instant deadline)
{
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.size() >= sizeof address.sun_path)
        return Error{"the path of the socket is longer than a socket's path may be", ErrorKind::BadInput};
    std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
    return connectTo(AF_UNIX, reinterpret_cast<const sockaddr*>(&address), sizeof address, deadline);
}

Result<Descriptor> connectTcp(const SocketAddress& address, Instant deadline)
{
    addrinfo hints{};
    hints.ai_family = AF_UNSPEC;
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    if (const int code = getaddrinfo(address.host.c_str(), address.port.c_str(), &hints, &found); code != 0)
        return Error{gai_strerror(code), ErrorKind::Unavailable};
    const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> list(found, &freeaddrinfo);
    Error last{"no address", ErrorKind::Unavailable};
    for (const addrinfo* at = list.get(); at != nullptr; at = at->ai_next) {
        auto connected = connectTo(at->ai_family, at->ai_addr, at->ai_addrlen, deadline);
        if (connected.ok())
            return connected;
        last = connected.error();
    }
    return last;
}

/// How many bytes left; fewer than all with `error` set.
std::size_t sendAll(int fd, std::string_view bytes, Instant deadline, std::string& error)
{
    std::size_t sent = 0;
    while (sent < bytes.size()) {
        const auto count = send(fd, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
        if (count > 0) {
            sent += static_cast<std::size_t>(count);
        } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
            if (!waitFor(fd, POLLOUT, deadline)) {
                error = "it took nothing more in time";
                break;
            }
        } else if (errno != EINTR) {
            error = systemWords(errno);
            break;
        }
    }
    return sent;
}

/// Empty when everything up to the other side's close was read.
std::string receiveAll(int fd, Instant deadline, std::string& text)
{
    std::array<char, 65'536> buffer{};
    for (;;) {
        if (!waitFor(fd, POLLIN, deadline))
            return "no whole answer came in time";
        const auto count = recv(fd, buffer.data(), buffer.size(), 0);
        if (count == 0)
            return {};
        if (count < 0) {
            if (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR)
                continue;
            return systemWords(errno);
        }
        if (text.size() + static_cast<std::size_t>(count) > kMostAnswer)
            return "the answer is longer than 64 MiB";
        text.append(buffer.data(), static_cast<std::size_t>(count));
    }
}

}  // namespace

Result<SocketAddress> socketAddress(std::string_view text)
{
    const std::string_view whole = text;
    if (text.starts_with("unix:"))
        text.remove_prefix(5);
    if (text.starts_with("/"))
        return SocketAddress{.path = std::string(text), .host = {}, .port = {}};
    if (text.starts_with("tcp:"))
        text.remove_prefix(4);
    const auto colon = text.rfind(':');
    std::string_view host = text.substr(0, colon == std::string_view::npos ? 0 : colon);
    const std::string_view port = colon == std::string_view::npos ? std::string_view() : text.substr(colon + 1);
    if (host.size() > 2 && host.front() == '[' && host.back() == ']')
        host = host.substr(1, host.size() - 2);
    const bool digits = !port.empty() && port.find_first_not_of("0123456789") == std::string_view::npos;
    if (host.empty() || !digits || whole.starts_with("unix:"))
        return Error{"\"" + std::string(whole) + "\" is no address of a runtime socket: unix:/path or tcp:host:port",
                     ErrorKind::BadInput};
    return SocketAddress{.path = {}, .host = std::string(host), .port = std::string(port)};
}

SocketAnswer askSocket(const SocketAddress& address, std::string_view line, std::int64_t timeoutMs)
{
    SocketAnswer answer;
    const Instant start = std::chrono::steady_clock::now();
    const Instant deadline = start + std::chrono::milliseconds(timeoutMs);
    const auto finish = [&](SocketAnswer::Outcome outcome, std::string error) {
        answer.outcome = outcome;
        answer.error = std::move(error);
        answer.latencyMs =
            std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start).count();
        return answer;
    };
    if (line.find_first_of("\r\n") != std::string_view::npos)
        return finish(SocketAnswer::Outcome::NotSent, "a command may not have a line break");
    const auto connected = address.path.empty() ? connectTcp(address, deadline) : connectUnix(address.path, deadline);
    if (!connected.ok())
        return finish(SocketAnswer::Outcome::NotSent, address.text() + ": " + connected.error().message);
    std::string error;
    const std::string whole = std::string(line) + "\n";
    const std::size_t sent = sendAll(connected->get(), whole, deadline, error);
    // HAProxy does nothing before the line's end has come, but bytes that left may be followed by bytes in a buffer.
    if (!error.empty())
        return finish(sent == 0 ? SocketAnswer::Outcome::NotSent : SocketAnswer::Outcome::Ambiguous, error);
    error = receiveAll(connected->get(), deadline, answer.text);
    return finish(error.empty() ? SocketAnswer::Outcome::Answered : SocketAnswer::Outcome::Ambiguous, error);
}

}  // namespace holdfast::control
