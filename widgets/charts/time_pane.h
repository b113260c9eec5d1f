#pragma once

#include "widgets/charts/chart_context.h"
#include "widgets/charts/time_scale.h"

#include <QPoint>
#include <QRegion>
#include <QString>
#include <QWidget>

#include <optional>
#include <vector>

class QPainter;

namespace holdfast::widgets {

/// A vertical mark on all lanes: an action, a deploy.
struct TimeMark {
    std::int64_t atMs = 0;
    bool held = false;  ///< by a person
    QString text;
};

/// What a change did: the span before it is tinted, the one after it bracketed, with the difference in words.
struct EffectBand {
    std::int64_t beforeMs = 0;   ///< where the span before begins
    std::int64_t atMs = 0;       ///< the change
    std::int64_t settledMs = 0;  ///< from here on "after" is counted
    std::int64_t afterMs = 0;    ///< where the span after ends

    friend bool operator==(const EffectBand&, const EffectBand&) = default;
};

/// One strip of a page: header at the left, value ticks, and a plot on the window's time axis. It shares the crosshair,
/// the pins, the marked span and the range with all others through the TimeCursor, and it alone knows the mouse: move
/// is the crosshair, click a pin, drag a zoom, Shift+drag marks a span, Ctrl+wheel zooms at the pointer, double click
/// goes back. With the focus: ← → step (Shift: ten), Space pins. Thread: gui.
class TimePane : public QWidget {
    Q_OBJECT

public:
    /// Sizes at 100 % of text; px() makes them go with it.
    static constexpr int headerWidth = 132;
    static constexpr int tickWidth = 48;
    static constexpr int rightMargin = 14;
    static constexpr int collapsedHeight = 26;

    TimePane(const ChartContext& context, QWidget* parent);

    void setMarks(std::vector<TimeMark> marks);
    /// The picture is as of then; what is later is hatched. Nothing: it is live.
    void setFrozenSince(std::optional<std::int64_t> ms);
    void setEffect(const std::optional<EffectBand>& effect);
    /// Only the header's first line is left.
    void setCollapsed(bool collapsed);
    [[nodiscard]] bool collapsed() const { return m_collapsed; }
    /// A question for newer numbers has been underway for a while: a thin line says so, the picture stays.
    void setLoading(bool loading);
    /// Width in px of a scroll bar right of the pane: the plot ends where those of other panes end.
    void setRoomBeside(int px);

    /// What a screen reader hears as the value: the number at the crosshair, or the newest. Nothing without one.
    [[nodiscard]] virtual std::optional<double> spokenNumber() const { return std::nullopt; }
    [[nodiscard]] virtual QString spokenText() const { return accessibleDescription(); }
    /// The grid of the data, ms: what an arrow key steps.
    [[nodiscard]] virtual std::int64_t stepMs() const;

signals:
    /// The pane's name was clicked or Enter was pressed on it.
    void titleClicked();
    /// Unless somebody answers, a right click offers the picture.
    void menuRequested(const QPoint& globalPos);

protected:
    /// A length that goes with the size of texts.
    [[nodiscard]] int px(int at100) const;
    /// Where the header ends and the value ticks begin; where the plot begins.
    [[nodiscard]] int ticksLeft() const { return px(headerWidth); }
    [[nodiscard]] int plotLeft() const { return px(headerWidth) + px(tickWidth); }
    [[nodiscard]] QRectF plotRect() const;
    [[nodiscard]] TimeScale scale() const;
    [[nodiscard]] const ChartContext& context() const { return m_context; }
    [[nodiscard]] const std::optional<EffectBand>& effect() const { return m_effect; }
    [[nodiscard]] bool isFrozen() const { return m_frozenSince.has_value(); }

    /// What is being painted: text outside of it need not be shaped.
    [[nodiscard]] const QRegion& dirty() const { return m_dirty; }
    /// The part of the header that changes with the crosshair.
    [[nodiscard]] virtual QRect cursorHeader() const { return {0, 0, plotLeft(), height()}; }

    /// The plot without marks and crosshair.
    virtual void paintPlot(QPainter& painter, const QRectF& plot) = 0;
    virtual void paintHeader(QPainter& painter, const QRect& header) = 0;
    /// The change an effect band shows, in words; empty where the pane has no number.
    [[nodiscard]] virtual QString effectText() const { return {}; }
    /// Something was drawn over the plot by a child; it must follow. `dirty` is in the plot's coordinates.
    virtual void overlayMoved(const QRect& dirty) { Q_UNUSED(dirty) }
    /// The span that is shown is another one. True when the pane repaints itself as soon as its picture is there.
    [[nodiscard]] virtual bool spanMoved() { return false; }

    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

    /// Grid, marks, pins, crosshair, zoom band: for panes whose plot is a child widget.
    void paintOverlay(QPainter& painter, const QRectF& plot) const;
    void paintTimeGrid(QPainter& painter, const QRectF& plot) const;

private:
    enum class Drag { None, Zoom, Select };
    void crosshairMoved();
    void allMoved();
    void fitText();
    void paintEffect(QPainter& painter, const QRectF& plot, const TimeScale& times) const;

    const ChartContext m_context;
    std::vector<TimeMark> m_marks;
    std::optional<std::int64_t> m_frozenSince;
    std::optional<EffectBand> m_effect;
    std::optional<QPoint> m_pressed;
    std::optional<int> m_dragTo;
    Drag m_drag = Drag::None;
    QRegion m_dirty;
    std::optional<double> m_crosshairX;  // where it was painted last
    bool m_collapsed = false;
    bool m_loading = false;
};

/// How many time labels fit on a plot so wide.
[[nodiscard]] int ticksFor(double plotWidth);

}  // namespace holdfast::widgets
