#pragma once

#include "app/base/result.h"

#include <nlohmann/json.hpp>

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace holdfast::control {

/// What the variables of a preset stand for while one request is made.
struct PresetValues {
    std::map<std::string, std::string, std::less<>> texts;
    std::map<std::string, nlohmann::json, std::less<>> captures;  ///< parts of earlier answers
    bool sketch = false;  ///< for showing only: what is not known yet is written as <name>
};

/// Where a text goes, and so how a variable in it is escaped. What the preset itself says is never escaped.
enum class Escape {
    None,    ///< as it is: JSON strings (the serializer escapes), plain bodies
    Url,     ///< RFC 3986: everything but unreserved characters; an empty value is refused
    Header,  ///< a value with control characters is refused
    Promql,  ///< inside a quoted PromQL string
};

[[nodiscard]] std::string base64(std::string_view bytes);
/// Nothing for what is no base64.
[[nodiscard]] std::optional<std::string> fromBase64(std::string_view text);

/// A text with variables: "/kv/{name|slashes}". "{{" and "}}" are braces. Immutable.
///
/// Filters, from left to right: base64 · after (the first key behind all keys with this prefix) · url (percent-encoded
/// once more) · lower · rfc3339 (of milliseconds) · slashes (in a URL: slashes stay) · optional (may be empty; a JSON
/// member with it is left out then) · number, json (in JSON, alone in its string: not a string but a number, a value)
class PresetTemplate {
public:
    /// Errors  BadInput: an unknown filter, a brace without its partner
    [[nodiscard]] static Result<PresetTemplate> parse(std::string_view text);

    /// Errors  BadInput: a variable without value, or a value that must not stand there
    [[nodiscard]] Result<std::string> expand(const PresetValues& values, Escape escape) const;
    /// As a JSON value; nothing where an optional variable is empty.
    [[nodiscard]] Result<std::optional<nlohmann::json>> expandJson(const PresetValues& values) const;
    [[nodiscard]] std::set<std::string> variables() const;
    [[nodiscard]] bool uses(std::string_view variable) const { return variables().contains(std::string(variable)); }
    [[nodiscard]] const std::string& source() const { return m_source; }

private:
    struct Part {
        std::string literal;  ///< used where variable is empty
        std::string variable;
        std::vector<std::string> filters;
        [[nodiscard]] bool has(std::string_view filter) const;
    };
    [[nodiscard]] static Result<std::string> valueOf(const Part& part, const PresetValues& values, Escape escape);

    std::string m_source;
    std::vector<Part> m_parts;
};

}  // namespace holdfast::control
