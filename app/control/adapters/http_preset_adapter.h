#pragma once

#include "app/config/config.h"
#include "app/control/adapter.h"

#include <string>
#include <vector>

namespace holdfast::control {

/// The adapter of a preset: a built-in one by its name, or the user's own by the path of its YAML file (.yml, .yaml),
/// with the group's settings. Every preset also takes the setting `service`: what the listed controls belong to.
/// Errors  NotFound with the names there are; BadInput with file, line and column, or the setting that is wrong
[[nodiscard]] Result<AdapterPtr> makePresetAdapter(const config::ControlGroupConfig& group);

/// What a control group of this preset would send, in order, without secrets.
struct PresetSketch {
    std::string what;     ///< "list", "read", "Open breaker"
    std::string request;  ///< one line
};
struct PresetFacts {
    std::string name, title, about, proven, kind, scope, hold, readOnly;
    std::vector<PresetSketch> requests;
};
/// group  name, adapter, endpoints, path and settings count; settings that are missing are shown as <NAME> where
///        `whole` is false, and are an error where it is true
[[nodiscard]] Result<PresetFacts> sketchRequests(const config::ControlGroupConfig& group, bool whole);

}  // namespace holdfast::control
