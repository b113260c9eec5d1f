#pragma once

#include "app/resilience/bulkhead.h"
#include "app/resilience/circuit_breaker.h"
#include "app/resilience/degradation_flag.h"
#include "app/resilience/retry_budget.h"
#include "app/resilience/work_queue.h"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace holdfast::resilience {

/// What a caller counts beside its breaker. Thread-safe.
struct CallCounters {
    std::atomic<std::uint64_t> calls{0};             ///< answers wanted
    std::atomic<std::uint64_t> attempts{0};          ///< requests made for them; attempts ÷ calls is the amplification
    std::atomic<std::uint64_t> deadlineExceeded{0};  ///< given up because nobody waited any longer
};

/// Workers, connections or permits, and how many of them are taken.
struct PoolSnapshot {
    std::string name;
    std::size_t inUse = 0;
    std::size_t capacity = 0;
};

/// All that one service instance lets others see and steer.
///
/// Filled while the service is put together, read afterwards: no add…() once others use it. Nothing is owned; what was
/// added must live as long. Breaker names are unique, flag names are unique.
/// Thread-safe after the last add…().
class Registry {
public:
    struct Calls {
        std::string name;
        std::string callee;
        const CallCounters* counters;
        const RetryBudget* budget;  ///< may be null: a caller that never retries
    };

    void add(CircuitBreaker& breaker) { m_breakers.push_back(&breaker); }
    void add(DegradationFlag& flag) { m_flags.push_back(&flag); }
    void addCalls(Calls calls) { m_calls.push_back(std::move(calls)); }
    void addQueue(std::function<WorkQueueSnapshot()> queue) { m_queues.push_back(std::move(queue)); }
    void addPool(std::function<PoolSnapshot()> pool) { m_pools.push_back(std::move(pool)); }
    void addPool(const Bulkhead& bulkhead);

    [[nodiscard]] const std::vector<CircuitBreaker*>& breakers() const { return m_breakers; }
    [[nodiscard]] const std::vector<DegradationFlag*>& flags() const { return m_flags; }
    [[nodiscard]] const std::vector<Calls>& calls() const { return m_calls; }
    [[nodiscard]] const std::vector<std::function<WorkQueueSnapshot()>>& queues() const { return m_queues; }
    [[nodiscard]] const std::vector<std::function<PoolSnapshot()>>& pools() const { return m_pools; }

    /// Null when there is none of that name.
    [[nodiscard]] CircuitBreaker* breaker(std::string_view name) const;
    [[nodiscard]] DegradationFlag* flag(std::string_view name) const;

private:
    std::vector<CircuitBreaker*> m_breakers;
    std::vector<DegradationFlag*> m_flags;
    std::vector<Calls> m_calls;
    std::vector<std::function<WorkQueueSnapshot()>> m_queues;
    std::vector<std::function<PoolSnapshot()>> m_pools;
};

}  // namespace holdfast::resilience
