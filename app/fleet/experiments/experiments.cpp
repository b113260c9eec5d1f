#include "app/fleet/experiments/experiments.h"

#include <cmath>
#include <utility>

namespace holdfast::fleet {

namespace {

using Runs = std::vector<RunResult>;

std::string percent(double share)
{
    return std::to_string(std::lround(share * 100)) + " %";
}

std::string extra(const RunResult& run, const std::string& start, const char* unit)
{
    for (const ExtraFigure& one : run.more)
        if (one.name.starts_with(start))
            return std::isfinite(one.value) ? std::to_string(std::lround(one.value)) + unit : "never";
    return "?";
}

std::string recovered(const RunResult& run)
{
    if (run.figures.recoveryMs < 0)
        return "does not recover before the run ends";
    if (run.figures.recoveryMs == 0)
        return "is well as soon as the fault ends";
    return "is well " + std::to_string(std::lround(run.figures.recoveryMs)) + " ms after the fault";
}

/// "Orders: 31 % are good without, 98 % with."
std::string duringBoth(const Runs& runs, const std::string& who)
{
    return "While it lasts " + percent(runs.front().figures.goodputDuring) + " of " + who + " are good without, "
           + percent(runs.back().figures.goodputDuring) + " with.";
}

RunConfig labelled(RunConfig config, std::string label, bool practice)
{
    config.label = std::move(label);
    config.practice = practice;
    return config;
}

std::vector<RunConfig> offAndOn(const RunConfig& base, const Practices& off, std::string offLabel, std::string onLabel)
{
    RunConfig without = labelled(base, std::move(offLabel), false);
    without.practices = off;
    return {without, labelled(base, std::move(onLabel), true)};
}

Experiment designForFailure()
{
    const RunConfig base{.practices = {.capacity = 1},
                         .faultService = "inventory",
                         .fault = "fault-stall",
                         .patienceMs = 2'000,
                         .goodWithinMs = 1'000,
                         .judged = {"home", "products"}};
    Practices off = base.practices;
    off.degradation = false;
    return {
        "design-for-failure",
        "Design for failure",
        "What do shoppers see when a service is missing and somebody thought of that before?",
        "inventory gives no answer for 5 s. With: catalog decided beforehand to serve the last known stock with its "
        "age. Without: no answer, no page.",
        "home and product pages",
        "p99Ms",
        "p99 of the good answers, ms",
        offAndOn(base, off, "no answer prepared", "last known stock"),
        [](const Runs& runs) { return duringBoth(runs, "home and product pages"); }};
}

Experiment timeouts()
{
    const RunConfig base{.practices = {.breakers = false, .capacity = 0.7},
                         .faultService = "inventory",
                         .fault = "fault-stall",
                         .judged = {"home", "search"},
                         .watched = "catalog"};
    Practices off = base.practices;
    off.timeouts = false;
    return {"timeouts",
            "Timeouts and deadlines",
            "Do timeouts free the workers of a caller whose callee hangs?",
            "inventory hangs for 5 s; breakers are off in both runs. Home pages and search need catalog, but not "
            "inventory. Without: calls may take 30 s and no deadline travels. With: 400 ms, and what is left of the "
            "shopper's second goes along.",
            "home pages and searches",
            "busy",
            "Busy workers of catalog",
            offAndOn(base, off, "no timeouts", "timeouts and deadlines"),
            [](const Runs& runs) {
                return duringBoth(runs, "the pages that do not need the hanging service") + " Without, the shop "
                       + recovered(runs.front()) + "; with, it " + recovered(runs.back()) + ".";
            }};
}

Experiment retryStorm()
{
    RunConfig with{.label = "budget, bounded queues, deadlines",
                   .practice = true,
                   .practices = {.breakers = false, .capacity = 0.25},
                   .faultService = "payments-db",
                   .fault = "fault-slow",
                   .patienceMs = 600,
                   .shoppers = {.attempts = 4, .disciplined = true},
                   .inConstants = true};
    RunConfig without = labelled(with, "unlimited retries, endless queues", false);
    without.practices.retryBudget = false;
    without.practices.boundedQueues = false;
    without.practices.timeouts = false;
    without.shoppers.disciplined = false;
    return {"retry-storm",
            "Retries in a budget",
            "Does the shop recover by itself from five slow seconds of one database?",
            "payments-db is slow for 5 s. Shoppers wait 600 ms and ask up to four times; breakers are off in both "
            "runs. Without: every caller repeats four times at once, queues have no bound, deadlines do not travel. "
            "With: retries are at most a tenth of the calls and jittered, queues shed, deadlines are honoured.",
            "all pages",
            "queue",
            "Requests in the longest queue",
            {without, with},
            [](const Runs& runs) {
                return "Five service-time constants after the fault " + extra(runs.front(), "goodput from 5", " %")
                       + " of the answers are good without to the end of the run, although nothing is broken any more; "
                         "with, "
                       + extra(runs.back(), "goodput in the second from 2", " %") + " are two constants after it ("
                       + extra(runs.back(), "service-time", " ms") + " each).";
            }};
}

Experiment breaker()
{
    const RunConfig base{.practices = {.degradation = false, .capacity = 0.3},
                         .faultService = "inventory",
                         .fault = "fault-stall",
                         .judged = {"home", "search"},
                         .watched = "catalog",
                         .table = {.faultUntilS = 16, .lengthS = 24}};
    Practices off = base.practices;
    off.breakers = false;
    return {"circuit-breaker",
            "Circuit breakers",
            "Does a breaker save the workers of a caller whose callee hangs?",
            "inventory hangs for 12 s; timeouts hold in both runs, cached answers are off. Home pages and search need "
            "catalog, but not inventory.",
            "home pages and searches",
            "busy",
            "Busy workers of catalog",
            offAndOn(base, off, "breakers off", "breakers"),
            [](const Runs& runs) { return duringBoth(runs, "the pages that do not need the hanging service"); }};
}

Experiment handOver()
{
    const RunConfig base{.faultService = "mail",
                         .fault = "fault-relay-slow",
                         .patienceMs = 3'000,
                         .judged = {"orders"},
                         .watched = "checkout",
                         .queue = "outbox"};
    Practices off = base.practices;
    off.handOver = false;
    return {
        "decoupling",
        "Decoupling by asynchronous hand-over",
        "Must an order wait for the mail relay?",
        "The mail relay takes 1.5 s a letter for 5 s. Without: the order waits until its letter is sent. With: mail "
        "takes the letter into its outbox and answers at once; senders work it off later.",
        "orders",
        "queue",
        "Letters waiting in the outbox of mail",
        offAndOn(base, off, "the order waits", "handed over"),
        [](const Runs& runs) {
            return duringBoth(runs, "the orders") + " The outbox held up to "
                   + std::to_string(runs.back().figures.peakQueue) + " letters meanwhile.";
        }};
}

Experiment boundedQueue()
{
    const RunConfig base{.practices = {.capacity = 0.2}, .spike = 3.5, .patienceMs = 2'000, .goodWithinMs = 1'500};
    Practices off = base.practices;
    off.boundedQueues = false;
    return {"bounded-queue",
            "Bounded queues",
            "What comes of a queue that is too long?",
            "Three and a half times as many shoppers for 5 s. Without: 100 000 requests may wait, for ever. With: "
            "queues are bounded "
            "and shed by age.",
            "all pages",
            "queue",
            "Requests in the longest queue",
            offAndOn(base, off, "endless queues", "bounded queues"),
            [](const Runs& runs) {
                return duringBoth(runs, "the pages") + " The shop with endless queues " + recovered(runs.front())
                       + ", with bounded ones it " + recovered(runs.back()) + ".";
            }};
}

Experiment metrics()
{
    const RunConfig base{.faultService = "payments",
                         .fault = "fault-errors",
                         .judged = {"orders"},
                         .watched = "checkout",
                         .view = View::GoldenSignals};
    RunConfig without = labelled(base, "means and processor", false);
    without.view = View::MeansAndCpu;
    return {"metrics",
            "Few, meaningful metrics",
            "Which numbers tell somebody on call in time?",
            "Half of the payments fail for 5 s. Somebody looks twice a second and, once sure, takes orders without "
            "payment (the flag pay-later). Without: mean latency of all pages and the processor. With: errors, p99, "
            "throughput a page, and saturation.",
            "orders",
            "p99Ms",
            "p99 of the good orders, ms",
            {without, labelled(base, "golden signals", true)},
            [](const Runs& runs) {
                return "Seen as means and processor: " + extra(runs.front(), "noticed", " s") + "; as golden signals: "
                       + extra(runs.back(), "noticed", " s") + " after it began. " + duringBoth(runs, "the orders");
            }};
}

Experiment headroom()
{
    RunConfig tight{.label = "little headroom", .practice = false, .practices = {.capacity = 0.2}, .spike = 2.5};
    RunConfig roomy = labelled(tight, "enough headroom", true);
    roomy.practices.capacity = 0.5;
    return {
        "headroom",
        "Buffer capacity",
        "Does headroom decide whether a spike is survived?",
        "Two and a half times as many shoppers for 5 s, to a shop with a fifth or with half of the usual workers and "
        "connections.",
        "all pages",
        "busy",
        "Busy workers of gateway",
        {tight, roomy},
        [](const Runs& runs) {
            return "Headroom before the spike " + percent(runs.front().figures.headroomBefore) + " and "
                   + percent(runs.back().figures.headroomBefore) + ": " + percent(runs.front().figures.goodputDuring)
                   + " and " + percent(runs.back().figures.goodputDuring) + " of the pages are good during it.";
        }};
}

Experiment degradation()
{
    const RunConfig base{.practices = {.breakers = false, .capacity = 0.25},
                         .faultService = "recommendations",
                         .fault = "fault-slow",
                         .also = "orders",
                         .table = {.faultUntilS = 16, .lengthS = 24}};
    Practices off = base.practices;
    off.degradation = false;
    return {
        "degradation",
        "Graceful degradation",
        "Do slow recommendations take the checkout down with them?",
        "recommendations take 1.5 s longer for 12 s; breakers are off in both runs. With: pages leave them out when "
        "they do not come, and under pressure the gateway does not ask for them at all.",
        "all pages",
        "busy",
        "Busy workers of gateway",
        offAndOn(base, off, "no degradation", "degradation"),
        [](const Runs& runs) {
            return duringBoth(runs, "the pages") + " Of the orders, which need no recommendations, "
                   + extra(runs.front(), "goodput of orders", " %") + " and "
                   + extra(runs.back(), "goodput of orders", " %") + ".";
        }};
}

}  // namespace

const std::vector<Experiment>& experiments()
{
    static const std::vector<Experiment> all{designForFailure(), timeouts(), retryStorm(), breaker(),    handOver(),
                                             boundedQueue(),     metrics(),  headroom(),   degradation()};
    return all;
}

}  // namespace holdfast::fleet
