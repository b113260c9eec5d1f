#pragma once

#include "app/model/label_set.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace holdfast::rules {

enum class AlertState { Inactive, Pending, Firing, Resolved };

/// "inactive", "pending", "firing", "resolved".
[[nodiscard]] const char* alertStateWord(AlertState state);

/// One alert of one alerting rule as of the last evaluation. Times are milliseconds since the epoch, 0: not yet.
/// Resolved ones stay for 15 minutes, as in Prometheus (rules/alerting.go, resolvedRetention). Value type.
struct ActiveAlert {
    AlertState state = AlertState::Pending;
    LabelSet labels;       ///< with "alertname"; the identity of the alert
    LabelSet annotations;  ///< expanded
    double value = 0;      ///< of the expression, at the last evaluation in which it held
    std::int64_t activeAt = 0;
    std::int64_t firedAt = 0;
    std::int64_t resolvedAt = 0;
    std::int64_t keepFiringSince = 0;  ///< since when the expression no longer holds while keep_firing_for does
    std::string group;
    std::string file;

    [[nodiscard]] std::string_view name() const { return labels.get("alertname"); }
};

/// All alerts of all groups, by group, rule and labels. Immutable.
using AlertSnapshot = std::shared_ptr<const std::vector<ActiveAlert>>;

}  // namespace holdfast::rules
