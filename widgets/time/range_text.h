#pragma once

#include "app/base/result.h"

#include <QString>

#include <cstdint>

namespace holdfast::widgets {

/// A span as somebody typed it. Live spans follow now and have only a length.
struct TypedRange {
    bool live = false;
    std::int64_t startMs = 0;
    std::int64_t endMs = 0;

    [[nodiscard]] std::int64_t spanMs() const { return endMs - startMs; }
};

/// Reads "45m", "now-45m", "now-3h to now-1h", "03:05-03:20", "yesterday 14:00", "2026-11-23 03:00 to 04:00",
/// RFC 3339 and epoch seconds or milliseconds, what Grafana copies: {"from":"now-1h","to":"now"}, and links with from=
/// and to= or, as Prometheus writes them, g0.range_input= and g0.end_input=. A single moment gives half an hour around
/// it.
///
/// offsetMs  how much clock times without a zone are ahead of UTC
[[nodiscard]] Result<TypedRange> parseRange(const QString& text, std::int64_t nowMs, std::int64_t offsetMs = 0);

/// A range as Grafana pastes it and parseRange() reads it: {"from":"now-30m","to":"now"} while live, else two times.
[[nodiscard]] QString rangeAsJson(const TypedRange& range);

}  // namespace holdfast::widgets
