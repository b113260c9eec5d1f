#include "app/promql/syntax/literal.h"

#include "app/base/hex_digit.h"
#include "app/base/number_text.h"

#include <array>
#include <charconv>
#include <cmath>

namespace holdfast::promql {

namespace {

/// Digits of one base with single underscores between them.
std::optional<double> parseInteger(std::string_view digits, int base)
{
    if (digits.empty() || digits.back() == '_')
        return std::nullopt;
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (digits[i] == '_') {
            if (i > 0 && digits[i - 1] == '_')
                return std::nullopt;
            continue;
        }
        const int digit = hexDigit(digits[i]);
        if (digit < 0 || digit >= base || value > (std::uint64_t{1} << 63U) / static_cast<std::uint64_t>(base))
            return std::nullopt;
        value = value * static_cast<std::uint64_t>(base) + static_cast<std::uint64_t>(digit);
    }
    if (value > static_cast<std::uint64_t>(INT64_MAX))
        return std::nullopt;
    return static_cast<double>(value);
}

/// Length of the UTF-8 sequence at the front, 0 when it is malformed.
std::size_t utf8Length(std::string_view text)
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const auto tail = [&](std::size_t i) { return i < text.size() && (byte(i) & 0xc0U) == 0x80U; };
    const unsigned char lead = byte(0);
    if (lead < 0x80)
        return 1;
    if (lead >= 0xc2 && lead <= 0xdf)
        return tail(1) ? 2 : 0;
    if (lead >= 0xe0 && lead <= 0xef) {
        if (!tail(1) || !tail(2) || (lead == 0xe0 && byte(1) < 0xa0) || (lead == 0xed && byte(1) > 0x9f))
            return 0;
        return 3;
    }
    if (lead >= 0xf0 && lead <= 0xf4) {
        if (!tail(1) || !tail(2) || !tail(3) || (lead == 0xf0 && byte(1) < 0x90) || (lead == 0xf4 && byte(1) > 0x8f))
            return 0;
        return 4;
    }
    return 0;
}

bool appendRune(std::string& out, std::uint32_t rune)
{
    if (rune > 0x10ffff || (rune >= 0xd800 && rune <= 0xdfff))
        return false;
    if (rune < 0x80) {
        out += static_cast<char>(rune);
    } else if (rune < 0x800) {
        out += static_cast<char>(0xc0U | (rune >> 6U));
        out += static_cast<char>(0x80U | (rune & 0x3fU));
    } else if (rune < 0x10000) {
        out += static_cast<char>(0xe0U | (rune >> 12U));
        out += static_cast<char>(0x80U | ((rune >> 6U) & 0x3fU));
        out += static_cast<char>(0x80U | (rune & 0x3fU));
    } else {
        out += static_cast<char>(0xf0U | (rune >> 18U));
        out += static_cast<char>(0x80U | ((rune >> 12U) & 0x3fU));
        out += static_cast<char>(0x80U | ((rune >> 6U) & 0x3fU));
        out += static_cast<char>(0x80U | (rune & 0x3fU));
    }
    return true;
}

Error badSyntax()
{
    return {"invalid syntax", ErrorKind::BadInput};
}

/// Reads `count` hexadecimal digits.
std::optional<std::uint32_t> hexRun(std::string_view text, std::size_t count)
{
    if (text.size() < count)
        return std::nullopt;
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const int digit = hexDigit(text[i]);
        if (digit < 0)
            return std::nullopt;
        value = value * 16 + static_cast<std::uint32_t>(digit);
    }
    return value;
}

constexpr std::string_view kSimpleNames = "abfnrtv\\";
constexpr std::string_view kSimpleBytes = "\a\b\f\n\r\t\v\\";

