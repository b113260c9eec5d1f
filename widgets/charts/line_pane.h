#pragma once

#include "widgets/charts/lane_data.h"
#include "widgets/charts/time_pane.h"

#include <memory>

namespace holdfast::widgets {

class LinePlot;

/// A lane of lines: the one chart class of the window. Give it data; it decimates and rasterises on the worker and
/// keeps the old picture until the new one is there. Thread: gui.
class LinePane : public TimePane {
    Q_OBJECT

public:
    LinePane(const ChartContext& context, const QString& title, QWidget* parent);

    void setData(LaneData lane);
    /// Words in place of a chart: what is missing and why.
    void setMissing(const QString& words);
    /// A picture of data has been painted.
    [[nodiscard]] bool painted() const { return m_painted; }

protected:
    void paintPlot(QPainter& painter, const QRectF& plot) override;
    void paintHeader(QPainter& painter, const QRect& header) override;
    void cursorMoved() override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void rasterise();
    [[nodiscard]] double shownValue(const LaneLine& line) const;
    [[nodiscard]] QString spoken() const;

    const QString m_title;
    QString m_missing;
    LaneData m_data;
    LinePlot* m_plot;
    bool m_painted = false;
    bool m_rasterising = false;
    bool m_again = false;
};

}  // namespace holdfast::widgets
