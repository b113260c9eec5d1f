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

enum class ControlKind { Breaker, Flag, Action, Server, Limit, Value, Silence };

struct ControlInstance {
    QString instance;
    QString state;
    QString mode;
    QString quality;
    std::int64_t observedMs = 0;
    QString error;
    QString metrics;  ///< what its metrics say; empty: nothing. Another word than `state` is a contradiction
};

/// Any number within bounds may be set: a weight, connections, a percentage.
struct NumberRange {
    double least = 0;
    double most = 0;
    bool whole = false;
    QString unit;
};

struct ControlOption {
    QString value;  ///< what goes into an action's `to`
    QString label;  ///< "Open breaker"
};

/// What of ours is in force on a control, and until when.
struct Lease {
    std::int64_t id = 0;
    std::int64_t action = 0;
    QString control;
    QString word;
    std::int64_t k = 0;
    std::int64_t n = 0;
    std::int64_t untilMs = 0;
    QString actor;
    QString reason;
    QString keeper;  ///< "service" when the service itself reverts, "engine" when this computer must
    QString state;   ///< "holding", …
    std::int64_t drifted = 0;
    std::int64_t verifiedMs = 0;
    bool untilRecovered = false;
    std::int64_t calmSinceMs = 0;  ///< untilRecovered: since when the signals are within their objective; 0: not
};

/// A breaker, a degradation flag or a one-shot action, as observed. Times in ms since the epoch.
struct Control {
    QString id;
    ControlKind kind = ControlKind::Breaker;
    QString service;
    QString name;
    QString callee;
    QString adapter;
    QString group;
    QString flagKind;  ///< of a flag: degradation feature fault; empty where nothing tells
    QString wanted;  ///< what was asked for; `state` is what was seen
    QString word;    ///< "OPEN – rejecting calls"
    QString state;   ///< closed half_open open forced_open forced_closed disabled · on off forced_on forced_off
    std::int64_t k = 0;
    std::int64_t n = 0;
    QString quality;  ///< confirmed inferred stale unknown
    std::int64_t observedMs = 0;
    std::vector<ControlInstance> instances;
    std::vector<ControlOption> options;
    QString effect;  ///< what users notice, in words
    bool nativeTtl = false;
    std::int64_t maxHoldS = 0;
    bool highBlast = false;
    QString locked;  ///< why it cannot be used, or empty
    std::optional<double> failureRatio;
    std::optional<double> failureLimit;
    std::optional<double> refusedPerS;
    std::optional<Lease> lease;
    QString meaning;  ///< of the state: normal trying reduced rejecting bypassed unknown; empty from an older engine
    bool handed = false;  ///< the state is somebody's hand
    QString computed;     ///< what the system would do by itself, where it tells
    QString scope;        ///< "cluster": one request changes all
    QString resting;      ///< the mode that lets the system decide; empty where there is none
    std::optional<NumberRange> number;
    std::int64_t mostText = 0;     ///< above 0: any text of so many bytes may be set
    std::int64_t fadesAfterS = 0;  ///< above 0: the system takes it back by itself after so long
    bool lostOnRestart = false;

    /// A person, not the breaker itself, decided this state.
    [[nodiscard]] bool forced() const { return lease || handed || state.startsWith(QLatin1String("forced")); }
    /// Takes more than its options: a number or a text.
    [[nodiscard]] bool takesValues() const { return number.has_value() || mostText > 0; }
    [[nodiscard]] bool rests(const QString& mode) const
    {
        return mode == (resting.isEmpty() ? QStringLiteral("auto") : resting);
    }
};

/// The mode a control is in: the first instance's that is not at rest. What an action's `expected` must name.
[[nodiscard]] QString modeOf(const Control& control);

struct ControlList {
    std::vector<Control> controls;
};

struct LeaseList {
    std::vector<Lease> leases;
};

[[nodiscard]] Result<ControlList> decodeControls(const QByteArray& body);
[[nodiscard]] Result<LeaseList> decodeLeases(const QByteArray& body);

}  // namespace holdfast::widgets
