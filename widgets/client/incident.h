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
    std::int64_t firing = 0;
    std::optional<std::int64_t> ackUntilMs;
    std::optional<std::int64_t> mitigatedMs;
    std::optional<std::int64_t> closedMs;
    bool flood = false;    ///< more than 10 new signals in 10 min: origin and count say more than the list
    bool offline = false;  ///< this computer may have been offline
    std::int64_t reopened = 0;
    std::optional<std::int64_t> mergedInto;
    std::optional<std::int64_t> continues;

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
    QString fingerprint;
    QString kind;
    std::int64_t transitions = 0;  ///< "flapping ×14"
    bool muted = false;            ///< explained by another one
    bool maybeUnrelated = false;
    bool shelved = false;
    bool standing = false;  ///< fires for more than a day
};

struct IncidentLane {
    QString title;
    QString unit;
    QString expr;
};

struct IncidentDetail {
    Incident incident;
    QStringList evidence;
    QString suggestion;  ///< what might be done now, in words
    std::vector<IncidentSignal> signalList;
    std::vector<Event> timeline;
    std::vector<IncidentLane> lanes;
};

[[nodiscard]] IncidentSignal readIncidentSignal(const QJsonObject& object);
[[nodiscard]] Result<EventList> decodeEvents(const QByteArray& body);
[[nodiscard]] Result<IncidentList> decodeIncidents(const QByteArray& body);
[[nodiscard]] Result<IncidentDetail> decodeIncident(const QByteArray& body);

}  // namespace holdfast::widgets
