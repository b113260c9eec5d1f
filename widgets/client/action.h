#pragma once

#include "app/base/result.h"

#include <QString>
#include <QStringList>

#include <cstdint>
#include <optional>
#include <vector>

class QByteArray;

namespace holdfast::widgets {

/// What an action would do (`POST /holdfast/v1/plan`), for the dialog.
struct Plan {
    QString control;
    QString from;
    QString to;
    std::int64_t instances = 0;
    QString sentence;  ///< the confirm button: "Open breaker on 3 instances for 15 min"
    QString hold;      ///< who keeps the time limit, in words
    QStringList requests;
    QStringList preview;
    bool highBlast = false;
    QString typeName;  ///< must be typed before a high-blast action
    QString expectedRevision;
    QStringList warnings;
};

struct ActionInstance {
    QString instance;
    QString state;
    QString message;
    std::int64_t latencyMs = 0;
};

struct EffectLine {
    QString signal;
    std::optional<double> before;
    std::optional<double> now;
    QString verdict;  ///< improved worse no_clear_change too_early
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

    /// Nothing more will happen by itself; `state` is the outcome.
    [[nodiscard]] bool settled() const;
};

struct ActionList {
    std::vector<Action> actions;
};

[[nodiscard]] Result<Plan> decodePlan(const QByteArray& body);
[[nodiscard]] Result<Action> decodeAction(const QByteArray& body);
[[nodiscard]] Result<ActionList> decodeActions(const QByteArray& body);

}  // namespace holdfast::widgets
