#include "widgets/replay/replay.h"

#include "widgets/client/engine_link.h"

#include <QUrlQuery>

#include <algorithm>
#include <utility>

namespace holdfast::widgets {

namespace {

constexpr int tickMs = 250;                          // what four repaints a second allow
constexpr qint64 readMs = 1'000;                     // the engine is asked for a whole fleet each time
constexpr std::int64_t shortestSpanMs = 5 * 60'000;  // of the charts: a minute of cascade needs its before
constexpr std::int64_t longestSpanMs = 2LL * 3'600'000;
constexpr std::int64_t aroundMs = 15 * 60'000;  // of a moment that belongs to no incident

}  // namespace

Replay::Replay(ApiClient& api, EngineLink& link, TimeCursor& time, QObject* parent)
    : QObject(parent), m_api(api), m_link(link), m_time(time), m_present(api, link)
{
    m_timer.setInterval(tickMs);
    connect(&m_timer, &QTimer::timeout, this, &Replay::tick);
    connect(&link, &EngineLink::statusChanged, this, &Replay::followStatus);
}

void Replay::start(qint64 startMs, qint64 endMs, qint64 atMs, qint64 incident)
{
    const auto status = m_link.status();
    if (!m_on && !(status && status->replay))
        m_present.start();
    if (!m_on)
        m_before = {m_time.mode() == TimeMode::Live, m_time.startMs(), m_time.endMs()};
    m_on = true;
    m_playing = false;
    m_startMs = std::min<std::int64_t>(startMs, m_link.presentMs());
    m_endMs = std::clamp<std::int64_t>(endMs, m_startMs, m_link.presentMs());
    m_incident = incident;
    m_speed = 1;
    m_events.clear();
    readEvents();
    enter(atMs);
    m_time.setLive(std::clamp(m_endMs - m_startMs, shortestSpanMs, longestSpanMs));
    emit stateChanged();
    emit readAgain();
}

void Replay::stop()
{
    if (!m_on || m_bundle)
        return;
    m_on = false;
    m_playing = false;
    m_timer.stop();
    m_eventSlot.cancel();
    m_present.stop();
    m_api.setAt(std::nullopt);
    m_link.setShownNow(std::nullopt);
    m_time.setNow(m_link.presentMs());
    if (m_before.live)
        m_time.setLive(m_before.endMs - m_before.startMs);
    else
        m_time.setRange(m_before.startMs, m_before.endMs);
    emit stateChanged();
    emit moved();
    emit readAgain();
}

void Replay::setPlaying(bool playing)
{
    if (!m_on || playing == m_playing)
        return;
    m_playing = playing;
    if (playing) {
        if (m_atMs >= m_endMs)
            enter(m_startMs);
        if (m_time.mode() != TimeMode::Live)
            m_time.resumeLive();
        m_sinceTick.start();
        m_sinceRead.start();
        m_timer.start();
    } else {
        m_timer.stop();
        emit readAgain();
    }
    emit stateChanged();
}

void Replay::setSpeed(int speed)
{
    m_speed = std::clamp(speed, 1, 60);
    emit stateChanged();
}

void Replay::seek(qint64 atMs)
{
    if (!m_on)
        return;
    enter(atMs);
    emit readAgain();
}

void Replay::stepEvent(int direction)
{
    if (direction > 0) {
        const auto next = std::find_if(m_events.begin(), m_events.end(),
                                       [this](const Event& event) { return event.knownMs > m_atMs; });
        seek(next == m_events.end() ? m_endMs : next->knownMs);
        return;
    }
    const auto last =
        std::find_if(m_events.rbegin(), m_events.rend(), [this](const Event& event) { return event.knownMs < m_atMs; });
    seek(last == m_events.rend() ? m_startMs : last->knownMs);
}

void Replay::enter(std::int64_t atMs)
{
    m_atMs = std::clamp(atMs, m_startMs, m_endMs);
    m_api.setAt(m_atMs);
    m_link.setShownNow(m_atMs);
    m_time.setNow(m_atMs);
    emit moved();
}

void Replay::tick()
{
    enter(m_atMs + m_sinceTick.restart() * m_speed);
    if (m_atMs >= m_endMs) {
        setPlaying(false);
        return;
    }
    if (m_sinceRead.elapsed() < readMs)
        return;
    m_sinceRead.restart();
    emit readAgain();
}

void Replay::readEvents()
{
    QUrlQuery query;
    query.addQueryItem(QStringLiteral("start"), QString::number(m_startMs));
    query.addQueryItem(QStringLiteral("end"), QString::number(m_endMs));
    // The way to the next event leads past what is not known yet at the instant.
    query.addQueryItem(QStringLiteral("known"), QString::number(m_endMs));
    query.addQueryItem(QStringLiteral("limit"), QStringLiteral("2000"));
    m_api.get<EventList>(m_eventSlot, QStringLiteral("/holdfast/v1/events"), query, decodeEvents,
                         [this](const Result<std::shared_ptr<const EventList>>& answer) {
                             if (!answer)
                                 return;
                             m_events = (*answer)->events;
                             std::ranges::stable_sort(m_events, {}, &Event::knownMs);
                             emit stateChanged();
                         });
}

void Replay::followStatus()
{
    const auto status = m_link.status();
    if (m_bundleSeen || !status)
        return;
    if (!status->replay) {
        // A Prometheus has no doors to the past but its queries: there the range says the moment.
        if (m_link.attached())
            return;
        if (const auto atMs = std::exchange(m_beginAtMs, std::nullopt))
            start(*atMs - aroundMs, *atMs + aroundMs, *atMs, 0);
        return;
    }
    m_bundleSeen = true;
    // A bundle's span begins half an hour early; what it holds may begin later.
    const std::int64_t startMs = std::max<std::int64_t>(status->replay->startMs, status->store.oldestMs);
    start(startMs, status->replay->endMs, m_beginAtMs.value_or(status->replay->endMs), status->replay->incident);
    m_bundle = true;
    emit stateChanged();
}

}  // namespace holdfast::widgets
