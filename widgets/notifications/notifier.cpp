#include "widgets/notifications/notifier.h"

#include "widgets/client/engine_link.h"
#include "widgets/controls/action_runner.h"
#include "widgets/navigator.h"
#include "widgets/notifications/notice_shelf.h"
#include "widgets/notifications/worst.h"
#include "widgets/replay/replay.h"
#include "widgets/settings/preferences.h"
#include "widgets/theme/number_format.h"
#include "widgets/view.h"

#include <QApplication>
#include <QCoreApplication>
#include <QJsonObject>
#include <QUrlQuery>
#include <QWidget>

#include <algorithm>

namespace holdfast::widgets {

namespace {

constexpr int intervalMs = 15'000;  // hints come at once; this is for a lost one
constexpr int snoozeMs = 600'000;
constexpr int beepMs = 60'000;
constexpr int blindAfterMs = 10'000;  // a restart of the engine takes a few seconds and is nobody's business
constexpr qint64 ackForS = 1'800;

QString blindSubject()
{
    return QStringLiteral("window/blind");
}

/// What, and since when: who reads it later must not take it for new.
Notice sinceThen(Notice notice)
{
    notice.text =
        QCoreApplication::translate("Notices", "Since %1: %2").arg(timeText(notice.atMs, notice.atMs), notice.text);
    return notice;
}

QUrlQuery newest()
{
    QUrlQuery query;
    query.addQueryItem(QStringLiteral("limit"), QStringLiteral("50"));
    return query;
}

}  // namespace

Notifier::Notifier(const ViewContext& context, NoticeShelf& shelf, QWidget* window, const QString& busAddress)
    : QObject(window),
      m_context(context),
      m_shelf(shelf),
      m_window(window),
      m_bus(busAddress),
      m_tray(context.theme),
      m_feed(
          context.api, context.link, decodeNotices,
          [] {
              return Feed<NoticeList>::Ask{QStringLiteral("/holdfast/v1/notifications"), newest()};
          },
          {QStringLiteral("notification")}, intervalMs, nullptr)
{
    connect(&m_feed, &FeedBase::changed, this, &Notifier::onNotices);
    connect(&context.incidents, &FeedBase::changed, this, &Notifier::onIncidents);
    connect(&context.link, &EngineLink::stateChanged, this, &Notifier::onLink);
    connect(&context.link, &EngineLink::statusChanged, this, &Notifier::showTitle);
    connect(&context.replay, &Replay::stateChanged, this, &Notifier::showTitle);
    connect(&m_bus, &MessageBus::failed, this, &Notifier::tellInWindow);
    connect(&m_bus, &MessageBus::chosen, this, &Notifier::choose);
    connect(&shelf, &NoticeShelf::chosen, this, &Notifier::choose);
    const auto subject = [](qint64 id) { return QStringLiteral("incident/%1").arg(id); };
    connect(&m_tray, &Tray::openRequested, this, [=, this](qint64 id) { choose(subject(id), QStringLiteral("open")); });
    connect(&m_tray, &Tray::ackRequested, this, [=, this](qint64 id) { acknowledge(id, subject(id)); });
    connect(&m_tray, &Tray::snoozeRequested, this, [=, this](qint64 id) { snooze(subject(id)); });
    m_beeper.setInterval(beepMs);
    connect(&m_beeper, &QTimer::timeout, this, &Notifier::beep);
}

void Notifier::setPage(const QString& title)
{
    m_page = title;
    showTitle();
}

void Notifier::start()
{
    if (!m_context.link.attached())
        m_feed.setActive(true);
}

void Notifier::onNotices()
{
    const auto list = m_feed.latest();
    if (!list || m_feed.error())
        return;
    std::vector<Notice> fresh;
    std::int64_t newestId = m_last;
    for (const Notice& notice : list->notices) {
        newestId = std::max(newestId, notice.id);
        if (notice.id > m_last && notice.forDesktop())
            fresh.push_back(notice);
    }
    m_last = newestId;
    if (!std::exchange(m_began, true))
        return;
    std::ranges::sort(fresh, {}, &Notice::id);
    for (const Notice& notice : fresh) {
        if (notice.resolved())
            closeAll(notice.subject);
        else
            tell(sinceThen(notice));
    }
}

void Notifier::onIncidents()
{
    showTitle();
    if (m_context.api.at())
        return;  // the past closes nothing
    // Acknowledged here or elsewhere: nobody needs to be told any more.
    for (const Notice& notice : QHash(m_told)) {
        if (notice.incident > 0 && !waitsForSomebody(notice.incident))
            closeAll(notice.subject);
    }
}

void Notifier::onLink()
{
    showTitle();
    if (m_context.link.connected()) {
        if (std::exchange(m_blindTold, false))
            closeAll(blindSubject());
        return;
    }
    if (m_context.link.state() != LinkState::Unreachable || !m_context.link.status())
        return;
    QTimer::singleShot(blindAfterMs, this, [this] {
        if (m_context.link.connected() || std::exchange(m_blindTold, true))
            return;
        const std::int64_t since = m_context.link.sinceMs();
        Notice notice;
        notice.kind = QStringLiteral("engine_blind");
        notice.subject = blindSubject();
        notice.severity = QStringLiteral("sev1");
        notice.title = tr("Holdfast is not collecting");
        notice.text =
            tr("Since %1 the engine does not answer: %2").arg(timeText(since, since), m_context.link.detail());
        notice.atMs = since;
        tell(notice);
    });
}

void Notifier::tell(const Notice& notice)
{
    m_told.insert(notice.subject, notice);
    if (m_bus.ready())
        m_bus.show(notice);
    else
        tellInWindow(notice);
    beep();
    emit told(notice);
}

void Notifier::tellInWindow(const Notice& notice)
{
    if (m_tray.present())
        m_tray.show(notice);
    else if (notice.subject != blindSubject())  // the bar across the window says that already
        m_shelf.put(notice);
    QApplication::alert(m_window);
}

void Notifier::closeAll(const QString& subject)
{
    m_told.remove(subject);
    m_bus.close(subject);
    m_shelf.take(subject);
    if (m_told.isEmpty())
        m_beeper.stop();
}

void Notifier::choose(const QString& subject, const QString& action)
{
    const std::int64_t incident = subject.startsWith(QLatin1String("incident/"))
                                      ? subject.section(QLatin1Char('/'), 1).toLongLong()
                                      : m_told.value(subject).incident;
    if (action == QLatin1String("ack")) {
        acknowledge(incident, subject);
        return;
    }
    if (action == QLatin1String("snooze")) {
        snooze(subject);
        return;
    }
    m_window->setWindowState(m_window->windowState() & ~Qt::WindowMinimized);
    m_window->raise();
    m_window->activateWindow();
    if (incident > 0)
        m_context.navigator.go({QStringLiteral("incidents"), {}, QString::number(incident)});
    else if (m_told.value(subject).kind != QLatin1String("engine_blind") && m_told.contains(subject))
        m_context.navigator.go({QStringLiteral("controls"), {}, {}});
}

void Notifier::acknowledge(std::int64_t incident, const QString& subject)
{
    if (incident == 0)
        return;
    m_context.api.post<IncidentDetail>(
        m_ackSlot, QStringLiteral("/holdfast/v1/incidents/%1/ack").arg(incident),
        {{QStringLiteral("actor"), m_context.actions.actor()}, {QStringLiteral("for_s"), ackForS}}, decodeIncident,
        [this, subject](const Result<std::shared_ptr<const IncidentDetail>>& answer) {
            if (answer) {
                closeAll(subject);
                m_context.incidents.refresh();
                return;
            }
            m_shelf.complain(tr("Not acknowledged: %1").arg(QString::fromStdString(answer.error().message)));
        });
}

void Notifier::snooze(const QString& subject)
{
    const Notice notice = m_told.value(subject);
    closeAll(subject);
    if (notice.subject.isEmpty())
        return;
    QTimer::singleShot(snoozeMs, this, [this, notice] {
        if (waitsForSomebody(notice.incident))
            tell(notice);
    });
}

void Notifier::showTitle()
{
    const auto status = m_context.link.status();
    const QString environment = status ? status->environment : QString();
    if (m_context.replay.on()) {
        m_window->setWindowTitle(tr("REPLAY – Holdfast %1").arg(environment).trimmed());
        return;
    }
    const bool blind = m_context.link.state() == LinkState::Unreachable && status;
    const std::vector<Incident> open = openIncidents();
    m_window->setWindowTitle(stateTitle(open, blind, m_page, environment));
    m_tray.setState(open, blind);
}

std::vector<Incident> Notifier::openIncidents() const
{
    std::vector<Incident> open;
    if (const auto list = m_context.incidents.latest())
        std::ranges::copy_if(list->incidents, std::back_inserter(open), &Incident::open);
    return open;
}

bool Notifier::waitsForSomebody(std::int64_t incident) const
{
    const auto list = m_context.incidents.latest();
    if (!list)
        return true;
    const auto it = std::ranges::find(list->incidents, incident, &Incident::id);
    // Told before the list was read again: it is new.
    return it == list->incidents.end() || it->state == QLatin1String("new");
}

void Notifier::beep()
{
    if (m_told.isEmpty() || !Preferences::sound())
        return;
    QApplication::beep();
    m_beeper.start();
}

}  // namespace holdfast::widgets