/// One escape after the backslash; returns how many characters it took, 0 when malformed.
std::size_t appendEscape(std::string& out, std::string_view text, char quote)
{
    if (text.empty())
        return 0;
    const char c = text.front();
    if (const auto at = kSimpleNames.find(c); at != std::string_view::npos) {
        out += kSimpleBytes[at];
        return 1;
    }
    if (c == quote) {
        out += c;
        return 1;
    }
    if (c >= '0' && c <= '7') {
        if (text.size() < 3)
            return 0;
        unsigned value = 0;
        for (std::size_t i = 0; i < 3; ++i) {
            if (text[i] < '0' || text[i] > '7')
                return 0;
            value = value * 8 + static_cast<unsigned>(text[i] - '0');
        }
        if (value > 255)
            return 0;
        out += static_cast<char>(value);
        return 3;
    }
    const std::size_t digits = c == 'x' ? 2 : c == 'u' ? 4 : c == 'U' ? 8 : 0;
    if (digits == 0)
        return 0;
    const auto value = hexRun(text.substr(1), digits);
    if (!value)
        return 0;
    if (c == 'x')
        out += static_cast<char>(*value);
    else if (!appendRune(out, *value))
        return 0;
    return digits + 1;
}

}  // namespace

std::optional<double> parseNumberLiteral(std::string_view text)
{
    double sign = 1;
    std::string_view rest = text;
    if (!rest.empty() && (rest.front() == '+' || rest.front() == '-')) {
        sign = rest.front() == '-' ? -1 : 1;
        rest.remove_prefix(1);
    }
    if (rest.size() > 1 && rest[0] == '0') {
        std::optional<double> value;
        if (rest[1] == 'x' || rest[1] == 'X') {
            value = parseInteger(rest.substr(2), 16);
            if (!value)
                return std::nullopt;
        } else if (rest[1] == 'b' || rest[1] == 'B') {
            value = parseInteger(rest.substr(2), 2);
        } else {
            value = parseInteger(rest.substr(rest[1] == 'o' || rest[1] == 'O' ? 2 : 1), 8);
        }
        if (value)
            return sign * *value;
    }
    std::string plain;
    for (std::size_t i = 0; i < rest.size(); ++i) {
        if (rest[i] != '_') {
            plain += rest[i];
            continue;
        }
        const bool between = i > 0 && i + 1 < rest.size() && hexDigit(rest[i - 1]) >= 0 && hexDigit(rest[i + 1]) >= 0;
        if (!between)
            return std::nullopt;
    }
    if (plain.empty() || plain.front() == '+' || plain.front() == '-')
        return std::nullopt;
    const auto value = parseDouble(plain);
    if (!value)
        return std::nullopt;
    return sign * *value;
}

Result<std::string> unquote(std::string_view quoted)
{
    if (quoted.size() < 2 || quoted.front() != quoted.back())
        return badSyntax();
    const char quote = quoted.front();
    std::string_view text = quoted.substr(1, quoted.size() - 2);
    if (quote == '`') {
        if (text.find('`') != std::string_view::npos)
            return badSyntax();
        return std::string(text);
    }
    if ((quote != '"' && quote != '\'') || text.find('\n') != std::string_view::npos)
        return badSyntax();
    std::string out;
    while (!text.empty()) {
        const char c = text.front();
        text.remove_prefix(1);
        if (c == quote)
            return badSyntax();
        if (c != '\\') {
            out += c;
            continue;
        }
        const std::size_t used = appendEscape(out, text, quote);
        if (used == 0)
            return badSyntax();
        text.remove_prefix(used);
    }
    return out;
}

std::string goQuoted(std::string_view text)
{
    constexpr std::string_view hex = "0123456789abcdef";
    std::string out = "\"";
    while (!text.empty()) {
        const char c = text.front();
        const auto byte = static_cast<unsigned char>(c);
        const std::size_t length = utf8Length(text);
        if (const auto at = kSimpleBytes.find(c); at != std::string_view::npos) {
            out += '\\';
            out += kSimpleNames[at];
        } else if (c == '"') {
            out += "\\\"";
        } else if (byte < 0x20 || byte == 0x7f || length == 0) {
            out += "\\x";
            out += hex[byte >> 4U];
            out += hex[byte & 15U];
        } else {
            out += text.substr(0, length);
        }
        text.remove_prefix(length == 0 ? 1 : length);
    }
    return out + '"';
}

bool isValidUtf8(std::string_view text)
{
    while (!text.empty()) {
        const std::size_t length = utf8Length(text);
        if (length == 0)
            return false;
        text.remove_prefix(length);
    }
    return true;
}

}  // namespace holdfast::promql
