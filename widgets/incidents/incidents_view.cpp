#include "widgets/incidents/incidents_view.h"

#include "widgets/controls/action_runner.h"
#include "widgets/incidents/hand_report_dialog.h"
#include "widgets/incidents/incident_panel.h"
#include "widgets/incidents/report_dialog.h"
#include "widgets/incidents/shelf_page.h"
#include "widgets/navigator.h"
#include "widgets/replay/replay.h"
#include "widgets/table/row_table.h"
#include "widgets/theme/flat_button.h"
#include "widgets/theme/number_format.h"
#include "widgets/theme/role_label.h"
#include "widgets/theme/theme.h"

#include <QDateTime>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QShortcut>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace holdfast::widgets {

namespace {

enum Tab { OpenTab, MitigatedTab, RecentTab, AllTab, ShelfTab };

constexpr std::int64_t recentMs = 7LL * 86'400'000;
constexpr int listIntervalMs = 5'000;
constexpr int reviewIntervalMs = 60'000;
constexpr int lowHeight = 800;  // below it the story needs the room more than the list
constexpr int fewRows = 3;
constexpr int manyRows = 7;

QUrlQuery wholeList()
{
    QUrlQuery query;
    query.addQueryItem(QStringLiteral("state"), QStringLiteral("all"));
    query.addQueryItem(QStringLiteral("limit"), QStringLiteral("500"));
    return query;
}

QUrlQuery lastDay()
{
    QUrlQuery query;
    query.addQueryItem(QStringLiteral("days"), QStringLiteral("1"));
    return query;
}

QString everythingOf(const Incident& incident)
{
    return QStringLiteral("inc-%1 %2 %3 %4 %5 %6 %7")
        .arg(incident.id)
        .arg(incident.title, incident.state, incident.severity, incident.origin, incident.owner,
             incident.services.join(QLatin1Char(' ')))
        .toLower();
}

}  // namespace

IncidentsView::IncidentsView(const ViewContext& context, QWidget* parent)
    : View(parent),
      m_context(context),
      m_all(
          context.api, context.link, decodeIncidents,
          [] {
              return Feed<IncidentList>::Ask{QStringLiteral("/holdfast/v1/incidents"), wholeList()};
          },
          {QStringLiteral("incident")}, listIntervalMs, nullptr),
      m_review(
          context.api, context.link, decodeReview,
          [] {
              return Feed<Review>::Ask{QStringLiteral("/holdfast/v1/review"), lastDay()};
          },
          {QStringLiteral("incident")}, reviewIntervalMs, nullptr),
      m_listModel(makeIncidentModel([&link = context.link] { return link.engineNowMs(); }, this)),
      m_pages(new QStackedWidget(this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 12, 16, 12);
    layout->setSpacing(8);
    layout->addWidget(buildHead());
    auto* page = new QWidget(m_pages);
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    m_empty = new RoleLabel(m_context.theme, TextRole::Body, QString(), page);
    m_empty->setObjectName(QStringLiteral("noIncident"));
    m_empty->setWordWrap(true);
    column->addWidget(m_empty, 0, Qt::AlignTop);
    m_list = new RowTable(m_context.theme, tr("Incidents"), page);
    m_list->setObjectName(QStringLiteral("incidentList"));
    m_list->setModel(m_listModel);
    m_list->setStretchColumn(2);
    connect(m_list, &RowTable::keySelected, this, [this](const QString& key) {
        m_chosenByHand = true;
        choose(key.toLongLong());
    });
    column->addWidget(m_list);
    m_panel = new IncidentPanel(m_context, page);
    column->addWidget(m_panel, 1);
    m_pages->addWidget(page);
    m_shelves = new ShelfPage(m_context, m_pages);
    m_pages->addWidget(m_shelves);
    layout->addWidget(m_pages, 1);

    connect(m_panel, &IncidentPanel::changed, this, [this] {
        m_all.refresh();
        m_shelves->refresh();
        m_context.incidents.refresh();
    });
    connect(m_panel, &IncidentPanel::incidentChosen, this, [this](qint64 id) {
        m_context.navigator.go({QStringLiteral("incidents"), {}, QString::number(id)});
    });
    connect(m_shelves, &ShelfPage::changed, this, &IncidentsView::showTabs);
    connect(&m_all, &FeedBase::changed, this, &IncidentsView::showList);
    connect(&m_context.replay, &Replay::stateChanged, this, [this] {
        const bool then = m_context.replay.on();
        if (std::exchange(m_then, then) == then)
            return;
        m_all.clear();
        m_panel->forget();
        showList();
    });
    connect(&m_review, &FeedBase::changed, this, &IncidentsView::showShift);
    showList();
}

