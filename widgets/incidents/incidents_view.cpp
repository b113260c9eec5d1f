#include "widgets/incidents/incidents_view.h"

#include "widgets/controls/action_runner.h"
#include "widgets/incidents/incident_lanes.h"
#include "widgets/incidents/timeline_list.h"
#include "widgets/navigator.h"
#include "widgets/table/row_table.h"
#include "widgets/theme/flat_button.h"
#include "widgets/theme/number_format.h"
#include "widgets/theme/role_label.h"
#include "widgets/theme/theme.h"
#include "widgets/time/time_cursor.h"

#include <QApplication>
#include <QClipboard>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QJsonObject>
#include <QLineEdit>
#include <QMenu>
#include <QSaveFile>
#include <QSplitter>
#include <QTabBar>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace holdfast::widgets {

namespace {

constexpr int ackForS = 1'800;
constexpr std::int64_t marginMs = 5 * 60'000;

QUrlQuery wholeList()
{
    QUrlQuery query;
    query.addQueryItem(QStringLiteral("state"), QStringLiteral("all"));
    query.addQueryItem(QStringLiteral("limit"), QStringLiteral("200"));
    return query;
}

Result<QByteArray> asIs(const QByteArray& body)
{
    return body;
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
          {QStringLiteral("incident")}, 5'000, this),
      m_detail(
          context.api, context.link, decodeIncident,
          [this] {
              return Feed<IncidentDetail>::Ask{
                  m_chosen == 0 ? QString() : QStringLiteral("/holdfast/v1/incidents/%1").arg(m_chosen), {}};
          },
          {QStringLiteral("incident"), QStringLiteral("action")}, 5'000, this),
      m_listModel(makeIncidentModel([&link = context.link] { return link.engineNowMs(); }, this)),
      m_signalModel(makeSignalModel([&link = context.link] { return link.engineNowMs(); }, this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 12, 16, 12);
    layout->setSpacing(8);
    buildList(layout);
    buildDetail(layout);
    connect(&m_all, &FeedBase::changed, this, &IncidentsView::showList);
    connect(&m_detail, &FeedBase::changed, this, &IncidentsView::showDetail);
    showList();
}

void IncidentsView::buildList(QVBoxLayout* layout)
{
    auto* row = new QHBoxLayout;
    row->addWidget(new RoleLabel(m_context.theme, TextRole::Headline, tr("Incidents"), this));
    row->addSpacing(16);
    m_scope = new QTabBar(this);
    m_scope->setDrawBase(false);
    m_scope->setExpanding(false);
    m_scope->addTab(tr("Open"));
    m_scope->addTab(tr("All recent"));
    m_scope->setCurrentIndex(1);
    connect(m_scope, &QTabBar::currentChanged, this, &IncidentsView::showList);
    row->addWidget(m_scope);
    row->addStretch(1);
    layout->addLayout(row);

    m_empty = new RoleLabel(m_context.theme, TextRole::Secondary, QString(), this);
    m_empty->setWordWrap(true);
    layout->addWidget(m_empty);
    m_list = new RowTable(m_context.theme, tr("Incidents"), this);
    m_list->setModel(m_listModel);
    m_list->setStretchColumn(2);
    m_list->setHeightByRows(7);
    connect(m_list, &RowTable::keySelected, this, [this](const QString& key) {
        m_chosenByHand = true;
        choose(key.toLongLong());
    });
    layout->addWidget(m_list);
}

void IncidentsView::buildDetail(QVBoxLayout* layout)
{
    m_detailBox = new QWidget(this);
    auto* box = new QVBoxLayout(m_detailBox);
    box->setContentsMargins(0, 8, 0, 0);
    box->setSpacing(6);

    auto* head = new QHBoxLayout;
    head->setSpacing(8);
    m_title = new RoleLabel(m_context.theme, TextRole::Headline, QString(), m_detailBox);
    head->addWidget(m_title, 1);
    m_ack = new FlatButton(m_context.theme, tr("Acknowledge"), m_detailBox, ButtonLook::Filled);
    m_ack->setKeyHint(QStringLiteral("A"));
    connect(m_ack, &FlatButton::clicked, this, &IncidentsView::acknowledge);
    head->addWidget(m_ack);
    auto* span = new FlatButton(m_context.theme, tr("Show its time"), m_detailBox);
    span->setToolTip(tr("All views over the incident's time, five minutes before and after"));
    connect(span, &FlatButton::clicked, this, &IncidentsView::showSpan);
    head->addWidget(span);
    m_resolve = new FlatButton(m_context.theme, tr("Resolve"), m_detailBox);
    connect(m_resolve, &FlatButton::clicked, this, &IncidentsView::resolve);
    head->addWidget(m_resolve);
    m_export = new FlatButton(m_context.theme, tr("Export"), m_detailBox);
    m_export->setDropArrow(true);
    connect(m_export, &FlatButton::clicked, this, [this] {
        auto* menu = new QMenu(this);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        menu->addAction(tr("Save as Markdown…"), this, &IncidentsView::saveMarkdown);
        menu->addAction(tr("Copy as Markdown"), this, &IncidentsView::copyMarkdown);
        menu->popup(m_export->mapToGlobal(QPoint(0, m_export->height())));
    });
    head->addWidget(m_export);
    box->addLayout(head);

    m_subtitle = new RoleLabel(m_context.theme, TextRole::Secondary, QString(), m_detailBox);
    box->addWidget(m_subtitle);
    m_message = new RoleLabel(m_context.theme, TextRole::Strong, QString(), m_detailBox);
    m_message->setWordWrap(true);
    m_message->hide();
    box->addWidget(m_message);

    auto* splitter = new QSplitter(m_detailBox);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(buildStory());
    splitter->addWidget(buildTimeline());
    splitter->setStretchFactor(0, 1);
    splitter->setStretchFactor(1, 1);
    box->addWidget(splitter, 1);
    layout->addWidget(m_detailBox, 1);
    m_detailBox->hide();
}

QWidget* IncidentsView::buildStory()
{
    auto* story = new QWidget(m_detailBox);
    auto* layout = new QVBoxLayout(story);
    layout->setContentsMargins(0, 4, 12, 0);
    m_lanes = new IncidentLanes(m_context.api, {m_context.theme, m_context.time, m_context.api.courier()}, story);
    layout->addWidget(m_lanes);
    layout->addWidget(new RoleLabel(m_context.theme, TextRole::Title, tr("Evidence for the origin"), story));
    m_evidence = new RoleLabel(m_context.theme, TextRole::Body, QString(), story);
    m_evidence->setWordWrap(true);
    m_evidence->setTextInteractionFlags(Qt::TextSelectableByMouse);
    layout->addWidget(m_evidence);
    layout->addSpacing(6);
    layout->addWidget(new RoleLabel(m_context.theme, TextRole::Title, tr("Signals"), story));
    m_signals = new RowTable(m_context.theme, tr("Signals of the incident"), story);
    m_signals->setModel(m_signalModel);
    m_signals->setStretchColumn(2);
    connect(m_signals, &RowTable::rowOpened, this, [this](const QModelIndex& index) {
        m_context.navigator.go({QStringLiteral("service"), m_signalModel->row(index.row()).service, {}});
    });
    layout->addWidget(m_signals, 1);
    return story;
}

QWidget* IncidentsView::buildTimeline()
{
    auto* side = new QWidget(m_detailBox);
    auto* layout = new QVBoxLayout(side);
    layout->setContentsMargins(12, 4, 0, 0);
    layout->addWidget(new RoleLabel(m_context.theme, TextRole::Title, tr("Timeline (UTC, newest last)"), side));
    m_timeline = new TimelineList(m_context.theme, side);
    layout->addWidget(m_timeline, 1);
    auto* row = new QHBoxLayout;
    m_note = new QLineEdit(side);
    m_note->setPlaceholderText(tr("Add a note: what you saw, did, decided   N"));
    m_note->setAccessibleName(tr("Note to the timeline"));
    connect(m_note, &QLineEdit::returnPressed, this, &IncidentsView::sendNote);
    row->addWidget(m_note, 1);
    auto* send = new FlatButton(m_context.theme, tr("Add note"), side);
    connect(send, &FlatButton::clicked, this, &IncidentsView::sendNote);
    row->addWidget(send);
    layout->addLayout(row);
    return side;
}

void IncidentsView::activate()
{
    m_all.setActive(true);
    m_detail.setActive(true);
    m_lanes->start();
    placeChanged();
}

void IncidentsView::deactivate()
{
    m_all.setActive(false);
    m_detail.setActive(false);
    m_lanes->stop();
}

void IncidentsView::placeChanged()
{
    const std::int64_t id = m_context.navigator.place().item.toLongLong();
    if (id == 0)
        return;
    m_chosenByHand = true;
    choose(id);
    m_list->selectKey(QString::number(id));
}

void IncidentsView::moveSelection(int by)
{
    m_list->moveSelection(by);
}

void IncidentsView::openSelection()
{
    if (m_note->hasFocus())
        return;  // Enter there means the note
    if (const auto detail = m_detail.latest(); detail && !detail->incident.origin.isEmpty())
        m_context.navigator.go({QStringLiteral("service"), detail->incident.origin, {}});
}

void IncidentsView::refreshNow()
{
    m_all.refresh();
    m_detail.refresh();
}

bool IncidentsView::pressKey(int key)
{
    if (m_detailBox->isHidden())
        return false;
    if (key == Qt::Key_A && m_ack->isEnabled()) {
        acknowledge();
        return true;
    }
    if (key == Qt::Key_N) {
        m_note->setFocus();
        return true;
    }
    return false;
}

bool IncidentsView::painted() const
{
    return m_all.latest() != nullptr && (m_listModel->rowCount() == 0 || m_detail.latest() != nullptr);
}

void IncidentsView::showList()
{
    const auto list = m_all.latest();
    std::vector<Incident> rows;
    std::int64_t open = 0;
    if (list) {
        for (const Incident& incident : list->incidents) {
            open += incident.open() ? 1 : 0;
            if (m_scope->currentIndex() == 1 || incident.open())
                rows.push_back(incident);
        }
    }
    // Open ones first; within both, the newest first.
    std::ranges::stable_sort(rows, {}, [](const Incident& i) { return std::make_pair(!i.open(), -i.openedMs); });
    m_scope->setTabText(0, tr("Open  %1").arg(open));
    m_scope->setTabText(1, tr("All recent  %1").arg(list ? static_cast<qint64>(list->incidents.size()) : 0));
    m_listModel->setRows(rows);
    m_list->setHeightByRows(7);
    m_list->setVisible(!rows.empty());
    m_empty->setVisible(rows.empty());
    if (rows.empty()) {
        const auto status = m_context.link.status();
        if (const auto& error = m_all.error())
            m_empty->setText(QString::fromStdString(error->message));
        else if (!list)
            m_empty->setText(tr("Reading incidents…"));
        else if (status && status->rules.lastEvaluationMs > 0)
            m_empty->setText(tr("No incident. Last rule evaluation %1 ago, %2 rules loaded: the silence is real.")
                                 .arg(ageText(m_context.link.engineNowMs() - status->rules.lastEvaluationMs))
                                 .arg(status->rules.rules));
        else
            m_empty->setText(tr("No incident, but the rules were not evaluated yet: give it a minute."));
        m_detailBox->hide();
        return;
    }
    const bool known = m_listModel->rowOf(QString::number(m_chosen)) >= 0;
    if (!known || (!m_chosenByHand && rows.front().id != m_chosen)) {
        choose(rows.front().id);
        m_list->selectKey(QString::number(m_chosen));
    }
}

void IncidentsView::showDetail()
{
    const auto detail = m_detail.latest();
    if (const auto& error = m_detail.error())
        complain(*error);
    if (!detail || detail->incident.id != m_chosen)
        return;
    const Incident& incident = detail->incident;
    const std::int64_t now = m_context.link.engineNowMs();
    m_detailBox->show();
    m_title->setText(QStringLiteral("INC-%1  %2").arg(incident.id).arg(incident.title));
    m_title->setToolTip(incident.title);
    m_subtitle->setText(
        tr("%1 · %2 · since %3 · lasted %4 · %5 on %6")
            .arg(incidentStateText(incident), incident.severity.toUpper(), timeText(incident.openedMs, now),
                 durationText(incident.resolvedMs.value_or(now) - incident.openedMs))
            .arg(incident.signalCount == 1 ? tr("1 signal") : tr("%1 signals").arg(incident.signalCount))
            .arg(incident.services.join(QStringLiteral(", "))));
    m_ack->setEnabled(incident.state == QLatin1String("new"));
    m_ack->setVisible(incident.open());
    m_resolve->setVisible(incident.open());
    QString evidence;
    for (const QString& line : detail->evidence)
        evidence += QStringLiteral("• %1\n").arg(line);
    m_evidence->setText(evidence.isEmpty() ? tr("Nothing points to one origin yet.") : evidence.trimmed());
    m_signalModel->setRows(detail->signalList);
    m_lanes->setLanes(detail->lanes);
    m_lanes->setEvents(detail->timeline);
    m_timeline->setEvents(detail->timeline);
}

void IncidentsView::choose(std::int64_t id)
{
    if (id == m_chosen)
        return;
    m_chosen = id;
    m_message->hide();
    m_detail.clear();
    m_detail.refresh();
}

void IncidentsView::showSpan()
{
    const auto detail = m_detail.latest();
    if (!detail)
        return;
    const Incident& incident = detail->incident;
    const std::int64_t now = m_context.link.engineNowMs();
    const std::int64_t end = std::min(now, incident.resolvedMs.value_or(now) + marginMs);
    m_context.time.setRange(incident.openedMs - marginMs, end);
}

void IncidentsView::acknowledge()
{
    change(QStringLiteral("ack"), {{QStringLiteral("for_s"), ackForS}});
}

void IncidentsView::resolve()
{
    change(QStringLiteral("resolve"), {});
}

void IncidentsView::sendNote()
{
    const QString text = m_note->text().trimmed();
    if (!text.isEmpty())
        change(QStringLiteral("note"), {{QStringLiteral("text"), text}});
}

void IncidentsView::change(const QString& what, QJsonObject body)
{
    if (m_chosen == 0 || m_changeSlot.busy())
        return;
    m_message->hide();
    body.insert(QStringLiteral("actor"), m_context.actions.actor());
    const bool note = what == QLatin1String("note");
    m_context.api.post<QByteArray>(m_changeSlot, QStringLiteral("/holdfast/v1/incidents/%1/%2").arg(m_chosen).arg(what),
                                   body, asIs, [this, note](const Result<std::shared_ptr<const QByteArray>>& answer) {
                                       if (!answer) {
                                           complain(answer.error());
                                           return;
                                       }
                                       // Only what the engine has taken leaves the field: a refused note is not to be
                                       // typed again.
                                       if (note)
                                           m_note->clear();
                                       refreshNow();
                                       m_context.incidents.refresh();
                                   });
}

void IncidentsView::copyMarkdown()
{
    fetchMarkdown([this](const QByteArray& text) {
        QApplication::clipboard()->setText(QString::fromUtf8(text));
        say(tr("The incident is on the clipboard as Markdown."));
    });
}

void IncidentsView::saveMarkdown()
{
    auto* dialog = new QFileDialog(this, tr("Save the incident"), QString(), tr("Markdown (*.md)"));
    dialog->selectFile(QStringLiteral("INC-%1.md").arg(m_chosen));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
        fetchMarkdown([this, path](const QByteArray& text) {
            const bool queued = m_context.api.courier().run([this, path, text]() -> Courier::Delivery {
                QSaveFile file(path);
                const bool saved = file.open(QIODevice::WriteOnly) && file.write(text) == text.size() && file.commit();
                const QString outcome =
                    saved ? tr("Saved as %1.").arg(path) : tr("%1: %2").arg(path, file.errorString());
                return [this, outcome] { say(outcome); };
            });
            if (!queued)
                say(tr("The window is too busy to save; try again."));
        });
    });
    dialog->open();
}

void IncidentsView::fetchMarkdown(std::function<void(const QByteArray&)> then)
{
    QUrlQuery query;
    query.addQueryItem(QStringLiteral("format"), QStringLiteral("md"));
    m_context.api.get<QByteArray>(
        m_exportSlot, QStringLiteral("/holdfast/v1/incidents/%1/export").arg(m_chosen), query, asIs,
        [this, then = std::move(then)](const Result<std::shared_ptr<const QByteArray>>& answer) {
            if (answer)
                then(**answer);
            else
                complain(answer.error());
        });
}

void IncidentsView::complain(const Error& error)
{
    say(QString::fromStdString(error.message));
    m_message->setRole(TextRole::Critical);
}

void IncidentsView::say(const QString& text)
{
    m_message->setRole(TextRole::Strong);
    m_message->setText(text);
    m_message->show();
}

}  // namespace holdfast::widgets
