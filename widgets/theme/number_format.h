#pragma once

#include "widgets/client/service_page.h"

#include <QString>

#include <cstdint>
#include <optional>

namespace holdfast::widgets {

/// Numbers as people read them: three significant digits, unit after a narrow no-break space, minus U+2212. One place
/// for all of the window. Not for export: what is copied stays plain.

/// "840 µs" "8.40 ms" "1.84 s" "2 min 05 s".
[[nodiscard]] QString latencyText(double seconds);
/// "6.2 %" "41 %" "<0.01 %" "0 %".
[[nodiscard]] QString ratioText(double ratio);
/// "0.40 /s" "12 /s" "1.21 k/s"; below 0.1/s "4 /min".
[[nodiscard]] QString rateText(double perSecond);
/// "84" "1.21 k".
[[nodiscard]] QString countText(double count);
/// "1.38×".
[[nodiscard]] QString multipleText(double multiple);
/// "1.2 GiB".
[[nodiscard]] QString bytesText(double bytes);
/// A lane's value in its unit.
[[nodiscard]] QString valueText(double value, LaneUnit unit);

/// The same for an axis: without zeros that say nothing, "2 s" rather than "2.00 s".
[[nodiscard]] QString axisText(double value, LaneUnit unit);

/// "now" "< 1 min" "≈ 6 min (4–11)" "≈ 2 h" "> 6 h".
[[nodiscard]] QString minutesToText(double minutes, std::optional<double> low, std::optional<double> high);

/// "12 s" "6 min 10 s" "1 h 34 min" "3 d 4 h"; for ends "11:42" see countdownText.
[[nodiscard]] QString durationText(std::int64_t ms);
/// Seconds up to 60 s, then whole minutes, hours, days: "48 s" "2 min".
[[nodiscard]] QString ageText(std::int64_t ms);
/// "11:42", "1:02:03", "overdue 0:12".
[[nodiscard]] QString countdownText(std::int64_t ms);
/// "03:14:07Z"; on another day than `nowMs`: "22 Nov 03:14Z". In the zone that is shown: see time/zone.h.
[[nodiscard]] QString timeText(std::int64_t ms, std::int64_t nowMs);
/// Signed difference with U+2212: "+1.31 s" "−4 %".
[[nodiscard]] QString deltaText(double delta, LaneUnit unit);

}  // namespace holdfast::widgets
