#pragma once

#include "widgets/client/fleet.h"

#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace holdfast::widgets {

enum class LaneUnit { Seconds, Ratio, PerSecond, Count, Multiple };
/// "seconds", "ratio", "per_second", "multiple"; anything else counts.
[[nodiscard]] LaneUnit unitFromText(const QString& text);
/// Which of the three line tones a query is drawn in.
enum class LineRole { Main, Second, Third };

struct LaneQuery {
    QString name;  ///< "p99"
    QString expr;  ///< PromQL; `$step` stands for the asker's step as a duration
    LineRole role = LineRole::Main;
};

struct LaneLimit {
    double value = 0;
    QString text;           ///< "SLO 500 ms"
    bool badBelow = false;  ///< violated below the line rather than above it
};

struct LaneSpec {
    QString id;
    QString title;
    LaneUnit unit = LaneUnit::Count;
    std::optional<LaneLimit> limit;
    std::vector<LaneQuery> queries;
    QString heatmapExpr;  ///< increase per bucket by `le`; empty for a line lane
    std::optional<double> heatmapSlo;
    QString missing;  ///< why there is nothing to draw, in words
    bool allInstances = false;  ///< one instance is asked for, and this cannot be told for it alone
};

struct BreakerLaneSpec {
    QString control;
    QString name;
    QString callee;
    QString stateExpr;
    QString openExpr;
    QString instancesExpr;
};

struct FlagLaneSpec {
    QString control;
    QString name;
    QString stateExpr;
};

struct InstanceInfo {
    QString instance;
    bool up = false;
    QString version;
    std::int64_t startedMs = 0;
};

/// What the service page shows and asks for (`GET /holdfast/v1/services/NAME`). Immutable once shared.
struct ServicePage {
    FleetService now;
    std::vector<LaneSpec> lanes;
    std::vector<BreakerLaneSpec> breakers;
    std::vector<FlagLaneSpec> flags;
    std::vector<InstanceInfo> instances;
    QStringList callers;
    QStringList callees;
};

[[nodiscard]] Result<ServicePage> decodeServicePage(const QByteArray& body);

}  // namespace holdfast::widgets
