#pragma once

#include <QString>

#include <cstdint>

namespace holdfast::widgets {

struct Incident;
struct ViewContext;

/// What the incident strip says. Free of widgets; times in ms since the epoch. Thread: gui.

/// "INC-142", the badge before the sentence.
[[nodiscard]] QString incidentBadge(const Incident& incident);
/// "payments failing → checkout  ·  14 signals  ·  6 min  ·  origin payments-db?".
[[nodiscard]] QString incidentWords(const Incident& incident, std::int64_t nowMs);
/// For a screen reader: "Incident 142, critical, not acknowledged, payments failing …".
[[nodiscard]] QString incidentSpoken(const Incident& incident, std::int64_t nowMs);
/// Since when there is none, or why it is not known.
[[nodiscard]] QString noIncidentWords(const ViewContext& context);

}  // namespace holdfast::widgets
