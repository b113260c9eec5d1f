#include "app/api/event_hub.h"

#include "app/api/json_writer.h"

#include <chrono>
#include <utility>

namespace holdfast::api {

namespace {

constexpr std::size_t kMaxListeners = 64;
constexpr std::chrono::milliseconds kCommitGap{250};
constexpr std::chrono::milliseconds kSparedCommitGap{1000};
constexpr std::chrono::seconds kCommentGap{10};

}  // namespace

EventHub::EventHub() : m_thread([this](const std::stop_token& stop) { run(stop); }) {}

EventHub::~EventHub()
{
    stop();
}

void EventHub::stop()
{
    m_thread.request_stop();
    if (m_thread.joinable())
        m_thread.join();
    const MutexLock lock(m_mutex);
    for (const auto& weak : m_sources)
        if (const auto source = weak.lock())
            source->close();
    m_sources.clear();
}

std::shared_ptr<EventSource> EventHub::subscribe()
{
    auto source = std::make_shared<EventSource>();
    source->comment();
    const MutexLock lock(m_mutex);
    std::erase_if(m_sources, [](const auto& weak) {
        const auto known = weak.lock();
        return !known || known->closed();
    });
    if (m_sources.size() >= kMaxListeners) {
        if (const auto oldest = m_sources.front().lock())
            oldest->close();
        m_sources.erase(m_sources.begin());
    }
    m_sources.push_back(source);
    return source;
}

std::size_t EventHub::listeners() const
{
    const MutexLock lock(m_mutex);
    std::size_t count = 0;
    for (const auto& weak : m_sources)
        if (const auto source = weak.lock(); source && !source->closed())
            ++count;
    return count;
}

void EventHub::publish(std::string_view name, std::string_view id)
{
    std::string data = "{\"id\":";
    appendJsonString(data, id);
    data += '}';
    const MutexLock lock(m_mutex);
    send(name, data);
}

void EventHub::publish(std::string_view name, std::int64_t id)
{
    const MutexLock lock(m_mutex);
    send(name, "{\"id\":" + std::to_string(id) + "}");
}

void EventHub::committed(std::int64_t newestMs)
{
    {
        const MutexLock lock(m_mutex);
        m_commitMs = newestMs;
        if (std::exchange(m_commitWaits, true))
            return;
    }
    m_changed.notify_one();
}

void EventHub::send(std::string_view name, std::string_view data)
{
    for (const auto& weak : m_sources)
        if (const auto source = weak.lock())
            source->publish(name, data);
}

void EventHub::run(const std::stop_token& stop)
{
    std::unique_lock lock(m_mutex);
    auto nextComment = std::chrono::steady_clock::now() + kCommentGap;
    while (!stop.stop_requested()) {
        m_changed.wait_until(lock, stop, nextComment, [this]() HF_NO_THREAD_SAFETY_ANALYSIS { return m_commitWaits; });
        if (stop.stop_requested())
            return;
        if (std::chrono::steady_clock::now() >= nextComment) {
            nextComment += kCommentGap;
            for (const auto& weak : m_sources)
                if (const auto source = weak.lock())
                    source->comment();
        }
        if (!std::exchange(m_commitWaits, false))
            continue;
        send("commit", "{\"t\":" + std::to_string(m_commitMs) + "}");
        m_changed.wait_for(lock, stop, m_spare ? kSparedCommitGap : kCommitGap, [] { return false; });
    }
}

}  // namespace holdfast::api
