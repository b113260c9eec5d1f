#pragma once

#include "app/base/result.h"
#include "widgets/client/severity.h"

#include <QString>
#include <QStringList>

#include <cstdint>
#include <optional>
#include <vector>

class QByteArray;
class QJsonObject;

namespace holdfast::widgets {

/// What stands behind a number: absent, old and zero are different things and look different.
enum class ValueState { Value, NoTraffic, Few, Above, Stale, Absent, Error };

/// One golden signal of one service now, with its last half hour.
struct SignalValue {
    ValueState state = ValueState::Absent;
    std::optional<double> value;  ///< seconds, ratio 0…1, requests/s or headroom ratio, by signal
    std::optional<double> limit;
    std::optional<double> burn;   ///< error budget burn rate, 1 = on budget
    std::optional<double> lower;  ///< bounds of the histogram bucket the quantile lies in, seconds
    std::optional<double> upper;
    std::optional<double> minutes;  ///< until saturation, with its range
    std::optional<double> minutesLow;
    std::optional<double> minutesHigh;
    std::int64_t count = 0;  ///< observations behind a quantile
    std::int64_t ageMs = 0;  ///< of a stale value
    QString resource;        ///< which resource limits the headroom
    QString error;
    Severity severity = Severity::Normal;
    std::vector<double> spark;  ///< equal steps over Fleet::spark; NaN is a gap
};

struct BreakerSummary {
    std::int64_t total = 0;
    std::int64_t open = 0;
    std::int64_t halfOpen = 0;
    std::int64_t forced = 0;
    std::int64_t unknown = 0;
    Severity severity = Severity::Normal;
};

struct FleetService {
    QString name;
    int tier = 0;
    QString version;
    QString profile;
    std::int64_t instances = 0;
    std::int64_t instancesUp = 0;
    std::int64_t lastSampleMs = 0;
    Severity severity = Severity::Normal;
    SignalValue p99;
    SignalValue errors;
    SignalValue requests;
    SignalValue headroom;
    BreakerSummary breakers;
    std::int64_t flagsOn = 0;
};

struct FleetEdge {
    QString caller;
    QString callee;
    QString source;
    std::optional<double> requests;
    std::optional<double> errors;
    QString breaker;  ///< control id
};

/// All services at one instant (`GET /holdfast/v1/fleet`). Immutable once shared.
struct Fleet {
    std::int64_t atMs = 0;
    std::int64_t intervalMs = 0;
    std::int64_t sparkStartMs = 0;
    std::int64_t sparkStepMs = 0;
    QStringList profileGaps;
    std::vector<FleetService> services;
    std::vector<FleetEdge> edges;
};

[[nodiscard]] Result<Fleet> decodeFleet(const QByteArray& body);
[[nodiscard]] FleetService readFleetService(const QJsonObject& object);

}  // namespace holdfast::widgets
