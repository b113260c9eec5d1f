// A field is called signals, which is a keyword of Qt otherwise.
#define QT_NO_KEYWORDS
#include "tests/app/incident/incident_fixture.h"

using namespace holdfast;
using namespace holdfast::incident;

namespace {

/// payments-db fills up, and its callers suffer one after another.
void cascade(IncidentFixture& f)
{
    f.fire("payments-db", "headroom");
    f.run(10);
    f.fire("payments", "latency");
    f.fire("payments", "breaker", "page", "payments-db");
    f.run(10);
    f.fire("checkout", "errors");
    f.fire("checkout", "latency");
    f.run(10);
    f.fire("gateway", "errors");
    f.run(10);
}

}  // namespace

class IncidentServiceTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void oneCascadeIsOneIncidentWithItsOriginNamed()
    {
        IncidentFixture f;
        cascade(f);
        const auto incident = f.only();
        QCOMPARE(QString::fromStdString(incident.title),
                 QString("payments-db saturated → payments, checkout, gateway"));
        QCOMPARE(incident.origin, std::string("payments-db"));
        QCOMPARE(incident.signals, 6U);
        QCOMPARE(severityWord(incident.severity), "sev1");
        const auto detail = f.service->detail(incident.id);
        QVERIFY(detail.ok());
        QVERIFY(QString::fromStdString(detail->evidence[0]).contains("changed first"));
    }

    void aGroupWaitsHalfAMinuteUnlessAnImportantServicePages()
    {
        IncidentFixture f;
        f.fire("payments", "latency");
        f.run(30);
        QCOMPARE(f.titles(), QString());
        f.run(5);
        QCOMPARE(f.titles(), QString("payments slow"));
        IncidentFixture g;
        g.fire("gateway", "errors");
        g.run(5);
        QCOMPARE(g.titles(), QString("gateway failing"));
    }

    void anUnconnectedFaultIsAnotherIncident()
    {
        IncidentFixture f;
        cascade(f);
        f.fire("mail", "errors");
        f.run(40);
        QCOMPARE(f.titles(), QString("mail failing | payments-db saturated → payments, checkout, gateway"));
    }

    void aLateSiblingOfAnExplainedServiceStaysApart()
    {
        IncidentFixture f;
        cascade(f);
        f.run(60);
        f.fire("search", "latency");
        f.run(40);
        QCOMPARE(f.service->list(true, 10).size(), 2U);
    }

    void aLateCausePullsItsEffectsTogether()
    {
        IncidentFixture f;
        f.topology.edges.push_back({"mail", "payments-db"});
        f.service->setTopology(f.topology);
        f.fire("mail", "errors");
        f.fire("payments", "latency");
        f.run(10);
        f.fire("payments-db", "latency");
        f.run(40);
        QCOMPARE(f.only().signals, 3U);
        QCOMPARE(f.only().origin, std::string("payments-db"));
    }

    void quietForTenMinutesResolvesItAndASignalReopensIt()
    {
        IncidentFixture f;
        cascade(f);
        f.firing.clear();
        f.run(595);
        QCOMPARE(f.state(), QString("new"));
        f.run(10);
        QCOMPARE(f.state(), QString("resolved"));
        f.run(60);
        f.fire("payments", "latency");
        f.run(5);
        QCOMPARE(f.state(), QString("new"));
        f.firing.clear();
        f.run(700);
        f.run(1900);
        f.fire("payments", "latency");
        f.run(40);
        QCOMPARE(f.service->list(false, 10).size(), 2U);
    }

    void anAcknowledgementHasAnEnd()
    {
        IncidentFixture f;
        cascade(f);
        QVERIFY(f.service->acknowledge(f.only().id, "ana", 120'000).ok());
        QCOMPARE(f.state(), QString("acked"));
        QCOMPARE(f.only().owner, std::string("ana"));
        f.run(115);
        QCOMPARE(f.state(), QString("acked"));
        f.run(5);
        QCOMPARE(f.state(), QString("new"));
        QVERIFY(!f.service->acknowledge(f.only().id, "", 1).ok());
        QVERIFY(!f.service->acknowledge(99, "ana", 1).ok());
    }

    void aRestartIsNoReasonToCallAnIncidentMitigated()
    {
        IncidentFixture f;
        f.fire("checkout", "errors");
        f.run(60);
        f.overrides = {{"checkout", "checkout/breaker/payments", "forced open", 0}};
        f.open();
        f.clear("checkout", "errors");  // rules have no data yet
        f.run(60);
        QCOMPARE(f.state(), QString("new"));
        f.fire("checkout", "errors");
        f.run(60);
        QCOMPARE(f.state(), QString("new"));
        f.clear("checkout", "errors");
        f.run(30);
        QCOMPARE(f.state(), QString("mitigated"));
    }

    void anOverrideInForceMitigatesButDoesNotResolve()
    {
        IncidentFixture f;
        cascade(f);
        f.overrides = {{"payments", "payments/breaker/payments-db", "forced open", 0}};
        f.firing.clear();
        f.run(1200);
        QCOMPARE(f.state(), QString("mitigated"));
        f.overrides.clear();
        f.run(590);
        QCOMPARE(f.state(), QString("mitigated"));
        f.fire("payments", "latency");
        f.run(5);
        QCOMPARE(f.state(), QString("acked"));
        f.firing.clear();
        f.run(610);
        QCOMPARE(f.state(), QString("resolved"));
    }

    void aRestartInTheMiddleChangesNothing()
    {
        IncidentFixture f;
        cascade(f);
        QVERIFY(f.service->acknowledge(f.only().id, "ana", 3'600'000).ok());
        const auto before = f.service->detail(f.only().id);
        f.open();
        f.run(10);
        const auto after = f.service->detail(f.only().id);
        QVERIFY(before.ok() && after.ok());
        QCOMPARE(after->summary.title, before->summary.title);
        QCOMPARE(after->summary.owner, std::string("ana"));
        QCOMPARE(after->signals.size(), before->signals.size());
        QCOMPARE(after->signals[0].kind, before->signals[0].kind);
        QCOMPARE(after->timeline.size(), before->timeline.size());
        QCOMPARE(after->evidence, before->evidence);
    }

    void aDeadTargetMutesTheSymptomsOfItsService()
    {
        IncidentFixture f;
        f.fire("payments", "latency");
        f.fire("payments", "target", "page", "127.0.0.1:7101");
        f.run(40);
        const auto detail = f.service->detail(f.only().id);
        QVERIFY(detail.ok());
        for (const auto& signal : detail->signals)
            QCOMPARE(signal.muted, signal.kind != "target");
        QVERIFY(QString::fromStdString(detail->summary.title).startsWith("payments down"));
    }

    void mostTargetsGoneIsOneStory()
    {
        IncidentFixture f;
        for (const char* name : {"a", "b", "c", "d", "e", "f"})
            f.fire(name, "target", "page", name);
        f.run(40);
        QCOMPARE(f.titles(), QString("You may be offline: 6 of 10 targets do not answer"));
    }

    void aFlappingSignalIsCountedAndNotTold()
    {
        IncidentFixture f;
        f.fire("gateway", "errors");
        f.run(5);
        for (int i = 0; i < 10; ++i) {
            f.clear("gateway", "errors");
            f.run(5);
            f.fire("gateway", "errors");
            f.run(5);
        }
        const auto detail = f.service->detail(f.only().id);
        QVERIFY(detail.ok());
        QCOMPARE(detail->signals[0].transitions, 11);
        QVERIFY2(detail->timeline.size() < 12, qPrintable(QString::number(detail->timeline.size())));
    }

    void whatHappenedBeforeItOpenedBelongsToTheTimeline()
    {
        IncidentFixture f;
        Event deploy;
        deploy.atMs = f.clock.wallMs() - 60'000;
        deploy.kind = "deploy";
        deploy.service = "payments";
        deploy.text = "payments 4.18.2 → 4.18.3 deployed";
        QVERIFY(f.service->recordEvent(deploy).ok());
        f.fire("payments", "errors");
        f.run(40);
        const auto detail = f.service->detail(f.only().id);
        QVERIFY(detail.ok());
        QCOMPARE(detail->timeline.front().kind, std::string("deploy"));
        QVERIFY(QString::fromStdString(detail->evidence[0]).contains("4.18.3 deployed, 1m"));
        deploy.kind = "nonsense";
        QVERIFY(!f.service->recordEvent(deploy).ok());
    }

    void whatHappenedToALaterMemberBelongsToTheTimeline()
    {
        IncidentFixture f;
        Event flag;
        flag.atMs = f.clock.wallMs() - 60'000;
        flag.kind = "flag";
        flag.service = "payments-db";
        flag.text = "payments-db: flag fault-slow switched on";
        QVERIFY(f.service->recordEvent(flag).ok());
        f.fire("gateway", "errors");
        f.fire("payments", "latency");
        f.run(10);
        f.fire("payments-db", "latency");
        f.run(10);
        const auto all = f.service->list(true, 10);
        const auto detail = f.service->detail(all.back().id);
        QVERIFY(detail.ok());
        QCOMPARE(detail->timeline.front().text, flag.text);
        const QString evidence = QString::fromStdString(detail->evidence[1]);
        QVERIFY2(!evidence.contains("payments-db: payments-db"), qPrintable(evidence));
    }

    void whatAnotherIncidentTookIsShownInBoth()
    {
        IncidentFixture f;
        f.fire("payments", "latency");
        f.run(40);
        Event flag;
        flag.atMs = f.clock.wallMs();
        flag.kind = "flag";
        flag.service = "payments";
        flag.text = "payments: flag fault-slow switched on";
        QVERIFY(f.service->recordEvent(flag).ok());
        QVERIFY(f.service->resolve(1, "ana").ok());
        QVERIFY(f.service->close(1, "ana").ok());
        f.clear("payments", "latency");
        f.run(10);
        f.fire("payments", "errors");
        f.run(40);
        QCOMPARE(f.service->list(false, 10).size(), 2U);
        const auto detail = f.service->detail(2);
        QVERIFY(detail.ok());
        QCOMPARE(std::ranges::count(detail->timeline, flag.text, &Event::text), 1);
    }

    void aMessengerWaitsForTheSymptomAndIsNotBlamed()
    {
        IncidentFixture f;
        f.fire("gateway", "breaker", "page", "checkout");
        f.run(10);
        QCOMPARE(f.titles(), QString());
        f.run(10);
        QCOMPARE(f.titles(), QString("gateway rejecting calls to checkout"));
        QCOMPARE(f.only().origin, std::string());
        const auto detail = f.service->detail(1);
        QCOMPARE(detail->evidence.front(),
                 std::string("gateway: only reports failing calls to checkout, which has no signal of its own yet"));
        f.fire("checkout", "latency");
        f.run(5);
        QCOMPARE(f.only().origin, std::string("checkout"));
        IncidentFixture g;
        g.fire("gateway", "breaker", "page", "checkout");
        g.run(5);
        g.fire("checkout", "errors");
        g.run(5);
        QCOMPARE(g.titles(), QString("checkout failing → gateway"));
    }

    void mergeSplitOriginAndSeverityAreCorrectedByHand()
    {
        IncidentFixture f;
        cascade(f);
        f.fire("mail", "errors");
        f.run(40);
        QVERIFY(f.service->merge(1, 2, "ana").ok());
        QCOMPARE(f.service->list(true, 10).size(), 1U);
        const auto merged = f.service->detail(1);
        QCOMPARE(merged->signals.size(), 7U);
        const auto mail = std::ranges::find(merged->signals, "mail", &IncidentSignal::service);
        const auto split = f.service->splitOff(1, mail->fingerprint, "ana");
        QVERIFY(split.ok());
        QCOMPARE(split->title, std::string("mail failing"));
        f.run(40);
        QCOMPARE(f.service->list(true, 10).size(), 2U);
        QCOMPARE(f.service->setOrigin(1, "checkout", "ana")->origin, std::string("checkout"));
        QVERIFY(!f.service->setOrigin(1, "mail", "ana").ok());
        QVERIFY(!f.service->setSeverity(1, Severity::Sev3, "ana", "").ok());
        QVERIFY(f.service->setSeverity(1, Severity::Sev3, "ana", "canary only")->severity == Severity::Sev3);
        f.run(20);
        QVERIFY(f.service->detail(1)->summary.severity == Severity::Sev3);
    }

    void theMarkdownTellsTheStoryInOrder()
    {
        IncidentFixture f;
        cascade(f);
        const auto id = f.only().id;
        QVERIFY(f.service->acknowledge(id, "ana", 1'800'000).ok());
        QVERIFY(f.service->note(id, "ana", "calling <DBA> | now", true).ok());
        Event action;
        action.kind = "action";
        action.service = "payments";
        action.actor = "ana";
        action.text = "payments → payments-db forced open, 3 of 3";
        QVERIFY(f.service->recordEvent(action).ok());
        const auto text = f.service->exportMarkdown(id);
        QVERIFY(text.ok());
        const QString markdown = QString::fromStdString(*text);
        qsizetype at = 0;
        for (const char* part :
             {"# INC-1: payments-db saturated", "## Summary", "## Impact", "payments-db headroom bad",
              "## Timeline (UTC)", "★ **note** ana: calling &lt;DBA> \\| now",
              "**action** ana: ", "## Origin and evidence", "## What was done and whether it helped",
              "forced open, 3 of 3", "## Follow-ups"}) {
            const auto found = markdown.indexOf(part, at);
            QVERIFY2(found >= at, part);
            at = found;
        }
        QVERIFY(markdown.contains("| Opened | 2023-11-14 22:13:"));
    }
};

QTEST_GUILESS_MAIN(IncidentServiceTest)
#include "tst_incident_service.moc"
