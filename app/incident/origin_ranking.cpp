#include "app/incident/origin_ranking.h"

#include "app/base/duration.h"
#include "app/base/time_text.h"

#include <algorithm>
#include <string_view>

namespace holdfast::incident {

namespace {

constexpr std::int64_t kChangeWindowMs = 10LL * 60'000;
constexpr std::int64_t kCauseSlackMs = 60'000;
constexpr int kAnyHops = 16;
constexpr std::size_t kMostNamed = 3;

std::string joined(const std::vector<std::string>& names)
{
    std::string out;
    for (std::size_t i = 0; i < names.size() && i < kMostNamed; ++i)
        out += (i ? ", " : "") + names[i];
    if (names.size() > kMostNamed)
        out += " +" + std::to_string(names.size() - kMostNamed);
    return out;
}

std::string clockTime(std::int64_t ms)
{
    return rfc3339(ms).substr(11, 8) + "Z";
}

std::string wholeSeconds(std::int64_t ms)
{
    return formatDuration(std::max<std::int64_t>(ms / 1000 * 1000, 0));
}

class Ranking {
public:
    Ranking(const Record& record, const Topology& topology, const std::vector<Event>& changes)
        : m_record(record), m_topology(topology), m_changes(changes), m_members(record.members())
    {
    }

    std::vector<RankedOrigin> run() const
    {
        std::vector<RankedOrigin> out;
        for (const auto& service : m_members)
            out.push_back(judge(service));
        const auto onset = [&](const RankedOrigin& o) { return m_record.onset(o.service).value_or(0); };
        std::ranges::stable_sort(out, [&](const RankedOrigin& a, const RankedOrigin& b) {
            return a.points != b.points ? a.points > b.points : onset(a) < onset(b);
        });
        return out;
    }

private:
    RankedOrigin judge(const std::string& service) const
    {
        RankedOrigin out{.service = service, .points = 0, .evidence = {}};
        earliest(out);
        deepest(out);
        ownSignals(out);
        changes(out);
        return out;
    }

    static void add(RankedOrigin& out, int points, std::string_view sentence)
    {
        out.points += points;
        out.evidence.push_back(out.service + ": " + withoutName(out.service, sentence));
    }

    /// What is said about a service often begins with its name.
    static std::string withoutName(const std::string& service, std::string_view text)
    {
        if (text.starts_with(service + ": "))
            text.remove_prefix(service.size() + 2);
        else if (text.starts_with(service + " ") && !text.starts_with(service + " →"))
            text.remove_prefix(service.size() + 1);
        return std::string(text);
    }

    void earliest(RankedOrigin& out) const
    {
        if (m_members.size() < 2)
            return;
        const std::int64_t own = m_record.onset(out.service).value_or(0);
        std::string next;
        std::int64_t nextOnset = INT64_MAX;
        for (const auto& other : m_members) {
            const std::int64_t onset = m_record.onset(other).value_or(0);
            if (other != out.service && onset < nextOnset) {
                next = other;
                nextOnset = onset;
            }
        }
        if (own < nextOnset)
            add(out, 3,
                "changed first, at " + clockTime(own) + ", " + wholeSeconds(nextOnset - own) + " before " + next);
    }

    /// Others depend on it, and all of them failed more than a minute before it: a trouble of its own, not the cause. A
    /// cause may show a little later than its effects; the slack is that of the grouping.
    [[nodiscard]] bool isLate(const std::string& service) const
    {
        const std::int64_t own = m_record.onset(service).value_or(0);
        bool anyCaller = false;
        for (const auto& [caller, hops] : m_topology.callers(service, kAnyHops)) {
            if (!m_members.contains(caller))
                continue;
            anyCaller = true;
            if (m_record.onset(caller).value_or(0) + kCauseSlackMs >= own)
                return false;
        }
        return anyCaller;
    }

    void deepest(RankedOrigin& out) const
    {
        const auto below = m_topology.callees(out.service, kAnyHops);
        const auto above = m_topology.callers(out.service, kAnyHops);
        for (const auto& [callee, hops] : below) {
            // Two services that call each other: neither is below the other.
            if (m_members.contains(callee) && !above.contains(callee))
                return;
        }
        std::vector<std::string> affected;
        for (const auto& [caller, hops] : above) {
            if (m_members.contains(caller))
                affected.push_back(caller);
        }
        if (affected.empty())
            return;
        if (isLate(out.service)) {
            add(out, -4,
                "began at " + clockTime(m_record.onset(out.service).value_or(0))
                    + ", long after those that depend on it");
            return;
        }
        const auto others = static_cast<std::size_t>(std::ranges::count_if(
            m_members, [&](const std::string& other) { return other != out.service && !isLate(other); }));
        std::ranges::stable_sort(affected, {}, [&](const std::string& s) { return above.at(s); });
        if (affected.size() == others)
            add(out, 4, "the deepest failing service; " + joined(affected) + " depend on it");
        else if (affected.size() * 2 >= others + 1)
            add(out, 2, "a deepest failing service; " + joined(affected) + " depend on it");
    }

