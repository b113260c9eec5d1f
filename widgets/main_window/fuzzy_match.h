#pragma once

#include <QString>

#include <optional>

namespace holdfast::widgets {

/// How well `typed` fits `text`, case ignored: its letters must come in order; letters in a row, at the start and at
/// the start of a word count more. Larger is better; nothing when it does not fit.
[[nodiscard]] std::optional<int> fuzzyScore(const QString& typed, const QString& text);

}  // namespace holdfast::widgets
