#include "app/incident/incident_service.h"
#include "app/incident/record.h"

#include <algorithm>

namespace holdfast::incident {

namespace {

std::string lower(std::string_view text)
{
    std::string out(text);
    std::ranges::transform(out, out.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return out;
}

}  // namespace

bool IncidentFilter::takes(const Record& record) const
{
    if (openOnly && !record.isOpen())
        return false;
    if (!states.empty() && std::ranges::find(states, incidentStateWord(record.state)) == states.end())
        return false;
    if (!service.empty() && !record.onsets.contains(service))
        return false;
    if (!severity.empty() && severity != severityWord(record.severity))
        return false;
    if (record.openedMs > endMs || record.resolvedMs.value_or(INT64_MAX) < startMs)
        return false;
    if (text.empty())
        return true;
    const std::string wanted = lower(text);
    const auto has = [&](std::string_view where) { return lower(where).find(wanted) != std::string::npos; };
    if (has(record.title) || has(record.owner) || has("inc-" + std::to_string(record.id)))
        return true;
    return std::ranges::any_of(record.signals, [&](const IncidentSignal& signal) {
        return has(signal.service) || has(signal.alert) || has(signal.summary) || has(signal.subject);
    });
}

}  // namespace holdfast::incident
