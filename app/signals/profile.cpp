#include "app/signals/profile.h"

#include "app/base/number_text.h"

#include <yaml-cpp/yaml.h>

#include <array>
#include <functional>
#include <utility>

namespace holdfast::signals {

namespace {

Error at(std::string_view file, const YAML::Node& node, const std::string& what)
{
    const YAML::Mark mark = node.Mark();
    return {std::string(file) + ":" + std::to_string(mark.line + 1) + ":" + std::to_string(mark.column + 1) + ": "
                + what,
            ErrorKind::BadInput};
}

/// Hands each key with its value to `take`, which answers whether it knows the key.
Result<void> eachKey(std::string_view file, const YAML::Node& map,
                     const std::function<Result<bool>(const std::string&, const YAML::Node&)>& take)
{
    if (!map.IsMap())
        return at(file, map, "expected a mapping");
    for (const auto& entry : map) {
        const std::string key = entry.first.Scalar();
        HF_TRY(const bool known, take(key, entry.second));
        if (!known)
            return at(file, entry.first, "unknown key \"" + key + "\"");
    }
    return {};
}

Result<std::string> scalar(std::string_view file, const YAML::Node& node)
{
    if (!node.IsScalar())
        return at(file, node, "expected text");
    return node.Scalar();
}

Result<double> number(std::string_view file, const YAML::Node& node)
{
    if (node.IsScalar())
        if (const auto value = parseDouble(node.Scalar()))
            return *value;
    return at(file, node, "expected a number");
}

Result<std::vector<std::string>> words(std::string_view file, const YAML::Node& node)
{
    if (!node.IsSequence() || node.size() == 0)
        return at(file, node, "expected a list of names");
    std::vector<std::string> list;
    for (const auto& item : node) {
        HF_TRY(auto text, scalar(file, item));
        list.push_back(std::move(text));
    }
    return list;
}

using TextFields = std::vector<std::pair<std::string_view, std::string*>>;

Result<bool> takeText(std::string_view file, const TextFields& fields, const std::string& key, const YAML::Node& node)
{
    for (const auto& [name, target] : fields) {
        if (name != key)
            continue;
        HF_TRY(*target, scalar(file, node));
        return true;
    }
    return false;
}

Result<BreakerState> stateWord(std::string_view file, const YAML::Node& node)
{
    HF_TRY(const std::string text, scalar(file, node));
    const BreakerState state = breakerStateFromWord(text);
    if (state == BreakerState::Unknown)
        return at(file, node, "\"" + text + "\" is no breaker state");
    return state;
}

Result<void> readBreakers(std::string_view file, const YAML::Node& node, Profile& profile)
{
    const TextFields fields{{"state", &profile.breakerState},
                            {"calls", &profile.breakerCalls},
                            {"refused", &profile.breakerRefused},
                            {"permitted", &profile.breakerPermitted},
                            {"failed", &profile.breakerFailed}};
    return eachKey(file, node, [&](const std::string& key, const YAML::Node& value) -> Result<bool> {
        if (key != "states" && key != "numbers")
            return takeText(file, fields, key, value);
        if (!value.IsMap())
            return at(file, value, "expected a mapping to breaker states");
        for (const auto& entry : value) {
            HF_TRY(const BreakerState state, stateWord(file, entry.second));
            if (key == "states") {
                profile.breakerStates[entry.first.Scalar()] = state;
            } else {
                HF_TRY(const double code, number(file, entry.first));
                profile.breakerNumbers[code] = state;
            }
        }
        return true;
    });
}

Result<void> readResources(std::string_view file, const YAML::Node& node, Profile& profile)
{
    if (!node.IsSequence())
        return at(file, node, "expected a list of resources");
    for (const auto& item : node) {
        ResourceRule rule;
        HF_CHECK(eachKey(file, item, [&](const std::string& key, const YAML::Node& value) -> Result<bool> {
            if (key != "ceiling")
                return takeText(file, {{"resource", &rule.resource}, {"expr", &rule.expr}}, key, value);
            HF_TRY(rule.ceiling, number(file, value));
            if (!(rule.ceiling > 0 && rule.ceiling <= 1))
                return at(file, value, "a ceiling is above 0 and at most 1");
            return true;
        }));
        if (rule.resource.empty() || rule.expr.empty())
            return at(file, item, "a resource needs \"resource\" and \"expr\"");
        profile.resources.push_back(std::move(rule));
    }
    return {};
}

Result<bool> readSection(std::string_view file, const std::string& key, const YAML::Node& value, Profile& profile)
{
    if (key == "breakers")
        HF_CHECK(readBreakers(file, value, profile));
    else if (key == "resources")
        HF_CHECK(readResources(file, value, profile));
    else if (key == "flags")
        HF_CHECK(eachKey(file, value, [&](const std::string& name, const YAML::Node& expr) {
            return takeText(file, {{"on", &profile.flagsOn}, {"forced", &profile.flagsForced}}, name, expr);
        }));
    else if (key == "edges")
        HF_CHECK(eachKey(file, value, [&](const std::string& name, const YAML::Node& expr) {
            return takeText(file, {{"requests", &profile.edgeRequests}, {"errors", &profile.edgeErrors}}, name, expr);
        }));
    else
        return false;
    return true;
}

Result<Profile> readProfile(const YAML::Node& root, std::string_view file)
{
    Profile profile;
    const TextFields fields{{"profile", &profile.name},
                            {"title", &profile.title},
                            {"requests", &profile.requests},
                            {"errors", &profile.errors},
                            {"latency_buckets", &profile.latencyBuckets},
                            {"latency_mean", &profile.latencyMean},
                            {"heatmap", &profile.heatmap},
                            {"retries", &profile.retries},
                            {"instances", &profile.instances},
                            {"version", &profile.version},
                            {"started", &profile.started},
                            {"queues", &profile.queues}};
    HF_CHECK(eachKey(file, root, [&](const std::string& key, const YAML::Node& value) -> Result<bool> {
        if (key == "precedence") {
            HF_TRY(const double precedence, number(file, value));
            profile.precedence = static_cast<int>(precedence);
            return true;
        }
        if (key == "latency_scale") {
            HF_TRY(profile.latencyScale, number(file, value));
            return true;
        }
        if (key == "service") {
            HF_TRY(profile.service, words(file, value));
            return true;
        }
        if (key == "detect") {
            HF_TRY(profile.detect, words(file, value));
            return true;
        }
        HF_TRY(const bool section, readSection(file, key, value, profile));
        if (section)
            return true;
        return takeText(file, fields, key, value);
    }));
    if (profile.name.empty() || profile.service.empty() || profile.detect.empty())
        return at(file, root, "a profile needs \"profile\", \"service\" and \"detect\"");
    return profile;
}

}  // namespace

BreakerState breakerStateFromWord(std::string_view text)
{
    static constexpr std::array kStates{BreakerState::Closed,     BreakerState::HalfOpen,     BreakerState::Open,
                                        BreakerState::ForcedOpen, BreakerState::ForcedClosed, BreakerState::Disabled};
    for (const BreakerState state : kStates)
        if (text == word(state))
            return state;
    return BreakerState::Unknown;
}

Result<Profile> parseProfile(std::string_view text, std::string_view file)
{
    try {
        return readProfile(YAML::Load(std::string(text)), file);
    } catch (const YAML::Exception& error) {
        return Error{std::string(file) + ":" + std::to_string(error.mark.line + 1) + ":"
                         + std::to_string(error.mark.column + 1) + ": " + error.msg,
                     ErrorKind::BadInput};
    }
}

}  // namespace holdfast::signals
