#pragma once

#include "app/control/adapters/preset.h"
#include "app/control/control_shape.h"

#include <string>

namespace holdfast::control {

/// What the controls of a preset look like: states, options with the resting one last, number, text.
[[nodiscard]] ControlShape shapeOf(const Preset& preset);

/// How `mode` is asked for; nullptr: it cannot be.
/// shape  as shapeOf() made it
[[nodiscard]] const PresetAct* actFor(const Preset& preset, const ControlShape& shape, const std::string& mode);

}  // namespace holdfast::control
