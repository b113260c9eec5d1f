#include "app/incident/timeline.h"

#include <algorithm>
#include <map>
#include <set>

namespace holdfast::incident {

namespace {

constexpr int kChattering = 4;  // transitions from which one line says more than each

}  // namespace

std::vector<Event> toldTimeline(std::vector<Event> events, const std::vector<IncidentSignal>& signals)
{
    std::set<std::int64_t> replaced;
    for (const Event& event : events) {
        if (event.replaces)
            replaced.insert(*event.replaces);
    }
    std::map<std::pair<std::string, std::string>, int> chattering;
    for (const auto& signal : signals) {
        if (signal.transitions >= kChattering)
            chattering[{signal.service, signal.alert}] += signal.transitions;
    }
    std::ranges::stable_sort(events, {}, &Event::atMs);
    std::vector<Event> out;
    std::set<std::pair<std::string, std::string>> told;
    for (Event& event : events) {
        if (replaced.contains(event.id))
            continue;
        if (event.kind == "alert_on" || event.kind == "alert_off") {
            const std::pair key{event.service, event.subject};
            const auto flaps = chattering.find(key);
            if (flaps != chattering.end()) {
                if (event.kind == "alert_off" || !told.insert(key).second)
                    continue;
                event.text += " – flapping ×" + std::to_string(flaps->second);
            }
        }
        out.push_back(std::move(event));
    }
    return out;
}

}  // namespace holdfast::incident
