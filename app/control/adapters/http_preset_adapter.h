#pragma once

#include "app/config/config.h"
#include "app/control/adapter.h"

namespace holdfast::control {

/// The adapter of a preset: a built-in one by its name, or the user's own by the path of its YAML file (.yml, .yaml),
/// with the group's settings. Every preset also takes the setting `service`: what the listed controls belong to.
/// Errors  NotFound with the names there are; BadInput with file, line and column, or the setting that is wrong
[[nodiscard]] Result<AdapterPtr> makePresetAdapter(const config::ControlGroupConfig& group);

}  // namespace holdfast::control
