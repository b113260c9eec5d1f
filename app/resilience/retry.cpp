#include "app/resilience/retry.h"

#include <algorithm>

namespace holdfast::resilience {

std::optional<std::int64_t> retryDelayMs(const RetryConfig& config, const FailedAttempt& failed, Deadline deadline,
                                         const Clock& clock, RetryBudget& budget, double random01)
{
    if (failed.number >= config.attempts || !failed.safeToRepeat || !failed.transient || failed.doNotRetry)
        return std::nullopt;
    const int doublings = std::clamp(failed.number - 1, 0, 30);
    const std::int64_t upper = std::min(config.capMs, config.baseMs << doublings);
    const auto jittered = static_cast<std::int64_t>(random01 * static_cast<double>(upper + 1));
    const std::int64_t delayMs = std::max(std::min(jittered, upper), failed.retryAfterMs.value_or(0));
    if (delayMs >= deadline.remainingMs(clock) || !budget.tryWithdraw())
        return std::nullopt;
    return delayMs;
}

}  // namespace holdfast::resilience
