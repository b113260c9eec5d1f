// The example of app/resilience/README.md as a program: payments is down, the calls stay in bounds, /metrics says so.
#include "app/resilience/circuit_breaker.h"
#include "app/resilience/metrics.h"
#include "app/resilience/registry.h"
#include "app/resilience/retry.h"

#include <prometheus/text_serializer.h>

#include <cstdio>

using namespace holdfast;
using namespace holdfast::resilience;

namespace {

int sent = 0;

bool send(Deadline)  // "payments" fails at once
{
    ++sent;
    return false;
}

SystemClock theClock;
CircuitBreaker breaker("payments", "payments", {.windowSize = 10, .minimumCalls = 5, .failureRate = 0.5}, theClock);
RetryBudget budget(0.1, 10);
CallCounters counters;

bool charge(Deadline deadline)
{
    ++counters.calls;
    budget.deposit();
    for (int number = 1;; ++number) {
        auto permit = breaker.acquire();
        if (!permit)
            return false;
        ++counters.attempts;
        const bool paid = send(deadline.within(2'000, theClock));
        permit->done(paid ? CallResult::Success : CallResult::Failure, 1);
        const FailedAttempt failed{
            .number = number, .safeToRepeat = true, .transient = true, .doNotRetry = false, .retryAfterMs = {}};
        if (paid || !retryDelayMs({}, failed, deadline, theClock, budget, 0))
            return paid;
    }
}

}  // namespace

int main()
{
    Registry registry;
    registry.add(breaker);
    registry.addCalls({"payments", "payments", &counters, &budget});
    for (int i = 0; i < 100; ++i)
        (void)charge(Deadline::after(1'000, theClock));
    const Metrics metrics(registry);
    std::fputs(prometheus::TextSerializer().Serialize(metrics.Collect()).c_str(), stdout);
    // The breaker opened after a few failures: most of the hundred calls cost payments nothing.
    return sent < 20 ? 0 : 1;
}
