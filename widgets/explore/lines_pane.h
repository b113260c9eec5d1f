#pragma once

#include "widgets/charts/time_pane.h"
#include "widgets/explore/query_lines.h"

#include <QImage>

#include <memory>

namespace holdfast::widgets {

/// Explore's chart: the lines of up to four queries on one value axis, on the window's time axis and crosshair. Drawn
/// on the worker; the old picture stays, and moves along, until the new one is there. Thread: gui.
class LinesPane : public TimePane {
    Q_OBJECT

public:
    LinesPane(const ChartContext& context, QWidget* parent);

    void setLines(std::vector<QueryLine> lines);
    /// A row a query in the header: "A  3 series".
    void setHeader(QStringList rows);
    /// Words in place of lines: what is missing and why.
    void setMissing(const QString& words);
    [[nodiscard]] bool painted() const { return m_painted; }

    [[nodiscard]] std::int64_t stepMs() const override;

protected:
    void paintPlot(QPainter& painter, const QRectF& plot) override;
    void paintHeader(QPainter& painter, const QRect& header) override;
    bool spanMoved() override;
    void resizeEvent(QResizeEvent* event) override;

private:
    using Lines = std::vector<QueryLine>;
    void draw();
    void take(QImage image, const LinesFrame& frame);
    void paintAxis(QPainter& painter, const QRectF& plot) const;

    std::shared_ptr<const Lines> m_lines = std::make_shared<const Lines>();
    QStringList m_header;
    QString m_missing;
    QImage m_image;
    LinesFrame m_frame;  ///< of m_image
    bool m_drawing = false;
    bool m_again = false;
    bool m_painted = false;
};

}  // namespace holdfast::widgets
