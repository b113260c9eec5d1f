#include "app/commands/incidents_text.h"

#include "app/base/duration.h"
#include "app/base/readable_number.h"
#include "app/base/time_text.h"
#include "app/commands/text_table.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace holdfast::commands {

namespace {

using nlohmann::json;

std::string text(const json& object, const char* name)
{
    const auto found = object.find(name);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::int64_t number(const json& object, const char* name)
{
    const auto found = object.find(name);
    return found != object.end() && found->is_number() ? found->get<std::int64_t>() : std::int64_t{0};
}

double real(const json& object, const char* name)
{
    const auto found = object.find(name);
    return found != object.end() && found->is_number() ? found->get<double>() : 0.0;
}

bool flag(const json& object, const char* name)
{
    const auto found = object.find(name);
    return found != object.end() && found->is_boolean() && found->get<bool>();
}

json list(const json& object, const char* name)
{
    const auto found = object.find(name);
    return found != object.end() && found->is_array() ? *found : json::array();
}

std::string time(const json& object, const char* name)
{
    const auto found = object.find(name);
    return found == object.end() || !found->is_number() ? "–" : rfc3339(found->get<std::int64_t>()).substr(0, 19) + "Z";
}

std::string span(std::int64_t ms)
{
    return formatDuration(std::max<std::int64_t>(ms, 0) / 1000 * 1000);
}

std::string joined(const json& items)
{
    std::string out;
    for (const auto& item : items)
        out += (out.empty() ? "" : ", ") + (item.is_string() ? item.get<std::string>() : item.dump());
    return out;
}

std::string durations(const json& root, const char* name)
{
    const auto found = root.find(name);
    if (found == root.end() || number(*found, "count") == 0)
        return "–";
    return span(number(*found, "median")) + " median, " + span(number(*found, "p90")) + " p90 ("
           + std::to_string(number(*found, "count")) + ")";
}

std::string signalNotes(const json& signal)
{
    std::string out;
    const auto add = [&](const std::string& word) { out += (out.empty() ? "" : ", ") + word; };
    if (number(signal, "transitions") > 1)
        add("flapping ×" + std::to_string(number(signal, "transitions")));
    for (const auto& [name, word] :
         {std::pair{"muted", "explained by its target"}, std::pair{"maybe_unrelated", "maybe unrelated"},
          std::pair{"shelved", "shelved"}, std::pair{"standing", "standing"}}) {
        if (flag(signal, name))
            add(word);
    }
    return out;
}

}  // namespace

std::string incidentListText(const json& root)
{
    TextTable table({"ID", "STATE", "SEVERITY", "OPENED", "SIGNALS", "OWNER", "TITLE"});
    for (const auto& one : list(root, "incidents"))
        table.add({std::to_string(number(one, "id")), text(one, "state"), text(one, "severity"), time(one, "opened_ms"),
                   std::to_string(number(one, "signals")) + (flag(one, "flood") ? " (flood)" : ""), text(one, "owner"),
                   text(one, "title")});
    return table.text();
}

std::string incidentText(const json& one)
{
    std::string out = "INC-" + std::to_string(number(one, "id")) + "  " + text(one, "title") + "\n" + text(one, "state")
                      + ", " + text(one, "severity") + ", opened " + time(one, "opened_ms")
                      + (text(one, "owner").empty() ? "" : ", " + text(one, "owner") + " has it") + "\n";
    if (const auto suggestion = text(one, "suggestion"); !suggestion.empty())
        out += suggestion + "\n";
    for (const auto& line : list(one, "evidence"))
        out += "  " + (line.is_string() ? line.get<std::string>() : line.dump()) + "\n";
    TextTable signals({"BEGAN", "SERVICE", "ALERT", "OVER", "NOTES", "FINGERPRINT"});
    for (const auto& signal : list(one, "signals_list"))
        signals.add({time(signal, "onset_ms"), text(signal, "service"), text(signal, "alert"),
                     time(signal, "cleared_ms"), signalNotes(signal), text(signal, "fingerprint")});
    TextTable timeline({"TIME", "EVENT", "KIND", "SERVICE", "WHO", "WHAT"});
    for (const auto& event : list(one, "timeline"))
        timeline.add({time(event, "at_ms") + (flag(event, "starred") ? " ★" : ""), std::to_string(number(event, "id")),
                      text(event, "kind") == "note" && text(event, "subject") != "note" ? text(event, "subject")
                                                                                        : text(event, "kind"),
                      text(event, "service"), text(event, "actor"), text(event, "text")});
    return out + "\n" + signals.text() + "\n" + timeline.text();
}

std::string shelvesText(const json& root)
{
    TextTable table({"ID", "ALERT", "SERVICE", "UNTIL", "BY", "WHY", "FIRING"});
    for (const auto& one : list(root, "shelves"))
        table.add({std::to_string(number(one, "id")), text(one, "alert").empty() ? "all" : text(one, "alert"),
                   text(one, "service").empty() ? "all" : text(one, "service"),
                   one.contains("ended_ms") && one["ended_ms"].is_number() ? "ended " + time(one, "ended_ms")
                                                                           : time(one, "until_ms"),
                   text(one, "actor"), text(one, "reason"), std::to_string(number(one, "firing"))});
    return table.text();
}

std::string similarText(const json& root)
{
    std::string out;
    for (const auto& one : list(root, "similar")) {
        out += "INC-" + std::to_string(number(one, "id")) + "  " + time(one, "opened_ms") + "  " + text(one, "title")
               + "\n  because: " + joined(list(one, "why")) + "\n";
        for (const auto& deed : list(one, "done"))
            out += "  " + time(deed, "at_ms") + "  " + text(deed, "text")
                   + (text(deed, "effect").empty() ? "" : "  → " + text(deed, "effect")) + "\n";
    }
    return out.empty() ? "Nothing like it is known.\n" : out;
}

std::string reviewText(const json& root)
{
    TextTable table({"WHAT", "VALUE"});
    table.add({"span", time(root, "start_ms") + " to " + time(root, "end_ms")});
    table.add({"incidents", std::to_string(number(root, "incidents"))});
    table.add({"time to acknowledge", durations(root, "acknowledge_ms")});
    table.add({"time to mitigate", durations(root, "mitigate_ms")});
    table.add({"time to resolve", durations(root, "resolve_ms")});
    table.add({"pages", std::to_string(number(root, "pages"))});
    table.add({"pages a shift", readableNumber(real(root, "pages_per_shift"))
                                    + " (bearable: " + readableNumber(real(root, "pages_per_shift_limit")) + ")"});
    table.add({"self-healed", std::to_string(number(root, "self_healed")) + " ("
                                  + readableRatio(real(root, "self_healed_ratio")) + ")"});
    table.add({"signals an incident", readableNumber(real(root, "signals_per_incident"))});
    table.add({"reopened", std::to_string(number(root, "reopened"))});
    table.add({"overrides", std::to_string(number(root, "overrides_reverted")) + " reverted by hand, "
                                + std::to_string(number(root, "overrides_expired")) + " ended by themselves"});
    if (const auto alarms = root.find("alarms"); alarms != root.end() && alarms->is_object()) {
        table.add({"alarms", std::to_string(number(*alarms, "total")) + ", "
                                 + readableNumber(real(*alarms, "per_10min"))
                                 + " per 10 min: " + text(*alarms, "judgement") + " (EEMUA 191)"});
        table.add({"worst 10 min", std::to_string(number(*alarms, "worst_10min")) + " alarms, "
                                       + std::to_string(number(*alarms, "floods")) + " floods"});
    }
    return table.text();
}

std::string replacementsText(const json& root)
{
    TextTable table({"KIND", "WHAT", "BECOMES", "TIMES"});
    for (const auto& one : list(root, "replacements"))
        table.add({text(one, "kind"), text(one, "text"), text(one, "with"), std::to_string(number(one, "times"))});
    return table.text();
}

}  // namespace holdfast::commands
