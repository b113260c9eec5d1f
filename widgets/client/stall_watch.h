#pragma once

#include <QObject>

#include <cstdint>
#include <functional>

namespace holdfast::widgets {

/// Counts how often the GUI thread was busy for longer than 50 ms at a stretch: a person sees that as a hitch. From
/// waking up to falling asleep again is one stretch; it costs two signals a round of the event loop and no timer.
/// What comes before watch() (start, first layout) is not counted. Thread: gui.
class StallWatch : public QObject {
    Q_OBJECT

public:
    static constexpr std::int64_t stallMs = 50;

    /// clock  monotonic, ms
    explicit StallWatch(std::function<std::int64_t()> clock, QObject* parent = nullptr);

    /// From now on, in the thread's event loop.
    void watch();

    [[nodiscard]] std::int64_t stalls() const { return m_stalls; }
    [[nodiscard]] std::int64_t longestMs() const { return m_longestMs; }

public slots:
    void woke();
    void willSleep();

signals:
    void stalled(qint64 ms);

private:
    const std::function<std::int64_t()> m_clock;
    std::int64_t m_wokeMs = -1;
    std::int64_t m_stalls = 0;
    std::int64_t m_longestMs = 0;
};

}  // namespace holdfast::widgets
