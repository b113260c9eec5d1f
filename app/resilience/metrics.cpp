#include "app/resilience/metrics.h"

#include <initializer_list>
#include <string>
#include <utility>

namespace holdfast::resilience {

namespace {

using prometheus::MetricFamily;
using prometheus::MetricType;
using Labels = std::initializer_list<std::pair<const char*, std::string_view>>;

MetricFamily family(const char* name, MetricType type, const char* help)
{
    MetricFamily result;
    result.name = name;
    result.help = help;
    result.type = type;
    return result;
}

template <typename Number>
void put(MetricFamily& to, Labels labels, Number number)
{
    prometheus::ClientMetric metric;
    for (const auto& [name, value] : labels)
        metric.label.push_back({name, std::string(value)});
    (to.type == MetricType::Counter ? metric.counter.value : metric.gauge.value) = static_cast<double>(number);
    to.metric.push_back(std::move(metric));
}

void appendBreakers(const Registry& registry, std::vector<MetricFamily>& out)
{
    MetricFamily state = family("resilience_circuitbreaker_state", MetricType::Gauge,
                                "1 for the state the breaker is in, 0 for the others");
    MetricFamily calls =
        family("resilience_circuitbreaker_calls_total", MetricType::Counter, "Permitted calls by kind");
    MetricFamily refused = family("resilience_circuitbreaker_not_permitted_calls_total", MetricType::Counter,
                                  "Calls refused by the breaker");
    for (const CircuitBreaker* breaker : registry.breakers()) {
        const BreakerSnapshot now = breaker->snapshot();
        for (const BreakerState one : allBreakerStates)
            put(state, {{"name", now.name}, {"callee", now.callee}, {"state", word(one)}}, one == now.state ? 1 : 0);
        const auto kind = [&](const char* name, std::uint64_t count) {
            put(calls, {{"name", now.name}, {"callee", now.callee}, {"kind", name}}, count);
        };
        kind("successful", now.successful);
        kind("failed", now.failed);
        kind("slow_successful", now.slowSuccessful);
        kind("slow_failed", now.slowFailed);
        kind("ignored", now.ignored);
        put(refused, {{"name", now.name}, {"callee", now.callee}}, now.notPermitted);
    }
    out.insert(out.end(), {std::move(state), std::move(calls), std::move(refused)});
}

void appendCalls(const Registry& registry, std::vector<MetricFamily>& out)
{
    MetricFamily calls = family("resilience_calls_total", MetricType::Counter, "Calls a caller wanted answered");
    MetricFamily attempts = family("resilience_attempts_total", MetricType::Counter, "Attempts made for them");
    MetricFamily tokens = family("resilience_retry_budget_tokens", MetricType::Gauge, "Retries that may be made now");
    MetricFamily late = family("resilience_deadline_exceeded_total", MetricType::Counter,
                               "Calls given up because nobody waited any longer");
    for (const Registry::Calls& one : registry.calls()) {
        const Labels labels{{"name", one.name}, {"callee", one.callee}};
        put(calls, labels, one.counters->calls.load());
        put(attempts, labels, one.counters->attempts.load());
        put(late, labels, one.counters->deadlineExceeded.load());
        if (one.budget)
            put(tokens, labels, one.budget->tokens());
    }
    out.insert(out.end(), {std::move(calls), std::move(attempts), std::move(tokens), std::move(late)});
}

void appendFlags(const Registry& registry, std::vector<MetricFamily>& out)
{
    MetricFamily on = family("resilience_flag_on", MetricType::Gauge, "1 while the flag is in effect");
    MetricFamily forced = family("resilience_flag_forced", MetricType::Gauge, "1 while somebody holds the flag");
    for (const DegradationFlag* flag : registry.flags()) {
        const FlagSnapshot now = flag->snapshot();
        const Labels labels{{"name", now.name}, {"kind", word(now.kind)}};
        put(on, labels, now.on ? 1 : 0);
        put(forced, labels, now.mode == FlagMode::Auto ? 0 : 1);
    }
    out.insert(out.end(), {std::move(on), std::move(forced)});
}

void appendQueues(const Registry& registry, std::vector<MetricFamily>& out)
{
    MetricFamily depth = family("resilience_queue_depth", MetricType::Gauge, "Work that waits");
    MetricFamily capacity = family("resilience_queue_capacity", MetricType::Gauge, "Work that may wait");
    MetricFamily oldest = family("resilience_queue_oldest_seconds", MetricType::Gauge, "Age of what waits longest");
    MetricFamily shed = family("resilience_queue_shed_total", MetricType::Counter, "Work refused");
    for (const auto& queue : registry.queues()) {
        const WorkQueueSnapshot now = queue();
        put(depth, {{"name", now.name}}, now.depth);
        put(capacity, {{"name", now.name}}, now.capacity);
        put(oldest, {{"name", now.name}}, now.oldestSeconds);
        put(shed, {{"name", now.name}, {"reason", "full"}}, now.shedFull);
        put(shed, {{"name", now.name}, {"reason", "late"}}, now.shedLate);
    }
    out.insert(out.end(), {std::move(depth), std::move(capacity), std::move(oldest), std::move(shed)});
}

void appendPools(const Registry& registry, std::vector<MetricFamily>& out)
{
    MetricFamily inUse = family("resilience_pool_in_use", MetricType::Gauge, "Workers, connections or permits taken");
    MetricFamily capacity = family("resilience_pool_capacity", MetricType::Gauge, "Workers, connections or permits");
    for (const auto& pool : registry.pools()) {
        const PoolSnapshot now = pool();
        put(inUse, {{"name", now.name}}, now.inUse);
        put(capacity, {{"name", now.name}}, now.capacity);
    }
    out.insert(out.end(), {std::move(inUse), std::move(capacity)});
}

}  // namespace

std::vector<MetricFamily> Metrics::Collect() const
{
    std::vector<MetricFamily> all;
    appendBreakers(m_registry, all);
    appendCalls(m_registry, all);
    appendFlags(m_registry, all);
    appendQueues(m_registry, all);
    appendPools(m_registry, all);
    std::erase_if(all, [](const MetricFamily& one) { return one.metric.empty(); });
    return all;
}

}  // namespace holdfast::resilience
