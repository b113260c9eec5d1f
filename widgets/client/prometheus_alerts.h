#pragma once

#include "app/base/result.h"

#include <QMap>
#include <QString>

#include <cstdint>
#include <vector>

class QByteArray;

namespace holdfast::widgets {

/// An alert that a foreign Prometheus holds, or a rule of it that is quiet (no labels of its own then).
struct PrometheusAlert {
    QString name;
    QString group;
    QString state;  ///< firing pending inactive
    QString severity;
    QString service;  ///< its label job, where it has one
    QString summary;  ///< annotation "summary", or "description"
    QString runbook;
    QString expr;
    QString value;
    QString problem;  ///< why its rule could not be evaluated
    QMap<QString, QString> labels;
    std::int64_t sinceMs = 0;
    std::int64_t holdMs = 0;  ///< `for`
    std::int64_t evaluatedMs = 0;
};

struct PrometheusAlerts {
    std::vector<PrometheusAlert> alerts;  ///< firing, pending, failing, quiet; within by name
    std::int64_t rules = 0;
    std::int64_t firing = 0;
    std::int64_t pending = 0;
    std::int64_t failing = 0;
};

/// From `/api/v1/rules`: alerting rules and what they hold.
[[nodiscard]] Result<PrometheusAlerts> decodePrometheusAlerts(const QByteArray& body);

}  // namespace holdfast::widgets
