#pragma once

#include "widgets/client/incident.h"
#include "widgets/table/row_model.h"

#include <functional>

namespace holdfast::widgets {

using IncidentModel = RowModel<Incident>;
using SignalModel = RowModel<IncidentSignal>;

/// Tables of the Incidents view; `now` is the engine's time, ms since the epoch. Thread: gui.
[[nodiscard]] IncidentModel* makeIncidentModel(std::function<std::int64_t()> now, QObject* parent);
[[nodiscard]] SignalModel* makeSignalModel(std::function<std::int64_t()> now, QObject* parent);

/// "NEW", "ACKED by ana", "MITIGATED – 1 override in force", "RESOLVED".
[[nodiscard]] QString incidentStateText(const Incident& incident);
/// What may be done with a signal from its row: one that is maybe unrelated is confirmed or split off, a firing one
/// can be shelved.
[[nodiscard]] QStringList signalButtons(const IncidentSignal& signal);
/// The incident as a severity: un-acknowledged pages are critical, the rest warns, closed ones are normal.
[[nodiscard]] int incidentSeverity(const Incident& incident);

}  // namespace holdfast::widgets
