#include "app/fleet/scenario.h"

#include "app/base/duration.h"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <utility>

namespace holdfast::fleet {

namespace {

Error at(const std::string& file, const YAML::Mark& mark, const std::string& message)
{
    return {file + ":" + std::to_string(mark.line + 1) + ": " + message, ErrorKind::BadInput};
}

Result<std::int64_t> duration(const YAML::Node& parent, const char* key, const std::string& file)
{
    const YAML::Node node = parent[key];
    if (!node || !node.IsScalar())
        return at(file, parent.Mark(), std::string(key) + " is missing; expected a duration such as 90s");
    auto parsed = parseDuration(node.Scalar());
    if (!parsed)
        return at(file, node.Mark(), std::string(key) + ": " + parsed.error().message);
    return parsed;
}

Result<ScenarioStep> step(const YAML::Node& node, const std::string& file)
{
    if (!node.IsMap())
        return at(file, node.Mark(), "a step is a map with at, turn_on and for");
    ScenarioStep result;
    HF_TRY(result.atMs, duration(node, "at", file));
    HF_TRY(result.forMs, duration(node, "for", file));
    const std::string target = node["turn_on"] && node["turn_on"].IsScalar() ? node["turn_on"].Scalar() : "";
    const std::size_t slash = target.find('/');
    if (slash == std::string::npos || slash == 0 || slash + 1 == target.size())
        return at(file, node.Mark(), "turn_on: expected service/flag, such as payments-db/fault-slow");
    result.service = target.substr(0, slash);
    result.flag = target.substr(slash + 1);
    if (result.forMs < 1'000)
        return at(file, node.Mark(), "for: expected 1s or more");
    return result;
}

Result<std::map<std::string, Convention>> conventionsOf(const YAML::Node& node, const std::string& file)
{
    std::map<std::string, Convention> result;
    if (!node)
        return result;
    if (!node.IsMap())
        return at(file, node.Mark(), "conventions: expected a map of services to conventions");
    for (const auto& entry : node) {
        const auto known = entry.second.IsScalar() ? convention(entry.second.Scalar()) : std::nullopt;
        if (!known || *known == Convention::Mixed)
            return at(file, entry.second.Mark(),
                      "conventions: expected prometheus, micrometer, opentelemetry, envoy, opossum or haproxy");
        result[entry.first.Scalar()] = *known;
    }
    return result;
}

Result<Scenario> read(const YAML::Node& root, const std::string& file)
{
    if (!root.IsMap() || !root["name"] || !root["name"].IsScalar())
        return at(file, root.Mark(), "name is missing; expected a map with name, description, every and steps");
    Scenario scenario;
    scenario.name = root["name"].Scalar();
    if (root["description"] && root["description"].IsScalar())
        scenario.description = root["description"].Scalar();
    if (root["every"]) {
        HF_TRY(scenario.everyMs, duration(root, "every", file));
    }
    HF_TRY(scenario.conventions, conventionsOf(root["conventions"], file));
    for (const YAML::Node& node : root["steps"]) {
        HF_TRY(ScenarioStep one, step(node, file));
        if (scenario.everyMs > 0 && one.atMs >= scenario.everyMs)
            return at(file, node.Mark(), "at lies behind the end of the round (every)");
        scenario.steps.push_back(std::move(one));
    }
    std::ranges::stable_sort(scenario.steps, {}, &ScenarioStep::atMs);
    return scenario;
}

}  // namespace

Result<Scenario> parseScenario(const std::string& text, const std::string& file)
{
    try {
        return read(YAML::Load(text), file);
    } catch (const YAML::Exception& error) {
        return at(file, error.mark, error.msg);
    }
}

Result<Scenario> findScenario(const std::string& nameOrFile)
{
    std::string names;
    for (const BuiltInScenario& one : builtInScenarios()) {
        if (one.name == nameOrFile)
            return parseScenario(std::string(one.text), nameOrFile);
        names += (names.empty() ? "" : ", ") + std::string(one.name);
    }
    std::ifstream file(nameOrFile, std::ios::binary);
    if (!file)
        return Error{"There is no scenario and no file \"" + nameOrFile + "\"; scenarios: " + names,
                     ErrorKind::NotFound};
    return parseScenario(std::string(std::istreambuf_iterator<char>(file), {}), nameOrFile);
}

}  // namespace holdfast::fleet
