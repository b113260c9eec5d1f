#include "app/incident/transition_watcher.h"

#include <algorithm>

namespace holdfast::incident {

namespace {

constexpr std::int64_t kStartSlackMs = 2'000;  // process start times are whole seconds, and jitter with the clock

Event event(const Observation& now, const char* kind, const std::string& service, const std::string& subject,
            std::string text)
{
    Event out;
    out.atMs = now.t;
    out.knownMs = now.t;
    out.kind = kind;
    out.service = service;
    out.subject = subject;
    out.text = std::move(text);
    return out;
}

}  // namespace

std::vector<Event> TransitionWatcher::observe(const Observation& now)
{
    std::vector<Event> out;
    for (const auto& breaker : now.breakers) {
        const auto known = m_breakers.find(breaker.service + '\n' + breaker.callee);
        if (known == m_breakers.end()) {
            m_breakers.try_emplace(breaker.service + '\n' + breaker.callee, breaker, now.t);
            continue;
        }
        if (auto line = known->second.observe(breaker, now.t)) {
            auto told = event(now, "breaker", breaker.service, breaker.callee, std::move(line->text));
            told.atMs = line->atMs;
            out.push_back(std::move(told));
        }
    }
    for (const auto& flag : now.flags) {
        const auto [known, isNew] = m_flags.try_emplace(flag.service + '\n' + flag.flag, flag.on);
        if (!isNew && known->second != flag.on)
            out.push_back(event(now, "flag", flag.service, flag.flag,
                                flag.service + ": flag " + flag.flag + (flag.on ? " switched on" : " switched off")));
        known->second = flag.on;
    }
    for (const auto& target : now.targets) {
        const auto [known, isNew] = m_targets.try_emplace(target.job + '\n' + target.instance, target);
        TargetObservation& before = known->second;
        if (!isNew && before.up != target.up)
            out.push_back(event(now, "target", target.service, target.instance,
                                target.up ? target.service + ": " + target.instance + " answers again"
                                          : target.service + ": " + target.instance + " does not answer"
                                                + (target.error.empty() ? "" : " (" + target.error + ")")));
        if (before.startedMs > 0 && target.startedMs > before.startedMs + kStartSlackMs) {
            auto restart = event(now, "restart", target.service, target.instance,
                                 target.service + ": " + target.instance + " restarted");
            restart.atMs = std::min(target.startedMs, now.t);
            out.push_back(std::move(restart));
        }
        if (!before.version.empty() && !target.version.empty() && before.version != target.version
            && m_versions[target.service] != target.version) {
            m_versions[target.service] = target.version;
            out.push_back(event(now, "deploy", target.service, target.version,
                                target.service + " " + before.version + " → " + target.version + " deployed"));
        }
        const std::int64_t started = target.startedMs > 0 ? target.startedMs : before.startedMs;
        const std::string version = target.version.empty() ? before.version : target.version;
        before = target;
        before.startedMs = started;
        before.version = version;
    }
    return out;
}

}  // namespace holdfast::incident
