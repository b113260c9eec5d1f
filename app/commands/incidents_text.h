#pragma once

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <string>

namespace holdfast::commands {

/// The answers of the engine as a terminal shows them. Times are UTC.

[[nodiscard]] std::string incidentListText(const nlohmann::json& root);
[[nodiscard]] std::string incidentText(const nlohmann::json& one);
[[nodiscard]] std::string shelvesText(const nlohmann::json& root);
[[nodiscard]] std::string similarText(const nlohmann::json& root);
[[nodiscard]] std::string reviewText(const nlohmann::json& root);
[[nodiscard]] std::string replacementsText(const nlohmann::json& root);

}  // namespace holdfast::commands
