#include "widgets/health/health_report.h"

#include <QTest>

#include <functional>

using namespace holdfast::widgets;

namespace {

HealthFacts well()
{
    Status status;
    status.version = QStringLiteral("0.1.0");
    status.startedMs = 1'000;
    status.targets.total = 3;
    status.targets.up = 3;
    status.targets.lastScrapeMs = 9'000;
    status.targets.intervalMs = 2'000;
    status.rules = {.rules = 4, .lastEvaluationMs = 9'500};
    status.store.queueCapacity = 100;
    HealthFacts facts;
    facts.link = LinkState::Connected;
    facts.nowMs = 10'000;
    facts.status = std::make_shared<const Status>(status);
    return facts;
}

HealthFacts with(HealthFacts facts, const std::function<void(Status&)>& change)
{
    Status status = *facts.status;
    change(status);
    facts.status = std::make_shared<const Status>(status);
    return facts;
}

QString textOf(const HealthFacts& facts)
{
    return healthText(healthReport(facts));
}

}  // namespace

class TestHealthReport : public QObject {
    Q_OBJECT

private slots:
    void saysThatAllIsWell()
    {
        QCOMPARE(healthSummary(healthReport(well())), QStringLiteral("Holdfast itself is well"));
    }

    void saysWhenTheDiskWillBeFull()
    {
        HealthFacts facts = well();
        facts.growthPerS = 1'000'000;
        facts.diskFreeBytes = 3.0 * 3600 * 1'000'000;
        QVERIFY2(textOf(facts).contains(QStringLiteral("full in ≈ 3\u202Fh")), qPrintable(textOf(facts)));
        facts.diskFreeBytes = 1e15;
        QVERIFY(textOf(facts).contains(QStringLiteral("not full within a day")));
    }

    void namesEachFailingRuleWithItsError()
    {
        HealthFacts facts = with(well(), [](Status& status) { status.rules.failing = 1; });
        facts.rules = OwnRules{};
        facts.rules->failing.push_back(
            {QStringLiteral("shop"), QStringLiteral("TooSlow"), QStringLiteral("many-to-many matching")});
        QVERIFY(textOf(facts).contains(QStringLiteral("! shop / TooSlow: many-to-many matching")));
    }

    void tellsOverloadInWordsAndWhatIsNeverLeftOut()
    {
        const HealthFacts facts = with(well(), [](Status& status) {
            status.overload = {{QStringLiteral("slower-repaint"), QStringLiteral("wider-step")},
                               QStringLiteral("store queue 91 % full")};
        });
        const QString text = textOf(facts);
        QVERIFY(text.contains(QStringLiteral("windows ask for half as many points")));
        QVERIFY(text.contains(QStringLiteral("store queue 91 % full")));
        QVERIFY(text.contains(QStringLiteral("actions, their audit, reverts")));
    }

    void putsTheWorstFirst()
    {
        const HealthFacts facts = with(well(), [](Status& status) {
            status.targets.down = 1;
            status.store.writeError = QStringLiteral("disk full");
        });
        QVERIFY(healthSummary(healthReport(facts)).startsWith(QStringLiteral("Cannot write: disk full – and 1 more")));
    }

    void readsOwnNumbersByNameAndLabel()
    {
        Matrix matrix;
        matrix.series.push_back({{{QStringLiteral("__name__"), QStringLiteral("holdfast_breaker_state")},
                                  {QStringLiteral("job"), QStringLiteral("holdfast")},
                                  {QStringLiteral("name"), QStringLiteral("scrape of shop")},
                                  {QStringLiteral("state"), QStringLiteral("open")}},
                                 {1}});
        HealthFacts facts = well();
        facts.numbers = ownNumbers(matrix);
        QVERIFY2(textOf(facts).contains(QStringLiteral("! scrape of shop: OPEN")), qPrintable(textOf(facts)));
    }
};

QTEST_GUILESS_MAIN(TestHealthReport)
#include "tst_health_report.moc"
