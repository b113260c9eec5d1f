#pragma once

#include "app/base/result.h"

#include <QString>
#include <QStringList>

#include <cstdint>
#include <vector>

class QByteArray;

namespace holdfast::widgets {

/// One step of one action, as the journal keeps it (`GET /holdfast/v1/audit`). Times in ms since the epoch.
struct AuditRow {
    std::int64_t id = 0;
    std::int64_t atMs = 0;
    std::int64_t action = 0;
    QString step;
    QString actor;
    QString osUser;
    QString host;
    QString control;
    QString instance;
    QString reason;
    std::int64_t incident = 0;
    QString outcome;
    QStringList requests;  ///< without secrets
    QString before;        ///< JSON, as stored
    QString wanted;
    QString after;
    std::int64_t lease = 0;
    QString hash;
};

struct AuditList {
    std::vector<AuditRow> rows;  ///< newest first
};

[[nodiscard]] Result<AuditList> decodeAudit(const QByteArray& body);

}  // namespace holdfast::widgets
