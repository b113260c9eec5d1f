#include "app/api/event_source.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace holdfast::api {

void EventSource::publish(std::string_view name, std::string_view data)
{
    std::string text;
    text.append("event: ").append(name).append("\ndata: ").append(data).append("\n\n");
    const MutexLock lock(m_mutex);
    append(text);
}

void EventSource::comment()
{
    const MutexLock lock(m_mutex);
    append(":\n\n");
}

void EventSource::close()
{
    const MutexLock lock(m_mutex);
    m_closed = true;
    wakeReader();
}

bool EventSource::closed() const
{
    const MutexLock lock(m_mutex);
    return m_closed;
}

void EventSource::onReadable(std::function<void()> wake)
{
    const MutexLock lock(m_mutex);
    m_wake = std::move(wake);
}

void EventSource::append(std::string_view bytes)
{
    if (m_closed)
        return;
    if (m_waiting.size() + bytes.size() > m_capacity)
        m_waiting = "\n\nevent: status\ndata: {\"id\":0}\n\n";
    else
        m_waiting += bytes;
    wakeReader();
}

void EventSource::wakeReader()
{
    if (std::exchange(m_parked, false) && m_wake)
        m_wake();
}

EventSource::State EventSource::read(char* out, std::size_t size, std::size_t& length,
                                     const std::function<void()>& park)
{
    const MutexLock lock(m_mutex);
    length = std::min(size, m_waiting.size());
    if (length > 0) {
        std::memcpy(out, m_waiting.data(), length);
        m_waiting.erase(0, length);
        return State::Bytes;
    }
    if (m_closed)
        return State::End;
    park();
    m_parked = true;
    return State::Nothing;
}

}  // namespace holdfast::api
