#pragma once

#include "app/incident/incident_service.h"
#include "app/incident/record.h"
#include "app/model/sample.h"
#include "app/store/journal.h"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace holdfast::incident {

/// Rows of the tables incident, incident_signal and event, to and fro. Thread: as the journal.

/// The record, its signals that differ from their rows (they count as saved then), how it was known at `now`, and the
/// span whose samples are to be kept.
[[nodiscard]] std::vector<store::SqlStatement> saveRecord(Record& record, std::int64_t now);
[[nodiscard]] store::SqlStatement removeSignal(std::int64_t incident, std::string_view fingerprint);
[[nodiscard]] store::SqlStatement insertEvent(const Event& event);
/// Gives events of these services since a time, that belong to none yet, to an incident.
[[nodiscard]] store::SqlStatement adoptEvents(std::int64_t incident, const std::set<std::string>& services,
                                              std::int64_t sinceMs);

/// Changes to these services in a span that are not the incident's own: events of kind flag, deploy, restart, action
/// and target, ascending; of one that belongs to another incident the same event.
[[nodiscard]] Result<std::vector<Event>> loadChanges(const store::Journal& journal, std::int64_t notOfIncident,
                                                     const std::set<std::string>& services, TimeRange span);

/// Open ones and the newest `limit` others, with their signals.
[[nodiscard]] Result<std::vector<Record>> loadRecords(const store::Journal& journal, std::size_t limit);
/// The newest `limit` with an id below `id`, ascending.
[[nodiscard]] Result<std::vector<Record>> loadRecordsBefore(const store::Journal& journal, std::int64_t id,
                                                            std::size_t limit);
/// NotFound where there is none.
[[nodiscard]] Result<Event> loadEvent(const store::Journal& journal, std::int64_t id);
[[nodiscard]] std::string standingJson(const std::map<std::string, IncidentSignal>& standing);
[[nodiscard]] std::map<std::string, IncidentSignal> standingFrom(const std::string& json);
/// NotFound where there is none.
[[nodiscard]] Result<Record> loadRecord(const store::Journal& journal, std::int64_t id);
/// Ascending by time of happening; of more than the limit the newest.
[[nodiscard]] Result<std::vector<Event>> loadEvents(const store::Journal& journal, const EventQuery& query);

}  // namespace holdfast::incident
