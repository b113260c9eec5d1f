#pragma once

#include <QString>

#include <cstdint>
#include <optional>

namespace holdfast::widgets {

/// When it is, and by which clock times without a zone are meant.
struct TypedClock {
    std::int64_t nowMs = 0;
    std::int64_t offsetMs = 0;  ///< how much that clock is ahead of UTC

    [[nodiscard]] std::int64_t dayStart(std::int64_t ms) const;
};

/// Whether a number alone is an hour, as in "9 to 10"; alone it may be anything.
enum class BareHours { Read, Refuse };

/// Milliseconds since midnight of "14:00", "3:05:20", "9am", "14:00z" and, where bare hours are read, "9".
[[nodiscard]] std::optional<std::int64_t> typedTimeOfDay(const QString& text, const TypedClock& by,
                                                         BareHours bare = BareHours::Refuse);

/// Its midnight: "today", "yesterday", "monday", "mon", "22 nov", "nov 22", "22 nov 2026", "22.11.", "2026-11-22". A
/// day without a year, or of the week, is the last such one.
[[nodiscard]] std::optional<std::int64_t> typedDay(const QString& text, const TypedClock& by);

/// "now", "now-45m", a time of day (if still to come, that of yesterday), a day, both, RFC 3339, epoch seconds or
/// milliseconds. `text` as typedWords() gives it.
[[nodiscard]] std::optional<std::int64_t> typedMoment(const QString& text, const TypedClock& by,
                                                      BareHours bare = BareHours::Refuse);

}  // namespace holdfast::widgets
