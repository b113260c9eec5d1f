#pragma once

#include "app/control/adapters/preset.h"
#include "app/control/adapters/preset_template.h"
#include "app/control/control_shape.h"

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace holdfast::control {

/// What holds for all that is asked of one endpoint through a preset.
struct PresetContext {
    const Preset& preset;
    const ControlShape& shape;         ///< of its controls
    PresetValues values;               ///< the settings, and the endpoint's instance
    std::vector<std::string> secrets;  ///< never shown

    [[nodiscard]] PresetValues named(const std::string& name) const;
    /// A foreign text, short, on one line and without secrets.
    [[nodiscard]] std::string clean(std::string text) const;
};

/// A foreign sentence, short and on one line.
[[nodiscard]] std::string oneLine(std::string text);

/// What an answer says of its trouble, wherever systems like to put that; empty: nothing.
[[nodiscard]] std::string troubleOf(const nlohmann::json& body);

}  // namespace holdfast::control
