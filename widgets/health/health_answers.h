#pragma once

#include "app/base/result.h"
#include "widgets/client/matrix.h"

#include <QMap>
#include <QString>

#include <cstdint>
#include <optional>
#include <vector>

class QByteArray;

namespace holdfast::widgets {

/// A rule whose last evaluation failed (`GET /api/v1/rules`).
struct FailingRule {
    QString group;
    QString rule;
    QString error;
};

struct OwnRules {
    std::int64_t groups = 0;
    double slowestS = 0;  ///< duration of the slowest group's last evaluation
    QString slowestGroup;
    std::vector<FailingRule> failing;
};

/// A receiver of notifications or an Alertmanager (`GET /holdfast/v1/notifications`). Times in ms since the epoch.
struct ReceiverState {
    QString name;
    QString kind;
    QString breaker;  ///< "closed", "half_open", "open"
    std::int64_t waiting = 0;
    std::int64_t capacity = 0;
    std::int64_t sent = 0;
    std::int64_t failed = 0;
    std::int64_t dropped = 0;
    QString lastError;
    std::optional<std::int64_t> lastErrorMs;
    std::optional<std::int64_t> lastSentMs;
};

struct ReceiverList {
    std::vector<ReceiverState> receivers;  ///< Alertmanagers last
};

/// The engine's own numbers now, by name; labels other than job and instance are appended: `name{k="v"}`.
using OwnNumbers = QMap<QString, double>;

[[nodiscard]] Result<OwnRules> decodeOwnRules(const QByteArray& body);
[[nodiscard]] Result<ReceiverList> decodeReceivers(const QByteArray& body);
[[nodiscard]] OwnNumbers ownNumbers(const Matrix& matrix);
/// "storageRetention" of `GET /api/v1/status/runtimeinfo`; empty when nothing is removed by age.
[[nodiscard]] Result<QString> decodeRetention(const QByteArray& body);

}  // namespace holdfast::widgets
