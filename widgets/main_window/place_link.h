#pragma once

#include "widgets/navigator.h"
#include "widgets/time/range_text.h"

#include <QString>

#include <optional>

namespace holdfast::widgets {

/// Where somebody stands, as one word that can be sent to somebody else: view, service, item and range.
struct PlaceLink {
    Place place;
    std::optional<TypedRange> range;
};

/// "holdfast:service?service=checkout&from=2026-11-23T03:05:00.000Z&to=…"; live ranges as from=now-30m&to=now.
[[nodiscard]] QString linkText(const Place& place, const std::optional<TypedRange>& range);
/// Reads it; nothing for any other text. A range that cannot be read is left out.
[[nodiscard]] std::optional<PlaceLink> parsePlaceLink(const QString& text, std::int64_t nowMs);

}  // namespace holdfast::widgets
