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
    [[nodiscard]] bool painted() const { return !m_image.isNull() || !m_missing.isEmpty(); }
    [[nodiscard]] const QString& title() const { return m_title; }

    [[nodiscard]] std::optional<double> spokenNumber() const override { return m_share; }
    [[nodiscard]] QString spokenText() const override;
    [[nodiscard]] std::int64_t stepMs() const override;

protected:
    void paintPlot(QPainter& painter, const QRectF& plot) override;
    void paintHeader(QPainter& painter, const QRect& header) override;

private:
    void drawImage();
    [[nodiscard]] QString cursorText() const;
    [[nodiscard]] QString shareText() const;

    const QString m_title;
    QString m_missing;
    std::shared_ptr<const HeatData> m_data;
    std::optional<double> m_slo;
    std::optional<double> m_share;  // of requests above the objective, in the last minute
    QImage m_image;                 // of m_imaged
    std::shared_ptr<const HeatData> m_imaged;
};

}  // namespace holdfast::widgets
