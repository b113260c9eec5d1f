#include "widgets/controls/action_runner.h"
#include "widgets/incidents/incident_panel.h"
#include "widgets/incidents/pick_dialog.h"
#include "widgets/incidents/report_dialog.h"
#include "widgets/incidents/shelf_page.h"
#include "widgets/incidents/timeline_list.h"
#include "widgets/navigator.h"
#include "widgets/replay/replay.h"
#include "widgets/table/row_table.h"
#include "widgets/theme/flat_button.h"
#include "widgets/theme/number_format.h"
#include "widgets/theme/role_label.h"
#include "widgets/time/time_cursor.h"
#include "widgets/view.h"

#include <QHBoxLayout>
#include <QInputDialog>
#include <QLineEdit>
#include <QMenu>
#include <QPointer>
#include <QVBoxLayout>

#include <algorithm>

namespace holdfast::widgets {

namespace {

constexpr int ackForS = 1'800;
constexpr std::int64_t marginMs = 5 * 60'000;
constexpr std::int64_t replayBeforeMs = 120'000;  // the onset lies before the opening
constexpr std::int64_t knownAfterMs = 1'000;
constexpr std::int64_t replayAfterMs = 60'000;

Result<QByteArray> asIs(const QByteArray& body)
{
    return body;
}

QString signalText(const IncidentSignal& signal)
{
    return QStringLiteral("%1 – %2").arg(signal.service, signal.summary.isEmpty() ? signal.alert : signal.summary);
}

}  // namespace

void IncidentPanel::buildHead(QVBoxLayout* layout)
{
    m_title = new RoleLabel(m_context.theme, TextRole::Headline, QString(), this);
    m_title->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    layout->addWidget(m_title);
    m_subtitle = new RoleLabel(m_context.theme, TextRole::Secondary, QString(), this);
    m_subtitle->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    layout->addWidget(m_subtitle);
    auto* row = new QHBoxLayout;
    row->setSpacing(6);
    const auto add = [&](const QString& name, const QString& text, auto act, ButtonLook look = ButtonLook::Outlined) {
        auto* button = new FlatButton(m_context.theme, text, this, look);
        button->setObjectName(name);
        connect(button, &FlatButton::clicked, this, act);
        row->addWidget(button);
        return button;
    };
    m_ack = add(
        QStringLiteral("ackIncident"), tr("Ack"), [this] { acknowledge(); }, ButtonLook::Filled);
    m_ack->setKeyHint(QStringLiteral("A"));
    m_noteButton = add(QStringLiteral("noteIncident"), tr("Note"), [this] { m_note->setFocus(); });
    m_noteButton->setKeyHint(QStringLiteral("N"));
    m_mitigated = add(QStringLiteral("mitigateIncident"), tr("Mitigated"), [this] { mitigated(); });
    m_merge = add(QStringLiteral("mergeIncident"), tr("Merge…"), [this] { merge(); });
    m_split = add(QStringLiteral("splitIncident"), tr("Split…"), [this] { split(); });
    m_export = add(QStringLiteral("exportIncident"), tr("Export…"), [this] { exportReport(); });
    m_replay = add(QStringLiteral("replayIncident"), tr("Replay"), [this] { replay(); });
    m_replay->setIconName(QStringLiteral("play"));
    m_more = add(QStringLiteral("moreIncident"), tr("More"), [this] { openMore(); });
    m_more->setDropArrow(true);
    // Beside the buttons: what is said must not push the story down under somebody's pointer.
    m_message = new RoleLabel(m_context.theme, TextRole::Strong, QString(), this);
    m_message->setObjectName(QStringLiteral("incidentMessage"));
    m_message->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_message->hide();
    row->addWidget(m_message, 1);
    row->addStretch(0);
    layout->addLayout(row);
}

void IncidentPanel::showHead(const Incident& incident)
{
    const std::int64_t now = m_context.link.engineNowMs();
    const QString title = QStringLiteral("INC-%1  %2").arg(incident.id).arg(incident.title);
    m_title->setText(title);
    m_title->setToolTip(title);
    QStringList parts{incidentStateText(incident), incident.severity.toUpper(),
                      tr("since %1").arg(timeText(incident.openedMs, now)),
                      tr("lasted %1").arg(durationText(incident.resolvedMs.value_or(now) - incident.openedMs)),
                      incident.signalCount == 1 ? tr("1 signal") : tr("%1 signals").arg(incident.signalCount)};
    if (incident.flood)
        parts << tr("FLOOD");
    if (incident.offline)
        parts << tr("this computer may have been offline");
    if (incident.reopened > 0)
        parts << tr("reopened ×%1").arg(incident.reopened);
    if (incident.mergedInto)
        parts << tr("merged into INC-%1").arg(*incident.mergedInto);
    if (incident.continues)
        parts << tr("continues INC-%1").arg(*incident.continues);
    if (incident.state == QLatin1String("acked") && incident.ackUntilMs)
        parts << tr("ack ends in %1").arg(countdownText(*incident.ackUntilMs - now));
    parts << incident.services.join(QStringLiteral(", "));
    m_subtitle->setText(parts.join(QStringLiteral(" · ")));
    m_subtitle->setToolTip(m_subtitle->text());
    m_mitigated->setVisible(incident.open() && incident.state != QLatin1String("mitigated"));
    // It keeps its place, so that what follows does not move under the pointer.
    m_ack->setVisible(incident.open());
    m_isNew = incident.state == QLatin1String("new");
    showLock();
}

void IncidentPanel::showLock()
{
    const Acting& acting = m_context.actions.acting();
    m_replay->setVisible(!m_context.replay.on());
    for (FlatButton* button : {m_noteButton, m_mitigated, m_merge, m_split, m_more, m_originButton, m_send})
        acting.apply(*button, true);
    acting.apply(*m_ack, m_isNew);
    acting.apply(*m_note, true);
    m_signals->setLocked(acting.why());
}

bool IncidentPanel::pressKey(int key)
{
    if (isHidden())
        return false;
    if (key == Qt::Key_A && m_ack->isVisible() && m_ack->isEnabled()) {
        acknowledge();
        return true;
    }
    if (key == Qt::Key_N && m_note->isEnabled()) {
        m_note->setFocus();
        return true;
    }
    return false;
}

void IncidentPanel::openOrigin()
{
    if (m_note->hasFocus())
        return;  // Enter there means the note
    if (const auto detail = m_detail.latest(); detail && !detail->incident.origin.isEmpty())
        m_context.navigator.go({QStringLiteral("service"), detail->incident.origin, {}});
}

QString IncidentPanel::door(const char* what) const
{
    return QStringLiteral("/holdfast/v1/incidents/%1/%2").arg(m_id).arg(QLatin1String(what));
}

void IncidentPanel::change(const QString& path, QJsonObject body, std::function<void()> done, PickDialog* dialog)
{
    if (m_id == 0 || m_changeSlot.busy())
        return;
    m_message->hide();
    body.insert(QStringLiteral("actor"), m_context.actions.actor());
    m_context.api.post<QByteArray>(m_changeSlot, path, body, asIs,
                                   [this, done = std::move(done),
                                    shown = QPointer(dialog)](const Result<std::shared_ptr<const QByteArray>>& answer) {
                                       if (!answer) {
                                           const QString why = QString::fromStdString(answer.error().message);
                                           shown ? shown->complain(why) : say(why, true);
                                           return;
                                       }
                                       if (shown)
                                           shown->accept();
                                       if (done)
                                           done();
                                       refresh();
                                       emit changed();
                                   });
}

PickDialog* IncidentPanel::ask(const QString& title, const QString& words, const std::vector<Choice>& choices,
                               bool reason, const QString& deed)
{
    auto* dialog = new PickDialog(m_context.theme, title, words, choices,
                                  reason ? PickDialog::Reason::Asked : PickDialog::Reason::No, deed, this);
    dialog->open();
    return dialog;
}

void IncidentPanel::acknowledge()
{
    change(door("ack"), {{QStringLiteral("for_s"), ackForS}});
}

void IncidentPanel::mitigated()
{
    change(door("mitigated"), {});
}

void IncidentPanel::merge()
{
    std::vector<Choice> choices;
    const std::int64_t now = m_context.link.engineNowMs();
    for (const Incident& other : m_others) {
        if (other.id != m_id && !other.mergedInto)
            choices.push_back({QString::number(other.id), QStringLiteral("INC-%1  %2").arg(other.id).arg(other.title),
                               QStringLiteral("%1, %2").arg(incidentStateText(other), timeText(other.openedMs, now))});
    }
    auto* dialog = ask(tr("Merge into INC-%1").arg(m_id),
                       choices.empty() ? tr("There is no other incident.")
                                       : tr("Its signals and its timeline come here; INC-%1 stays.").arg(m_id),
                       choices, false, tr("Merge"));
    connect(dialog, &PickDialog::picked, this, [this, dialog](const QString& key, const QString&) {
        change(
            door("merge"), {{QStringLiteral("other"), key.toLongLong()}},
            [this, key] { say(tr("INC-%1 is merged into this one.").arg(key), false); }, dialog);
    });
}

void IncidentPanel::split()
{
    const auto detail = m_detail.latest();
    if (!detail)
        return;
    std::vector<Choice> choices;
    for (const IncidentSignal& signal : detail->signalList)
        choices.push_back(
            {signal.fingerprint, signalText(signal), signal.maybeUnrelated ? tr("maybe unrelated") : QString()});
    std::ranges::stable_sort(choices, {}, [](const Choice& choice) { return choice.detail.isEmpty(); });
    auto* dialog = ask(tr("Split off a signal of INC-%1").arg(m_id),
                       tr("It becomes an incident of its own: for a second fault that only came at the same time."),
                       choices, false, tr("Split off"));
    connect(dialog, &PickDialog::picked, this, [this, dialog](const QString& key, const QString&) {
        change(
            door("split"), {{QStringLiteral("fingerprint"), key}},
            [this] { say(tr("The signal has an incident of its own now."), false); }, dialog);
    });
}

void IncidentPanel::severity()
{
    auto* dialog = ask(tr("Severity of INC-%1").arg(m_id), tr("What it means to users, not how it looks."),
                       {{QStringLiteral("sev1"), tr("SEV1"), tr("users cannot do what they came for")},
                        {QStringLiteral("sev2"), tr("SEV2"), tr("users are hindered; wakes somebody")},
                        {QStringLiteral("sev3"), tr("SEV3"), tr("can wait for the day")}},
                       true, tr("Set"));
    connect(dialog, &PickDialog::picked, this, [this, dialog](const QString& key, const QString& reason) {
        change(door("severity"), {{QStringLiteral("severity"), key}, {QStringLiteral("reason"), reason}}, {}, dialog);
    });
}

void IncidentPanel::setOrigin()
{
    const auto detail = m_detail.latest();
    if (!detail)
        return;
    std::vector<Choice> choices;
    for (const QString& service : detail->incident.services)
        choices.push_back({service, service, service == detail->incident.origin ? tr("as ranked now") : QString()});
    auto* dialog =
        ask(tr("Origin of INC-%1").arg(m_id), tr("Your correction goes into the timeline and names the incident anew."),
            choices, false, tr("Set origin"));
    connect(dialog, &PickDialog::picked, this, [this, dialog](const QString& key, const QString&) {
        change(door("origin"), {{QStringLiteral("service"), key}}, {}, dialog);
    });
}

void IncidentPanel::shelve(const IncidentSignal& signal)
{
    askToShelve(
        m_context, m_shelfSlot, signal.alert, signal.service,
        [this, name = signal.alert] {
            say(tr("%1 is shelved; see “Shelved” for its end.").arg(name), false);
            refresh();
            emit changed();
        },
        this);
}

void IncidentPanel::onSignalButton(int row, int button)
{
    const IncidentSignal signal = m_signalModel->row(row);
    const QStringList labels = signalButtons(signal);
    if (button >= labels.size() || !m_context.actions.acting().allowed())
        return;
    if (!signal.maybeUnrelated)
        shelve(signal);
    else
        change(door(button == 0 ? "confirm" : "split"), {{QStringLiteral("fingerprint"), signal.fingerprint}});
}

void IncidentPanel::openMore()
{
    const auto detail = m_detail.latest();
    if (!detail)
        return;
    const Incident& incident = detail->incident;
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("Severity…"), this, &IncidentPanel::severity);
    menu->addAction(tr("Set origin…"), this, &IncidentPanel::setOrigin);
    menu->addSeparator();
    menu->addAction(tr("Resolved"), this, [this] { change(door("resolve"), {}); })->setEnabled(incident.open());
    menu->addAction(tr("Close after review"), this, [this] { change(door("close"), {}); })
        ->setEnabled(incident.state == QLatin1String("resolved"));
    menu->addAction(tr("Reopen"), this, [this] { change(door("reopen"), {}); })->setEnabled(!incident.open());
    menu->addSeparator();
    menu->addAction(tr("Show its time in all views"), this, &IncidentPanel::showSpan);
    menu->popup(m_more->mapToGlobal(QPoint(0, m_more->height())));
}

