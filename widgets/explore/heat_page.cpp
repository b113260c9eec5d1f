#include "widgets/explore/heat_page.h"

#include "widgets/charts/event_row.h"
#include "widgets/charts/heat_pane.h"
#include "widgets/theme/flat_button.h"
#include "widgets/theme/role_label.h"

#include <QRegularExpression>
#include <QVBoxLayout>

#include <algorithm>
#include <memory>

namespace holdfast::widgets {

HeatPage::HeatPage(const ChartContext& context, QWidget* parent)
    : QWidget(parent),
      m_pane(new HeatPane(context, tr("Heatmap"), this)),
      m_axis(new EventRow(context, this)),
      m_words(new RoleLabel(context.theme, TextRole::Body, QString(), this)),
      m_ask(new FlatButton(context.theme, QString(), this))
{
    setObjectName(QStringLiteral("exploreHeat"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    column->addWidget(m_pane, 1);
    column->addWidget(m_axis);
    m_words->setWordWrap(true);
    column->addWidget(m_words);
    column->addWidget(m_ask, 0, Qt::AlignLeft);
    column->addStretch(0);
    connect(m_ask, &FlatButton::clicked, this, [this] { emit wanted(m_expression); });
}

void HeatPage::setAnswers(const std::vector<QueryAnswerPtr>& list, bool instant)
{
    const auto found = std::ranges::find_if(list, [](const QueryAnswerPtr& answer) {
        return std::ranges::any_of(answer->matrix->series, [](const GridSeries& series) {
            return series.labels.contains(QStringLiteral("le"));
        });
    });
    const bool any = found != list.end() && !instant;
    m_axis->setVisible(any);
    m_pane->setVisible(any);
    m_words->setVisible(!any);
    m_ask->hide();
    if (any) {
        const Matrix buckets = byBucket(*(*found)->matrix);
        m_pane->setData(std::make_shared<const HeatData>(heatFrom(buckets)), std::nullopt);
        return;
    }
    if (instant) {
        m_words->setText(tr("A heatmap shows a range. Switch from Instant to Range."));
        return;
    }
    m_words->setText(tr("A heatmap needs the buckets of a histogram: series with the label le, such as "
                        "sum by (le) (increase(…_bucket[$step]))."));
    // A metric in the expression that has buckets can be asked for them.
    static const QRegularExpression bucket(QStringLiteral("([a-zA-Z_:][a-zA-Z0-9_:]*)_(bucket|count|sum)\\b"));
    const auto match = bucket.match(list.empty() ? QString() : list.front()->expression);
    if (!match.hasMatch())
        return;
    m_expression = QStringLiteral("sum by (le) (increase(%1_bucket[$step]))").arg(match.captured(1));
    m_ask->setText(tr("Ask %1").arg(m_expression));
    m_ask->updateGeometry();
    m_ask->show();
}

}  // namespace holdfast::widgets
