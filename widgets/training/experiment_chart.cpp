#include "widgets/training/experiment_chart.h"

#include "widgets/theme/theme.h"
#include "widgets/training/experiment_painter.h"

#include <QPainter>

#include <utility>

namespace holdfast::widgets {

ExperimentChart::ExperimentChart(const Theme& theme, QWidget* parent) : QWidget(parent), m_theme(theme)
{
    setMinimumSize(420, 330);
    setAccessibleName(tr("Chart of the experiment"));
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void ExperimentChart::setRecord(std::optional<ExperimentRecord> record)
{
    m_record = std::move(record);
    setAccessibleDescription(m_record ? m_record->finding : QString());
    update();
}

void ExperimentChart::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setLayoutDirection(Qt::LeftToRight);  // time runs that way everywhere
    painter.fillRect(rect(), m_theme.tokens().surface);
    if (m_record)
        paintExperiment(painter, QRectF(rect()).adjusted(14, 12, -10, -6), *m_record, m_theme.tokens(), m_theme.axis());
}

}  // namespace holdfast::widgets
