#pragma once

#include "widgets/theme/role_label.h"

#include <QString>

namespace holdfast::widgets {

struct Action;

/// How an action stands, for a line under its button: "VERIFIED 3/3 ✓ – read back as forced open". Given back is
/// "RELEASED", whether a hold was reverted or a forced mode set to auto.
[[nodiscard]] QString outcomeText(const Action& action);
/// Alarm colour for what went wrong only; success is the primary text colour.
[[nodiscard]] TextRole outcomeRole(const Action& action);

}  // namespace holdfast::widgets
