#pragma once

#include "app/base/result.h"
#include "app/config/config.h"
#include "app/control/adapters/http_preset_adapter.h"

#include <memory>

namespace holdfast::control {

using PresetAdapterPtr = std::shared_ptr<const HttpPresetAdapter>;

/// The adapter of a preset: a built-in one by its name, or the user's own by the path of its YAML file (.yml, .yaml),
/// with the group's settings. Every preset also takes the setting `service`: what the listed controls belong to.
///
/// sketch  settings that are missing stand as <NAME> instead of being an error: for looking at a preset alone
/// Errors  NotFound with the names there are; BadInput with file, line and column, or the setting that is wrong
[[nodiscard]] Result<PresetAdapterPtr> makePreset(const config::ControlGroupConfig& group, bool sketch);

}  // namespace holdfast::control
