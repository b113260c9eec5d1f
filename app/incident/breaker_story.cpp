#include "app/incident/breaker_story.h"

#include <utility>

namespace holdfast::incident {

namespace {

constexpr std::int64_t kForcingMs = 10'000;  // two scrapes of instances that are read one after another
constexpr std::int64_t kMinuteMs = 60'000;
constexpr std::size_t kTurnsPerMinute = 3;
constexpr int kTurnsAtAll = 6;  // guessed: who waits a minute between two probes is not told for an hour

bool isForced(const std::string& state)
{
    return state == "forced_open" || state == "forced_closed" || state == "disabled";
}

std::string stateText(const std::string& state)
{
    if (state == "half_open")
        return "half-open";
    if (state == "forced_open")
        return "forced open";
    if (state == "forced_closed")
        return "forced closed";
    return state;
}

std::string pairOf(const BreakerObservation& breaker)
{
    return breaker.service + " → " + breaker.callee + ": breaker ";
}

std::string instancesOf(const BreakerObservation& breaker)
{
    return breaker.n > 1 ? " on " + std::to_string(breaker.k) + " of " + std::to_string(breaker.n) : std::string();
}

}  // namespace

BreakerStory::BreakerStory(const BreakerObservation& first, std::int64_t t) : m_state(first.state), m_sinceMs(t) {}

std::optional<BreakerStory::Line> BreakerStory::observe(const BreakerObservation& now, std::int64_t t)
{
    // A state that nobody reports for a moment is a gap, not a change.
    if (now.state == "unknown")
        return std::nullopt;
    return isForced(now.state) ? forced(now, t) : free(now, t);
}

std::optional<BreakerStory::Line> BreakerStory::forced(const BreakerObservation& now, std::int64_t t)
{
    if (m_state != now.state) {
        m_state = now.state;
        m_sinceMs = t;
        m_told = false;
        m_probing = false;
        m_turns = 0;
        m_last.clear();
    }
    if (m_told || (now.k < now.n && t - m_sinceMs < kForcingMs))
        return std::nullopt;
    m_told = true;
    return Line{m_sinceMs, pairOf(now) + stateText(now.state) + instancesOf(now)};
}

std::optional<BreakerStory::Line> BreakerStory::free(const BreakerObservation& now, std::int64_t t)
{
    if (m_state == now.state)
        return std::nullopt;
    const std::string before = std::exchange(m_state, now.state);
    if (isForced(before)) {
        const bool told = std::exchange(m_told, true);
        if (!told)
            return std::nullopt;
        return Line{t,
                    pairOf(now) + "released"
                        + (now.n > 1 ? " on " + std::to_string(now.n) + " of " + std::to_string(now.n) : std::string())
                        + ", it is " + stateText(now.state) + " now"};
    }
    if (now.state == "closed") {
        m_probing = false;
        m_turns = 0;
        m_last.clear();
        return before == "unknown" ? std::nullopt : std::optional(Line{t, pairOf(now) + "closed again"});
    }
    ++m_turns;
    while (!m_last.empty() && t - m_last.front() > kMinuteMs)
        m_last.pop_front();
    m_last.push_back(t);
    if (m_probing)
        return std::nullopt;
    if (m_last.size() > kTurnsPerMinute || m_turns > kTurnsAtAll) {
        m_probing = true;
        return Line{t, pairOf(now) + "goes between open and half-open (probing)"};
    }
    if (now.state == "open")
        return Line{t, pairOf(now) + (before == "half_open" ? "open again" : "opened") + instancesOf(now)};
    return Line{t, pairOf(now) + "half-open, lets some calls through" + instancesOf(now)};
}

}  // namespace holdfast::incident
