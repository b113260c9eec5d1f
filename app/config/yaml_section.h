#pragma once

#include "app/base/result.h"
#include "app/config/config.h"

#include <yaml-cpp/yaml.h>

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace holdfast::config {

/// Collects what is wrong (the first mistake wins) and what is understood but not done, with their places.
/// One thread at a time.
class Findings {
public:
    explicit Findings(std::string file) : m_file(std::move(file)) {}

    void fail(const YAML::Mark& at, std::string_view what);
    void warn(const YAML::Mark& at, std::string_view what);
    [[nodiscard]] bool failed() const { return m_error.has_value(); }
    [[nodiscard]] const std::optional<Error>& error() const { return m_error; }
    [[nodiscard]] std::vector<ConfigWarning> takeWarnings() { return std::move(m_warnings); }
    [[nodiscard]] const std::string& file() const { return m_file; }

private:
    std::string m_file;
    std::optional<Error> m_error;
    std::vector<ConfigWarning> m_warnings;
};

/// A YAML mapping that is being read: every key is asked for by name; finish() refuses what nobody asked for.
/// A getter leaves its target alone where the key is absent, and reports where the value is of the wrong kind.
/// Merge keys ("<<") are resolved; a key that stands twice is an error. One thread at a time.
class Section {
public:
    /// name: how messages call it, as a path: "scrape_configs[2].tls_config".
    Section(Findings& findings, const YAML::Node& node, std::string name, const YAML::Mark& mark);

    [[nodiscard]] bool has(std::string_view key) const;
    /// The key is there with something else than null.
    [[nodiscard]] bool hasValue(std::string_view key) const;
    [[nodiscard]] YAML::Mark markOf(std::string_view key) const;
    [[nodiscard]] const YAML::Mark& mark() const { return m_mark; }
    [[nodiscard]] const std::string& name() const { return m_name; }
    [[nodiscard]] Findings& findings() const { return m_findings; }
    [[nodiscard]] std::string path(std::string_view key) const;

    void text(std::string_view key, std::string& value);
    void flag(std::string_view key, bool& value);
    void duration(std::string_view key, std::int64_t& ms);
    void size(std::string_view key, std::uint64_t& bytes);
    void count(std::string_view key, std::uint64_t& value);
    void number(std::string_view key, double& value);
    void texts(std::string_view key, std::vector<std::string>& values);
    /// A mapping of text to text.
    void pairs(std::string_view key,
               const std::function<void(const std::string&, const YAML::Node&, const YAML::Mark&)>& use);
    /// Each element of a list, with its path; a null element is an error ("empty or null").
    void each(std::string_view key,
              const std::function<void(const YAML::Node&, const std::string&, const YAML::Mark&)>& use);
    /// A mapping below; nothing where absent or null.
    [[nodiscard]] std::optional<Section> section(std::string_view key);
    /// One word of these.
    void word(std::string_view key, std::string& value, std::initializer_list<std::string_view> words);

    /// Known, and not said anything about: it changes nothing of what Holdfast does.
    void accept(std::initializer_list<std::string_view> keys);
    /// Known, but not done: a warning where it is present.
    void notDone(std::initializer_list<std::string_view> keys, std::string_view why);
    void failAt(std::string_view key, std::string_view what) const;
    void fail(std::string_view what) const;
    void finish();

    /// Every key not taken yet.
    void eachOther(const std::function<void(const std::string&, const YAML::Node&, const YAML::Mark&)>& use);

private:
    struct Entry {
        std::string key;
        YAML::Mark mark;
        YAML::Node value;
        bool taken = false;
    };
    void merge(const YAML::Node& value, const YAML::Mark& mark);
    Entry* find(std::string_view key);
    /// Known from now on and, where it is there, dealt with; nothing when it is not there.
    Entry* take(std::string_view key);
    [[nodiscard]] const Entry* find(std::string_view key) const;
    /// The value of a key where it is there and is a scalar; marks it taken.
    std::optional<std::string> scalar(std::string_view key, std::string_view expected);
    /// A scalar that `parse` reads; a null value leaves `value` as it is.
    template <typename T>
    void parsed(std::string_view key, std::string_view expected, Result<T> (*parse)(std::string_view), T& value);

    Findings& m_findings;
    std::string m_name;
    YAML::Mark m_mark;
    std::vector<Entry> m_entries;
    std::vector<std::string> m_known;
};

/// Text of a scalar; !!binary is decoded, null is empty. Nothing for lists and mappings.
[[nodiscard]] std::optional<std::string> scalarText(const YAML::Node& node);

}  // namespace holdfast::config
