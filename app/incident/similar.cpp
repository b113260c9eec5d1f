#include "app/incident/similar.h"

#include "app/incident/incident_journal.h"

#include <algorithm>
#include <set>
#include <utility>

namespace holdfast::incident {

namespace {

using Pair = std::pair<std::string, std::string>;

std::set<Pair> breakersOf(const Record& record)
{
    std::set<Pair> out;
    for (const auto& signal : record.signals) {
        if (signal.kind == "breaker" && !signal.subject.empty())
            out.emplace(signal.service, signal.subject);
    }
    return out;
}

std::set<Pair> alertsOf(const Record& record)
{
    std::set<Pair> out;
    for (const auto& signal : record.signals)
        out.emplace(signal.service, signal.alert);
    return out;
}

std::vector<Pair> common(const std::set<Pair>& a, const std::set<Pair>& b)
{
    std::vector<Pair> out;
    std::ranges::set_intersection(a, b, std::back_inserter(out));
    return out;
}

}  // namespace

std::vector<SimilarIncident> similarIncidents(const Record& record, const std::vector<Record>& others,
                                              std::size_t limit)
{
    constexpr int kFewest = 3;
    const auto breakers = breakersOf(record);
    const auto alerts = alertsOf(record);
    std::vector<SimilarIncident> out;
    for (const Record& other : others) {
        if (other.id == record.id || other.mergedInto)
            continue;
        SimilarIncident one;
        one.id = other.id;
        one.title = other.title;
        one.openedMs = other.openedMs;
        one.resolvedMs = other.resolvedMs;
        if (!record.origin.empty() && record.origin == other.origin) {
            one.score += 4;
            one.why.push_back("same origin " + record.origin);
        }
        if (const auto same = common(breakers, breakersOf(other)); !same.empty()) {
            one.score += 3;
            one.why.push_back("same breaker " + same.front().first + " → " + same.front().second);
        }
        if (const auto same = common(alerts, alertsOf(other)); !same.empty()) {
            one.score += static_cast<int>(std::min<std::size_t>(same.size(), 3));
            one.why.push_back(std::to_string(same.size())
                              + (same.size() == 1 ? " alert in common: " : " alerts in common, one is ")
                              + same.front().first + " " + same.front().second);
        }
        if (one.score >= kFewest)
            out.push_back(std::move(one));
    }
    std::ranges::stable_sort(out, [](const SimilarIncident& a, const SimilarIncident& b) {
        return std::tie(b.score, b.openedMs) < std::tie(a.score, a.openedMs);
    });
    out.resize(std::min(out.size(), limit));
    return out;
}

Result<std::vector<Deed>> deedsOf(const store::Journal& journal, std::int64_t incident, std::int64_t knownMs)
{
    EventQuery query;
    query.knownMs = knownMs;
    query.incident = incident;
    query.kinds = {"action", "flag", "deploy"};
    query.limit = 100;
    HF_TRY(const auto events, loadEvents(journal, query));
    EffectQuery effectsOf;
    effectsOf.incident = incident;
    effectsOf.limit = 200;
    effectsOf.knownMs = knownMs;
    HF_TRY(const auto effects, effectHistory(journal, effectsOf));
    std::vector<Deed> out;
    const auto measured = [&](const auto& matches) {
        const auto found = std::ranges::find_if(effects, matches);
        if (found == effects.end())
            return std::string();
        return found->state == "confounded" ? std::string("confounded") : found->verdict;
    };
    for (const Event& event : events) {
        Deed deed{
            .atMs = event.atMs, .text = (event.actor.empty() ? "" : event.actor + ": ") + event.text, .effect = {}};
        if (event.kind == "action") {
            deed.effect = measured([&](const ChangeEffect& effect) {
                return effect.of == "action" && effect.service == event.service && effect.atMs >= event.atMs
                       && effect.ofMs <= event.atMs + 5'000 && effect.ofMs >= event.atMs - 60'000;
            });
        } else {
            deed.effect = measured(
                [&](const ChangeEffect& effect) { return effect.ofId == event.id && effect.of == event.kind; });
        }
        out.push_back(std::move(deed));
    }
    return out;
}

}  // namespace holdfast::incident
