#pragma once

#include <atomic>
#include <cstdint>

namespace holdfast::resilience {

/// A token bucket that bounds retries to a share of the calls, so that retries cannot multiply an overload.
///
/// Every call puts `perCall` tokens in, up to `capacity`; every retry takes one whole token out. It starts full.
/// Invariant: 0 ≤ tokens ≤ capacity; over any n calls at most capacity + n·perCall retries are granted.
/// Source: Finagle's RetryBudget (deposit and withdraw); gRPC proposal A6 throttles in the same way.
/// Thread-safe, without locks.
class RetryBudget {
public:
    /// perCall  tokens, [0, 1]; 0.1 grants one retry for ten calls
    /// capacity tokens, ≥ 1; the burst that may be spent at once
    explicit RetryBudget(double perCall = 0.1, double capacity = 10);

    /// A call was made (not a retry).
    void deposit();
    /// True: one retry may be made, and is paid for.
    [[nodiscard]] bool tryWithdraw();
    [[nodiscard]] double tokens() const { return static_cast<double>(m_milli.load(std::memory_order_relaxed)) / 1000; }
    [[nodiscard]] double capacity() const { return static_cast<double>(m_capacityMilli) / 1000; }

private:
    const std::int64_t m_perCallMilli;
    const std::int64_t m_capacityMilli;
    std::atomic<std::int64_t> m_milli;  ///< thousandths of a token
};

}  // namespace holdfast::resilience
