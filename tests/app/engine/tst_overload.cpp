// What the engine leaves out when it has too much to do, and in which order.

#include "app/base/manual_clock.h"
#include "app/engine/overload.h"
#include "app/engine/pressure_probe.h"

#include <QTest>

using namespace holdfast;
using engine::EnginePressure;
using engine::Overload;
using engine::PressureProbe;

namespace {

EnginePressure queueAt(double share)
{
    EnginePressure pressure;
    pressure.storeQueue = share;
    return pressure;
}

constexpr std::int64_t second = 1'000'000'000;

}  // namespace

class OverloadTest : public QObject {
    Q_OBJECT

private slots:
    void leavesOutNothingAtRest();
    void leavesOutInTheStatedOrder();
    void takesBackInTheReverseAfterAWhile();
    void saysWhatPresses();
    void showsItselfOnMetrics();
    void measuresOverSeconds();
    void doesNotJudgeByAFewScrapes();
};

void OverloadTest::leavesOutNothingAtRest()
{
    ManualClock clock;
    Overload overload(clock);
    overload.observe(queueAt(0.3));
    QCOMPARE(overload.level(), 0);
    QVERIFY(overload.reason().empty());
    QVERIFY(!overload.slowScrape());
}

void OverloadTest::leavesOutInTheStatedOrder()
{
    ManualClock clock;
    Overload overload(clock);
    overload.observe(queueAt(0.65));
    QCOMPARE(overload.steps(), (std::vector<std::string>{"slower-repaint"}));
    overload.observe(queueAt(0.8));
    QCOMPARE(overload.steps(), (std::vector<std::string>{"slower-repaint", "wider-step"}));
    overload.observe(queueAt(0.95));
    QCOMPARE(overload.steps(), (std::vector<std::string>{"slower-repaint", "wider-step", "slower-scrape"}));
    QVERIFY(overload.slowScrape());
}

void OverloadTest::takesBackInTheReverseAfterAWhile()
{
    ManualClock clock;
    Overload overload(clock);
    overload.observe(queueAt(1));
    overload.observe(queueAt(0.55));
    QCOMPARE(overload.level(), 3);  // not at once
    clock.advanceMs(11'000);
    overload.observe(queueAt(0.55));
    QCOMPARE(overload.steps(), (std::vector<std::string>{"slower-repaint", "wider-step"}));
    overload.observe(queueAt(0.45));
    QCOMPARE(overload.level(), 1);
    overload.observe(queueAt(0.1));
    QCOMPARE(overload.level(), 0);
}

void OverloadTest::saysWhatPresses()
{
    ManualClock clock;
    Overload overload(clock);
    overload.observe({.storeQueue = 0.2, .evaluation = 0.91});
    QCOMPARE(overload.reason(), std::string("91 % of the time between two readings is needed for one"));
}

void OverloadTest::showsItselfOnMetrics()
{
    ManualClock clock;
    Overload overload(clock);
    overload.observe(queueAt(0.8));
    double on = 0;
    bool queue = false;
    for (const auto& reading : overload.readings()) {
        on += std::string(reading.name) == "holdfast_degraded" ? reading.value : 0;
        queue |= reading.labels.front().value == "store_queue" && reading.value == 0.8;
    }
    QCOMPARE(on, 2.0);
    QVERIFY(queue);
}

void OverloadTest::measuresOverSeconds()
{
    PressureProbe probe(2);
    store::StoreStats store;
    store.queueDepth = 50;
    store.queueCapacity = 100;
    QCOMPARE(probe.read({.atNs = second}, store).storeQueue, 0.5);
    // One second of work in one second is no overload yet: it is judged over five at least.
    QCOMPARE(probe.read({.atNs = 2 * second, .signalsSeconds = 1}, store).evaluation, 0.0);
    const EnginePressure later = probe.read({.atNs = 9 * second, .processorSeconds = 8, .signalsSeconds = 4}, store);
    QCOMPARE(later.evaluation, 0.5);
    QCOMPARE(later.processor, 0.5);
    // What lies longer back than ten seconds counts no more.
    static_cast<void>(probe.read({.atNs = 19 * second, .processorSeconds = 8, .signalsSeconds = 4}, store));
    QCOMPARE(probe.read({.atNs = 29 * second, .processorSeconds = 8, .signalsSeconds = 4}, store).evaluation, 0.0);
}

void OverloadTest::doesNotJudgeByAFewScrapes()
{
    PressureProbe probe(2);
    const store::StoreStats store;
    static_cast<void>(probe.read({.atNs = second}, store));
    scrape::ScrapeCounters few;
    few.scrapes = 3;
    few.late = 3;
    QCOMPARE(probe.read({.atNs = 8 * second, .scrapes = few}, store).lateScrapes, 0.0);
    scrape::ScrapeCounters many;
    many.scrapes = 40;
    many.late = 30;
    QCOMPARE(probe.read({.atNs = 9 * second, .scrapes = many}, store).lateScrapes, 0.75);
}

QTEST_GUILESS_MAIN(OverloadTest)
#include "tst_overload.moc"
