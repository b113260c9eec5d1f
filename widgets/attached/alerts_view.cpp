#include "widgets/attached/alerts_view.h"

#include "widgets/navigator.h"
#include "widgets/table/list_header.h"
#include "widgets/table/row_table.h"
#include "widgets/theme/flat_button.h"
#include "widgets/theme/number_format.h"
#include "widgets/theme/role_label.h"
#include "widgets/theme/state_page.h"

#include <QDesktopServices>
#include <QHBoxLayout>
#include <QUrl>
#include <QVBoxLayout>

namespace holdfast::widgets {

namespace {

constexpr int intervalMs = 5'000;
constexpr int stretched = 7;

}  // namespace

AlertsView::AlertsView(const ViewContext& context, QWidget* parent)
    : View(parent),
      m_context(context),
      m_alerts(
          context.api, context.link, decodePrometheusAlerts,
          [] {
              return Feed<PrometheusAlerts>::Ask{QStringLiteral("/api/v1/rules"), {}};
          },
          {}, intervalMs, this),
      m_model(makeAlertModel([&link = context.link] { return link.engineNowMs(); }, this)),
      m_header(new ListHeader(context.theme, tr("Alerts"), tr("Filter by alert, service or label"), tr("Only active"),
                              this)),
      m_table(new RowTable(context.theme, tr("Alerts"), this)),
      m_empty(new StatePage(context.theme, this)),
      m_detail(new QWidget(this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 12, 16, 12);
    layout->setSpacing(8);
    connect(m_header, &ListHeader::changed, this, &AlertsView::showAlerts);
    layout->addWidget(m_header);
    layout->addWidget(m_empty, 1);
    m_table->setObjectName(QStringLiteral("alertTable"));
    m_table->setModel(m_model);
    m_table->setStretchColumn(stretched);
    layout->addWidget(m_table, 1);
    buildDetail();
    layout->addWidget(m_detail);
    connect(m_empty, &StatePage::wayOutTaken, this, [this] {
        if (!escape())
            m_alerts.refresh();
    });
    connect(m_table, &RowTable::keySelected, this, &AlertsView::showDetail);
    connect(m_table, &RowTable::rowOpened, this, &AlertsView::openSelection);
    connect(&m_alerts, &FeedBase::changed, this, &AlertsView::showAlerts);
    m_second.setInterval(1'000);
    connect(&m_second, &QTimer::timeout, this, [this] { m_model->touch(); });
    showAlerts();
}

void AlertsView::buildDetail()
{
    auto* box = new QVBoxLayout(m_detail);
    box->setContentsMargins(0, 4, 0, 0);
    box->setSpacing(4);
    auto* head = new QHBoxLayout;
    head->setSpacing(8);
    m_name = new RoleLabel(m_context.theme, TextRole::Title, QString(), m_detail);
    head->addWidget(m_name, 1);
    const auto add = [this, head](const QString& text, auto act) {
        auto* button = new FlatButton(m_context.theme, text, m_detail);
        connect(button, &FlatButton::clicked, this, act);
        head->addWidget(button);
        return button;
    };
    m_service = add(tr("Open the service"), [this] { openSelection(); });
    add(tr("Explore"), [this] {
        if (const PrometheusAlert* alert = chosen())
            m_context.navigator.go({QStringLiteral("explore"), {}, alert->expr});
    });
    m_runbook = add(tr("Open the runbook"), [this] {
        const PrometheusAlert* alert = chosen();
        const QUrl url(alert ? alert->runbook : QString());
        if (url.scheme().startsWith(QLatin1String("http")))
            QDesktopServices::openUrl(url);
    });
    box->addLayout(head);
    m_words = new RoleLabel(m_context.theme, TextRole::Body, QString(), m_detail);
    m_words->setWordWrap(true);
    m_words->setTextFormat(Qt::PlainText);
    m_words->setTextInteractionFlags(Qt::TextSelectableByMouse);
    box->addWidget(m_words);
    m_detail->hide();
}

void AlertsView::activate()
{
    m_alerts.setActive(true);
    m_second.start();
}

void AlertsView::deactivate()
{
    m_alerts.setActive(false);
    m_second.stop();
}

void AlertsView::focusFilter()
{
    m_header->focusFilter();
}

void AlertsView::moveSelection(int by)
{
    m_table->moveSelection(by);
}

void AlertsView::openSelection()
{
    const PrometheusAlert* alert = chosen();
    if (alert && !alert->service.isEmpty())
        m_context.navigator.go({QStringLiteral("service"), alert->service, {}});
}

void AlertsView::toggleAbnormal()
{
    m_header->toggleOnly();
}

void AlertsView::refreshNow()
{
    m_alerts.refresh();
}

bool AlertsView::escape()
{
    return m_header->clear();
}

bool AlertsView::painted() const
{
    return m_alerts.latest() != nullptr || m_alerts.error().has_value();
}

bool AlertsView::matches(const PrometheusAlert& alert) const
{
    if (m_header->only() && alert.state == QLatin1String("inactive") && alert.problem.isEmpty())
        return false;
    return m_header->fits(alert.name) || m_header->fits(alert.service) || m_header->fits(alert.summary)
           || m_header->fits(alertLabels(alert));
}

void AlertsView::showAlerts()
{
    std::vector<PrometheusAlert> rows;
    if (const auto all = m_alerts.latest()) {
        for (const PrometheusAlert& alert : all->alerts) {
            if (matches(alert))
                rows.push_back(alert);
        }
        QString text = tr("of %1 – reading only · %2 firing · %3 pending · %4 rules")
                           .arg(m_context.link.publicUrl().authority())
                           .arg(all->firing)
                           .arg(all->pending)
                           .arg(all->rules);
        if (all->failing > 0)
            text += tr(" · %1 cannot be evaluated").arg(all->failing);
        m_header->setSummary(text);
    }
    const bool empty = rows.empty();
    m_model->setRows(std::move(rows));
    m_table->setVisible(!empty);
    m_empty->setVisible(empty);
    if (empty)
        sayWhyEmpty();
    showDetail();
}

void AlertsView::sayWhyEmpty()
{
    const auto all = m_alerts.latest();
    if (const auto& error = m_alerts.error())
        m_empty->say(tr("The alerts cannot be read"), QString::fromStdString(error->message), tr("Ask again"));
    else if (!all)
        m_empty->say(tr("Reading the alerts…"), tr("The Prometheus was asked for its rules."), {});
    else if (all->rules == 0)
        m_empty->say(tr("Nobody watches there"),
                     tr("The Prometheus at %1 has no alerting rule: its silence says nothing. A Holdfast engine brings "
                        "rules for the golden signals, breakers and headroom, and makes incidents of them.")
                         .arg(m_context.link.publicUrl().authority()),
                     tr("Ask again"));
    else
        m_empty->say(m_header->words().isEmpty() ? tr("No alert is active")
                                                 : tr("No alert matches “%1”").arg(m_header->words()),
                     tr("%1 rules are watched, last evaluated %2 ago.")
                         .arg(all->rules)
                         .arg(ageText(m_context.link.engineNowMs() - all->alerts.front().evaluatedMs)),
                     tr("Show all"));
}

void AlertsView::showDetail()
{
    const PrometheusAlert* alert = chosen();
    m_detail->setVisible(alert != nullptr);
    if (!alert)
        return;
    m_name->setText(alert->service.isEmpty() ? alert->name
                                             : QStringLiteral("%1   %2").arg(alert->name, alert->service));
    QStringList lines;
    if (!alert->summary.isEmpty() && alert->state != QLatin1String("inactive"))
        lines << alert->summary;
    lines << (alert->holdMs > 0 ? tr("%1   for %2").arg(alert->expr, durationText(alert->holdMs)) : alert->expr);
    if (!alert->problem.isEmpty())
        lines << tr("It cannot be evaluated: %1").arg(alert->problem);
    if (const QString labels = alertLabels(*alert); !labels.isEmpty())
        lines << labels;
    lines << tr("Group %1 · evaluated %2 ago")
                 .arg(alert->group, ageText(m_context.link.engineNowMs() - alert->evaluatedMs));
    m_words->setText(lines.join(QLatin1Char('\n')));
    m_service->setEnabled(!alert->service.isEmpty());
    m_runbook->setVisible(!alert->runbook.isEmpty());
}

const PrometheusAlert* AlertsView::chosen() const
{
    const int row = m_model->rowOf(m_table->selectedKey());
    return row < 0 ? nullptr : &m_model->row(row);
}

}  // namespace holdfast::widgets
