#pragma once

#include <QString>

#include <optional>

namespace holdfast::widgets {

/// What is written at "global.scrape_interval", without quotes and comment. Empty: it is not written. Nothing: it is,
/// but not as one value on one line, as where a section is written in braces.
[[nodiscard]] std::optional<QString> yamlValue(const QString& yaml, const QString& path);

/// The text with that value: its line changed in place, comment kept; else a new line at the end of its section, which
/// is begun at the end of the text where there is none. An empty value takes the line away. Nothing where yamlValue()
/// is nothing.
[[nodiscard]] std::optional<QString> yamlWithValue(const QString& yaml, const QString& path, const QString& value);

}  // namespace holdfast::widgets
