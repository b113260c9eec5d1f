#include "app/incident/record.h"

#include <algorithm>

namespace holdfast::incident {

std::set<std::string> Record::members() const
{
    std::set<std::string> out;
    for (const auto& [service, onset] : onsets)
        out.insert(service);
    return out;
}

std::size_t Record::firing() const
{
    return static_cast<std::size_t>(
        std::ranges::count_if(signals, [](const IncidentSignal& signal) { return signal.counts(); }));
}

void Record::add(IncidentSignal signal)
{
    const auto [known, isNew] = onsets.try_emplace(signal.service, signal.onsetMs);
    known->second = std::min(known->second, signal.onsetMs);
    for (const auto& place : signal.places)
        places[place].insert(signal.service);
    signals.push_back(std::move(signal));
}

std::optional<IncidentSignal> Record::remove(std::string_view fingerprint)
{
    const auto found = std::ranges::find(signals, fingerprint, &IncidentSignal::fingerprint);
    if (found == signals.end())
        return std::nullopt;
    IncidentSignal out = std::move(*found);
    signals.erase(found);
    auto rest = std::move(signals);
    signals.clear();
    onsets.clear();
    places.clear();
    for (auto& signal : rest)
        add(std::move(signal));
    return out;
}

std::optional<std::int64_t> Record::onset(const std::string& service) const
{
    const auto found = onsets.find(service);
    return found == onsets.end() ? std::nullopt : std::optional(found->second);
}

std::int64_t Record::firstOnset() const
{
    std::int64_t out = onsets.empty() ? openedMs : INT64_MAX;
    for (const auto& [service, onset] : onsets)
        out = std::min(out, onset);
    return out;
}

}  // namespace holdfast::incident
