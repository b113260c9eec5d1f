#pragma once

#include "app/base/result.h"
#include "app/control/adapter.h"
#include "app/control/adapters/preset_context.h"
#include "app/control/http_request.h"

namespace holdfast::control {

/// The receipt of an act that was not sent.
[[nodiscard]] Receipt refusal(const PresetContext& context, const Error& error);

/// What the answer to an act means: as the preset says, else as HTTP says (RFC 9110 §15), else open until it is read.
/// request  what was answered, for how to read it
[[nodiscard]] Receipt judged(const PresetContext& context, const PresetAct& act, const HttpAnswer& sent,
                             const PresetRequest& request, const PresetValues& values);

}  // namespace holdfast::control
