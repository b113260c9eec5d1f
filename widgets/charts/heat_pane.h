#pragma once

#include "widgets/charts/heat_data.h"
#include "widgets/charts/time_pane.h"

#include <QImage>

#include <memory>

namespace holdfast::widgets {

/// The latency heatmap: one picture a refresh, scaled to the plot. Thread: gui.
class HeatPane : public TimePane {
    Q_OBJECT

public:
    HeatPane(const ChartContext& context, const QString& title, QWidget* parent);

    void setData(std::shared_ptr<const HeatData> heat, std::optional<double> slo);
    void setMissing(const QString& words);
    [[nodiscard]] bool painted() const { return m_data != nullptr || !m_missing.isEmpty(); }

protected:
    void paintPlot(QPainter& painter, const QRectF& plot) override;
    void paintHeader(QPainter& painter, const QRect& header) override;

private:
    [[nodiscard]] QString cursorText() const;

    const QString m_title;
    QString m_missing;
    std::shared_ptr<const HeatData> m_data;
    std::optional<double> m_slo;
    QImage m_image;
};

}  // namespace holdfast::widgets
