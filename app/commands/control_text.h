#pragma once

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <string>

namespace holdfast::commands {

/// A member as text or as a whole number; empty and 0 where it is absent, null or something else.
[[nodiscard]] std::string textOf(const nlohmann::json& object, const char* key);
[[nodiscard]] std::int64_t integerOf(const nlohmann::json& object, const char* key);

/// The engine's answers, for people: a table of controls, one control with its instances, holds, one action, one plan.
[[nodiscard]] std::string controlTable(const nlohmann::json& controls);
[[nodiscard]] std::string controlText(const nlohmann::json& control);
[[nodiscard]] std::string holdTable(const nlohmann::json& leases, std::int64_t nowMs);
[[nodiscard]] std::string actionTable(const nlohmann::json& actions);
[[nodiscard]] std::string actionText(const nlohmann::json& action);
[[nodiscard]] std::string planText(const nlohmann::json& plan);

}  // namespace holdfast::commands
