// A field is called signals, which is a keyword of Qt otherwise.
#define QT_NO_KEYWORDS
#include "app/incident/typed_note.h"
#include "tests/app/incident/incident_fixture.h"

using namespace holdfast;
using namespace holdfast::incident;

class IncidentActsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theFirstWordOfANoteSaysWhatItIs()
    {
        QCOMPARE(parseNote("/impact 12 % of orders fail").type, std::string("impact"));
        QCOMPARE(parseNote("/impact 12 % of orders fail").text, std::string("12 % of orders fail"));
        QCOMPARE(parseNote("/usr is full").type, std::string());
        QCOMPARE(parseNote("/usr is full").text, std::string("/usr is full"));
        QCOMPARE(parseNote("/decision").type, std::string());
    }

    void aDeployNoteIsADeployToo()
    {
        IncidentFixture f;
        f.fire("payments", "latency");
        f.run(40);
        QVERIFY(f.service->note(f.only().id, "ana", "/deploy payments 4.18.3", false).ok());
        const auto deploys = f.service->events({.kinds = {"deploy"}});
        QVERIFY(deploys.ok());
        QCOMPARE(deploys->size(), std::size_t{1});
        QCOMPARE(deploys->front().service, std::string("payments"));
        QCOMPARE(deploys->front().subject, std::string("4.18.3"));
    }

    void anEditedNoteIsToldOnce()
    {
        IncidentFixture f;
        f.fire("payments", "latency");
        f.run(40);
        const auto note = f.service->note(f.only().id, "ana", "caling DBA", false);
        QVERIFY(note.ok());
        QVERIFY(f.service->editNote(note->id, "ana", "calling DBA").ok());
        const auto detail = f.service->detail(f.only().id);
        QVERIFY(detail.ok());
        QStringList notes;
        for (const auto& event : detail->timeline) {
            if (event.kind == "note")
                notes << QString::fromStdString(event.text);
        }
        QCOMPARE(notes, QStringList{"calling DBA"});
        const auto all = f.service->events({.kinds = {"note"}});
        QVERIFY(all.ok());
        QCOMPARE(all->size(), std::size_t{2});
    }

    void aStarIsSetAndTakenAway()
    {
        IncidentFixture f;
        f.fire("payments", "latency");
        f.run(40);
        const auto note = f.service->note(f.only().id, "ana", "look here", false);
        QVERIFY(f.service->star(note->id, true).ok());
        QVERIFY(f.service->events({.kinds = {"note"}})->front().starred);
        QVERIFY(f.service->star(note->id, false).ok());
        QVERIFY(!f.service->events({.kinds = {"note"}})->front().starred);
        QVERIFY(!f.service->star(4711, true).ok());
    }

    void mitigatedByHandHoldsUntilAnotherSignalComes()
    {
        IncidentFixture f;
        f.fire("payments", "latency");
        f.run(40);
        QVERIFY(f.service->mitigate(f.only().id, "ana", "traffic moved").ok());
        f.run(60);
        QCOMPARE(f.state(), QString("mitigated"));
        f.fire("checkout", "errors");
        f.run(10);
        QCOMPARE(f.state(), QString("acked"));
    }

    void aResolvedIncidentIsReopenedByHandButNotAMergedOne()
    {
        IncidentFixture f;
        f.fire("payments", "latency");
        f.fire("mail", "errors");
        f.run(40);
        const auto all = f.service->list(true, 10);
        QCOMPARE(all.size(), std::size_t{2});
        QVERIFY(f.service->merge(all[0].id, all[1].id, "ana").ok());
        QVERIFY(!f.service->reopen(all[1].id, "ana", "").ok());
        QVERIFY(f.service->resolve(all[0].id, "ana").ok());
        QVERIFY(f.service->close(all[0].id, "ana").ok());
        QVERIFY(f.service->reopen(all[0].id, "ana", "not over").ok());
        QCOMPARE(f.service->list(true, 10).size(), std::size_t{1});
        QVERIFY(!f.service->reopen(all[0].id, "ana", "").ok());
    }

    void splittingOffMakesAnIncidentOfItsOwn()
    {
        IncidentFixture f;
        f.fire("payments", "latency");
        f.fire("payments-db", "headroom");
        f.run(40);
        const auto detail = f.service->detail(f.only().id);
        QVERIFY(detail.ok());
        const auto made = f.service->splitOff(f.only().id, detail->signals[0].fingerprint, "ana");
        QVERIFY(made.ok());
        f.run(30);
        QCOMPARE(f.service->list(true, 10).size(), std::size_t{2});
    }

    void anIncidentByHandStaysUntilAPersonResolvesIt()
    {
        IncidentFixture f;
        f.run(40);
        const auto made = f.service->openByHand({.service = "checkout",
                                                 .text = "carts are empty",
                                                 .severity = "sev1",
                                                 .startMs = f.clock.wallMs() - 30'000,
                                                 .endMs = 0,
                                                 .actor = "ana"});
        QVERIFY(made.ok());
        QCOMPARE(QString::fromStdString(made->title), QString("carts are empty"));
        QCOMPARE(QString::fromStdString(made->origin), QString("checkout"));
        QVERIFY(made->severity == Severity::Sev1);
        const auto detail = f.service->detail(made->id);
        QVERIFY(detail.ok());
        QCOMPARE(detail->lanes.size(), std::size_t{3});
        QVERIFY(detail->lanes.front().expr.find("holdfast:errors:ratio{service=\"checkout\"}") != std::string::npos);
        QCOMPARE(detail->evidence, std::vector<std::string>{"checkout: people see that carts are empty"});
        f.run(20);
        f.fire("payments", "errors");  // a callee: it joins as a possible cause
        f.run(30);
        QCOMPARE(f.only().signals, std::size_t{2});
        f.clear("payments", "errors");
        f.run(1'200);
        QCOMPARE(f.state(), QString("new"));
        QVERIFY(f.service->resolve(f.only().id, "ana").ok());
        f.run(60);
        QCOMPARE(f.state(), QString("resolved"));
    }

    void anIncidentByHandNeedsServiceAndText()
    {
        IncidentFixture f;
        QVERIFY(!f.service->openByHand({.service = "", .text = "broken", .severity = "", .actor = "ana"}).ok());
        QVERIFY(!f.service->openByHand({.service = "mail", .text = "", .severity = "", .actor = "ana"}).ok());
        QVERIFY(!f.service->openByHand({.service = "mail", .text = "x", .severity = "sev9", .actor = "ana"}).ok());
        QVERIFY(!f.service->openByHand({.service = "mail", .text = "broken", .severity = "", .actor = ""}).ok());
    }

    void theListIsFiltered()
    {
        IncidentFixture f;
        f.fire("payments", "latency");
        f.run(40);
        f.fire("mail", "errors", "ticket");
        f.run(40);
        const auto count = [&](const IncidentFilter& filter) { return f.service->list(filter)->size(); };
        QCOMPARE(count({}), std::size_t{2});
        QCOMPARE(count({.service = "mail"}), std::size_t{1});
        QCOMPARE(count({.severity = "sev3"}), std::size_t{1});
        QCOMPARE(count({.text = "PAYMENTS"}), std::size_t{1});
        QCOMPARE(count({.states = {"closed"}}), std::size_t{0});
        QCOMPARE(count({.endMs = 1}), std::size_t{0});
    }
};

QTEST_GUILESS_MAIN(IncidentActsTest)
#include "tst_incident_acts.moc"
