#pragma once

#include "app/base/result.h"
#include "app/rules/rule_file.h"

#include <yaml-cpp/yaml.h>

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace holdfast::rules {

/// Reads YAML strictly, as Prometheus does: unknown and repeated keys are errors. Every error has its place; reading
/// goes on after one, so that all are told. yaml-cpp's exceptions end here. One thread at a time.
class YamlReader {
public:
    explicit YamlReader(std::string file) : m_file(std::move(file)) {}

    /// The root node; undefined (IsDefined() false) for an empty document or after an error.
    [[nodiscard]] YAML::Node load(std::string_view text);

    /// Calls `field` for each key of a mapping; it returns false for a key that it does not know.
    void mapping(const YAML::Node& node, std::string_view what,
                 const std::function<bool(const std::string& key, const YAML::Node& value)>& field);
    void sequence(const YAML::Node& node, std::string_view what, const std::function<void(const YAML::Node&)>& item);

    [[nodiscard]] std::string text(const YAML::Node& node, std::string_view what);
    [[nodiscard]] std::int64_t duration(const YAML::Node& node, std::string_view what);  ///< ms
    [[nodiscard]] std::int64_t integer(const YAML::Node& node, std::string_view what);
    [[nodiscard]] double number(const YAML::Node& node, std::string_view what);
    [[nodiscard]] bool boolean(const YAML::Node& node, std::string_view what);
    [[nodiscard]] std::vector<Label> labels(const YAML::Node& node, std::string_view what);

    void error(const YAML::Node& node, std::string message);
    void error(Place place, std::string message);
    [[nodiscard]] static Place place(const YAML::Node& node);

    [[nodiscard]] std::vector<RuleFileError>& errors() { return m_errors; }

private:
    std::string m_file;
    std::vector<RuleFileError> m_errors;
};

}  // namespace holdfast::rules
