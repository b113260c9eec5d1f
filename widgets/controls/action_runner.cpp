#include "widgets/controls/action_runner.h"

#include "widgets/client/engine_link.h"

#include <QJsonObject>

#include <pwd.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

namespace holdfast::widgets {

namespace {

constexpr int pollMs = 400;
constexpr int sendDeadlineMs = 15'000;
constexpr int waitingBeats = 5;

QString systemUser()
{
    for (const char* name : {"USER", "LOGNAME"}) {
        const QString user = qEnvironmentVariable(name);
        if (!user.isEmpty())
            return user;
    }
    // A session started by a service manager may have no such variable; the account is known all the same.
    if (const passwd* account = ::getpwuid(::geteuid()); account && account->pw_name && *account->pw_name)
        return QString::fromLocal8Bit(account->pw_name);
    return QStringLiteral("uid %1").arg(::geteuid());
}

/// `arm` answers with what is armed, not with an action: that it was accepted is all that counts.
Result<Action> decodeArmed(const QByteArray&)
{
    Action action;
    action.state = QStringLiteral("verified");
    return action;
}

}  // namespace

struct ActionRunner::Run {
    RequestSlot slot;
    std::shared_ptr<const Action> action;
    int failures = 0;
};

ActionRunner::ActionRunner(ApiClient& api, EngineLink& link, QObject* parent)
    : QObject(parent), m_api(api), m_link(link), m_acting(api, link), m_systemUser(systemUser())
{
    connect(&m_timer, &QTimer::timeout, this, &ActionRunner::poll);
    connect(&link, &EngineLink::hinted, this, [this](const QString& kind) {
        if (kind == QLatin1String("action"))
            poll();
    });
}

ActionRunner::~ActionRunner() = default;

QString ActionRunner::actor() const
{
    if (!m_actor.isEmpty())
        return m_actor;
    if (const QString told = qEnvironmentVariable("HOLDFAST_ACTOR"); !told.isEmpty())
        return told;
    const auto status = m_link.status();
    return status && !status->operatorName.isEmpty() ? status->operatorName : m_systemUser;
}

int ActionRunner::submit(const ActionRequest& request)
{
    QJsonObject body{{QStringLiteral("control"), request.control},
                     {QStringLiteral("to"), request.to},
                     {QStringLiteral("hold_s"), static_cast<qint64>(request.holdS)},
                     {QStringLiteral("reason"), request.reason},
                     {QStringLiteral("actor"), actor()},
                     {QStringLiteral("expected"), request.expected},
                     {QStringLiteral("typed_name"), request.typedName},
                     {QStringLiteral("dry_run"), false}};
    if (request.incident > 0)
        body.insert(QStringLiteral("incident"), static_cast<qint64>(request.incident));
    if (request.startMs > 0)
        body.insert(QStringLiteral("start_ms"), static_cast<qint64>(request.startMs));
    if (request.untilMs > 0)
        body.insert(QStringLiteral("until_ms"), static_cast<qint64>(request.untilMs));
    if (request.untilRecovered)
        body.insert(QStringLiteral("until_recovered"), true);
    return post(QStringLiteral("/holdfast/v1/actions"), body);
}

int ActionRunner::revert(const Lease& lease, const QString& reason)
{
    return post(QStringLiteral("/holdfast/v1/leases/%1/revert").arg(lease.id),
                {{QStringLiteral("actor"), actor()}, {QStringLiteral("reason"), reason}});
}

int ActionRunner::extend(const Lease& lease, std::int64_t byS)
{
    return post(QStringLiteral("/holdfast/v1/leases/%1/extend").arg(lease.id),
                {{QStringLiteral("actor"), actor()}, {QStringLiteral("by_s"), static_cast<qint64>(byS)}});
}

int ActionRunner::reapply(const Lease& lease)
{
    return post(QStringLiteral("/holdfast/v1/leases/%1/reapply").arg(lease.id), {{QStringLiteral("actor"), actor()}});
}

int ActionRunner::approve(std::int64_t action, const QString& approver, const QString& token)
{
    return post(QStringLiteral("/holdfast/v1/actions/%1/approve").arg(action),
                {{QStringLiteral("approver"), approver}, {QStringLiteral("token"), token}});
}

int ActionRunner::cancel(std::int64_t action, const QString& reason)
{
    return post(QStringLiteral("/holdfast/v1/actions/%1/cancel").arg(action),
                {{QStringLiteral("actor"), actor()}, {QStringLiteral("reason"), reason}});
}

int ActionRunner::revertAll(const QString& reason)
{
    return post(QStringLiteral("/holdfast/v1/revert_all"),
                {{QStringLiteral("actor"), actor()}, {QStringLiteral("reason"), reason}}, decodeRevertAll);
}

int ActionRunner::arm(const QString& group, std::int64_t forS)
{
    const int ticket = ++m_lastTicket;
    Run& run = *m_runs.emplace(ticket, std::make_unique<Run>()).first->second;
    m_api.post<Action>(run.slot, QStringLiteral("/holdfast/v1/arm"),
                       {{QStringLiteral("group"), group},
                        {QStringLiteral("for_s"), static_cast<qint64>(forS)},
                        {QStringLiteral("actor"), actor()}},
                       decodeArmed, [this, ticket](const auto& answer) {
                           took(ticket, answer);
                           m_link.probe();
                       });
    return ticket;
}

std::shared_ptr<const Action> ActionRunner::action(int ticket) const
{
    const auto run = m_runs.find(ticket);
    return run == m_runs.end() ? nullptr : run->second->action;
}

int ActionRunner::post(const QString& path, const QJsonObject& body, Result<Action> (*decode)(const QByteArray&))
{
    const int ticket = ++m_lastTicket;
    Run& run = *m_runs.emplace(ticket, std::make_unique<Run>()).first->second;
    m_api.post<Action>(
        run.slot, path, body, decode, [this, ticket](const auto& answer) { took(ticket, answer); }, sendDeadlineMs);
    return ticket;
}

void ActionRunner::took(int ticket, const Result<std::shared_ptr<const Action>>& answer)
{
    Run& run = *m_runs.at(ticket);
    if (!answer) {
        const QString why = QString::fromStdString(answer.error().message);
        constexpr int patience = 10;
        if (run.action && ++run.failures < patience)
            return;  // the next poll reads again; nothing is sent again
        const bool lost = answer.error().kind == ErrorKind::Timeout || answer.error().kind == ErrorKind::Unavailable;
        emit refused(ticket, lost ? tr("No answer from the engine (%1). It may have been carried out: look at its "
                                       "state before trying again.")
                                        .arg(why)
                                  : why);
        return;
    }
    run.failures = 0;
    run.action = *answer;
    if (!run.action->settled() && !m_timer.isActive())
        m_timer.start(pollMs);
    emit progressed(ticket);
}

void ActionRunner::poll()
{
    bool underway = false;
    ++m_beat;
    for (auto& [ticket, run] : m_runs) {
        if (!run->action || run->action->settled())
            continue;
        underway = true;
        // What waits for a person or for its time is told by a hint; the beat is for a lost one.
        if (run->slot.busy() || (run->action->waits() && m_timer.isActive() && m_beat % waitingBeats != 0))
            continue;
        m_api.get<Action>(run->slot, QStringLiteral("/holdfast/v1/actions/%1").arg(run->action->id), {}, decodeAction,
                          [this, id = ticket](const auto& answer) { took(id, answer); });
    }
    if (!underway)
        m_timer.stop();
}

}  // namespace holdfast::widgets
