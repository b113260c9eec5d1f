#pragma once

#include "widgets/client/acting.h"
#include "widgets/client/action.h"
#include "widgets/client/api_client.h"
#include "widgets/client/control.h"

#include <QObject>
#include <QTimer>

#include <map>
#include <memory>

namespace holdfast::widgets {

class EngineLink;

/// What a person asked for.
struct ActionRequest {
    QString control;
    QString to;  ///< one of the control's options
    std::int64_t holdS = 900;
    QString reason;
    QString expected;  ///< the mode that was shown; another one now is refused by the engine
    QString typedName;
    std::int64_t incident = 0;
    std::int64_t startMs = 0;     ///< later than now: it is scheduled
    std::int64_t untilMs = 0;     ///< instead of holdS
    bool untilRecovered = false;  ///< holdS is then the longest
};

/// Sends actions to the engine and follows each until it has settled. Nothing is ever sent twice: a lost answer is
/// reported as such, and the state is read, not repeated. Thread: gui.
class ActionRunner : public QObject {
    Q_OBJECT

public:
    ActionRunner(ApiClient& api, EngineLink& link, QObject* parent = nullptr);
    ~ActionRunner() override;

    /// Who acts, as it goes into the audit: as set, else HOLDFAST_ACTOR, else the operator of the engine's
    /// configuration, else the user of this computer.
    [[nodiscard]] QString actor() const;
    void setActor(const QString& actor) { m_actor = actor; }

    /// Whether anything may be changed now; what acts follows it.
    [[nodiscard]] const Acting& acting() const { return m_acting; }

    /// Returns a ticket, by which the signals below name this request; never 0.
    int submit(const ActionRequest& request);
    int revert(const Lease& lease, const QString& reason);
    int extend(const Lease& lease, std::int64_t byS);
    /// Sends the wanted mode again to the instances that lost it.
    int reapply(const Lease& lease);
    /// A second person's yes, with that person's own token.
    int approve(std::int64_t action, const QString& approver, const QString& token);
    /// Ends what is scheduled or waits for a second person.
    int cancel(std::int64_t action, const QString& reason);
    /// Everything that is held from here, armed or not.
    int revertAll(const QString& reason);
    /// Allows actions on a group for a while; `forS` 0 takes it back.
    int arm(const QString& group, std::int64_t forS);

    /// Null until the engine answered.
    [[nodiscard]] std::shared_ptr<const Action> action(int ticket) const;

signals:
    /// A step further; read action(ticket). Comes until Action::settled().
    void progressed(int ticket);
    /// Refused by the engine or never sent, with the reason in words.
    void refused(int ticket, const QString& why);

private:
    struct Run;
    int post(const QString& path, const QJsonObject& body, Result<Action> (*decode)(const QByteArray&) = decodeAction);
    void took(int ticket, const Result<std::shared_ptr<const Action>>& answer);
    void poll();

    ApiClient& m_api;
    EngineLink& m_link;
    Acting m_acting;
    const QString m_systemUser;
    QString m_actor;
    int m_lastTicket = 0;
    std::map<int, std::unique_ptr<Run>> m_runs;
    QTimer m_timer;
    int m_beat = 0;
};

}  // namespace holdfast::widgets
