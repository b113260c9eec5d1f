#pragma once

#include "app/incident/record.h"
#include "app/store/journal.h"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <optional>
#include <vector>

namespace holdfast::incident {

/// Incidents as they were known at an instant: each change of a record appends its state to the table
/// incident_version. Times: milliseconds since the epoch.

[[nodiscard]] nlohmann::json signalJson(const IncidentSignal& signal);
[[nodiscard]] IncidentSignal signalFrom(const nlohmann::json& json);

/// Of a flood the first 200 signals; `count` keeps how many there were.
[[nodiscard]] store::SqlStatement saveVersion(const Record& record, std::int64_t now);

/// Its samples, from half an hour before the first onset until half an hour after the end, are kept for 180 days
/// whatever the retention (table kept_span).
[[nodiscard]] store::SqlStatement keepSpan(const Record& record);

struct PastRecord {
    Record record;
    std::size_t signals = 0;  ///< as many as there were, record.signals may have fewer
};

/// Those opened at t or before, newest first, at most `limit`.
[[nodiscard]] Result<std::vector<PastRecord>> recordsKnownAt(const store::Journal& journal, std::int64_t t,
                                                             std::size_t limit);
/// NotFound where it was not known yet.
[[nodiscard]] Result<PastRecord> recordKnownAt(const store::Journal& journal, std::int64_t id, std::int64_t t);

}  // namespace holdfast::incident