QWidget* IncidentsView::buildHead()
{
    auto* head = new QWidget(this);
    auto* row = new QHBoxLayout(head);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(10);
    row->addWidget(new RoleLabel(m_context.theme, TextRole::Headline, tr("Incidents"), head));
    m_scope = new QTabBar(head);
    m_scope->setObjectName(QStringLiteral("incidentScope"));
    m_scope->setDrawBase(false);
    m_scope->setExpanding(false);
    for (int tab = OpenTab; tab <= ShelfTab; ++tab)
        m_scope->addTab(QString());
    m_scope->setCurrentIndex(RecentTab);
    connect(m_scope, &QTabBar::currentChanged, this, &IncidentsView::showList);
    row->addWidget(m_scope);
    m_filter = new QLineEdit(head);
    m_filter->setObjectName(QStringLiteral("incidentFilter"));
    m_filter->setPlaceholderText(tr("Filter: service, title, owner, sev1   /"));
    m_filter->setToolTip(tr("By service, title, owner or severity"));
    m_filter->setAccessibleName(tr("Filter of the incidents"));
    m_filter->setClearButtonEnabled(true);
    m_filter->setMinimumWidth(120);
    const auto fitFilter = [this] { m_filter->setMaximumWidth(m_context.theme.px(280)); };
    fitFilter();
    connect(&m_context.theme, &Theme::changed, m_filter, fitFilter);
    connect(m_filter, &QLineEdit::textChanged, this, &IncidentsView::showList);
    row->addWidget(m_filter, 1);
    row->addStretch(1);
    m_shift = new RoleLabel(m_context.theme, TextRole::Secondary, QString(), head);
    m_shift->setObjectName(QStringLiteral("shiftNumbers"));
    row->addWidget(m_shift);
    m_report = new FlatButton(m_context.theme, tr("New…"), head);
    m_report->setObjectName(QStringLiteral("newIncident"));
    m_report->setAccessibleName(tr("Open an incident by hand"));
    connect(m_report, &FlatButton::clicked, this, &IncidentsView::reportByHand);
    const auto follow = [this] {
        m_context.actions.acting().apply(*m_report, true, tr("Open an incident by hand, before a rule sees it"));
    };
    connect(&m_context.actions.acting(), &Acting::changed, m_report, follow);
    follow();
    row->addWidget(m_report);
    m_handover = new FlatButton(m_context.theme, tr("Handover…"), head);
    m_handover->setObjectName(QStringLiteral("handover"));
    m_handover->setToolTip(tr("What the next shift must know (Ctrl+Shift+H)"));
    connect(m_handover, &FlatButton::clicked, this, &IncidentsView::openHandover);
    row->addWidget(m_handover);
    auto* key = new QShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_H), window());
    connect(key, &QShortcut::activated, this, &IncidentsView::openHandover);
    return head;
}

void IncidentsView::activate()
{
    m_all.setActive(true);
    m_review.setActive(true);
    m_shelves->setActive(true);
    m_panel->setActive(true);
    placeChanged();
}

void IncidentsView::deactivate()
{
    m_all.setActive(false);
    m_review.setActive(false);
    m_shelves->setActive(false);
    m_panel->setActive(false);
}

void IncidentsView::placeChanged()
{
    const QString& item = m_context.navigator.place().item;
    if (item == QLatin1String("handover")) {
        openHandover();
        return;
    }
    if (item == QLatin1String("new")) {
        reportByHand();
        return;
    }
    const std::int64_t id = item.toLongLong();
    if (id == 0)
        return;
    m_chosenByHand = true;
    if (m_scope->currentIndex() == ShelfTab)
        m_scope->setCurrentIndex(RecentTab);
    choose(id);
    m_list->selectKey(QString::number(id));
}

