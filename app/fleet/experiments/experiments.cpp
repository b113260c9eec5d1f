#include "app/fleet/experiments/experiments.h"

#include <utility>

namespace holdfast::fleet {

namespace {

using resilience::BreakerMode;

RunConfig named(const char* label, RunConfig config)
{
    config.label = label;
    return config;
}

Experiment retryStorm()
{
    // Back manages 4 / 20 ms = 200 a second; 120 arrive. Three attempts of 250 ms turn that into 360 once most fail.
    RunConfig off{.withFront = false,
                  .backQueue = 1'500,
                  .backQueueMs = 600'000,
                  .deadlines = DeadlineUse::Ignored,
                  .perSecond = 120,
                  .fault = "fault-slow",
                  .slowMs = 200,
                  .clientTimeoutMs = 250,
                  .clientAttempts = 3,
                  .clientBudget = false};
    RunConfig on = off;
    on.backQueue = 40;
    on.backQueueMs = 200;
    on.deadlines = DeadlineUse::Honoured;
    on.clientBudget = true;
    return {
        "retry-storm",
        "Does a service recover by itself from five slow seconds?",
        "120 requests/s to a service that manages 200/s; for 5 s it manages 18/s. Clients wait 250 ms and ask three "
        "times. Without: no retry budget, a queue of 1500, deadlines ignored. With: retries at most 10 % of the calls, "
        "a queue of 40 that sheds after 200 ms, deadlines handed on and honoured.",
        {named("without", off), named("with", on)}};
}

Experiment breaker()
{
    RunConfig off{.front = {.timeoutMs = 1'000, .breaker = BreakerMode::Disabled}, .fault = "fault-stall"};
    RunConfig on = off;
    on.front.breaker = BreakerMode::Auto;
    return {"breaker",
            "Does a breaker save the threads of a caller whose callee hangs?",
            "80 requests/s to a front with 16 workers, half of them need a service that stops answering for 5 s; its "
            "timeout is 1 s in both runs. Look at /alone, which does not need it.",
            {named("without", off), named("with", on)}};
}

Experiment timeouts()
{
    RunConfig off{.front = {.timeoutMs = 10'000, .breaker = BreakerMode::Disabled},
                  .deadlines = DeadlineUse::Ignored,
                  .fault = "fault-stall"};
    RunConfig on = off;
    on.front.timeoutMs = 150;
    on.deadlines = DeadlineUse::Honoured;
    return {"timeouts",
            "Does a short timeout free the pool of a caller?",
            "As above without any breaker. Without: the call may take 10 s and deadlines are ignored. With: 150 ms.",
            {named("without", off), named("with", on)}};
}

Experiment bulkhead()
{
    RunConfig off{.front = {.timeoutMs = 1'000, .breaker = BreakerMode::Disabled}, .fault = "fault-stall"};
    RunConfig on = off;
    on.front.permits = 6;
    return {"bulkhead",
            "Does a bulkhead keep a hanging callee from taking every worker?",
            "As above, timeout 1 s, no breaker. With: at most 6 of the 16 workers may wait for the callee.",
            {named("without", off), named("with", on)}};
}

Experiment degradation()
{
    RunConfig off{.front = {.timeoutMs = 1'000, .breaker = BreakerMode::Disabled}, .fault = "fault-stall"};
    RunConfig on = off;
    on.degrade = "leave-out";
    return {"degradation",
            "Does leaving the optional part out keep the important one alive?",
            "As above. With: one second into the trouble somebody switches the flag leave-out on; answers come without "
            "the other service's part.",
            {named("without", off), named("with", on)}};
}

Experiment handOver()
{
    RunConfig off{.front = {.timeoutMs = 400, .breaker = BreakerMode::Disabled},
                  .perSecond = 50,
                  .fault = "fault-slow",
                  .slowMs = 600};
    RunConfig on = off;
    on.front.needs = NeedsBack::HandsOver;
    return {
        "hand-over",
        "Does handing work over through a queue decouple from a slow service?",
        "50 requests/s, half of them need a service that takes 600 ms longer for 5 s. With: the front puts the work "
        "into a bounded queue, answers 202, and works the queue off.",
        {named("waits", off), named("hands over", on)}};
}

Experiment queueLength()
{
    RunConfig none{.withFront = false, .backQueue = 1, .backQueueMs = 400, .perSecond = 120, .spike = 2};
    RunConfig right = none;
    right.backQueue = 60;
    right.backQueueMs = 350;
    RunConfig endless = none;
    endless.backQueue = 3'000;
    endless.backQueueMs = 600'000;
    endless.deadlines = DeadlineUse::Ignored;
    endless.clientTimeoutMs = 5'000;
    return {
        "queue",
        "How long should a queue be?",
        "120 requests/s to a service that manages 200/s, twice as many for 5 s. An answer later than 500 ms is of no "
        "use to anybody.",
        {named("room for 1", none), named("60, shed after 350 ms", right), named("3000, never shed", endless)}};
}

Experiment headroomSpike()
{
    RunConfig tight{.withFront = false, .backWorkers = 4, .perSecond = 130, .spike = 2};
    RunConfig roomy = tight;
    roomy.backWorkers = 8;
    return {
        "headroom",
        "Does headroom decide whether a spike is survived?",
        "130 requests/s, twice as many for 5 s, to a service with 4 workers or with 8; the headroom is measured before "
        "the spike.",
        {named("4 workers", tight), named("8 workers", roomy)}};
}

}  // namespace

const std::vector<Experiment>& experiments()
{
    static const std::vector<Experiment> all{retryStorm(),  breaker(),  timeouts(),    bulkhead(),
                                             degradation(), handOver(), queueLength(), headroomSpike()};
    return all;
}

}  // namespace holdfast::fleet
