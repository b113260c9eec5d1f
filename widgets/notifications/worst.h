#pragma once

#include "widgets/client/incident.h"

#include <vector>

namespace holdfast::widgets {

/// The one to name first: not acknowledged before acknowledged, worse before milder, older before newer; null for none.
[[nodiscard]] const Incident* worstOf(const std::vector<Incident>& open);

/// "■1 INC-142 – Holdfast PROD"; "Fleet – Holdfast PROD" without an open incident; "▨ not collecting – Holdfast".
[[nodiscard]] QString stateTitle(const std::vector<Incident>& open, bool blind, const QString& page,
                                 const QString& environment);

}  // namespace holdfast::widgets
