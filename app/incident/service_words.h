#pragma once

#include "app/incident/incident_service.h"
#include "app/incident/record.h"

#include <string>
#include <string_view>
#include <vector>

namespace holdfast::incident {

/// What the sources of IncidentService share.

inline constexpr std::size_t kMostText = 16U << 10U;

[[nodiscard]] IncidentSummary summaryOf(const Record& record, const std::vector<OverrideInForce>& overrides);
[[nodiscard]] Error noIncident(std::int64_t id);
[[nodiscard]] Error overAlready(const Record& record);
[[nodiscard]] Result<void> checkActor(std::string_view actor);
[[nodiscard]] Event eventOf(const Record& record, std::int64_t now, const char* kind, std::string_view actor,
                            std::string text);

}  // namespace holdfast::incident
