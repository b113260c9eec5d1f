#pragma once

#include "app/incident/incident.h"
#include "app/model/sample.h"
#include "app/promql/engine.h"

#include <cstdint>
#include <optional>
#include <span>

namespace holdfast::incident {

enum class Direction { Rises, Falls };

/// When a series left its usual level: one-sided CUSUM against median and MAD of the first half of the samples, slack
/// half a deviation, alarm at five; the onset is the sample after the sum was last zero. Nothing for fewer than
/// 12 samples, or when the sum never stays above the alarm to the end.
/// Source: E. S. Page, Continuous inspection schemes, Biometrika 41 (1954).
///
/// samples  ascending by time
/// Returns  ms since the epoch
[[nodiscard]] std::optional<std::int64_t> changePoint(std::span<const Sample> samples, Direction direction);

/// The onset of a signal from the stored normalised series of the 10 minutes before t; its activeAt (already in
/// signal.onsetMs) where the series tells nothing, or tells a later time.
[[nodiscard]] std::int64_t findOnset(const promql::Engine& engine, const IncidentSignal& signal, std::int64_t t);

}  // namespace holdfast::incident
