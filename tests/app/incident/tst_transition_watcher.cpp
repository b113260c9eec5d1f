#include "app/incident/onset.h"
#include "app/incident/transition_watcher.h"

#include <QtTest>

using namespace holdfast;
using namespace holdfast::incident;

namespace {

constexpr std::int64_t kBase = 1'700'000'000'000;

QString told(const std::vector<Event>& events)
{
    QStringList out;
    for (const auto& event : events)
        out << QString::fromStdString(event.kind + ": " + event.text);
    return out.join("; ");
}

}  // namespace

class TransitionWatcherTest : public QObject {
    Q_OBJECT

private slots:
    void tellsOnlyWhatChanged()
    {
        TransitionWatcher watcher;
        Observation now{.t = 1'000'000,
                        .breakers = {{"checkout", "payments", "closed", 3, 3}},
                        .flags = {{"checkout", "no-recommendations", false}},
                        .targets = {{"checkout", "h:1", "checkout", true, "", 900'000, "4.1"}}};
        QCOMPARE(told(watcher.observe(now)), QString());
        QCOMPARE(told(watcher.observe(now)), QString());
        now.breakers[0] = {"checkout", "payments", "open", 2, 3};
        now.flags[0].on = true;
        now.targets[0].up = false;
        now.targets[0].error = "connection refused";
        QCOMPARE(told(watcher.observe(now)),
                 QString("breaker: checkout → payments: breaker opened on 2 of 3; flag: checkout: flag "
                         "no-recommendations switched on; target: checkout: h:1 does not answer (connection refused)"));
        now.targets[0] = {"checkout", "h:1", "checkout", true, "", 950'000, "4.2"};
        const auto events = watcher.observe(now);
        QCOMPARE(told(events), QString("target: checkout: h:1 answers again; restart: checkout: h:1 restarted; deploy: "
                                       "checkout 4.1 → 4.2 deployed"));
        QCOMPARE(events[1].atMs, 950'000);
    }

    void aStateNobodyReportsIsAGapAndNoChange()
    {
        TransitionWatcher watcher;
        Observation now{.t = 0, .breakers = {{"a", "b", "open", 1, 1}}, .flags = {}, .targets = {}};
        QCOMPARE(told(watcher.observe(now)), QString());
        now.breakers[0].state = "unknown";
        QCOMPARE(told(watcher.observe(now)), QString());
        now.breakers[0].state = "open";
        QCOMPARE(told(watcher.observe(now)), QString());
    }

    void anOpenBreakerIsToldOnceHoweverManyInstancesFollow()
    {
        TransitionWatcher watcher;
        QStringList lines;
        std::int64_t t = 0;
        const auto see = [&](const char* state, int k) {
            t += 5'000;
            const auto text =
                told(watcher.observe({.t = t, .breakers = {{"a", "b", state, k, 3}}, .flags = {}, .targets = {}}));
            if (!text.isEmpty())
                lines << text;
        };
        see("closed", 3);
        for (const int k : {1, 3, 2, 1})
            see("open", k);
        see("closed", 3);
        QCOMPARE(lines.join("; "),
                 QString("breaker: a → b: breaker opened on 1 of 3; breaker: a → b: breaker closed again"));
    }

    void probingIsToldOnceUntilItCloses()
    {
        TransitionWatcher watcher;
        QStringList lines;
        std::int64_t t = 0;
        const auto see = [&](const char* state) {
            t += 5'000;
            const auto text =
                told(watcher.observe({.t = t, .breakers = {{"a", "b", state, 1, 1}}, .flags = {}, .targets = {}}));
            if (!text.isEmpty())
                lines << text.mid(text.indexOf("breaker ", 12));
        };
        see("closed");
        for (int i = 0; i < 20; ++i)
            see(i % 2 ? "half_open" : "open");
        see("closed");
        see("open");
        QCOMPARE(lines.join("; "),
                 QString("breaker opened; breaker half-open, lets some calls through; breaker open again; breaker goes "
                         "between open and half-open (probing); breaker closed again; breaker opened"));
    }

    void forcingAndReleasingAreToldOncePerChangeOfMode()
    {
        TransitionWatcher watcher;
        QStringList lines;
        std::int64_t t = 0;
        std::int64_t forcedAt = 0;
        const auto see = [&](const char* state, int k) {
            t += 1'000;
            for (const auto& event :
                 watcher.observe({.t = t, .breakers = {{"a", "b", state, k, 3}}, .flags = {}, .targets = {}})) {
                lines << QString::fromStdString(event.text);
                if (forcedAt == 0)
                    forcedAt = event.atMs;
            }
        };
        see("closed", 3);
        for (const int k : {1, 2, 3, 3, 2, 1})
            see("forced_open", k);
        see("closed", 3);
        QCOMPARE(lines.join("; "),
                 QString("a → b: breaker forced open on 3 of 3; a → b: breaker released on 3 of 3, it "
                         "is closed now"));
        QCOMPARE(forcedAt, 2'000);
        lines.clear();
        for (int i = 0; i < 15; ++i)
            see("forced_open", 2);
        QCOMPARE(lines.join("; "), QString("a → b: breaker forced open on 2 of 3"));
    }

    void theOnsetIsWhereTheSeriesLeftItsLevel()
    {
        std::vector<Sample> samples;
        for (int i = 0; i < 100; ++i)
            samples.push_back({kBase + i * 5'000, (i < 80 ? 0.2 : 1.5) + 0.01 * (i % 3)});
        QCOMPARE(changePoint(samples, kBase + 495'000, Direction::Rises).value_or(0) - kBase, 400'000);
        QVERIFY(!changePoint(samples, kBase + 495'000, Direction::Falls).has_value());
        QVERIFY(!changePoint(samples, kBase + 395'000, Direction::Rises).has_value());
        samples.resize(5);
        QVERIFY(!changePoint(samples, kBase + 20'000, Direction::Rises).has_value());
    }

    void anExcursionThatWentBackIsNoOnset()
    {
        std::vector<Sample> samples;
        for (int i = 0; i < 100; ++i)
            samples.push_back({kBase + i * 5'000, i >= 90 || (i > 70 && i < 80) ? 1.5 : 0.2});
        QCOMPARE(changePoint(samples, kBase + 495'000, Direction::Rises).value_or(0) - kBase, 450'000);
    }

    void aSeriesThatOnlyStartsUpHasNoOnset()
    {
        std::vector<Sample> samples;
        for (int i = 0; i < 20; ++i)
            samples.push_back({kBase + i * 5'000, i < 3 ? 0.0 : 0.2});
        QVERIFY(!changePoint(samples, kBase + 95'000, Direction::Rises).has_value());
        // The same after a gap: what was before it is another life.
        std::vector<Sample> again;
        for (int i = 0; i < 40; ++i)
            again.push_back({kBase - 400'000 + i * 5'000, 0.01});
        for (const auto& sample : samples)
            again.push_back(sample);
        QVERIFY(!changePoint(again, kBase + 95'000, Direction::Rises).has_value());
    }

    void aRatioThatIsUsuallyZeroChangesWhereItTrulyRises()
    {
        std::vector<Sample> samples;
        for (int i = 0; i < 100; ++i)
            samples.push_back({kBase + i * 5'000, i < 75 ? 0.0 : i < 90 ? 0.001 : 0.5});
        QCOMPARE(changePoint(samples, kBase + 495'000, Direction::Rises).value_or(0) - kBase, 450'000);
    }
};

QTEST_GUILESS_MAIN(TransitionWatcherTest)
#include "tst_transition_watcher.moc"
