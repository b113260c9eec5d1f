#include "app/commands/control_text.h"

#include "app/base/duration.h"
#include "app/base/time_text.h"
#include "app/commands/text_table.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <vector>

namespace holdfast::commands {

using nlohmann::json;

namespace {

/// A member that is an array, or none.
json listOf(const json& object, const char* key)
{
    const auto found = object.find(key);
    return found != object.end() && found->is_array() ? *found : json::array();
}

std::string ofInstances(const json& control)
{
    return std::to_string(integerOf(control, "k")) + "/" + std::to_string(integerOf(control, "n"));
}

void addLines(std::string& out, const char* head, const json& lines)
{
    for (const json& line : lines)
        if (line.is_string())
            out += head + line.get<std::string>() + "\n";
}

}  // namespace

std::string textOf(const json& object, const char* key)
{
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::int64_t integerOf(const json& object, const char* key)
{
    const auto found = object.find(key);
    return found != object.end() && found->is_number_integer() ? found->get<std::int64_t>() : 0;
}

std::string controlTable(const json& controls)
{
    TextTable table({"CONTROL", "STATE", "INSTANCES", "PROOF", "HELD BY", "LOCKED"});
    for (const json& control : controls) {
        const auto lease = control.find("lease");
        table.add({textOf(control, "id"), textOf(control, "word"), ofInstances(control), textOf(control, "quality"),
                   lease != control.end() && lease->is_object() ? textOf(*lease, "actor") : std::string(),
                   textOf(control, "locked")});
    }
    return table.text();
}

std::string controlText(const json& control)
{
    std::string out = textOf(control, "id") + "\n  " + textOf(control, "word") + " on " + ofInstances(control) + ", "
                      + textOf(control, "quality") + "\n";
    if (const std::string effect = textOf(control, "effect"); !effect.empty())
        out += "  " + effect + "\n";
    if (const std::string locked = textOf(control, "locked"); !locked.empty())
        out += "  Locked: " + locked + "\n";
    out += "  Blast " + textOf(control, "blast") + ", holds up to "
           + formatDuration(integerOf(control, "max_hold_s") * 1000) + "; can be set to:";
    for (const json& option : listOf(control, "options"))
        out += " " + textOf(option, "value");
    out += "\n";
    TextTable table({"INSTANCE", "STATE", "MODE", "PROOF", "READ", "ERROR"});
    for (const json& instance : listOf(control, "instances"))
        table.add({textOf(instance, "instance"), textOf(instance, "state"), textOf(instance, "mode"),
                   textOf(instance, "quality"), rfc3339(integerOf(instance, "observed_ms")),
                   textOf(instance, "error")});
    return out + table.text();
}

std::string holdTable(const json& leases, std::int64_t nowMs)
{
    TextTable table({"HOLD", "CONTROL", "STATE", "INSTANCES", "ENDS IN", "BY", "KEPT BY", "REASON"});
    for (const json& lease : leases) {
        const std::int64_t leftS = (integerOf(lease, "until_ms") - nowMs) / 1000;
        table.add({std::to_string(integerOf(lease, "id")), textOf(lease, "control"), textOf(lease, "word"),
                   ofInstances(lease), leftS > 0 ? formatDuration(leftS * 1000) : "overdue", textOf(lease, "actor"),
                   textOf(lease, "keeper"), textOf(lease, "reason")});
    }
    return table.text();
}

std::string actionTable(const json& actions)
{
    TextTable table({"ACTION", "TIME", "CONTROL", "TO", "STATE", "INSTANCES", "PROOF", "BY", "REASON"});
    for (const json& action : actions)
        table.add({std::to_string(integerOf(action, "id")), rfc3339(integerOf(action, "created_ms")),
                   textOf(action, "control"), textOf(action, "to"), textOf(action, "state"), ofInstances(action),
                   textOf(action, "proof"), textOf(action, "actor"), textOf(action, "reason")});
    return table.text();
}

std::string actionText(const json& action)
{
    std::string out = "Action " + std::to_string(integerOf(action, "id")) + " on " + textOf(action, "control") + ": "
                      + textOf(action, "state") + ". " + textOf(action, "message") + "\n";
    for (const json& instance : listOf(action, "instances"))
        out += "  " + textOf(instance, "instance") + "  " + textOf(instance, "state") + "  "
               + textOf(instance, "message") + "\n";
    const std::int64_t lease = integerOf(action, "lease");
    if (lease > 0 && integerOf(action, "reverts") == 0)
        out += "Hold " + std::to_string(lease) + ": holdfast control revert " + std::to_string(lease) + "\n";
    return out;
}

std::string planText(const json& plan)
{
    std::string out = textOf(plan, "sentence") + " (now " + textOf(plan, "from") + "; " + textOf(plan, "hold") + ")\n";
    addLines(out, "  ", listOf(plan, "preview"));
    addLines(out, "  Warning: ", listOf(plan, "warnings"));
    if (!textOf(plan, "approval").empty())
        out += "  Waits for a second person\n";
    if (const std::string name = textOf(plan, "type_name"); !name.empty())
        out += "  Reaches far: needs --type-name " + name + "\n";
    addLines(out, "  ", listOf(plan, "requests"));
    return out;
}

}  // namespace holdfast::commands
