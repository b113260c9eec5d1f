#pragma once

#include <QString>

namespace holdfast::widgets {

/// How abnormal something is, rising; looks (colour, shape, word) are the theme's business.
enum class Severity { Normal, Unknown, Warning, Critical };

[[nodiscard]] Severity severityFromText(const QString& text);

}  // namespace holdfast::widgets
