#pragma once

#include "widgets/client/api_client.h"
#include "widgets/client/incident.h"
#include "widgets/replay/present_watch.h"
#include "widgets/time/time_cursor.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <optional>
#include <vector>

namespace holdfast::widgets {

class EngineLink;

/// The window at a past instant: every view shows what was known then, and nothing can be changed.
///
///   off ──start()──▶ standing ──setPlaying(true)──▶ playing ──end of the span──▶ standing
///    ▲                  │  ▲────────setPlaying(false)──┘ │
///    └──────stop()──────┴────────────────────────────────┘
///
/// Invariants: 1. while on, ApiClient::at(), EngineLink::engineNowMs() and TimeCursor::nowMs() are the same instant.
/// 2. startMs() ≤ atMs() ≤ endMs(). 3. After stop() the range is the one before start().
/// Times in ms since the epoch. Thread: gui.
class Replay : public QObject {
    Q_OBJECT

public:
    Replay(ApiClient& api, EngineLink& link, TimeCursor& time, QObject* parent = nullptr);

    /// incident  0 for a span without one
    void start(qint64 startMs, qint64 endMs, qint64 atMs, qint64 incident);
    void stop();
    /// What the window begins with, as soon as the engine is known: a bundle at this instant, at its end without one; a
    /// live engine's past around it.
    void beginAt(std::optional<qint64> atMs) { m_beginAtMs = atMs; }

    [[nodiscard]] bool on() const { return m_on; }
    [[nodiscard]] bool playing() const { return m_on && m_playing; }
    [[nodiscard]] std::int64_t atMs() const { return m_atMs; }
    [[nodiscard]] std::int64_t startMs() const { return m_startMs; }
    [[nodiscard]] std::int64_t endMs() const { return m_endMs; }
    [[nodiscard]] std::int64_t incident() const { return m_incident; }
    [[nodiscard]] int speed() const { return m_speed; }
    /// What happened in the span, oldest first; read once at the start.
    [[nodiscard]] const std::vector<Event>& events() const { return m_events; }
    /// The engine itself replays a bundle: there is no present to go back to.
    [[nodiscard]] bool bundle() const { return m_bundle; }

    /// Incidents that open at the present meanwhile.
    [[nodiscard]] const PresentWatch& present() const { return m_present; }

public slots:
    void setPlaying(bool playing);
    /// Seconds of the past per second: 1, 5, 20.
    void setSpeed(int speed);
    void seek(qint64 atMs);
    void step(qint64 byMs) { seek(m_atMs + byMs); }
    /// To the next event after the instant (+1) or the last before it (−1); to the end of the span without one.
    void stepEvent(int direction);

signals:
    /// On or off, playing or standing, faster or slower, events read.
    void stateChanged();
    /// Another instant: up to four times a second while playing.
    void moved();
    /// The engine's answers are to be read again: at once after a jump, once a second while playing.
    void readAgain();

private:
    struct Range {
        bool live = true;
        std::int64_t startMs = 0;
        std::int64_t endMs = 0;
    };
    void enter(std::int64_t atMs);
    void tick();
    void readEvents();
    void followStatus();

    ApiClient& m_api;
    EngineLink& m_link;
    TimeCursor& m_time;
    Range m_before;
    bool m_on = false;
    bool m_playing = false;
    bool m_bundle = false;
    bool m_bundleSeen = false;
    int m_speed = 1;
    std::int64_t m_atMs = 0;
    std::int64_t m_startMs = 0;
    std::int64_t m_endMs = 0;
    std::int64_t m_incident = 0;
    std::vector<Event> m_events;
    RequestSlot m_eventSlot;
    PresentWatch m_present;
    QTimer m_timer;
    QElapsedTimer m_sinceTick;
    QElapsedTimer m_sinceRead;
    std::optional<std::int64_t> m_beginAtMs;
};

}  // namespace holdfast::widgets
