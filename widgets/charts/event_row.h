#pragma once

#include "widgets/charts/time_pane.h"
#include "widgets/client/incident.h"

namespace holdfast::widgets {

/// What happened, on the time axis: a mark each, its words under the pointer; and the axis' own labels below.
/// Thread: gui.
class EventRow : public TimePane {
    Q_OBJECT

public:
    static constexpr int rowHeight = 50;  ///< at 100 % of text

    EventRow(const ChartContext& context, QWidget* parent);

    void setEvents(std::vector<Event> events);
    [[nodiscard]] const std::vector<Event>& events() const { return m_events; }

signals:
    /// A mark was clicked; with several close by, all of them, oldest first.
    void eventsChosen(const std::vector<holdfast::widgets::Event>& events, const QPoint& globalPos);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void paintPlot(QPainter& painter, const QRectF& plot) override;
    void paintHeader(QPainter& painter, const QRect& header) override;
    bool event(QEvent* event) override;

private:
    void paintCursorTime(QPainter& painter) const;
    [[nodiscard]] std::vector<Event> eventsNear(double x) const;
    /// The events at `x` in words; where there is none, what the letters mean.
    [[nodiscard]] QString explanationAt(double x) const;

    std::vector<Event> m_events;
};

}  // namespace holdfast::widgets
