#include "app/rules/template/go_format.h"

#include "app/base/number_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace holdfast::rules::tmpl {

namespace {

struct Verb {
    bool minus = false;
    bool plus = false;
    bool space = false;
    bool zero = false;
    bool sharp = false;
    int width = 0;
    int precision = -1;
    char letter = 0;
};

/// Length in code points, which is what Go's widths count.
int runes(std::string_view text)
{
    return static_cast<int>(
        std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::string padded(std::string text, const Verb& verb, bool number)
{
    const int missing = verb.width - runes(text);
    if (missing <= 0)
        return text;
    const auto count = static_cast<std::size_t>(missing);
    if (verb.minus)
        return text + std::string(count, ' ');
    if (verb.zero && number) {
        const bool sign = !text.empty() && (text[0] == '-' || text[0] == '+' || text[0] == ' ');
        text.insert(sign ? 1U : 0U, count, '0');
        return text;
    }
    return std::string(count, ' ') + text;
}

std::string withSign(std::string text, const Verb& verb)
{
    if (!text.empty() && text[0] != '-' && text[0] != '+') {
        if (verb.plus)
            text.insert(0, 1, '+');
        else if (verb.space)
            text.insert(0, 1, ' ');
    }
    return text;
}

std::string floatText(double value, char letter, int precision)
{
    if (std::isnan(value))
        return "NaN";
    if (std::isinf(value))
        return value > 0 ? "+Inf" : "-Inf";
    const char lower = static_cast<char>(letter | 0x20);
    if (lower == 'g' && precision < 0)
        return numberText(value);
    const auto format = lower == 'e'   ? std::chars_format::scientific
                        : lower == 'f' ? std::chars_format::fixed
                                       : std::chars_format::general;
    std::array<char, 512> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, format,
                                   std::min(precision < 0 ? 6 : precision, 100));
    std::string text(buffer.data(), end.ptr);
    if (letter == 'E' || letter == 'G')
        std::ranges::transform(text, text.begin(), [](char c) { return c == 'e' ? 'E' : c; });
    return text;
}

std::string integerText(std::int64_t value, int base, bool upper)
{
    std::array<char, 72> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, base);
    std::string text(buffer.data(), end.ptr);
    if (upper)
        std::ranges::transform(text, text.begin(),
                               [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    return text;
}

std::string hexText(std::string_view text, bool upper)
{
    constexpr std::string_view kLower = "0123456789abcdef";
    constexpr std::string_view kUpper = "0123456789ABCDEF";
    const auto digits = upper ? kUpper : kLower;
    std::string out;
    for (const char c : text) {
        out += digits[static_cast<unsigned char>(c) >> 4U];
        out += digits[static_cast<unsigned char>(c) & 15U];
    }
    return out;
}

std::string misfit(const Verb& verb, const Value& value)
{
    return std::string("%!") + verb.letter + "(" + value.typeName() + "=" + value.text() + ")";
}

std::string formatted(const Verb& verb, const Value& value)
{
    const char c = verb.letter;
    if (const auto* number = std::get_if<double>(&value.data)) {
        if (c == 'v')
            return padded(withSign(floatText(*number, 'g', verb.precision), verb), verb, true);
        if (std::string_view("eEfFgG").find(c) != std::string_view::npos)
            return padded(withSign(floatText(*number, c == 'F' ? 'f' : c, verb.precision), verb), verb, true);
        return misfit(verb, value);
    }
    if (const auto* integer = std::get_if<std::int64_t>(&value.data)) {
        switch (c) {
        case 'v':
        case 'd': return padded(withSign(integerText(*integer, 10, false), verb), verb, true);
        case 'b': return padded(withSign(integerText(*integer, 2, false), verb), verb, true);
        case 'o': return padded(withSign(integerText(*integer, 8, false), verb), verb, true);
        case 'x': return padded(withSign(integerText(*integer, 16, false), verb), verb, true);
        case 'X': return padded(withSign(integerText(*integer, 16, true), verb), verb, true);
        case 'c': return padded(std::string(1, static_cast<char>(*integer)), verb, false);
        default: return misfit(verb, value);
        }
    }
    if (const auto* text = std::get_if<std::string>(&value.data)) {
        const auto cut = verb.precision < 0 ? *text : text->substr(0, static_cast<std::size_t>(verb.precision));
        switch (c) {
        case 'v':
        case 's': return padded(cut, verb, false);
        case 'q': return padded(goQuoted(cut), verb, false);
        case 'x': return padded(hexText(cut, false), verb, false);
        case 'X': return padded(hexText(cut, true), verb, false);
        default: return misfit(verb, value);
        }
    }
    if (std::holds_alternative<bool>(value.data))
        return c == 'v' || c == 't' ? padded(value.text(), verb, false) : misfit(verb, value);
    return padded(value.text(), verb, false);
}

}  // namespace

std::string significant(double value, int digits)
{
    return floatText(value, 'g', digits);
}

std::string goQuoted(std::string_view text)
{
    std::string out = "\"";
    for (const char c : text) {
        switch (c) {
        case '"': out += "\\\""; break;
        case '\\': out += "\\\\"; break;
        case '\n': out += "\\n"; break;
        case '\t': out += "\\t"; break;
        case '\r': out += "\\r"; break;
        default:
            if (static_cast<unsigned char>(c) < 0x20)
                out += "\\x" + hexText(std::string_view(&c, 1), false);
            else
                out += c;
        }
    }
    return out + '"';
}

std::string sprintf(std::string_view format, std::span<const Value> arguments)
{
    std::string out;
    std::size_t next = 0;
    for (std::size_t i = 0; i < format.size(); ++i) {
        if (format[i] != '%') {
            out += format[i];
            continue;
        }
        Verb verb;
        for (++i; i < format.size(); ++i) {
            if (format[i] == '-')
                verb.minus = true;
            else if (format[i] == '+')
                verb.plus = true;
            else if (format[i] == ' ')
                verb.space = true;
            else if (format[i] == '0')
                verb.zero = true;
            else if (format[i] == '#')
                verb.sharp = true;
            else
                break;
        }
        const auto number = [&] {
            int n = 0;
            while (i < format.size() && format[i] >= '0' && format[i] <= '9' && n < 10'000)
                n = n * 10 + (format[i++] - '0');
            return std::min(n, 1000);
        };
        verb.width = number();
        if (i < format.size() && format[i] == '.') {
            ++i;
            verb.precision = number();
        }
        if (i >= format.size()) {
            out += "%!(NOVERB)";
            break;
        }
        verb.letter = format[i];
        if (verb.letter == '%')
            out += '%';
        else if (next < arguments.size())
            out += formatted(verb, arguments[next++]);
        else
            out += std::string("%!") + verb.letter + "(MISSING)";
    }
    if (next < arguments.size()) {
        out += "%!(EXTRA ";
        for (std::size_t i = next; i < arguments.size(); ++i)
            out += std::string(i > next ? ", " : "") + arguments[i].typeName() + "=" + arguments[i].text();
        out += ')';
    }
    return out;
}

}  // namespace holdfast::rules::tmpl
