#include "app/rules/yaml_reader.h"

#include "app/base/duration.h"
#include "app/base/number_text.h"

#include <charconv>
#include <set>

namespace holdfast::rules {

YAML::Node YamlReader::load(std::string_view text)
{
    try {
        return YAML::Load(std::string(text));
    } catch (const YAML::Exception& e) {
        error(Place{e.mark.line + 1, e.mark.column + 1}, "not YAML: " + e.msg);
        return YAML::Node(YAML::NodeType::Undefined);
    }
}

Place YamlReader::place(const YAML::Node& node)
{
    const auto mark = node.Mark();
    return mark.is_null() ? Place{} : Place{mark.line + 1, mark.column + 1};
}

void YamlReader::error(Place where, std::string message)
{
    m_errors.push_back({m_file, where, std::move(message)});
}

void YamlReader::error(const YAML::Node& node, std::string message)
{
    error(place(node), std::move(message));
}

void YamlReader::mapping(const YAML::Node& node, std::string_view what,
                         const std::function<bool(const std::string&, const YAML::Node&)>& field)
{
    if (node.IsNull())
        return;
    if (!node.IsMap()) {
        error(node, std::string(what) + " must be a mapping of keys to values");
        return;
    }
    std::set<std::string> seen;
    for (const auto& entry : node) {
        const std::string key = entry.first.IsScalar() ? entry.first.Scalar() : std::string();
        if (!seen.insert(key).second)
            error(entry.first, "key \"" + key + "\" is given twice in " + std::string(what));
        else if (!field(key, entry.second))
            error(entry.first, "field " + key + " not found in " + std::string(what));
    }
}

void YamlReader::sequence(const YAML::Node& node, std::string_view what,
                          const std::function<void(const YAML::Node&)>& item)
{
    if (node.IsNull())
        return;
    if (!node.IsSequence()) {
        error(node, std::string(what) + " must be a list");
        return;
    }
    for (const auto& entry : node)
        item(entry);
}

std::string YamlReader::text(const YAML::Node& node, std::string_view what)
{
    if (node.IsScalar())
        return node.Scalar();
    if (!node.IsNull())
        error(node, std::string(what) + " must be text");
    return {};
}

std::int64_t YamlReader::duration(const YAML::Node& node, std::string_view what)
{
    const std::string value = text(node, what);
    const auto parsed = parseDuration(value);
    if (parsed.ok())
        return *parsed;
    if (node.IsScalar())
        error(node, std::string(what) + ": " + parsed.error().message);
    return 0;
}

std::int64_t YamlReader::integer(const YAML::Node& node, std::string_view what)
{
    const std::string value = text(node, what);
    std::int64_t out = 0;
    const auto end = std::from_chars(value.data(), value.data() + value.size(), out);
    if (end.ec != std::errc() || end.ptr != value.data() + value.size()) {
        error(node, std::string(what) + " must be a whole number, not \"" + value + "\"");
        return 0;
    }
    return out;
}

double YamlReader::number(const YAML::Node& node, std::string_view what)
{
    std::string value = text(node, what);
    if (value.starts_with('.') || value.starts_with("-.") || value.starts_with("+."))
        value.erase(value.find('.'), value.find_first_of("iInN") == value.find('.') + 1 ? 1 : 0);  // .inf, .nan
    if (const auto parsed = parseDouble(value))
        return *parsed;
    error(node, std::string(what) + " must be a number, not \"" + value + "\"");
    return 0;
}

bool YamlReader::boolean(const YAML::Node& node, std::string_view what)
{
    const std::string value = text(node, what);
    if (value != "true" && value != "false")
        error(node, std::string(what) + " must be true or false");
    return value == "true";
}

std::vector<Label> YamlReader::labels(const YAML::Node& node, std::string_view what)
{
    std::vector<Label> out;
    mapping(node, what, [&](const std::string& name, const YAML::Node& value) {
        out.push_back({name, text(value, name)});
        return true;
    });
    return out;
}

}  // namespace holdfast::rules
