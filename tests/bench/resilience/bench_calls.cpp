#include "app/base/clock.h"
#include "app/resilience/bulkhead.h"
#include "app/resilience/circuit_breaker.h"
#include "app/resilience/deadline.h"
#include "app/resilience/degradation_flag.h"
#include "app/resilience/retry_budget.h"

#include <benchmark/benchmark.h>

#include <cstdint>

// What the practices cost a call, beside a bare call and the clock they read. One thread, uncontended, unless named.

using namespace holdfast;
using namespace holdfast::resilience;

namespace {

[[gnu::noinline]] std::int64_t bareCall(std::int64_t x)
{
    benchmark::DoNotOptimize(x);
    return x + 1;
}

void aBareCall(benchmark::State& state)
{
    std::int64_t x = 0;
    for (auto _ : state)
        benchmark::DoNotOptimize(x = bareCall(x));
}
BENCHMARK(aBareCall);

void theClock(benchmark::State& state)
{
    const SystemClock clock;
    for (auto _ : state)
        benchmark::DoNotOptimize(clock.monotonicNs());
}
BENCHMARK(theClock);

void aCallThroughABreaker(benchmark::State& state, WindowKind window, BreakerMode mode)
{
    const SystemClock clock;
    CircuitBreaker breaker("b", "b", {.window = window, .windowSize = 60}, clock);
    if (mode != BreakerMode::Auto)
        breaker.setMode(mode);
    for (auto _ : state)
        if (auto permit = breaker.acquire())
            permit->done(CallResult::Success, 1);
}
BENCHMARK_CAPTURE(aCallThroughABreaker, countWindow, WindowKind::Count, BreakerMode::Auto);
BENCHMARK_CAPTURE(aCallThroughABreaker, timeWindow, WindowKind::Time, BreakerMode::Auto);
BENCHMARK_CAPTURE(aCallThroughABreaker, forcedOpen, WindowKind::Time, BreakerMode::ForcedOpen);

void aBreakerSharedByThreads(benchmark::State& state)
{
    static const SystemClock clock;
    static CircuitBreaker breaker("b", "b", {.window = WindowKind::Count, .windowSize = 100}, clock);
    for (auto _ : state)
        if (auto permit = breaker.acquire())
            permit->done(CallResult::Success, 1);
}
BENCHMARK(aBreakerSharedByThreads)->Threads(2);

void askingADeadline(benchmark::State& state)
{
    const SystemClock clock;
    const Deadline deadline = Deadline::after(1'000'000, clock);
    for (auto _ : state)
        benchmark::DoNotOptimize(deadline.expired(clock));
}
BENCHMARK(askingADeadline);

void sendingADeadlineOn(benchmark::State& state)
{
    const SystemClock clock;
    const Deadline deadline = Deadline::after(1'000'000, clock);
    for (auto _ : state)
        benchmark::DoNotOptimize(parseDeadline(formatDeadline(deadline, clock), clock));
}
BENCHMARK(sendingADeadlineOn);

void depositInABudget(benchmark::State& state)
{
    RetryBudget budget(0.1, 10);
    for (auto _ : state) {
        budget.deposit();
        benchmark::DoNotOptimize(budget.tryWithdraw());
    }
}
BENCHMARK(depositInABudget);

void askingAFlag(benchmark::State& state)
{
    const SystemClock clock;
    const DegradationFlag flag({.name = "f", .kind = FlagKind::Degradation, .effect = {}}, clock);
    for (auto _ : state)
        benchmark::DoNotOptimize(flag.on());
}
BENCHMARK(askingAFlag);

void aPermitOfABulkhead(benchmark::State& state)
{
    const SystemClock clock;
    Bulkhead bulkhead("b", 4, 4, clock);
    for (auto _ : state)
        benchmark::DoNotOptimize(bulkhead.tryAcquire());
}
BENCHMARK(aPermitOfABulkhead);

}  // namespace

BENCHMARK_MAIN();
