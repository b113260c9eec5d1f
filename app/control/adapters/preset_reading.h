#pragma once

#include "app/control/adapter.h"
#include "app/control/adapters/preset_context.h"
#include "app/control/adapters/preset_request.h"

#include <nlohmann/json.hpp>

#include <optional>
#include <string>

namespace holdfast::control {

/// One item of an answer as the control it is: its state and mode by the preset's table, locked where the preset does
/// not know what it reads or could not put it back.
///
/// here, key  the item, and its member's name or position
/// raw        its value; none: not told
[[nodiscard]] Reading readingOf(const PresetContext& context, const PresetItem& item, const std::string& name,
                                const PresetReply& reply, const nlohmann::json& here, const std::string& key,
                                const std::optional<std::string>& raw);

}  // namespace holdfast::control
