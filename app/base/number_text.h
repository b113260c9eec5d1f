#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace holdfast {

/// The double nearest to `text`, whatever the locale. Accepts what Go's strconv.ParseFloat accepts for
/// exposition text: decimal with optional sign, fraction and exponent, "Inf", "+Inf", "-Inf", "infinity",
/// "NaN" in any case. Not accepted: hexadecimal, underscores, surrounding space. Overflow gives ±Inf.
[[nodiscard]] std::optional<double> parseDouble(std::string_view text);

/// Appends the shortest text that reads back as `value`, as the HTTP API writes it: plain digits, an exponent
/// only below 1e-6 and from 1e21 on; "NaN", "+Inf", "-Inf".
/// Source: Prometheus util/jsonutil/marshal.go, MarshalFloat.
void appendApiNumber(std::string& out, double value);

/// Appends the shortest text that reads back as `value`, as exposition formats and PromQL write it: Go's
/// FormatFloat(v, 'g', -1, 64) with an exponent below 1e-4 and from 1e21 on; "NaN", "+Inf", "-Inf".
void appendNumber(std::string& out, double value);

[[nodiscard]] std::string numberText(double value);

}  // namespace holdfast
