#pragma once

#include "app/control/action.h"
#include "app/incident/event.h"
#include "app/store/journal.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace holdfast::incident {

/// What was done, or changed, and whether it helped. Times: milliseconds since the epoch.
struct ChangeEffect {
    std::int64_t event = 0;  ///< id of the event that tells the effect
    std::int64_t atMs = 0;   ///< when it was measured
    std::string of;          ///< action deploy flag
    std::int64_t ofId = 0;   ///< id of the action, or of the event that tells the change
    std::int64_t ofMs = 0;
    std::string service;
    std::string actor;
    std::string what;     ///< "checkout/breaker/payments forced_open", "payments 4.18.2 → 4.18.3 deployed"
    std::string state;    ///< ready too_early confounded
    std::string verdict;  ///< improved worse mixed no_clear_change too_early
    std::string text;
    std::string because;  ///< what else changed, where it is confounded
    std::vector<control::EffectLine> lines;
    std::optional<std::int64_t> incident;
};

struct EffectQuery {
    std::string service = {};  ///< empty: all
    std::int64_t startMs = 0;
    std::int64_t endMs = INT64_MAX;
    std::optional<std::int64_t> incident = {};
    std::size_t limit = 50;            ///< the newest ones
    std::int64_t knownMs = INT64_MAX;  ///< only what was measured by then
};

/// Newest first.
[[nodiscard]] Result<std::vector<ChangeEffect>> effectHistory(const store::Journal& journal, const EffectQuery& query);

/// Of all lines together: worse where any is and none improved, mixed where both.
[[nodiscard]] std::string verdictOf(const std::vector<control::EffectLine>& lines);

/// The data of an event of kind effect that is about a deploy or flag, to and fro.
[[nodiscard]] std::string effectData(const ChangeEffect& effect);
[[nodiscard]] ChangeEffect effectFrom(const Event& event);

}  // namespace holdfast::incident
