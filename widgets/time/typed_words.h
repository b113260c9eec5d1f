#pragma once

#include <QString>

namespace holdfast::widgets {

/// A time as people type it, in the few words that the readers of moments and ranges know: small letters, single
/// spaces, "15 minutes" as "15m", "an hour" as "1h", "30 min ago" as "now-30m", "between 9 and 10" as "9 to 10", and
/// the German words as the English ones.
[[nodiscard]] QString typedWords(const QString& text);

}  // namespace holdfast::widgets
