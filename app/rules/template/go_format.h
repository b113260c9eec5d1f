#pragma once

#include "app/rules/template/value.h"

#include <span>
#include <string>
#include <string_view>

namespace holdfast::rules::tmpl {

/// `value` with at most `digits` significant digits, as Go's %.{digits}g; "NaN", "+Inf", "-Inf".
[[nodiscard]] std::string significant(double value, int digits);

/// Go's fmt.Sprintf for the verbs v s q d t c b o x X e E f F g G and %%, with flags, width and precision.
/// A verb that does not fit its argument prints Go's "%!d(float64=1.5)", a missing one "%!d(MISSING)".
/// Source: Go fmt/print.go.
[[nodiscard]] std::string sprintf(std::string_view format, std::span<const Value> arguments);

/// Go's %q: double quotes and escapes.
[[nodiscard]] std::string goQuoted(std::string_view text);

}  // namespace holdfast::rules::tmpl