    void ownSignals(RankedOrigin& out) const
    {
        bool symptom = false;
        bool saturated = false;
        bool down = false;
        std::string callee;
        for (const auto& signal : m_record.signals) {
            if (signal.service != out.service)
                continue;
            symptom |= isSymptom(signal);
            if (!isSymptom(signal) && callee.empty())
                callee = signal.subject;
            if (signal.kind == "headroom" && !saturated) {
                saturated = true;
                add(out, 3, "at its limit: " + withoutName(out.service, signal.summary));
            }
            if (signal.kind == "target" && !down) {
                down = true;
                add(out, 3, "does not answer: " + withoutName(out.service, signal.summary));
            }
        }
        if (!symptom)
            add(out, -2,
                "only reports failing calls to " + (callee.empty() ? std::string("others") : callee)
                    + (callee.empty() || m_members.contains(callee) ? "" : ", which has no signal of its own yet"));
    }

    void changes(RankedOrigin& out) const
    {
        const std::int64_t onset = m_record.onset(out.service).value_or(0);
        bool restarted = false;
        bool changed = false;
        for (const auto& event : m_changes) {
            if (event.service != out.service || event.atMs > onset + 5'000 || event.atMs < onset - kChangeWindowMs)
                continue;
            const std::string before =
                wholeSeconds(std::max<std::int64_t>(onset - event.atMs, 0)) + " before it changed";
            if (event.kind == "restart" && !restarted) {
                restarted = true;
                add(out, 3, event.text + ", " + before);
            } else if ((event.kind == "deploy" || event.kind == "flag") && !changed) {
                changed = true;
                add(out, 2, event.text + ", " + before);
            }
        }
    }

    const Record& m_record;
    const Topology& m_topology;
    const std::vector<Event>& m_changes;
    const std::set<std::string> m_members;
};

/// What is wrong with a service, in one word; the plainest one where several hold.
std::string conditionWord(const Record& record, const std::string& service)
{
    constexpr std::pair<const char*, const char*> kWords[] = {{"target", "down"},
                                                              {"errors", "failing"},
                                                              {"latency", "slow"},
                                                              {"headroom", "saturated"},
                                                              {"breaker", "rejecting calls"},
                                                              {"dependency", "failing calls"},
                                                              {"retries", "retry storm"},
                                                              {"override", "override left in force"},
                                                              {"engine", "late"},
                                                              {"store", "losing data"}};
    for (const auto& [kind, word] : kWords) {
        for (const auto& signal : record.signals) {
            if (signal.service == service && signal.kind == kind)
                return (kind == std::string_view("breaker") || kind == std::string_view("dependency"))
                               && !signal.subject.empty()
                           ? word + (" to " + signal.subject)
                           : word;
        }
    }
    return "in trouble";
}

}  // namespace

std::vector<RankedOrigin> rankOrigins(const Record& record, const Topology& topology, const std::vector<Event>& changes)
{
    return Ranking(record, topology, changes).run();
}

bool isSymptom(const IncidentSignal& signal)
{
    return signal.kind != "breaker" && signal.kind != "dependency" && signal.kind != "retries";
}

std::string incidentTitle(const Record& record, const Topology& topology, const std::string& about)
{
    if (record.offline) {
        const auto down = std::ranges::count(record.signals, "target", &IncidentSignal::kind);
        return "You may be offline: " + std::to_string(down)
               + (topology.targets > 0 ? " of " + std::to_string(topology.targets) : std::string())
               + " targets do not answer";
    }
    const auto distance = topology.callers(about, kAnyHops);
    std::vector<std::string> others;
    for (const auto& service : record.members()) {
        if (service != about)
            others.push_back(service);
    }
    std::ranges::stable_sort(others, {}, [&](const std::string& service) {
        const auto found = distance.find(service);
        return found == distance.end() ? kAnyHops + 1 : found->second;
    });
    std::string title = about + " " + conditionWord(record, about);
    if (!others.empty())
        title += " → " + joined(others);
    return title;
}

}  // namespace holdfast::incident
