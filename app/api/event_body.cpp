#include "app/api/event_body.h"

#include "app/api/parameters.h"
#include "app/base/time_text.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace holdfast::api {

namespace {

using nlohmann::json;

constexpr std::size_t kMostEvents = 100;
constexpr std::int64_t kAheadMs = 60'000;  // a clock beside ours may be a little fast

Error wrong(const char* name, const char* expected)
{
    return {std::string(name) + ": expected " + expected, ErrorKind::BadInput};
}

/// A text member; empty where there is none.
Result<std::string> text(const json& object, const char* name)
{
    const auto found = object.find(name);
    if (found == object.end() || found->is_null())
        return std::string();
    if (found->is_number_integer())
        return std::to_string(found->get<std::int64_t>());
    if (!found->is_string())
        return wrong(name, "a text");
    return found->get<std::string>();
}

std::string textOr(const json& object, const char* name)
{
    const auto found = object.find(name);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::string inside(const json& object, const char* outer, const char* name)
{
    const auto found = object.find(outer);
    if (found == object.end() || !found->is_object())
        return {};
    return textOr(*found, name);
}

Result<std::int64_t> timeOf(const json& object, std::int64_t nowMs)
{
    std::int64_t at = nowMs;
    if (const auto ms = object.find("at_ms"); ms != object.end() && !ms->is_null()) {
        if (!ms->is_number_integer())
            return wrong("at_ms", "milliseconds since the epoch");
        at = ms->get<std::int64_t>() == 0 ? nowMs : ms->get<std::int64_t>();
    } else if (const auto when = object.find("at"); when != object.end() && !when->is_null()) {
        if (when->is_number()) {
            at = static_cast<std::int64_t>(when->get<double>() * 1000);
        } else {
            const auto parsed = when->is_string() ? parseRfc3339(when->get<std::string>()) : std::nullopt;
            if (!parsed)
                return wrong("at", "a time like 2026-01-02T03:04:05Z, or Unix seconds");
            at = *parsed;
        }
    }
    if (at < 0 || at > nowMs + 86'400'000)
        return wrong("at", "a time that has been");
    return at > nowMs && at <= nowMs + kAheadMs ? nowMs : at;
}

/// Deploys as forges report them: GitHub's deployment and deployment_status, GitLab's deployment.
std::optional<json> fromForge(const json& object)
{
    const bool github = object.contains("deployment") && object.contains("repository");
    const bool gitlab = object.value("object_kind", json()) == "deployment";
    if (!github && !gitlab)
        return std::nullopt;
    json out{{"kind", "deploy"}};
    out["service"] = github ? inside(object, "repository", "name") : inside(object, "project", "name");
    out["version"] = github ? inside(object, "deployment", "ref") : textOr(object, "ref");
    out["actor"] = github ? inside(object, "sender", "login") : inside(object, "user", "username");
    out["environment"] = github ? inside(object, "deployment", "environment") : textOr(object, "environment");
    std::string status = github ? inside(object, "deployment_status", "state") : textOr(object, "status");
    if (!status.empty())
        out["status"] = std::move(status);
    return out;
}

std::string deployText(const std::string& service, const std::string& version, const json& object)
{
    std::string out = (service.empty() ? "" : service + " ") + version;
    if (const auto status = object.find("status"); status != object.end() && status->is_string())
        out += " (" + status->get<std::string>() + ")";
    return out;
}

/// "pool full since then, see #142" or "#INC-142" → 142.
std::optional<std::int64_t> mentioned(std::string_view text)
{
    for (std::size_t at = text.find('#'); at != std::string_view::npos; at = text.find('#', at + 1)) {
        std::string_view rest = text.substr(at + 1);
        if (rest.starts_with("INC-"))
            rest.remove_prefix(4);
        const std::size_t digits = std::min(rest.find_first_not_of("0123456789"), rest.size());
        if (digits > 0)
            return parseInteger(rest.substr(0, digits));
    }
    return std::nullopt;
}

Result<incident::Event> eventOf(const json& given, std::int64_t nowMs)
{
    if (!given.is_object())
        return Error{"expected a JSON object for each event", ErrorKind::BadInput};
    const json object = fromForge(given).value_or(given);
    incident::Event event;
    event.knownMs = nowMs;
    HF_TRY(event.kind, text(object, "kind"));
    HF_TRY(event.service, text(object, "service"));
    HF_TRY(event.subject, text(object, "subject"));
    HF_TRY(event.actor, text(object, "actor"));
    HF_TRY(event.text, text(object, "text"));
    HF_TRY(const std::string version, text(object, "version"));
    HF_TRY(event.atMs, timeOf(object, nowMs));
    if (event.kind.empty())
        return wrong("kind", "what happened, like deploy or note");
    if (event.kind == "deploy" && event.subject.empty())
        event.subject = version;
    if (event.text.empty() && !version.empty())
        event.text = deployText(event.service, version, object);
    if (event.text.empty())
        return wrong("text", "one sentence (or version, for a deploy)");
    if (const auto named = object.find("incident"); named != object.end() && named->is_number_integer())
        event.incident = named->get<std::int64_t>();
    else if (event.kind == "note")
        event.incident = mentioned(event.text);
    static const std::set<std::string, std::less<>> known{"kind", "service", "subject", "actor",
                                                          "text", "at",      "at_ms",   "incident"};
    json data = json::object();
    for (const auto& [name, value] : object.items())
        if (!known.contains(name))
            data[name] = value;
    event.dataJson = data.dump(-1, ' ', false, json::error_handler_t::replace);
    return event;
}

}  // namespace

Result<std::vector<incident::Event>> eventsFromBody(std::string_view body, std::int64_t nowMs)
{
    const json root = json::parse(body, nullptr, false);
    if (root.is_discarded())
        return Error{"the body is not JSON", ErrorKind::BadInput};
    std::vector<incident::Event> out;
    if (!root.is_array()) {
        HF_TRY(auto event, eventOf(root, nowMs));
        out.push_back(std::move(event));
        return out;
    }
    if (root.empty() || root.size() > kMostEvents)
        return Error{"expected 1 to 100 events", ErrorKind::BadInput};
    for (std::size_t i = 0; i < root.size(); ++i) {
        HF_TRY(auto event, eventOf(root[i], nowMs).in("event " + std::to_string(i + 1)));
        out.push_back(std::move(event));
    }
    return out;
}

}  // namespace holdfast::api
