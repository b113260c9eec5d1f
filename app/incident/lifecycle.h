#pragma once

#include "app/incident/record.h"

#include <string>
#include <vector>

namespace holdfast::incident {

/// A change of state, as a sentence for the timeline.
struct StateChange {
    std::string text;
    std::string actor;
};

/// Moves an incident on to t (ms since the epoch) as the diagram at IncidentState says. `overrides`: in force now on
/// its services.
[[nodiscard]] std::vector<StateChange> advance(Record& record, std::int64_t t, std::size_t overrides);

/// A signal came (back) to a resolved incident.
[[nodiscard]] StateChange reopen(Record& record, std::int64_t t);

}  // namespace holdfast::incident
