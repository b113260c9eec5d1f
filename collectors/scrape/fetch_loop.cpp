#include "collectors/scrape/fetch_loop.h"

#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <ctime>
#include <utility>

namespace holdfast::scrape {

namespace {

/// libcurl measures its timers with this clock, whatever clock the caller plans with.
std::int64_t monotonicNs()
{
    timespec now{};
    ::clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1'000'000'000LL + now.tv_nsec;
}

}  // namespace

Result<std::unique_ptr<FetchLoop>> FetchLoop::open(Done done)
{
    // Process-wide and once; libcurl 7.84 and later make it thread-safe.
    static const CURLcode global = curl_global_init(CURL_GLOBAL_DEFAULT);
    if (global != CURLE_OK)
        return Error{"libcurl cannot start"};
    const int epoll = ::epoll_create1(EPOLL_CLOEXEC);
    const int event = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    CURLM* const multi = curl_multi_init();
    epoll_event wanted{};
    wanted.events = EPOLLIN;
    wanted.data.fd = event;
    if (epoll < 0 || event < 0 || multi == nullptr || ::epoll_ctl(epoll, EPOLL_CTL_ADD, event, &wanted) != 0) {
        const Error error{std::string("no event loop for scraping: ") + std::strerror(errno)};
        ::close(epoll);
        ::close(event);
        curl_multi_cleanup(multi);
        return error;
    }
    return std::unique_ptr<FetchLoop>(new FetchLoop(std::move(done), multi, epoll, event));
}

FetchLoop::FetchLoop(Done done, CURLM* multi, int epoll, int event)
    : m_done(std::move(done)), m_multi(multi), m_epoll(epoll), m_event(event)
{
    curl_multi_setopt(m_multi, CURLMOPT_SOCKETFUNCTION, &FetchLoop::onSocket);
    curl_multi_setopt(m_multi, CURLMOPT_SOCKETDATA, this);
    curl_multi_setopt(m_multi, CURLMOPT_TIMERFUNCTION, &FetchLoop::onTimer);
    curl_multi_setopt(m_multi, CURLMOPT_TIMERDATA, this);
    // One connection a target is kept open between scrapes; without this libcurl keeps four times the handles
    // that are running at the moment.
    curl_multi_setopt(m_multi, CURLMOPT_MAXCONNECTS, 20'000L);
}

FetchLoop::~FetchLoop()
{
    curl_multi_cleanup(m_multi);
    ::close(m_epoll);
    ::close(m_event);
}

void FetchLoop::begin(HttpFetch& fetch)
{
    curl_multi_add_handle(m_multi, fetch.handle());
}

void FetchLoop::cancel(HttpFetch& fetch)
{
    curl_multi_remove_handle(m_multi, fetch.handle());
}

void FetchLoop::wake()
{
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto written = ::write(m_event, &one, sizeof one);
}

int FetchLoop::onSocket(CURL*, curl_socket_t socket, int what, void* self, void* known)
{
    auto& loop = *static_cast<FetchLoop*>(self);
    if (what == CURL_POLL_REMOVE) {
        ::epoll_ctl(loop.m_epoll, EPOLL_CTL_DEL, socket, nullptr);
        return 0;
    }
    epoll_event wanted{};
    wanted.data.fd = socket;
    if ((what & CURL_POLL_IN) != 0)
        wanted.events |= EPOLLIN;
    if ((what & CURL_POLL_OUT) != 0)
        wanted.events |= EPOLLOUT;
    if (known == nullptr) {
        curl_multi_assign(loop.m_multi, socket, self);
        if (::epoll_ctl(loop.m_epoll, EPOLL_CTL_ADD, socket, &wanted) == 0 || errno != EEXIST)
            return 0;
    }
    ::epoll_ctl(loop.m_epoll, EPOLL_CTL_MOD, socket, &wanted);
    return 0;
}

int FetchLoop::onTimer(CURLM*, long timeoutMs, void* self)
{
    static_cast<FetchLoop*>(self)->m_timerNs = timeoutMs < 0 ? -1 : monotonicNs() + timeoutMs * 1'000'000LL;
    return 0;
}

void FetchLoop::turn(std::int64_t timeoutMs)
{
    if (m_timerNs >= 0) {
        const std::int64_t left = (m_timerNs - monotonicNs() + 999'999) / 1'000'000;
        timeoutMs = std::clamp<std::int64_t>(left, 0, timeoutMs);
    }
    std::array<epoll_event, 256> events{};
    const int count = ::epoll_wait(m_epoll, events.data(), static_cast<int>(events.size()),
                                   static_cast<int>(std::min<std::int64_t>(timeoutMs, 60'000)));
    int running = 0;
    for (int i = 0; i < count; ++i) {
        const epoll_event& event = events[static_cast<std::size_t>(i)];
        if (event.data.fd == m_event) {
            std::uint64_t value = 0;
            [[maybe_unused]] const auto got = ::read(m_event, &value, sizeof value);
            continue;
        }
        int what = 0;
        if ((event.events & EPOLLIN) != 0)
            what |= CURL_CSELECT_IN;
        if ((event.events & EPOLLOUT) != 0)
            what |= CURL_CSELECT_OUT;
        if ((event.events & (EPOLLERR | EPOLLHUP)) != 0)
            what |= CURL_CSELECT_ERR;
        curl_multi_socket_action(m_multi, event.data.fd, what, &running);
    }
    if (m_timerNs >= 0 && monotonicNs() >= m_timerNs) {
        m_timerNs = -1;
        curl_multi_socket_action(m_multi, CURL_SOCKET_TIMEOUT, 0, &running);
    }
    collect();
}

void FetchLoop::collect()
{
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(m_multi, &left)) {
        if (message->msg != CURLMSG_DONE)
            continue;
        CURL* const easy = message->easy_handle;
        const CURLcode code = message->data.result;
        char* owner = nullptr;
        curl_easy_getinfo(easy, CURLINFO_PRIVATE, &owner);
        auto& fetch = *reinterpret_cast<HttpFetch*>(owner);
        const FetchResult result = fetch.finish(code);
        curl_multi_remove_handle(m_multi, easy);
        m_done(fetch, result);
    }
}

}  // namespace holdfast::scrape
