#include "widgets/training/practices.h"

#include <QCoreApplication>

namespace holdfast::widgets {

namespace {

QString words(const char* text)
{
    return QCoreApplication::translate("Practices", text);
}

}  // namespace

std::vector<Practice> practices()
{
    return {
        {words("Design for failure"),
         words("For every call it is decided and tested what happens when the callee is missing, late or wrong. What "
               "nobody decided is decided by the first bad night."),
         words("Engine and window are two processes: when the window dies, scrapes, rules and reverts go on. A number "
               "that is absent is never shown as zero, an old one carries its age."),
         words("Targets: what fails, since when, in its own words. Charts leave a gap where nothing was observed."),
         QStringLiteral("design-for-failure"), QStringLiteral("targets")},
        {words("Timeouts and deadlines"),
         words("Every call outside ends after a stated time, and what is left of that time travels along with it. Work "
               "for which nobody waits any longer is not done."),
         words("Each scrape, query and action has one deadline for all its steps. An action whose answer did not come "
               "is read back, never sent again."),
         words("Targets: how long a scrape took. Controls: an outcome that could not be seen is called ambiguous."),
         QStringLiteral("timeouts"), QStringLiteral("targets")},
        {words("Retries in a budget"),
         words("A retry is made only when it is safe, later and at a random moment, and all retries together stay a "
               "small share of the calls. Otherwise they multiply the very load that made the first call fail."),
         words("A scrape is repeated once, inside a budget all targets share. Changes on real systems are never "
               "repeated."),
         words("Service page: the lane of retries, attempts for each call."), QStringLiteral("retry-storm"),
         QStringLiteral("service")},
        {words("Circuit breakers"),
         words("After too many failures or slow answers a caller stops asking for a while, then tries with a few "
               "probes. Its threads stay free for what still works."),
         words("Every scrape target and every control endpoint has a breaker of its own."),
         words("Controls, and the panel on the right: open, close, disable or release breakers of your services, with "
               "a reason and an end. Their states are lanes on the service page."),
         QStringLiteral("circuit-breaker"), QStringLiteral("controls")},
        {words("Decoupling"),
         words("What need not be answered now is handed over through a queue and done later. The caller does not feel "
               "that the receiver is slow."),
         words("Scraping hands immutable batches to one writer; readers wait for its commit notice. No thread of the "
               "window waits for the engine."),
         words("Map: who calls whom, with the breaker on each edge."), QStringLiteral("decoupling"),
         QStringLiteral("map")},
        {words("Bounded queues"),
         words("A queue absorbs a short spike; one without a bound only turns overload into waiting, until every "
               "answer is too late. A bounded one refuses early, by age, and says when to come back."),
         words("Every queue of the engine has a bound and a written answer to “full?”. A refused batch is counted and "
               "leaves a visible gap; audit records are never refused."),
         words("Service page: the lane of its queues."), QStringLiteral("bounded-queue"), QStringLiteral("service")},
        {words("Few, meaningful metrics"),
         words("Errors, latency, throughput and saturation of each service tell in seconds that users suffer, and "
               "where. Means and processor load often tell nothing at all."),
         words("The fleet is one table of these four; every alert and incident is made of them."),
         words("Fleet: a row a service, sorted when you say so (S). Incidents: which signal came first."),
         QStringLiteral("metrics"), QStringLiteral("fleet")},
        {words("Buffer capacity"),
         words("What the scarcest of processor, memory, connections, threads and queues has left decides whether the "
               "next spike is survived. It is known beforehand, with a forecast of when it is gone."),
         words("The engine compares its queues, evaluation, scrapes and processor with what they can bear, and gives "
               "up comfort before they are full."),
         words("Fleet: the headroom column names the limiting resource. Service page: minutes to saturation."),
         QStringLiteral("headroom"), QStringLiteral("fleet")},
        {words("Graceful degradation"),
         words("Under pressure the less important parts go first, so that the important ones stay. It happens by flag, "
               "by a person or by itself, and it says so."),
         words("Under overload the engine repaints less often, then widens the step, then scrapes the less important "
               "services more slowly; actions, audit and reverts never wait."),
         words("Controls: switch degradation flags of your services, for a limited time."),
         QStringLiteral("degradation"), QStringLiteral("controls")},
    };
}

}  // namespace holdfast::widgets
