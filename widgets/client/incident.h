#pragma once

#include "app/base/result.h"

#include <QString>
#include <QStringList>

#include <cstdint>
#include <optional>
#include <vector>

class QByteArray;

namespace holdfast::widgets {

/// Something that happened, as the journal keeps it: `atMs` when, `knownMs` when we learned of it.
struct Event {
    std::int64_t id = 0;
    std::int64_t atMs = 0;
    std::int64_t knownMs = 0;
    QString kind;
    QString service;
    QString subject;
    QString actor;
    QString text;
    std::optional<std::int64_t> incident;
    bool starred = false;
};

struct EventList {
    std::vector<Event> events;
};

struct Incident {
    std::int64_t id = 0;
    QString title;
    QString state;     ///< new acked mitigated resolved closed
    QString severity;  ///< sev1 sev2 sev3
    std::int64_t openedMs = 0;
    std::optional<std::int64_t> ackedMs;
    std::optional<std::int64_t> resolvedMs;
    std::int64_t lastSignalMs = 0;
    std::int64_t signalCount = 0;
    QStringList services;
    QString origin;
    QString owner;
    std::int64_t overrides = 0;

    [[nodiscard]] bool open() const { return state != QLatin1String("resolved") && state != QLatin1String("closed"); }
};

struct IncidentList {
    std::vector<Incident> incidents;
};

struct IncidentSignal {
    QString alert;
    QString service;
    QString severity;
    std::int64_t onsetMs = 0;
    std::int64_t firedMs = 0;
    std::optional<std::int64_t> clearedMs;
    QString summary;
    std::optional<double> peak;
};

struct IncidentLane {
    QString title;
    QString unit;
    QString expr;
};

struct IncidentDetail {
    Incident incident;
    QStringList evidence;
    std::vector<IncidentSignal> signalList;
    std::vector<Event> timeline;
    std::vector<IncidentLane> lanes;
};

[[nodiscard]] Result<EventList> decodeEvents(const QByteArray& body);
[[nodiscard]] Result<IncidentList> decodeIncidents(const QByteArray& body);
[[nodiscard]] Result<IncidentDetail> decodeIncident(const QByteArray& body);

}  // namespace holdfast::widgets