void IncidentPanel::showSpan()
{
    const auto detail = m_detail.latest();
    if (!detail)
        return;
    const Incident& incident = detail->incident;
    const std::int64_t now = m_context.link.engineNowMs();
    const std::int64_t end = std::min(now, incident.resolvedMs.value_or(now) + marginMs);
    m_context.time.setRange(incident.openedMs - marginMs, end);
}

void IncidentPanel::replay()
{
    const auto detail = m_detail.latest();
    if (!detail)
        return;
    const Incident& incident = detail->incident;
    std::int64_t first = incident.openedMs;
    for (const IncidentSignal& signal : detail->signalList)
        first = std::min(first, signal.onsetMs);
    const std::int64_t end = incident.resolvedMs.value_or(m_context.link.presentMs()) + replayAfterMs;
    // It was known when its first change of state was written, which may be seconds after the evaluation it is dated
    // by.
    const auto opening = std::ranges::find(detail->timeline, QStringLiteral("state"), &Event::kind);
    const std::int64_t known = opening == detail->timeline.end() ? incident.openedMs : opening->knownMs;
    m_context.replay.start(first - replayBeforeMs, end, std::max(incident.openedMs, known) + knownAfterMs, incident.id);
}

void IncidentPanel::exportReport()
{
    const auto detail = m_detail.latest();
    if (!detail)
        return;
    const Incident& incident = detail->incident;
    auto* dialog = new ReportDialog(m_context.api, m_context.theme,
                                    {.path = QStringLiteral("/holdfast/v1/incidents/%1/export").arg(m_id),
                                     .title = QStringLiteral("INC-%1 %2").arg(incident.id).arg(incident.title),
                                     .fileName = QStringLiteral("INC-%1").arg(incident.id),
                                     .bundle = true},
                                    m_context.link.engineNowMs(), this);
    dialog->open();
}

