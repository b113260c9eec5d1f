#include "widgets/client/aged_fleet.h"

#include <QTest>

using namespace holdfast::widgets;

namespace {

constexpr std::int64_t then = 1'700'000'000'000;

std::shared_ptr<const Fleet> fleet()
{
    auto fleet = std::make_shared<Fleet>();
    fleet->atMs = then;
    fleet->intervalMs = 5000;
    FleetService service;
    service.name = QStringLiteral("checkout");
    service.lastSampleMs = then - 2000;
    service.errors.state = ValueState::Value;
    service.errors.value = 0.06;
    service.errors.severity = Severity::Critical;
    service.requests.state = ValueState::NoTraffic;
    fleet->services.push_back(service);
    return fleet;
}

}  // namespace

class TestAgedFleet : public QObject {
    Q_OBJECT

private slots:
    void isTheSameWithinThreeIntervals()
    {
        const auto given = fleet();
        QCOMPARE(agedFleet(given, then + 15'000), given);
        QVERIFY(!agedFleet(nullptr, then));
    }

    void saysHowOldEveryValueIsThen()
    {
        const auto aged = agedFleet(fleet(), then + 16'000);
        const FleetService& service = aged->services.front();
        QCOMPARE(service.errors.state, ValueState::Stale);
        QCOMPARE(service.errors.ageMs, std::int64_t(18'000));
        QCOMPARE(*service.errors.value, 0.06);
        QCOMPARE(service.severity, Severity::Unknown);
    }

    void doesTheSameForOneService()
    {
        const FleetService now = fleet()->services.front();
        QCOMPARE(agedService(now, 5000, then + 13'000).errors.state, ValueState::Value);
        QCOMPARE(agedService(now, 5000, then + 14'000).errors.state, ValueState::Stale);
    }

    void makesNoOldNumberOfNone()
    {
        QCOMPARE(agedFleet(fleet(), then + 16'000)->services.front().requests.state, ValueState::NoTraffic);
    }
};

QTEST_GUILESS_MAIN(TestAgedFleet)
#include "tst_aged_fleet.moc"
