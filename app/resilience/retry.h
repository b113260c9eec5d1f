#pragma once

#include "app/base/clock.h"
#include "app/resilience/deadline.h"
#include "app/resilience/retry_budget.h"

#include <cstdint>
#include <optional>
#include <string_view>

namespace holdfast::resilience {

/// A callee that answers with this header, whatever its value, must not be asked again for the same call: it knows that
/// a retry would fail, or it sheds load and every retry makes that worse.
inline constexpr std::string_view doNotRetryHeader = "x-do-not-retry";

struct RetryConfig {
    int attempts = 3;            ///< the first one included
    std::int64_t baseMs = 25;    ///< upper end of the first delay
    std::int64_t capMs = 1'000;  ///< upper end of every delay
};

/// How an attempt ended that did not bring an answer worth having.
struct FailedAttempt {
    int number = 1;             ///< 1 is the first
    bool safeToRepeat = false;  ///< nothing was done twice if it is done again: GET, PUT, or an idempotency key
    bool transient = false;     ///< refused, reset, timed out, 502, 503, 504, 429; not 400, not 500 of our own making
    bool doNotRetry = false;    ///< the callee said so
    std::optional<std::int64_t> retryAfterMs;  ///< the callee's Retry-After
};

/// Whether to try again, and after how many milliseconds; nothing: give up now.
///
/// Asked in this order: attempts left, safe to repeat, transient, not forbidden, the delay fits the deadline, the
/// budget pays. The delay is uniform in [0, min(cap, base·2^(number−1))] (full jitter), but not below Retry-After.
/// random01  uniform in [0, 1)
/// Source: M. Brooker, "Exponential Backoff And Jitter" (AWS Architecture Blog, 2015), "Full Jitter".
[[nodiscard]] std::optional<std::int64_t> retryDelayMs(const RetryConfig& config, const FailedAttempt& failed,
                                                       Deadline deadline, const Clock& clock, RetryBudget& budget,
                                                       double random01);

}  // namespace holdfast::resilience
