// A field is called signals, which is a keyword of Qt otherwise.
#define QT_NO_KEYWORDS
#include "tests/app/incident/incident_fixture.h"

using namespace holdfast;
using namespace holdfast::incident;

namespace {

ShelveRequest request(const char* service, std::int64_t minutes, bool untilClear = false)
{
    return {.alert = {},
            .service = service,
            .forMs = minutes * 60'000,
            .untilClear = untilClear,
            .actor = "ana",
            .reason = "planned move"};
}

}  // namespace

class ShelvingTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aShelvedAlertOpensNothingUntilItsShelvingEnds()
    {
        IncidentFixture f;
        QVERIFY(f.service->shelve(request("mail", 10)).ok());
        f.fire("mail", "errors");
        f.run(300);
        QVERIFY(f.service->list(false, 10).empty());
        QCOMPARE(f.service->shelves(false).size(), std::size_t{1});
        QCOMPARE(f.service->shelves(false).front().firing, std::size_t{1});
        f.run(340);
        QVERIFY(f.service->shelves(false).empty());
        QCOMPARE(f.titles(), QString("mail failing"));
    }

    void shelvingSurvivesARestart()
    {
        IncidentFixture f;
        QVERIFY(f.service->shelve(request("mail", 60)).ok());
        f.open();
        f.fire("mail", "errors");
        f.run(60);
        QVERIFY(f.service->list(false, 10).empty());
        QCOMPARE(f.service->shelves(false).front().reason, std::string("planned move"));
    }

    void anEndIsAnnouncedTwoMinutesBefore()
    {
        IncidentFixture f;
        QVERIFY(f.service->shelve(request("mail", 10)).ok());
        f.run(485);
        const auto events = f.service->events({.kinds = {"state"}});
        QVERIFY(events.ok());
        QCOMPARE(QString::fromStdString(events->back().text), QString("Shelving of mail ends in 2 min"));
    }

    void oneShotShelvingEndsWhenTheAlertClears()
    {
        IncidentFixture f;
        f.fire("mail", "errors");
        QVERIFY(f.service->shelve(request("mail", 0, true)).ok());
        f.run(60);
        QVERIFY(f.service->list(false, 10).empty());
        f.clear("mail", "errors");
        f.run(5);
        QVERIFY(f.service->shelves(false).empty());
        f.fire("mail", "errors");
        f.run(40);
        QCOMPARE(f.titles(), QString("mail failing"));
    }

    void shelvingKeepsNoIncidentOpenAndBringsItBack()
    {
        IncidentFixture f;
        f.fire("mail", "errors");
        f.run(40);
        QVERIFY(f.service->shelve(request("mail", 20)).ok());
        f.run(660);
        QCOMPARE(f.state(), QString("resolved"));
        f.run(600);
        QCOMPARE(f.state(), QString("new"));
        QCOMPARE(f.only().reopened, std::size_t{1});
    }

    void aPersonMayTakeItBackAtOnce()
    {
        IncidentFixture f;
        f.fire("mail", "errors");
        const auto shelf = f.service->shelve(request("mail", 60));
        QVERIFY(shelf.ok());
        f.run(60);
        QVERIFY(f.service->unshelve(shelf->id, "ben").ok());
        f.run(40);
        QCOMPARE(f.titles(), QString("mail failing"));
        QVERIFY(!f.service->unshelve(shelf->id, "ben").ok());
    }

    void nothingIsShelvedWithoutAnEndAReasonAndAThing()
    {
        IncidentFixture f;
        QVERIFY(!f.service->shelve(request("mail", 0)).ok());
        QVERIFY(!f.service->shelve(request("mail", 241)).ok());
        QVERIFY(!f.service->shelve(request("", 10)).ok());
        auto silent = request("mail", 10);
        silent.reason.clear();
        QVERIFY(!f.service->shelve(silent).ok());
        QVERIFY(f.service->shelve(request("mail", 10)).ok());
        QVERIFY(!f.service->shelve(request("mail", 10)).ok());
    }

    void aForgottenOverrideCannotBeShelved()
    {
        IncidentFixture f;
        QVERIFY(f.service->shelve(request("payments", 60)).ok());
        f.fire("payments", "override");
        f.run(40);
        QCOMPARE(f.service->list(true, 10).size(), std::size_t{1});
    }

    void anAlertThatStandsForADayLeavesItsIncident()
    {
        IncidentFixture f;
        f.fire("mail", "errors");
        f.run(40);
        f.clock.advanceMs(24LL * 3'600'000);
        f.run(10);
        QCOMPARE(f.service->standing().size(), std::size_t{1});
        f.run(620);
        QCOMPARE(f.state(), QString("resolved"));
        f.clock.advanceMs(3'600'000);
        f.run(60);
        QCOMPARE(f.service->list(false, 10).size(), std::size_t{1});
        f.open();
        f.run(60);
        QCOMPARE(f.service->list(false, 10).size(), std::size_t{1});
        f.clear("mail", "errors");
        f.run(5);
        QVERIFY(f.service->standing().empty());
    }
};

QTEST_GUILESS_MAIN(ShelvingTest)
#include "tst_shelving.moc"
