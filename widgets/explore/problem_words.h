#pragma once

#include <QString>

namespace holdfast::widgets {

/// What a parse error means for who typed the expression: "rate needs a range such as [1m]". Messages that are not
/// known stay as they are, without their position, which the underline shows.
///
/// message  "line:column: parse error: …", as the engine and Prometheus say it
[[nodiscard]] QString problemWords(const QString& message);

}  // namespace holdfast::widgets
