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

enum class ControlKind { Breaker, Flag, Action };

struct ControlInstance {
    QString instance;
    QString state;
    QString mode;
    QString quality;
    std::int64_t observedMs = 0;
    QString error;
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

    /// A person, not the breaker itself, decided this state.
    [[nodiscard]] bool forced() const { return lease || state.startsWith(QLatin1String("forced")); }
};

/// The mode a control is in: "auto" unless somebody forced it. What an action's `expected` must name.
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
