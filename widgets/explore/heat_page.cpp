#include "widgets/explore/heat_page.h"

#include "widgets/charts/event_row.h"
#include "widgets/charts/heat_pane.h"
#include "widgets/client/json_fields.h"
#include "widgets/theme/flat_button.h"
#include "widgets/theme/role_label.h"
#include "widgets/theme/theme.h"

#include <QJsonObject>
#include <QRegularExpression>
#include <QUrlQuery>
#include <QVBoxLayout>

#include <algorithm>
#include <memory>

namespace holdfast::widgets {

namespace {

constexpr qsizetype mostOffers = 4;

/// Those whose names share the longest beginning with a name in the expression come first:
/// `http_request_duration_seconds_bucket` for `http_requests_total`.
QStringList likeliest(QStringList buckets, const QString& asked)
{
    static const QRegularExpression name(QStringLiteral("[a-zA-Z_:][a-zA-Z0-9_:]*"));
    QStringList names;
    for (auto it = name.globalMatch(asked); it.hasNext();)
        names << it.next().captured();
    const auto shared = [&names](const QString& bucket) {
        qsizetype longest = 0;
        for (const QString& each : names) {
            const auto end = std::mismatch(bucket.begin(), bucket.end(), each.begin(), each.end()).first;
            longest = std::max(longest, static_cast<qsizetype>(end - bucket.begin()));
        }
        return longest;
    };
    std::stable_sort(buckets.begin(), buckets.end(),
                     [&](const QString& a, const QString& b) { return shared(a) > shared(b); });
    return buckets.mid(0, mostOffers);
}

}  // namespace

HeatPage::HeatPage(ApiClient& api, const ChartContext& context, QWidget* parent)
    : QWidget(parent),
      m_api(api),
      m_theme(context.theme),
      m_pane(new HeatPane(context, tr("Heatmap"), this)),
      m_axis(new EventRow(context, this)),
      m_words(new RoleLabel(context.theme, TextRole::Body, QString(), this)),
      m_offers(new QWidget(this))
{
    setObjectName(QStringLiteral("exploreHeat"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    column->addWidget(m_pane, 1);
    column->addWidget(m_axis);
    m_words->setWordWrap(true);
    column->addWidget(m_words);
    auto* offers = new QVBoxLayout(m_offers);
    offers->setContentsMargins(0, 4, 0, 0);
    offers->setSpacing(8);
    column->addWidget(m_offers);
    column->addStretch(0);
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
    m_offers->hide();
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
    const QString asked = list.empty() ? QString() : list.front()->expression;
    m_offers->setVisible(m_askedFor == asked);
    if (m_askedFor != asked)
        findHistograms(asked);
}

void HeatPage::findHistograms(const QString& asked)
{
    m_askedFor = asked;
    QUrlQuery query;
    query.addQueryItem(QStringLiteral("match[]"), QStringLiteral("{__name__=~\".%2B_bucket\"}"));
    m_api.get<QStringList>(
        m_slot, QStringLiteral("/api/v1/label/__name__/values"), query,
        [](const QByteArray& body) -> Result<QStringList> {
            HF_TRY(const QJsonObject root, jsonObject(body));
            return textList(root, "data");
        },
        [this, asked](const Result<std::shared_ptr<const QStringList>>& answer) {
            if (answer && m_askedFor == asked)
                offer(likeliest(**answer, asked));
        });
}

void HeatPage::offer(const QStringList& histograms)
{
    auto* column = m_offers->layout();
    while (QLayoutItem* item = column->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (const QString& bucket : histograms) {
        const QString expression = QStringLiteral("sum by (le) (increase(%1[$step]))").arg(bucket);
        auto* button = new FlatButton(m_theme, expression, m_offers);
        button->setObjectName(QStringLiteral("heatOffer"));
        connect(button, &FlatButton::clicked, this, [this, expression] { emit wanted(expression); });
        column->addWidget(button);
        column->setAlignment(button, Qt::AlignLeft);
    }
    m_offers->setVisible(!m_words->isHidden() && !histograms.isEmpty());
}

}  // namespace holdfast::widgets
