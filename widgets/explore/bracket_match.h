#pragma once

#include <QString>

namespace holdfast::widgets {

/// Where the partner of the bracket at `at` stands; −1 when `at` is no bracket outside of quotes, or has none.
[[nodiscard]] int matchingBracket(const QString& text, int at);

/// The bracket that belongs to a cursor: the one before it, else the one after it; −1 without.
[[nodiscard]] int bracketAtCursor(const QString& text, int cursor);

}  // namespace holdfast::widgets
