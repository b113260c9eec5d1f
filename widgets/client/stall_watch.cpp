#include "widgets/client/stall_watch.h"

#include <QAbstractEventDispatcher>

#include <algorithm>
#include <utility>

namespace holdfast::widgets {

StallWatch::StallWatch(std::function<std::int64_t()> clock, QObject* parent)
    : QObject(parent), m_clock(std::move(clock))
{
}

void StallWatch::watch()
{
    const auto* loop = QAbstractEventDispatcher::instance();
    if (!loop)
        return;
    connect(loop, &QAbstractEventDispatcher::awake, this, &StallWatch::woke);
    connect(loop, &QAbstractEventDispatcher::aboutToBlock, this, &StallWatch::willSleep);
}

void StallWatch::woke()
{
    // A round that follows without sleep belongs to the same stretch only as far as events were waiting: each round
    // lets input and paints through, so each is measured alone.
    if (m_wokeMs >= 0)
        willSleep();
    m_wokeMs = m_clock();
}

void StallWatch::willSleep()
{
    if (m_wokeMs < 0)
        return;
    const std::int64_t busyMs = m_clock() - std::exchange(m_wokeMs, -1);
    if (busyMs <= stallMs)
        return;
    ++m_stalls;
    m_longestMs = std::max(m_longestMs, busyMs);
    emit stalled(busyMs);
}

}  // namespace holdfast::widgets
