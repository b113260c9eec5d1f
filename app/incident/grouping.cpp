#include "app/incident/grouping.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace holdfast::incident {

namespace {

constexpr std::int64_t kSymptomSlackMs = 15'000;   // onsets are found to within a few scrapes
constexpr std::int64_t kCauseSlackMs = 60'000;     // a cause may be noticed later than its effect
constexpr std::int64_t kExplainedSlackMs = 5'000;  // of a member that has an explanation: must really precede it

/// A callee of `member` that is in the record and changed no later than it: what explains it.
bool isExplained(const Record& record, const std::string& member, std::int64_t onset, const Topology& topology)
{
    for (const auto& [callee, hops] : topology.callees(member, kGroupHops)) {
        const auto other = record.onset(callee);
        if (other && *other <= onset + kSymptomSlackMs)
            return true;
    }
    return false;
}

bool sharesPlace(const Record& record, const IncidentSignal& signal)
{
    return std::ranges::any_of(signal.places, [&](const std::string& place) {
        const auto found = record.places.find(place);
        return found != record.places.end() && found->second.size() >= 2;
    });
}

}  // namespace

bool explains(const Record& record, const IncidentSignal& signal, const Topology& topology)
{
    const std::int64_t onset = record.onset(signal.service).value_or(signal.onsetMs);
    return isExplained(record, signal.service, onset, topology);
}

std::vector<std::string> placesOf(const std::string& labelsJson)
{
    constexpr std::array<const char*, 5> kPlaces{"host", "node", "zone", "availability_zone", "deploy"};
    std::vector<std::string> out;
    const auto labels = nlohmann::json::parse(labelsJson, nullptr, false);
    for (const char* place : kPlaces) {
        const auto value = labels.is_object() ? labels.find(place) : labels.end();
        if (value != labels.end() && value->is_string() && !value->get_ref<const std::string&>().empty())
            out.push_back(place + ("=" + value->get<std::string>()));
    }
    return out;
}

Fit fit(const Record& record, const IncidentSignal& signal, std::int64_t t, const Topology& topology)
{
    if (record.splitFrom.contains(signal.fingerprint))
        return Fit::None;
    if (record.onsets.contains(signal.service))
        return Fit::Member;
    if (t - record.lastSignalMs > kGroupWindowMs)
        return Fit::None;
    for (const auto& [callee, hops] : topology.callees(signal.service, kGroupHops)) {
        const auto onset = record.onset(callee);
        if (onset && signal.onsetMs >= *onset - kSymptomSlackMs)
            return Fit::Symptom;
    }
    Fit cause = Fit::None;
    for (const auto& [caller, hops] : topology.callers(signal.service, kGroupHops)) {
        const auto onset = record.onset(caller);
        if (!onset || signal.onsetMs > *onset + kCauseSlackMs)
            continue;
        if (!isExplained(record, caller, *onset, topology))
            return Fit::Cause;
        if (signal.onsetMs <= *onset + kExplainedSlackMs)
            cause = Fit::PossibleCause;
    }
    if (cause != Fit::None)
        return cause;
    return sharesPlace(record, signal) ? Fit::SharedPlace : Fit::None;
}

}  // namespace holdfast::incident