void IncidentsView::focusFilter()
{
    m_filter->setFocus();
    m_filter->selectAll();
}

void IncidentsView::moveSelection(int by)
{
    m_list->moveSelection(by);
}

void IncidentsView::openSelection()
{
    m_panel->openOrigin();
}

void IncidentsView::refreshNow()
{
    m_all.refresh();
    m_review.refresh();
    m_panel->refresh();
    m_shelves->refresh();
}

bool IncidentsView::pressKey(int key)
{
    return m_scope->currentIndex() != ShelfTab && m_panel->pressKey(key);
}

bool IncidentsView::escape()
{
    if (m_filter->text().isEmpty())
        return false;
    m_filter->clear();
    return true;
}

bool IncidentsView::painted() const
{
    return m_all.latest() != nullptr && (m_listModel->rowCount() == 0 || m_panel->loaded());
}

void IncidentsView::resizeEvent(QResizeEvent* event)
{
    View::resizeEvent(event);
    m_list->setHeightByRows(height() < lowHeight ? fewRows : manyRows);
}

bool IncidentsView::passes(const Incident& incident, int tab) const
{
    switch (tab) {
    case OpenTab: return incident.open() && incident.state != QLatin1String("mitigated");
    case MitigatedTab: return incident.state == QLatin1String("mitigated");
    case RecentTab: return incident.open() || incident.openedMs >= m_context.link.engineNowMs() - recentMs;
    default: return true;
    }
}

void IncidentsView::showTabs()
{
    const auto list = m_all.latest();
    const auto count = [&](int tab) {
        return list ? std::ranges::count_if(list->incidents, [&](const Incident& i) { return passes(i, tab); }) : 0;
    };
    m_scope->setTabText(OpenTab, tr("Open %1").arg(count(OpenTab)));
    m_scope->setTabText(MitigatedTab, tr("Mitigated %1").arg(count(MitigatedTab)));
    m_scope->setTabText(RecentTab, tr("Recent 7 d %1").arg(count(RecentTab)));
    m_scope->setTabText(AllTab, tr("All"));
    const std::size_t quiet = m_shelves ? m_shelves->shelved() + m_shelves->standing() : 0;
    m_scope->setTabText(ShelfTab, quiet == 0 ? tr("Shelved, standing") : tr("Shelved, standing %1").arg(quiet));
}

void IncidentsView::showList()
{
    showTabs();
    showShift();
    const bool shelves = m_scope->currentIndex() == ShelfTab;
    m_pages->setCurrentIndex(shelves ? 1 : 0);
    if (shelves)
        return;
    const auto list = m_all.latest();
    const QString wanted = m_filter->text().trimmed().toLower();
    std::vector<Incident> rows;
    if (list)
        std::ranges::copy_if(list->incidents, std::back_inserter(rows), [&](const Incident& incident) {
            return passes(incident, m_scope->currentIndex()) && everythingOf(incident).contains(wanted);
        });
    // Open ones first; within both, the newest first.
    std::ranges::stable_sort(rows, {}, [](const Incident& i) { return std::make_pair(!i.open(), -i.openedMs); });
    if (list)
        m_panel->setOthers(list->incidents);
    m_listModel->setRows(rows);
    m_list->growColumns();
    m_list->setVisible(!rows.empty());
    m_empty->setVisible(rows.empty());
    m_panel->setVisible(!rows.empty());
    if (rows.empty()) {
        showEmpty(list.get());
        return;
    }
    const bool known = m_listModel->rowOf(QString::number(m_chosen)) >= 0;
    if (!known || (!m_chosenByHand && rows.front().id != m_chosen)) {
        choose(rows.front().id);
        m_list->selectKey(QString::number(m_chosen));
    }
}

