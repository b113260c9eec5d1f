#include "app/resilience/retry_budget.h"

#include <algorithm>

namespace holdfast::resilience {

namespace {
constexpr std::int64_t oneToken = 1000;
}

RetryBudget::RetryBudget(double perCall, double capacity)
    : m_perCallMilli(static_cast<std::int64_t>(std::clamp(perCall, 0.0, 1.0) * oneToken)),
      m_capacityMilli(static_cast<std::int64_t>(std::max(1.0, capacity) * oneToken)),
      m_milli(m_capacityMilli)
{
}

void RetryBudget::deposit()
{
    std::int64_t now = m_milli.load(std::memory_order_relaxed);
    while (now < m_capacityMilli
           && !m_milli.compare_exchange_weak(now, std::min(now + m_perCallMilli, m_capacityMilli),
                                             std::memory_order_relaxed)) {
    }
}

bool RetryBudget::tryWithdraw()
{
    std::int64_t now = m_milli.load(std::memory_order_relaxed);
    while (now >= oneToken)
        if (m_milli.compare_exchange_weak(now, now - oneToken, std::memory_order_relaxed))
            return true;
    return false;
}

}  // namespace holdfast::resilience
