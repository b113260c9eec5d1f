#include "app/base/number_text.h"

#include <charconv>
#include <cmath>
#include <limits>

namespace holdfast {

namespace {

bool equalsIgnoringCase(std::string_view text, std::string_view lower)
{
    if (text.size() != lower.size())
        return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if ((c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c) != lower[i])
            return false;
    }
    return true;
}

bool appendSpecial(std::string& out, double value)
{
    if (std::isnan(value))
        out += "NaN";
    else if (std::isinf(value))
        out += value > 0 ? "+Inf" : "-Inf";
    else
        return false;
    return true;
}

/// "1.2345e+17" → "123450000000000000": to_chars(fixed) would print digits that the double does not hold.
void appendWithoutExponent(std::string& out, std::string_view scientific)
{
    const auto e = scientific.find('e');
    int exponent = 0;
    std::from_chars(scientific.data() + e + 2, scientific.data() + scientific.size(), exponent);
    for (const char c : scientific.substr(0, e)) {
        if (c == '.')
            continue;
        out += c;
        if (c != '-')
            --exponent;
    }
    out.append(static_cast<std::size_t>(exponent + 1), '0');
}

/// Shortest digits; exponent outside [least, 1e21). Go writes at least two exponent digits, as to_chars does.
void appendShortest(std::string& out, double value, double least)
{
    if (appendSpecial(out, value))
        return;
    const double size = std::fabs(value);
    const bool exponent = size != 0 && (size < least || size >= 1e21);
    const bool large = size >= 1e17;  // above all 17 digits that a double can need
    char text[400];
    const auto format = exponent || large ? std::chars_format::scientific : std::chars_format::fixed;
    char* const end = std::to_chars(text, text + sizeof text, value, format).ptr;
    if (large && !exponent)
        appendWithoutExponent(out, {text, static_cast<std::size_t>(end - text)});
    else
        out.append(text, end);
}

}  // namespace

std::optional<double> parseDouble(std::string_view text)
{
    std::string_view rest = text;
    double sign = 1;
    if (!rest.empty() && (rest.front() == '+' || rest.front() == '-')) {
        sign = rest.front() == '-' ? -1 : 1;
        rest.remove_prefix(1);
    }
    if (rest.empty())
        return std::nullopt;
    const char first = rest.front();
    if ((first < '0' || first > '9') && first != '.') {
        if (equalsIgnoringCase(rest, "inf") || equalsIgnoringCase(rest, "infinity"))
            return sign * std::numeric_limits<double>::infinity();
        // The one NaN that is not the staleness marker's bits. Source: Prometheus model/value, NormalNaN.
        if (equalsIgnoringCase(rest, "nan"))
            return std::numeric_limits<double>::quiet_NaN();
        return std::nullopt;
    }
    double value = 0;
    const auto [end, code] = std::from_chars(rest.data(), rest.data() + rest.size(), value);
    if (end != rest.data() + rest.size() || code == std::errc::invalid_argument)
        return std::nullopt;
    if (code == std::errc::result_out_of_range) {
        // Too small or too large: from_chars leaves the value alone, the exponent's sign tells which.
        const auto e = rest.find_first_of("eE");
        const bool tiny = e != std::string_view::npos ? rest.find('-', e) != std::string_view::npos
                                                      : rest.front() == '0' || rest.front() == '.';
        value = tiny ? 0 : std::numeric_limits<double>::infinity();
    }
    return sign * value;
}

void appendApiNumber(std::string& out, double value)
{
    appendShortest(out, value, 1e-6);
}

void appendNumber(std::string& out, double value)
{
    appendShortest(out, value, 1e-4);
}

std::string numberText(double value)
{
    std::string text;
    appendNumber(text, value);
    return text;
}

}  // namespace holdfast
