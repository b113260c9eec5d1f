#include "app/incident/effect_history.h"

#include "app/control/records.h"
#include "app/incident/incident_journal.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace holdfast::incident {

namespace {

using nlohmann::json;

std::string text(const json& item, const char* key)
{
    const auto found = item.find(key);
    return found != item.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::int64_t number(const json& item, const char* key)
{
    const auto found = item.find(key);
    return found != item.end() && found->is_number_integer() ? found->get<std::int64_t>() : std::int64_t{0};
}

std::optional<double> real(const json& item, const char* key)
{
    const auto found = item.find(key);
    return found != item.end() && found->is_number() ? std::optional(found->get<double>()) : std::nullopt;
}

void addAction(const store::Journal& journal, ChangeEffect& out)
{
    const auto actions = control::readActions(journal, "id = ?", {out.ofId}, 1);
    if (!actions.ok() || actions->empty())
        return;
    const control::Action& action = actions->front().action;
    out.ofMs = actions->front().sentMs > 0 ? actions->front().sentMs : action.createdMs;
    out.actor = action.actor;
    out.what = action.control + " " + action.to;
    if (!action.effect)
        return;
    out.state = action.effect->state;
    out.lines = action.effect->lines;
    out.verdict = verdictOf(out.lines);
}

}  // namespace

std::string verdictOf(const std::vector<control::EffectLine>& lines)
{
    const auto any = [&](const char* verdict) {
        return std::ranges::find(lines, verdict, &control::EffectLine::verdict) != lines.end();
    };
    if (any("improved"))
        return any("worse") ? "mixed" : "improved";
    if (any("worse"))
        return "worse";
    return any("no_clear_change") ? "no_clear_change" : "too_early";
}

std::string effectData(const ChangeEffect& effect)
{
    json lines = json::array();
    for (const auto& line : effect.lines) {
        json item{{"signal", line.signal}, {"verdict", line.verdict}};
        if (line.before)
            item["before"] = *line.before;
        if (line.now)
            item["now"] = *line.now;
        if (line.z)
            item["z"] = *line.z;
        lines.push_back(std::move(item));
    }
    const json out{{"of", effect.of},           {"event", effect.ofId},     {"of_ms", effect.ofMs},
                   {"what", effect.what},       {"state", effect.state},    {"verdict", effect.verdict},
                   {"because", effect.because}, {"lines", std::move(lines)}};
    return out.dump(-1, ' ', false, json::error_handler_t::replace);
}

ChangeEffect effectFrom(const Event& event)
{
    ChangeEffect out;
    out.event = event.id;
    out.atMs = event.atMs;
    out.service = event.service;
    out.actor = event.actor;
    out.text = event.text;
    out.incident = event.incident;
    const json data = json::parse(event.dataJson, nullptr, false);
    if (!data.is_object())
        return out;
    if (data.contains("action")) {
        out.of = "action";
        out.ofId = number(data, "action");
        return out;
    }
    out.of = text(data, "of");
    out.ofId = number(data, "event");
    out.ofMs = number(data, "of_ms");
    out.what = text(data, "what");
    out.state = text(data, "state");
    out.verdict = text(data, "verdict");
    out.because = text(data, "because");
    if (const auto lines = data.find("lines"); lines != data.end() && lines->is_array()) {
        for (const auto& item : *lines) {
            if (item.is_object())
                out.lines.push_back({.signal = text(item, "signal"),
                                     .before = real(item, "before"),
                                     .now = real(item, "now"),
                                     .verdict = text(item, "verdict"),
                                     .z = real(item, "z")});
        }
    }
    return out;
}

Result<std::vector<ChangeEffect>> effectHistory(const store::Journal& journal, const EffectQuery& query)
{
    EventQuery events;
    events.startMs = query.startMs;
    events.endMs = query.endMs;
    events.service = query.service;
    events.incident = query.incident;
    events.limit = query.limit;
    events.kinds = {"effect"};
    events.knownMs = query.knownMs;
    HF_TRY(const auto found, loadEvents(journal, events));
    std::vector<ChangeEffect> out;
    for (auto event = found.rbegin(); event != found.rend(); ++event) {
        ChangeEffect effect = effectFrom(*event);
        if (effect.of == "action")
            addAction(journal, effect);
        if (effect.verdict.empty())
            effect.verdict = "too_early";
        if (effect.state.empty())
            effect.state = "too_early";
        out.push_back(std::move(effect));
    }
    return out;
}

}  // namespace holdfast::incident
