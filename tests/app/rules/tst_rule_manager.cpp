#include "app/base/manual_clock.h"
#include "app/rules/rule_manager.h"
#include "app/rules/test/unit_store.h"

#include <QtTest>

using namespace holdfast;
using namespace holdfast::rules;

namespace {

/// A manager over a store in memory, on a clock that stands.
struct Bench {
    ManualClock clock{1'000'000'000};
    Log log{stderr, LogLevel::Error, clock};
    UnitStore store;
    promql::Engine engine{store, clock, {}};
    std::unique_ptr<RuleManager> manager = make();

    std::unique_ptr<RuleManager> make()
    {
        RuleManagerOptions options;
        options.intervalMs = 10'000;
        return std::make_unique<RuleManager>(engine, store, clock, log, options);
    }
    void load(const char* text) const
    {
        auto file = parseRuleFile(text, "r.yml");
        QVERIFY(file.errors.empty());
        manager->load(std::move(file.groups));
    }
    void put(const LabelSet& labels, double value)
    {
        const auto id = store.series(labels);
        Batch batch;
        batch.samples.push_back({*id, clock.wallMs(), value});
        QVERIFY(store.append(std::move(batch)).ok());
    }
    /// One interval: the value of `up`, then an evaluation.
    void step(double up)
    {
        clock.advanceMs(10'000);
        put(LabelSet{{"__name__", "up"}, {"job", "pay"}}, up);
        manager->evaluate(clock.wallMs());
    }
    [[nodiscard]] QString states() const
    {
        QStringList out;
        for (const auto& alert : *manager->alerts())
            out << alertStateWord(alert.state);
        return out.join(",");
    }
    [[nodiscard]] std::size_t count(const char* query) const
    {
        const auto answer = engine.instant(query, clock.wallMs());
        return answer.ok() ? std::get<promql::InstantVector>(answer->value).size() : 999;
    }
};

constexpr const char* kDown = R"(groups:
- name: g
  rules:
  - {alert: Down, expr: "up == 0", for: 20s, keep_firing_for: 20s, labels: {severity: page}}
)";

}  // namespace

class RuleManagerTest : public QObject {
    Q_OBJECT

private slots:
    void anAlertIsPendingThenFiringThenKeptThenResolved()
    {
        Bench bench;
        bench.load(kDown);
        bench.step(1);
        QCOMPARE(bench.states(), QString());
        bench.step(0);
        QCOMPARE(bench.states(), QString("pending"));
        bench.step(0);
        bench.step(0);
        QCOMPARE(bench.states(), QString("firing"));
        bench.step(1);
        QCOMPARE(bench.states(), QString("firing"));
        bench.step(1);
        bench.step(1);
        QCOMPARE(bench.states(), QString("resolved"));
    }

    void alertsAreSeriesThatEndWithAMarker()
    {
        Bench bench;
        bench.load(kDown);
        bench.step(0);
        QCOMPARE(bench.count(R"(ALERTS{alertname="Down",alertstate="pending",severity="page"})"), 1U);
        QCOMPARE(bench.count("ALERTS_FOR_STATE"), 1U);
        bench.step(1);
        QCOMPARE(bench.count("ALERTS"), 0U);
    }

    void aRestartLetsTheForClockGoOn()
    {
        Bench bench;
        bench.load(kDown);
        bench.step(0);
        bench.step(0);
        bench.manager = bench.make();
        bench.load(kDown);
        bench.step(0);
        QCOMPARE(bench.states(), QString("pending"));
        bench.step(0);
        QCOMPARE(bench.states(), QString("firing"));
    }

    void whatFiredBeforeARestartFiresAtOnceAfterIt()
    {
        Bench bench;
        bench.load(kDown);
        for (int i = 0; i < 4; ++i)
            bench.step(0);
        QCOMPARE(bench.states(), QString("firing"));
        bench.manager = bench.make();
        bench.load(kDown);
        bench.step(0);
        QCOMPARE(bench.states(), QString("firing"));
    }

    void aFailingRuleIsMarkedAndTheGroupGoesOn()
    {
        Bench bench;
        bench.load(R"yaml(groups:
- name: g
  rules:
  - {record: twice, expr: "up or label_replace(up, 'job', 'other', '', '')", labels: {job: same}}
  - {record: good, expr: up}
)yaml");
        bench.step(1);
        const auto status = bench.manager->status();
        QCOMPARE(status->rules, 2U);
        QCOMPARE(status->failing, 1U);
        QCOMPARE(ruleHealthWord(status->groups[0].rules[0].health), "err");
        const QString error = QString::fromStdString(status->groups[0].rules[0].lastError);
        QVERIFY(error.contains("same labelset"));
        QVERIFY2(error.contains("r.yml:4:27: "), qPrintable(error));  // where the expression stands
        QCOMPARE(ruleHealthWord(status->groups[0].rules[1].health), "ok");
        QCOMPARE(bench.count("good"), 1U);
    }

    void aGroupThatStaysKeepsItsStateAndOneThatGoesEndsItsSeries()
    {
        Bench bench;
        bench.load(kDown);
        bench.step(0);
        bench.load(kDown);
        bench.step(0);
        bench.step(0);
        QCOMPARE(bench.states(), QString("firing"));
        bench.load("groups: []");
        bench.step(0);
        QCOMPARE(bench.states(), QString());
        QCOMPARE(bench.count("ALERTS"), 0U);
    }

    void aLimitDropsTheAlertsAndSaysSo()
    {
        Bench bench;
        bench.load("groups: [{name: g, limit: 1, rules: [{alert: A, expr: up}]}]");
        bench.put(LabelSet{{"__name__", "up"}, {"job", "a"}}, 1);
        bench.step(1);
        QCOMPARE(bench.manager->status()->failing, 1U);
        QVERIFY(QString::fromStdString(bench.manager->status()->groups[0].rules[0].lastError)
                    .contains("exceeded limit of 1 with 2 alerts"));
    }

    void aClockThatJumpsBackGivesNoNegativeDurations()
    {
        Bench bench;
        bench.load(kDown);
        bench.step(0);
        bench.clock.jumpWallMs(-3'600'000);
        bench.step(0);
        for (const auto& alert : *bench.manager->alerts())
            QVERIFY(alert.activeAt <= bench.clock.wallMs());
    }
};

QTEST_GUILESS_MAIN(RuleManagerTest)
#include "tst_rule_manager.moc"
