#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace holdfast::api {

/// Appends `text` in quotes as a JSON string. Bytes that are not UTF-8 become U+FFFD, as encoding/json of Go does.
void appendJsonString(std::string& out, std::string_view text);

/// Appends milliseconds as seconds with three decimals, or none when whole: 1435781451.781, -0.001.
/// Source: Prometheus util/jsonutil/marshal.go, MarshalTimestamp.
void appendApiTime(std::string& out, std::int64_t ms);

/// Writes one JSON document from front to end into a string; commas come by themselves. What has no number in JSON
/// (NaN, infinities, an empty optional) is null. One thread at a time.
class JsonWriter {
public:
    explicit JsonWriter(std::string& out) : m_out(out) {}

    JsonWriter& beginObject() { return open('{'); }
    JsonWriter& endObject() { return close('}'); }
    JsonWriter& beginArray() { return open('['); }
    JsonWriter& endArray() { return close(']'); }
    JsonWriter& key(std::string_view name);

    JsonWriter& string(std::string_view text);
    JsonWriter& integer(std::int64_t value);
    JsonWriter& number(double value);
    JsonWriter& boolean(bool value);
    JsonWriter& null();
    /// Text that is JSON already.
    JsonWriter& raw(std::string_view json);

    JsonWriter& text(std::string_view name, std::string_view value) { return key(name).string(value); }
    JsonWriter& integer(std::string_view name, std::int64_t value) { return key(name).integer(value); }
    JsonWriter& integer(std::string_view name, std::optional<std::int64_t> value)
    {
        key(name);
        return value ? integer(*value) : null();
    }
    JsonWriter& number(std::string_view name, double value) { return key(name).number(value); }
    JsonWriter& number(std::string_view name, std::optional<double> value)
    {
        key(name);
        return value ? number(*value) : null();
    }
    JsonWriter& flag(std::string_view name, bool value) { return key(name).boolean(value); }
    JsonWriter& texts(std::string_view name, const std::vector<std::string>& values);

    /// The buffer, for what is written past this class on the hot path; between values only.
    [[nodiscard]] std::string& buffer() { return m_out; }

private:
    void separate();
    JsonWriter& open(char bracket);
    JsonWriter& close(char bracket);

    std::string& m_out;
    bool m_comma = false;
};

}  // namespace holdfast::api
