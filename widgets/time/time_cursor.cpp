#include "widgets/time/time_cursor.h"

#include "widgets/theme/number_format.h"

#include <QDateTime>

#include <algorithm>
#include <utility>

namespace holdfast::widgets {

namespace {

constexpr std::int64_t defaultSpanMs = 30LL * 60'000;
constexpr std::int64_t shortestSpanMs = 10'000;
constexpr std::int64_t longestSpanMs = 400LL * 86'400'000;
constexpr std::size_t longestWayBack = 50;
constexpr std::int64_t nearNowMs = 3000;  // a zoom that ends this close to now goes on following it

}  // namespace

TimeCursor::TimeCursor(QObject* parent)
    : QObject(parent), m_spanMs(defaultSpanMs), m_endMs(QDateTime::currentMSecsSinceEpoch()), m_nowMs(m_endMs)
{
}

QString TimeCursor::rangeText() const
{
    if (m_mode == TimeMode::Live)
        return tr("Last %1").arg(durationText(m_spanMs));
    return tr("%1 – %2").arg(timeText(startMs(), m_nowMs), timeText(endMs(), m_nowMs));
}

void TimeCursor::setNow(qint64 nowMs)
{
    m_nowMs = nowMs;
    if (m_mode != TimeMode::Live || nowMs == m_endMs)
        return;
    m_endMs = nowMs;
    emit rangeChanged();
}

void TimeCursor::setLive(qint64 spanMs)
{
    remember();
    apply(TimeMode::Live, m_nowMs, spanMs);
}

void TimeCursor::resumeLive()
{
    setLive(m_spanMs);
}

void TimeCursor::setRange(qint64 startMs, qint64 endMs)
{
    if (endMs < startMs)
        std::swap(startMs, endMs);
    remember();
    const bool followsNow = m_mode == TimeMode::Live && endMs >= m_nowMs - nearNowMs;
    apply(followsNow ? TimeMode::Live : TimeMode::Held, followsNow ? m_nowMs : endMs, endMs - startMs);
}

void TimeCursor::shift(int direction)
{
    remember();
    const std::int64_t end = m_endMs + direction * m_spanMs / 2;
    apply(end >= m_nowMs ? TimeMode::Live : TimeMode::Held, std::min(end, m_nowMs), m_spanMs);
}

void TimeCursor::zoomOut()
{
    remember();
    if (m_mode == TimeMode::Live) {
        apply(TimeMode::Live, m_nowMs, m_spanMs * 2);
        return;
    }
    const std::int64_t end = std::min(m_endMs + m_spanMs / 2, m_nowMs);
    apply(TimeMode::Held, end, m_spanMs * 2);
}

void TimeCursor::zoomAt(qint64 anchorMs, double factor)
{
    remember();
    const auto span = static_cast<std::int64_t>(static_cast<double>(m_spanMs) * factor);
    if (m_mode == TimeMode::Live) {
        apply(TimeMode::Live, m_nowMs, span);
        return;
    }
    const auto right = static_cast<std::int64_t>(static_cast<double>(m_endMs - anchorMs) * factor);
    apply(TimeMode::Held, std::min<std::int64_t>(anchorMs + right, m_nowMs), span);
}

void TimeCursor::back()
{
    if (m_past.empty())
        return;
    const Past past = m_past.back();
    m_past.pop_back();
    apply(past.mode, past.mode == TimeMode::Live ? m_nowMs : past.endMs, past.spanMs);
}

void TimeCursor::togglePause()
{
    if (m_mode != TimeMode::Live) {
        apply(TimeMode::Live, m_nowMs, m_spanMs);
        return;
    }
    m_heldSinceMs = m_nowMs;
    m_mode = TimeMode::Paused;
    emit modeChanged();
}

void TimeCursor::setCrosshair(std::optional<std::int64_t> ms)
{
    if (m_crosshair == ms)
        return;
    m_crosshair = ms;
    emit crosshairChanged();
}

void TimeCursor::pin(qint64 ms)
{
    if (m_pinA && !m_pinB) {
        m_pinB = ms;
    } else {
        m_pinA = ms;
        m_pinB.reset();
    }
    emit pinsChanged();
}

void TimeCursor::clearPins()
{
    if (!m_pinA)
        return;
    m_pinA.reset();
    m_pinB.reset();
    emit pinsChanged();
}

void TimeCursor::select(std::optional<TimeSpan> span)
{
    if (span && span->endMs < span->startMs)
        std::swap(span->startMs, span->endMs);
    if (span == m_selection)
        return;
    m_selection = span;
    emit selectionChanged();
}

std::int64_t TimeCursor::axisEndMs() const
{
    if (m_mode == TimeMode::Held)
        return m_endMs;
    return m_endMs + static_cast<std::int64_t>(static_cast<double>(m_spanMs) * m_lead);
}

std::int64_t TimeCursor::behindMs() const
{
    return m_mode == TimeMode::Live ? 0 : std::max<std::int64_t>(0, m_nowMs - m_endMs);
}

void TimeCursor::setLead(double share)
{
    if (share == m_lead)
        return;
    m_lead = share;
    emit rangeChanged();
}

void TimeCursor::setSparing(bool on)
{
    if (on == m_sparing)
        return;
    m_sparing = on;
    emit rangeChanged();
}

void TimeCursor::remember()
{
    m_past.push_back({m_mode == TimeMode::Paused ? TimeMode::Held : m_mode, m_endMs, m_spanMs});
    if (m_past.size() > longestWayBack)
        m_past.erase(m_past.begin());
}

void TimeCursor::apply(TimeMode mode, std::int64_t endMs, std::int64_t spanMs)
{
    const bool modeChange = mode != m_mode;
    m_mode = mode;
    m_endMs = endMs;
    m_spanMs = std::clamp(spanMs, shortestSpanMs, longestSpanMs);
    if (modeChange && mode != TimeMode::Live)
        m_heldSinceMs = m_nowMs;
    if (modeChange)
        emit modeChanged();
    emit rangeChanged();
}

}  // namespace holdfast::widgets
