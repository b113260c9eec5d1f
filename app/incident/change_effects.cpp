#include "app/incident/change_effects.h"

#include "app/control/effect.h"
#include "app/control/effect_words.h"
#include "app/incident/incident_journal.h"

#include <algorithm>
#include <array>

namespace holdfast::incident {

namespace {

constexpr std::int64_t kBaselineMs = 600'000;
constexpr std::int64_t kSkipMs = 30'000;
constexpr std::int64_t kWindowMs = 60'000;
constexpr std::int64_t kConfoundedMs = 120'000;
constexpr std::array<std::int64_t, 3> kAttemptsMs{95'000, 300'000, 600'000};
constexpr std::size_t kMostDue = 200;    // guessed: more changes in ten minutes are no longer told apart
constexpr std::size_t kMostCallers = 3;  // whose signals are looked at too

}  // namespace

void ChangeEffects::note(const Event& event)
{
    if ((event.kind != "deploy" && event.kind != "flag") || event.service.empty() || m_due.size() >= kMostDue)
        return;
    m_due.push_back({.change = event, .attempt = 0});
}

std::string ChangeEffects::otherChange(const Event& change, const Topology& topology) const
{
    EventQuery query;
    query.startMs = change.atMs - kConfoundedMs;
    query.endMs = change.atMs + kConfoundedMs;
    query.kinds = {"deploy", "flag", "action", "restart", "foreign_change"};
    query.limit = 200;
    const auto events = loadEvents(m_journal, query);
    if (!events.ok())
        return {};
    for (const Event& other : *events) {
        const bool own = other.service == change.service;
        const bool near = own || topology.callees(change.service, 1).contains(other.service)
                          || topology.callers(change.service, 1).contains(other.service);
        const bool same = other.id == change.id || (own && other.kind == change.kind && other.subject == change.subject)
                          || (own && other.kind == "restart" && change.kind == "deploy");
        if (near && !same)
            return other.text;
    }
    return {};
}

ChangeEffect ChangeEffects::judge(const Event& change, std::int64_t now, const Topology& topology) const
{
    ChangeEffect out;
    out.of = change.kind;
    out.ofId = change.id;
    out.ofMs = change.atMs;
    out.service = change.service;
    out.actor = change.actor;
    out.what = change.text;
    std::vector<std::string> services{change.service};
    for (const auto& [caller, hops] : topology.callers(change.service, 1)) {
        if (services.size() <= kMostCallers)
            services.push_back(caller);
    }
    const TimeRange before{change.atMs - kBaselineMs, change.atMs};
    const TimeRange after{std::max(change.atMs + kSkipMs, now - kWindowMs), now};
    for (const auto& service : services)
        std::ranges::move(control::compareSpans(m_signals(service, before), m_signals(service, after), change.service),
                          std::back_inserter(out.lines));
    out.verdict = verdictOf(out.lines);
    out.because = otherChange(change, topology);
    out.state = !out.because.empty() ? "confounded" : out.verdict == "too_early" ? "too_early" : "ready";
    out.text = "Effect of \"" + change.text + "\": " + control::effectText({.state = out.state, .lines = out.lines});
    if (!out.because.empty())
        out.text += " (" + out.because + ")";
    return out;
}

std::vector<Event> ChangeEffects::advance(std::int64_t now, const Topology& topology)
{
    std::vector<Event> out;
    std::erase_if(m_due, [&](Due& due) {
        if (now - due.change.atMs < kAttemptsMs[due.attempt] && now >= due.change.atMs)
            return false;
        const bool last = due.attempt + 1 == kAttemptsMs.size() || now < due.change.atMs;
        const ChangeEffect effect = judge(due.change, now, topology);
        if (effect.verdict == "too_early" && !last) {
            ++due.attempt;
            return false;
        }
        Event event;
        event.atMs = now;
        event.knownMs = now;
        event.kind = "effect";
        event.service = due.change.service;
        event.subject = due.change.subject;
        event.actor = due.change.actor;
        event.text = effect.text;
        event.dataJson = effectData(effect);
        event.incident = due.change.incident;
        out.push_back(std::move(event));
        return true;
    });
    return out;
}

}  // namespace holdfast::incident
