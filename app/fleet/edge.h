#pragma once

#include "app/base/result.h"
#include "app/fleet/http_client.h"
#include "app/fleet/service.h"
#include "app/resilience/circuit_breaker.h"
#include "app/resilience/retry.h"
#include "app/resilience/retry_budget.h"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace holdfast::fleet {

struct EdgeConfig {
    std::string callee;
    std::int64_t timeoutMs = 1000;  ///< of one attempt; never more than what is left of the deadline
    resilience::RetryConfig retry{};
    resilience::BreakerConfig breaker{};
    double retriesPerCall = 0.1;
    resilience::BreakerMode breakerMode = resilience::BreakerMode::Auto;
};

enum class Repeat { Never, Safe };

/// All calls of one instance to one other service: deadline handed on, breaker asked, attempt measured, retried inside
/// the budget on the next instance.
///
/// An attempt counts as failed for the breaker when no answer came or it was 5xx; not when the callee said that only a
/// dependency of its own failed (it is alive and answers fast), nor when our caller left it less than half its time.
/// Thread-safe. call() waits at most until the deadline.
class Edge {
public:
    /// What parts.practices takes away is taken away from every edge.
    Edge(EdgeConfig config, Parts& parts);

    /// An answer below 500. Errors: Timeout, Unavailable (breaker open, refused, 5xx).
    [[nodiscard]] Result<ClientAnswer> call(ClientRequest request, Repeat repeat, resilience::Deadline deadline);
    [[nodiscard]] const std::string& callee() const { return m_config.callee; }

private:
    struct Tried {
        Result<ClientAnswer> answer;
        int attempts = 0;
    };
    [[nodiscard]] Tried tryUntilDone(ClientRequest& request, Repeat repeat, resilience::Deadline deadline);
    [[nodiscard]] std::optional<std::int64_t> delayBeforeNext(const Result<ClientAnswer>& answer, int number,
                                                              Repeat repeat, resilience::Deadline deadline);
    [[nodiscard]] Result<ClientAnswer> attempt(ClientRequest& request, resilience::Deadline deadline);
    [[nodiscard]] resilience::CallResult judge(const Result<ClientAnswer>& answer, std::int64_t givenMs) const;

    const EdgeConfig m_config;
    Parts& m_parts;
    resilience::CircuitBreaker m_breaker;
    resilience::RetryBudget m_budget;
    resilience::CallCounters m_counters;
    std::atomic<std::size_t> m_turn;
};

}  // namespace holdfast::fleet
