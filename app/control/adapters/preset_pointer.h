#pragma once

#include "app/control/adapters/preset_template.h"

#include <nlohmann/json.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace holdfast::control {

/// A place in a JSON document: a JSON pointer (RFC 6901) whose steps may hold variables, with three steps more:
///   *                every member or element; only in every()
///   [name=VALUE]     the first element whose member `name` is that
///   [/layers=VALUE]  the position at which the array at /layers of the whole document holds that value
/// A variable is one step, whatever characters it has. "" is the document itself. Immutable.
class PresetPointer {
public:
    [[nodiscard]] static Result<PresetPointer> parse(std::string_view text);

    /// whole  the document, for [/…=…]; here: where the way begins. Null where there is nothing.
    [[nodiscard]] const nlohmann::json* find(const nlohmann::json& whole, const nlohmann::json& here,
                                             const PresetValues& values) const;
    /// With the member's name, or the position, of the last `*`.
    [[nodiscard]] std::vector<std::pair<std::string, const nlohmann::json*>> every(const nlohmann::json& whole,
                                                                                   const PresetValues& values) const;
    /// The same place to be written to; parents that are missing are made where they are objects.
    [[nodiscard]] Result<nlohmann::json*> place(nlohmann::json& document, const PresetValues& values) const;
    [[nodiscard]] std::set<std::string> variables() const;
    [[nodiscard]] bool many() const;

private:
    struct Step {
        enum class Kind { Member, Every, Where, Position } kind = Kind::Member;
        PresetTemplate text;
        std::string member;               ///< Where
        std::vector<std::string> layers;  ///< Position: plain steps
    };
    [[nodiscard]] static const nlohmann::json* take(const Step& step, const nlohmann::json& whole,
                                                    const nlohmann::json& here, const PresetValues& values);
    std::vector<Step> m_steps;
};

/// A scalar as the text that presets compare with: strings as they are, numbers without needless zeros, true, false;
/// lists and objects as JSON. Nothing for null.
[[nodiscard]] std::optional<std::string> jsonText(const nlohmann::json& value);

}  // namespace holdfast::control
