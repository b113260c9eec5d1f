#include "app/api/client_watch.h"

#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <utility>

namespace holdfast::api {

namespace {

constexpr int kSweepMs = 1000;

}  // namespace

ClientWatch::ClientWatch(const Clock& clock, std::int64_t receiveMs, std::int64_t sendMs)
    : m_clock(clock),
      m_receiveMs(receiveMs),
      m_sendMs(sendMs),
      m_epoll(::epoll_create1(EPOLL_CLOEXEC)),
      m_wake(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))
{
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.fd = m_wake;
    ::epoll_ctl(m_epoll, EPOLL_CTL_ADD, m_wake, &event);
    m_thread = std::thread([this] { run(); });
}

ClientWatch::~ClientWatch()
{
    {
        const MutexLock lock(m_mutex);
        m_stopping = true;
    }
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto written = ::write(m_wake, &one, sizeof one);
    m_thread.join();
    ::close(m_wake);
    ::close(m_epoll);
}

void ClientWatch::opened(int fd)
{
    const MutexLock lock(m_mutex);
    m_clients[fd] = {.phase = Phase::Receiving, .sinceMs = m_clock.monotonicMs(), .left = {}, .polled = false};
}

void ClientWatch::enter(int fd, Phase phase, std::function<void()> left)
{
    const MutexLock lock(m_mutex);
    const auto found = m_clients.find(fd);
    if (found == m_clients.end())
        return;
    Client& client = found->second;
    client.phase = phase;
    client.sinceMs = m_clock.monotonicMs();
    client.left = std::move(left);
    if (static_cast<bool>(client.left) == client.polled)
        return;
    epoll_event event{};
    event.events = EPOLLRDHUP | EPOLLONESHOT;
    event.data.fd = fd;
    client.polled = !client.polled;
    ::epoll_ctl(m_epoll, client.polled ? EPOLL_CTL_ADD : EPOLL_CTL_DEL, fd, &event);
}

void ClientWatch::closed(int fd)
{
    const MutexLock lock(m_mutex);
    const auto found = m_clients.find(fd);
    if (found == m_clients.end())
        return;
    if (found->second.polled) {
        epoll_event event{};
        ::epoll_ctl(m_epoll, EPOLL_CTL_DEL, fd, &event);
    }
    m_clients.erase(found);
}

void ClientWatch::run()
{
    std::array<epoll_event, 16> events{};
    for (;;) {
        const int count = ::epoll_wait(m_epoll, events.data(), events.size(), kSweepMs);
        {
            const MutexLock lock(m_mutex);
            if (m_stopping)
                return;
        }
        for (int i = 0; i < count; ++i)
            report(events.at(static_cast<std::size_t>(i)).data.fd);
        cutLateOnes();
    }
}

void ClientWatch::report(int fd)
{
    std::function<void()> left;
    {
        const MutexLock lock(m_mutex);
        const auto found = m_clients.find(fd);
        if (found == m_clients.end())
            return;
        left = std::exchange(found->second.left, {});
    }
    if (left)
        left();
}

void ClientWatch::cutLateOnes()
{
    const MutexLock lock(m_mutex);
    const std::int64_t now = m_clock.monotonicMs();
    for (const auto& [fd, client] : m_clients) {
        const bool late = (client.phase == Phase::Receiving && now - client.sinceMs > m_receiveMs)
                          || (client.phase == Phase::Sending && now - client.sinceMs > m_sendMs);
        // The number stays ours until closed() is called, so no other socket can be hit.
        if (late)
            ::shutdown(fd, SHUT_RDWR);
    }
}

}  // namespace holdfast::api