void IncidentsView::showEmpty(const IncidentList* list)
{
    const auto status = m_context.link.status();
    if (const auto& error = m_all.error()) {
        m_empty->setText(QString::fromStdString(error->message));
        return;
    }
    if (!list) {
        m_empty->setText(tr("Reading incidents…"));
        return;
    }
    if (!m_filter->text().trimmed().isEmpty()) {
        m_empty->setText(tr("No incident matches “%1”. Esc clears the filter.").arg(m_filter->text().trimmed()));
        return;
    }
    const QStringList kinds{tr("No open incident."), tr("No mitigated incident."), tr("No incident in 7 days."),
                            tr("No incident was ever recorded here.")};
    QString text = kinds.value(m_scope->currentIndex());
    if (m_context.replay.on())
        text += QLatin1Char(' ')
                + tr("So it was known at %1.").arg(timeText(m_context.replay.atMs(), m_context.replay.atMs()));
    else if (status && status->targets.total > 0 && status->targets.up == 0)
        text += QLatin1Char(' ') + tr("But no target answers: this silence says nothing. See Targets.");
    else if (status && status->rules.lastEvaluationMs > 0 && status->targets.up < status->targets.total)
        text += QLatin1Char(' ')
                + tr("Last rule evaluation %1 ago, %2 rules loaded. Of what does not answer nothing is known: %3 of %4 "
                     "targets.")
                      .arg(ageText(m_context.link.presentMs() - status->rules.lastEvaluationMs))
                      .arg(status->rules.rules)
                      .arg(status->targets.total - status->targets.up)
                      .arg(status->targets.total);
    else if (status && status->rules.lastEvaluationMs > 0)
        text += QLatin1Char(' ')
                + tr("Last rule evaluation %1 ago, %2 rules loaded, %3 of %4 targets answer: the silence is real.")
                      .arg(ageText(m_context.link.presentMs() - status->rules.lastEvaluationMs))
                      .arg(status->rules.rules)
                      .arg(status->targets.up)
                      .arg(status->targets.total);
    else
        text += QLatin1Char(' ') + tr("But the rules were not evaluated yet: give it a minute.");
    m_empty->setText(text);
}

void IncidentsView::showShift()
{
    const auto review = m_review.latest();
    m_shift->setVisible(review != nullptr && !m_context.replay.on());
    if (!review)
        return;
    const QString pages = review->pages == 1 ? tr("1 page") : tr("%1 pages").arg(review->pages);
    m_shift->setText(
        tr("24 h: %1 · %2 alerts/10 min").arg(pages, QString::number(review->alarmsPer10min.value_or(0), 'f', 1)));
    QStringList more{tr("Alarm rate after EEMUA 191: %1").arg(review->judgement),
                     tr("Worst ten minutes: %1 alerts").arg(review->worst10min)};
    if (review->acknowledgeMedianMs)
        more << tr("Median time to acknowledge: %1")
                    .arg(durationText(static_cast<std::int64_t>(*review->acknowledgeMedianMs)));
    if (review->resolveMedianMs)
        more << tr("Median time to resolve: %1").arg(durationText(static_cast<std::int64_t>(*review->resolveMedianMs)));
    if (review->selfHealedRatio)
        more << tr("Healed by themselves: %1").arg(ratioText(*review->selfHealedRatio));
    m_shift->setToolTip(more.join(QLatin1Char('\n')));
}

void IncidentsView::choose(std::int64_t id)
{
    m_chosen = id;
    m_panel->setIncident(id);
}

void IncidentsView::reportByHand()
{
    if (!m_context.actions.acting().allowed() || findChild<HandReportDialog*>())
        return;
    auto* dialog = new HandReportDialog(m_context, m_context.navigator.service(), this);
    connect(dialog, &HandReportDialog::opened, this, [this](qint64 id) {
        m_all.refresh();
        m_context.incidents.refresh();
        m_context.navigator.go({QStringLiteral("incidents"), {}, QString::number(id)});
    });
    dialog->open();
}

void IncidentsView::openHandover()
{
    const std::int64_t now = m_context.link.engineNowMs();
    const QString day = QDateTime::fromMSecsSinceEpoch(now, Qt::UTC).toString(QStringLiteral("yyyy-MM-dd-HHmm"));
    auto* dialog = new ReportDialog(m_context.api, m_context.theme,
                                    {.path = QStringLiteral("/holdfast/v1/handover"),
                                     .title = tr("Handover of the shift"),
                                     .fileName = QStringLiteral("handover-") + day,
                                     .shift = true},
                                    now, this);
    dialog->open();
}

}  // namespace holdfast::widgets
