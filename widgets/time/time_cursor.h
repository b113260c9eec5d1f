#pragma once

#include <QObject>
#include <QString>

#include <cstdint>
#include <optional>
#include <vector>

namespace holdfast::widgets {

enum class TimeMode { Live, Held, Paused };

/// A part of the time axis: [startMs, endMs].
struct TimeSpan {
    std::int64_t startMs = 0;
    std::int64_t endMs = 0;

    [[nodiscard]] std::int64_t lengthMs() const { return endMs - startMs; }
    friend bool operator==(const TimeSpan&, const TimeSpan&) = default;
};

/// The one time axis and the one crosshair of the window: which span all views show and where the pointer stands.
///
/// Live: the right edge follows now. Held: a fixed span. Paused: the span of the moment P was pressed; collection goes
/// on. Times in ms since the epoch; spans end inclusive. Thread: gui.
class TimeCursor : public QObject {
    Q_OBJECT

public:
    explicit TimeCursor(QObject* parent = nullptr);

    [[nodiscard]] TimeMode mode() const { return m_mode; }
    [[nodiscard]] std::int64_t startMs() const { return m_endMs - m_spanMs; }
    [[nodiscard]] std::int64_t endMs() const { return m_endMs; }
    [[nodiscard]] std::int64_t spanMs() const { return m_spanMs; }
    /// Where the axes end: later than endMs() when a forecast needs room at the right of now.
    [[nodiscard]] std::int64_t axisEndMs() const;
    [[nodiscard]] std::int64_t nowMs() const { return m_nowMs; }
    [[nodiscard]] std::optional<std::int64_t> crosshairMs() const { return m_crosshair; }
    [[nodiscard]] std::optional<std::int64_t> pinA() const { return m_pinA; }
    [[nodiscard]] std::optional<std::int64_t> pinB() const { return m_pinB; }
    /// The span marked for its statistics.
    [[nodiscard]] std::optional<TimeSpan> selection() const { return m_selection; }
    /// How much time has gone by that the picture does not show; 0 while live.
    [[nodiscard]] std::int64_t behindMs() const;
    /// When Paused or Held began.
    [[nodiscard]] std::int64_t heldSinceMs() const { return m_heldSinceMs; }
    /// "Last 30 min" or "23 Nov 03:05:00 – 03:20:00 UTC".
    [[nodiscard]] QString rangeText() const;
    /// How many points to ask for where `columns` would fit: half as many while the engine asks for it.
    [[nodiscard]] std::int64_t points(std::int64_t columns) const { return m_sparing ? (columns + 1) / 2 : columns; }
    [[nodiscard]] bool sparing() const { return m_sparing; }

public slots:
    /// The engine's time; moves the right edge when live.
    void setNow(qint64 nowMs);
    void setLive(qint64 spanMs);
    /// Back to live with the same length.
    void resumeLive();
    void setRange(qint64 startMs, qint64 endMs);
    /// Moves by half a span: −1 earlier, +1 later; later than now becomes live.
    void shift(int direction);
    void zoomOut();
    /// Keeps `anchorMs` where it is; factor < 1 zooms in.
    void zoomAt(qint64 anchorMs, double factor);
    /// The range before the last change.
    void back();
    /// Pauses what is live; goes on with now from whatever stands still, paused or held.
    void togglePause();
    void setCrosshair(std::optional<std::int64_t> ms);
    /// First A, then B, then A anew.
    void pin(qint64 ms);
    void clearPins();
    void select(std::optional<holdfast::widgets::TimeSpan> span);
    /// Room at the right of now, as a share of the span, while now is at the right edge.
    void setLead(double share);
    /// The engine has too much to do and asks for half as many points.
    void setSparing(bool on);
    /// Times are told in another zone or size: everybody draws anew.
    void refreshWords() { emit rangeChanged(); }

signals:
    void rangeChanged();
    void modeChanged();
    void crosshairChanged();
    void pinsChanged();
    void selectionChanged();

private:
    struct Past {
        TimeMode mode;
        std::int64_t endMs;
        std::int64_t spanMs;
    };
    void remember();
    void apply(TimeMode mode, std::int64_t endMs, std::int64_t spanMs);

    TimeMode m_mode = TimeMode::Live;
    std::int64_t m_spanMs;
    std::int64_t m_endMs;
    std::int64_t m_nowMs;
    std::int64_t m_heldSinceMs = 0;
    std::optional<std::int64_t> m_crosshair;
    std::optional<std::int64_t> m_pinA;
    std::optional<std::int64_t> m_pinB;
    std::optional<TimeSpan> m_selection;
    double m_lead = 0;
    bool m_sparing = false;
    std::vector<Past> m_past;
};

}  // namespace holdfast::widgets
