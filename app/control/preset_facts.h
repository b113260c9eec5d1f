#pragma once

#include "app/base/result.h"
#include "app/config/config.h"

#include <string>
#include <vector>

namespace holdfast::control {

struct PresetSketch {
    std::string what;     ///< "list", "read", "Open breaker (forced_open)"
    std::string request;  ///< one line, without secrets
};

/// What a preset is, and what a control group of it would send.
struct PresetFacts {
    std::string name, title, about;
    std::string proven;  ///< real, stand-in, unproven
    std::string kind;    ///< as word(Kind)
    std::string scope;   ///< instance, cluster
    std::string auth;    ///< none, bearer, basic, header
    std::string hold;    ///< how long an act stays, in words
    std::string readOnly;
    std::vector<PresetSketch> requests;
};

/// Makes the group's preset and writes its requests out, for a control called NAME. Sends nothing.
///
/// whole  settings that are missing are an error; else they are shown as <NAME>: for looking at a preset alone
/// Errors  as makeAdapter()
[[nodiscard]] Result<PresetFacts> presetFacts(const config::ControlGroupConfig& group, bool whole);

/// Whether the adapter of a group is a preset: a built-in one, or the path of a YAML file.
[[nodiscard]] bool namesPreset(const std::string& adapter);

}  // namespace holdfast::control
