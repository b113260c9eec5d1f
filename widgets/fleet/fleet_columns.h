#pragma once

#include "widgets/fleet/fleet_model.h"

#include <array>

namespace holdfast::widgets {

class Theme;

/// Widths of the fleet's columns, px; 0: the column is left out.
using FleetColumns = std::array<int, FleetModel::ColumnCount>;

/// The four signals come first: where they would be too narrow to read, the age goes, then the tier, and what does not
/// fit even then is scrolled to: a number is never cut. In a very wide table the columns end before its edge, so that
/// what belongs to a number stays beside it.
[[nodiscard]] FleetColumns fleetColumns(int width, const Theme& theme);

}  // namespace holdfast::widgets
