#pragma once

#include "app/base/result.h"

#include <QString>
#include <QStringList>

#include <cstdint>
#include <optional>
#include <vector>

class QByteArray;
class QJsonObject;

namespace holdfast::widgets {

/// One line of what will happen; `text` is final.
struct PlanLine {
    QString kind;  ///< refused users fallback relief overrides last effect note
    QString text;
};

/// What an action would do (`POST /holdfast/v1/plan`), for the dialog. All sentences are final: shown as they are.
struct Plan {
    QString control;
    QString from;
    QString to;
    std::int64_t instances = 0;
    QString sentence;  ///< the confirm button: "Open breaker on 3 instances for 15 min"
    QString hold;      ///< who keeps the time limit, in words
    QStringList requests;
    std::vector<PlanLine> lines;
    bool highBlast = false;
    QString typeName;  ///< must be typed before a high-blast action
    QString expectedRevision;
    QStringList warnings;
    bool releases = false;     ///< no hold, nothing to type
    bool needsSecond = false;  ///< it will wait for another person
    std::optional<double> refusedPerS;
    std::optional<double> share;        ///< of the caller's requests, 0…1
    std::optional<double> usersAtMost;  ///< of the requests at the entrance, 0…1
    QStringList overrides;              ///< controls held on the same path
};

struct ActionInstance {
    QString instance;
    QString state;
    QString message;
    std::int64_t latencyMs = 0;
    QString proof;  ///< of the second path: agrees disagrees silent, or empty
};

struct EffectLine {
    QString signal;
    std::optional<double> before;
    std::optional<double> now;
    QString verdict;  ///< improved worse no_clear_change too_early
    std::optional<double> z;
};

/// One action and where it stands. Times in ms since the epoch.
struct Action {
    std::int64_t id = 0;
    QString control;
    QString service;
    QString kind;
    QString from;
    QString to;
    QString state;  ///< intent … verified partial contradicted unverifiable ambiguous refused failed
    std::int64_t k = 0;
    std::int64_t n = 0;
    QString actor;
    QString reason;
    std::int64_t createdMs = 0;
    std::int64_t updatedMs = 0;
    QString message;
    std::vector<ActionInstance> instances;
    std::optional<std::int64_t> lease;
    QString effectState;  ///< too_early ready confounded, or empty
    std::vector<EffectLine> effect;
    std::int64_t incident = 0;  ///< 0: none
    QString proof;              ///< "API ✓ metrics ✓"; empty while nothing is verified
    QString approver;
    std::int64_t startMs = 0;  ///< scheduled: when it begins
    std::int64_t reverts = 0;  ///< the action this one puts back; 0: none

    /// Nothing more will happen by itself; `state` is the outcome.
    [[nodiscard]] bool settled() const;
    /// Nothing is sent yet: another person, or its time, has to come first.
    [[nodiscard]] bool waits() const;
};

struct ActionList {
    std::vector<Action> actions;
};

[[nodiscard]] EffectLine readEffectLine(const QJsonObject& line);
[[nodiscard]] Result<Plan> decodePlan(const QByteArray& body);
[[nodiscard]] Result<Action> decodeAction(const QByteArray& body);
[[nodiscard]] Result<ActionList> decodeActions(const QByteArray& body);
/// What "revert everything" began, as one action whose message tells how many.
[[nodiscard]] Result<Action> decodeRevertAll(const QByteArray& body);

}  // namespace holdfast::widgets