void IncidentPanel::sendNote()
{
    const QString text = m_note->text().trimmed();
    // Only what the engine has taken leaves the field: a refused note is not to be typed again.
    if (!text.isEmpty())
        change(door("note"), {{QStringLiteral("text"), text}}, [this] { m_note->clear(); });
}

void IncidentPanel::star(const Event& event)
{
    change(QStringLiteral("/holdfast/v1/events/%1/star").arg(event.id), {{QStringLiteral("starred"), !event.starred}});
}

void IncidentPanel::editNote(const Event& event)
{
    if (event.kind != QLatin1String("note"))
        return;
    auto* dialog = new QInputDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Edit the note"));
    dialog->setLabelText(tr("The earlier version stays in the journal."));
    dialog->setTextValue(event.text);
    dialog->resize(520, dialog->sizeHint().height());
    connect(dialog, &QInputDialog::textValueSelected, this, [this, id = event.id](const QString& text) {
        change(QStringLiteral("/holdfast/v1/events/%1/edit").arg(id), {{QStringLiteral("text"), text}});
    });
    dialog->open();
}

void IncidentPanel::say(const QString& text, bool problem)
{
    m_message->setRole(problem ? TextRole::Critical : TextRole::Strong);
    m_message->setText(text);
    m_message->setToolTip(text);
    m_message->show();
}

}  // namespace holdfast::widgets
