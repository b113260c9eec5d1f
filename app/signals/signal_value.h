#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace holdfast::signals {

/// What a number is, before it is a number. Seven different looks; nothing is never shown as zero.
enum class ValueState {
    Value,      ///< measured
    NoTraffic,  ///< nothing was asked of the service, so the ratio or quantile does not exist
    Few,        ///< measured, from fewer than 10 / (1 - q) samples
    Above,      ///< the quantile lies above the last finite bucket; `value` is that bound
    Stale,      ///< `value` is the last known one, `ageMs` old
    Absent,     ///< the service has no such metric
    Error,      ///< the query failed, `error` says why
};

enum class Severity { Unknown, Normal, Warning, Critical };

/// The words of the HTTP doors: "value" "no_traffic" "few" "above" "stale" "absent" "error".
[[nodiscard]] const char* word(ValueState state);
/// "unknown" "normal" "warning" "critical".
[[nodiscard]] const char* word(Severity severity);
/// The worse of two; Unknown is less than Warning and more than Normal.
[[nodiscard]] Severity worse(Severity a, Severity b);

/// One signal of one service at one time. What does not apply is empty. Value type.
struct SignalValue {
    ValueState state = ValueState::Absent;
    std::optional<double> value;         ///< seconds, ratio 0..1, 1/s; see the signal
    std::optional<double> count;         ///< requests the quantile was made of
    std::optional<double> limit;         ///< where Warning or Critical begins, in the unit of the value
    std::optional<double> lower, upper;  ///< bounds of the quantile's bucket
    std::optional<double> burn;          ///< errors: error ratio over the last hour / error budget
    std::optional<double> minutes, minutesLow, minutesHigh;  ///< headroom: until saturation at the present trend
    std::optional<std::int64_t> ageMs;                       ///< Stale: how old
    std::string resource;                                    ///< headroom: the limiting one, "cpu", "pool db"
    std::string error;
    Severity severity = Severity::Unknown;
    std::vector<std::optional<double>> spark;  ///< as many as FleetModel::spark.points, or none
};

}  // namespace holdfast::signals
