#include "app/resilience/registry.h"

#include <algorithm>

namespace holdfast::resilience {

namespace {

template <typename T>
T* named(const std::vector<T*>& all, std::string_view name)
{
    const auto found = std::ranges::find_if(all, [name](const T* one) { return one->name() == name; });
    return found == all.end() ? nullptr : *found;
}

}  // namespace

void Registry::addPool(const Bulkhead& bulkhead)
{
    addPool([&bulkhead] {
        const BulkheadSnapshot now = bulkhead.snapshot();
        return PoolSnapshot{now.name, now.inUse, now.capacity};
    });
}

CircuitBreaker* Registry::breaker(std::string_view name) const
{
    return named(m_breakers, name);
}

DegradationFlag* Registry::flag(std::string_view name) const
{
    return named(m_flags, name);
}

}  // namespace holdfast::resilience
