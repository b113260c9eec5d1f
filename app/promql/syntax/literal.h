#pragma once

#include "app/base/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace holdfast::promql {

/// A number as PromQL writes it: decimal, hexadecimal, octal with a leading 0, underscores between digits, Inf, NaN.
/// Source: Prometheus promql/parser/parse.go, parseNumber (strconv.ParseInt with base 0, then ParseFloat).
[[nodiscard]] std::optional<double> parseNumberLiteral(std::string_view text);

/// The text inside a quoted literal; `quoted` starts and ends with the same one of " ' `. Bytes may be any.
/// Source: Prometheus util/strutil/quote.go, Unquote.
[[nodiscard]] Result<std::string> unquote(std::string_view quoted);

/// `text` in double quotes, as Go's strconv.Quote writes it.
[[nodiscard]] std::string goQuoted(std::string_view text);

/// Whether the bytes are well-formed UTF-8.
[[nodiscard]] bool isValidUtf8(std::string_view text);

}  // namespace holdfast::promql
