#pragma once

#include "app/base/result.h"

#include <QString>

#include <cstdint>

namespace holdfast::widgets {

/// A moment to come, as somebody typed it: "20 min", "+45m", "2h", or a clock time "03:25", "03:25:30Z" of the zone
/// that is shown, then the next such time. Returns ms since the epoch, later than `nowMs`.
[[nodiscard]] Result<std::int64_t> parseMoment(const QString& text, std::int64_t nowMs);

}  // namespace holdfast::widgets
