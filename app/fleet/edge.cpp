#include "app/fleet/edge.h"

#include "app/fleet/nap.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace holdfast::fleet {

using resilience::CallResult;
using resilience::Deadline;

namespace {

bool isTransient(int status)
{
    return status == 429 || status == 502 || status == 503 || status == 504;
}

std::string codeOf(const Result<ClientAnswer>& answer)
{
    if (answer)
        return std::to_string(answer->status);
    return answer.error().kind == ErrorKind::Timeout ? "timeout" : "unreachable";
}

constexpr int attemptsWithoutBudget = 4;      // Practices::retryBudget
constexpr std::int64_t noTimeoutMs = 30'000;  // Practices::timeouts

EdgeConfig without(EdgeConfig config, const Practices& practices)
{
    if (!practices.timeouts)
        config.timeoutMs = noTimeoutMs;
    if (!practices.breakers)
        config.breakerMode = resilience::BreakerMode::Disabled;
    return config;
}

}  // namespace

Edge::Edge(EdgeConfig config, Parts& parts)
    : m_config(without(std::move(config), parts.practices)),
      m_parts(parts),
      m_breaker(m_config.callee, m_config.callee, m_config.breaker, parts.clock),
      m_budget(m_config.retriesPerCall),
      m_turn(static_cast<std::size_t>(parts.random.uniform() * 1000))
{
    if (m_config.breakerMode != resilience::BreakerMode::Auto)
        m_breaker.setMode(m_config.breakerMode);
    parts.registry.add(m_breaker);
    parts.registry.addCalls({m_config.callee, m_config.callee, &m_counters, &m_budget});
    parts.golden.expectCallee(m_config.callee);
}

Result<ClientAnswer> Edge::call(ClientRequest request, Repeat repeat, Deadline deadline)
{
    ++m_counters.calls;
    m_budget.deposit();
    Tried tried = tryUntilDone(request, repeat, deadline);
    const std::string code = tried.attempts == 0 ? "503" : codeOf(tried.answer);
    m_parts.golden.finished(m_config.callee, code, std::max(0, tried.attempts - 1));
    if (tried.answer && (tried.answer->status >= 500 || tried.answer->status == 429))
        return Error{"it answered " + std::to_string(tried.answer->status), ErrorKind::Unavailable};
    return std::move(tried.answer);
}

Edge::Tried Edge::tryUntilDone(ClientRequest& request, Repeat repeat, Deadline deadline)
{
    for (int number = 1;; ++number) {
        if (deadline.expired(m_parts.clock)) {
            ++m_counters.deadlineExceeded;
            return {Error{"nobody waits for the answer any longer", ErrorKind::Timeout}, number - 1};
        }
        auto permit = m_breaker.acquire();
        if (!permit)
            return {Error{"its circuit breaker is open", ErrorKind::Unavailable}, number - 1};
        const std::int64_t startNs = m_parts.clock.monotonicNs();
        const std::int64_t givenMs = std::min(m_config.timeoutMs, deadline.remainingMs(m_parts.clock));
        Result<ClientAnswer> answer = attempt(request, deadline);
        permit->done(judge(answer, givenMs), (m_parts.clock.monotonicNs() - startNs) / 1'000'000);
        if (answer && answer->status < 500 && answer->status != 429)
            return {std::move(answer), number};
        const auto delayMs = delayBeforeNext(answer, number, repeat, deadline);
        if (!delayMs)
            return {std::move(answer), number};
        if (!nap(static_cast<double>(*delayMs), m_parts.stop) && m_parts.stop.stop_requested())
            return {Error{"this instance is stopping", ErrorKind::Cancelled}, number};
    }
}

std::optional<std::int64_t> Edge::delayBeforeNext(const Result<ClientAnswer>& answer, int number, Repeat repeat,
                                                  Deadline deadline)
{
    if (!m_parts.practices.retryBudget)
        return number < attemptsWithoutBudget ? std::optional<std::int64_t>(0) : std::nullopt;
    resilience::FailedAttempt failed{.number = number,
                                     .safeToRepeat = repeat == Repeat::Safe,
                                     .transient = !answer || isTransient(answer->status),
                                     .doNotRetry = answer && answer->doNotRetry,
                                     .retryAfterMs = {}};
    if (answer && answer->retryAfterS >= 0)
        failed.retryAfterMs = answer->retryAfterS * 1000;
    return resilience::retryDelayMs(m_config.retry, failed, deadline, m_parts.clock, m_budget,
                                    m_parts.random.uniform());
}

Result<ClientAnswer> Edge::attempt(ClientRequest& request, Deadline deadline)
{
    ++m_counters.attempts;
    const Deadline limit = deadline.within(m_config.timeoutMs, m_parts.clock);
    request.port = m_parts.addresses.pick(m_config.callee, m_turn++);
    request.deadline = resilience::formatDeadline(limit, m_parts.clock);
    request.timeoutMs = limit.remainingMs(m_parts.clock);
    if (!m_parts.practices.timeouts)
        request.deadline.clear();
    const std::int64_t startNs = m_parts.clock.monotonicNs();
    m_parts.golden.callBegins(m_config.callee);
    Result<ClientAnswer> answer = m_parts.client.send(request);
    m_parts.golden.callEnds(m_config.callee);
    const double seconds = static_cast<double>(m_parts.clock.monotonicNs() - startNs) / 1e9;
    m_parts.golden.called(m_config.callee, codeOf(answer), seconds);
    return answer;
}

CallResult Edge::judge(const Result<ClientAnswer>& answer, std::int64_t givenMs) const
{
    if (!answer && answer.error().kind == ErrorKind::Timeout && givenMs < m_config.timeoutMs / 2)
        return CallResult::Ignored;
    if (!answer)
        return CallResult::Failure;
    if (answer->dependencyFailed)
        return CallResult::Ignored;
    return answer->status >= 500 || answer->status == 429 ? CallResult::Failure : CallResult::Success;
}

}  // namespace holdfast::fleet
