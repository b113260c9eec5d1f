#pragma once

#include <QDateTime>
#include <QString>

#include <cstdint>

namespace holdfast::widgets {

/// In which zone the window tells and reads clock times. UTC unless a person chose otherwise: people in two zones must
/// be able to talk about one incident. A setting of the process, as its locale is. Thread-safe.
enum class ShownZone { Utc, Local };

void setShownZone(ShownZone zone);
[[nodiscard]] ShownZone shownZone();

/// `ms` as a date and time of the shown zone.
[[nodiscard]] QDateTime shownTime(std::int64_t ms);
/// How much the shown zone's clocks are ahead of UTC at `ms`, in ms.
[[nodiscard]] std::int64_t shownOffsetMs(std::int64_t ms);
/// What a clock time ends with: "Z", "+02", "+05:30".
[[nodiscard]] QString zoneMark(std::int64_t ms);

}  // namespace holdfast::widgets
