#include "app/base/manual_clock.h"
#include "app/control/control_core.h"
#include "app/store/store.h"
#include "tests/support/control_server.h"

#include <QTemporaryDir>
#include <QTest>

#include <memory>

#undef signals  // Qt's word; here it is a door of control

using namespace holdfast;
using namespace holdfast::control;

namespace {

constexpr std::int64_t kStart = 1'700'000'000'000;
const std::string kBreaker = "checkout/breaker/payments";

/// Outside the class, where Qt's moc does not take the member for its keyword.
void tellSignals(ControlDoors& doors, const std::vector<EffectSeries>& series)
{
    doors.signals = [&series](const std::string&, TimeRange) { return series; };
}

}  // namespace

class TestActionGate : public QObject {
    Q_OBJECT

    ManualClock m_clock{kStart};
    std::unique_ptr<QTemporaryDir> m_dir;
    std::FILE* m_null = std::fopen("/dev/null", "w");
    Log m_log{m_null, LogLevel::Error, m_clock};
    std::unique_ptr<store::Store> m_store;
    std::unique_ptr<tests::ControlServer> m_server;
    config::ControlGroupConfig m_group;
    MetricView m_metrics;
    std::optional<bool> m_within;
    std::optional<double> m_value;
    PathView m_path;
    std::vector<EffectSeries> m_signals;

    std::unique_ptr<ControlCore> core()
    {
        ControlDoors doors;
        doors.metrics = [this] { return m_metrics; };
        doors.metricValue = [this](const std::string&) { return m_value; };
        doors.withinObjective = [this](const std::string&) { return m_within; };
        doors.path = [this](const std::string&, const std::string&) { return m_path; };
        tellSignals(doors, m_signals);
        ControlOptions options;
        options.requestTimeoutMs = 500;
        options.verifyForMs = 0;
        options.osUser = "tester";
        options.host = "here";
        auto config = std::make_shared<config::Config>();
        config->holdfast.controls.push_back(m_group);
        config->holdfast.services["payments"].fallback = "pay later page";
        auto made = std::make_unique<ControlCore>(*m_store, m_clock, m_log, std::move(doors), options, config);
        if (const auto started = made->start(); !started.ok())
            qFatal("%s", started.error().message.c_str());
        made->pollOnce();
        return made;
    }
    static ActionRequest open()
    {
        ActionRequest request;
        request.control = kBreaker;
        request.to = "forced_open";
        request.holdS = 900;
        request.reason = "shed load";
        request.actor = "ana";
        return request;
    }
    static void run(ControlCore& control)
    {
        control.tick();
        for (const std::int64_t id : control.takePending())
            control.carryOut(id);
    }
    /// Time passes for the service and for us, and everything is read again.
    void pass(ControlCore& control, std::int64_t ms)
    {
        m_clock.advanceMs(ms);
        control.pollOnce();
        run(control);
    }
    void metricSays(const std::string& state)
    {
        m_metrics.readings = {{.service = "checkout",
                               .flag = false,
                               .name = "payments",
                               .instance = m_server->address(),
                               .state = state,
                               .atMs = m_clock.wallMs()}};
    }
    [[nodiscard]] bool forced() const { return m_server->breaker().state() == resilience::BreakerState::ForcedOpen; }
    static std::vector<std::string> steps(const ControlCore& control)
    {
        std::vector<std::string> list;
        const auto rows = control.audit(100);
        for (const AuditRow& row : *rows)
            list.insert(list.begin(), row.step);
        return list;
    }
    void askForASecondPerson()
    {
        m_group.approval = "second";
        m_group.approvers.push_back({.name = "ben", .token = {.text = "bens-token", .file = {}}});
        m_group.approvers.push_back({.name = "ana", .token = {.text = "anas-token", .file = {}}});
    }

private slots:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        m_clock.jumpWallMs(kStart - m_clock.wallMs());
        m_server = std::make_unique<tests::ControlServer>(m_clock);
        m_group = {};
        m_group.name = "demo";
        m_group.endpoints = {m_server->address()};
        m_group.actToken.text = "secret";
        m_group.armed = true;
        m_metrics = {};
        m_within.reset();
        m_value.reset();
        m_path = {};
        m_signals.clear();
        store::StoreOptions options;
        options.path = m_dir->filePath("test.db").toStdString();
        m_store = store::Store::open(options, m_clock, m_log).value();
    }
    void cleanup()
    {
        m_server.reset();
        m_store.reset();
    }

    void beginsAtItsTime()
    {
        const auto control = core();
        ActionRequest request = open();
        request.startMs = kStart + 60'000;
        request.untilMs = kStart + 120'000;
        const auto asked = control->act(request);
        QVERIFY(asked.ok());
        QCOMPARE(asked->state, std::string("scheduled"));
        pass(*control, 59'000);
        QVERIFY(!forced());
        pass(*control, 1'000);
        QVERIFY(forced());
        QCOMPARE(control->action(asked->id)->state, std::string("verified"));
        QCOMPARE(control->leases()[0].untilMs, kStart + 120'000);
    }
    void keepsWhatIsScheduledOverARestart()
    {
        ActionRequest request = open();
        request.startMs = kStart + 60'000;
        QVERIFY(core()->act(request).ok());
        m_clock.advanceMs(60'000);
        const auto control = core();
        run(*control);
        QVERIFY(forced());
        QCOMPARE(steps(*control).front(), std::string("scheduled"));
    }
    void beginsNothingThatIsNoLongerAsItWas()
    {
        const auto control = core();
        ActionRequest request = open();
        request.startMs = kStart + 60'000;
        const auto asked = control->act(request);
        m_server->breaker().setMode(resilience::BreakerMode::Disabled);
        pass(*control, 61'000);
        QCOMPARE(control->action(asked->id)->state, std::string("refused"));
        QCOMPARE(m_server->puts(), 0);
    }
    void cancelsWhatIsScheduled()
    {
        const auto control = core();
        ActionRequest request = open();
        request.startMs = kStart + 60'000;
        const auto asked = control->act(request);
        QCOMPARE(control->cancel(asked->id, "ana", "not needed")->state, std::string("cancelled"));
        pass(*control, 61'000);
        QVERIFY(!forced());
        QCOMPARE(control->cancel(asked->id, "ana", "").error().kind, ErrorKind::NotFound);
    }
    void waitsForASecondPerson()
    {
        askForASecondPerson();
        const auto control = core();
        const auto asked = control->act(open());
        QCOMPARE(asked->state, std::string("waiting_approval"));
        run(*control);
        QCOMPARE(m_server->puts(), 0);
        QCOMPARE(control->approve(asked->id, "ana", "anas-token").error().kind, ErrorKind::Denied);  // the same person
        QCOMPARE(control->approve(asked->id, "ben", "wrong").error().kind, ErrorKind::Denied);
        QCOMPARE(control->approve(asked->id, "eve", "bens-token").error().kind, ErrorKind::Denied);
        QVERIFY(control->approve(asked->id, "ben", "bens-token").ok());
        run(*control);
        QVERIFY(forced());
        QCOMPARE(control->action(asked->id)->approver, std::string("ben"));
        const auto rows = control->audit(100);
        for (const AuditRow& row : *rows) {
            QVERIFY(row.outcome.find("bens-token") == std::string::npos);
            QVERIFY(row.requests.find("bens-token") == std::string::npos);
        }
        // The way back needs nobody else.
        ActionRequest back = open();
        back.to = "auto";
        m_clock.advanceMs(3'000);
        QCOMPARE(control->act(back)->state, std::string("intent"));
    }
    void forgetsARequestThatNobodyApproved()
    {
        askForASecondPerson();
        const auto control = core();
        const auto asked = control->act(open());
        pass(*control, 1'800'000);
        QCOMPARE(control->action(asked->id)->state, std::string("expired"));
        QCOMPARE(control->approve(asked->id, "ben", "bens-token").error().kind, ErrorKind::NotFound);
    }
    void putsBackOnceItHasRecovered()
    {
        const auto control = core();
        ActionRequest request = open();
        request.untilRecovered = true;
        request.stableS = 60;
        QVERIFY(control->act(request).ok());
        run(*control);
        QVERIFY(control->leases()[0].untilRecovered);
        m_within = false;
        pass(*control, 30'000);
        m_within = true;
        pass(*control, 30'000);
        m_within = false;  // not for long enough
        pass(*control, 59'000);
        m_within = true;
        pass(*control, 1'000);
        QVERIFY(forced());
        pass(*control, 60'000);
        QVERIFY(!forced());
        QCOMPARE(control->actions(1, "")->front().reason,
                 std::string("recovered: payments is within its objective for 1 min"));
    }
    void endsAHoldThatNeverRecoversAtItsLongest()
    {
        const auto control = core();
        ActionRequest request = open();
        request.untilRecovered = true;
        QVERIFY(control->act(request).ok());
        run(*control);
        m_within = false;
        pass(*control, 902'000);
        QVERIFY(control->leases().empty());
    }
    void hearsTheMetricsAgree()
    {
        const auto control = core();
        const auto asked = control->act(open());
        run(*control);
        QCOMPARE(control->action(asked->id)->proof, std::string("API ✓"));
        m_clock.advanceMs(1'000);
        metricSays("forced_open");
        control->pollOnce();
        QCOMPARE(control->action(asked->id)->proof, std::string("API ✓ metrics ✓"));
        QCOMPARE(control->action(asked->id)->instances[0].proof, std::string("agrees"));
        QCOMPARE(steps(*control).back(), std::string("proof"));
    }
    void believesTheMetricsMoreThanTheEndpoint()
    {
        const auto control = core();
        const auto asked = control->act(open());
        run(*control);
        m_clock.advanceMs(1'000);
        metricSays("closed");
        control->pollOnce();
        QCOMPARE(control->action(asked->id)->state, std::string("verified"));  // a scrape may be late
        m_clock.advanceMs(20'000);
        metricSays("closed");
        control->pollOnce();
        QCOMPARE(control->action(asked->id)->state, std::string("contradicted"));
        QCOMPARE(control->points().at(kBreaker).instances[0].metrics, std::string("closed"));
        QCOMPARE(control->points().at(kBreaker).quality, Quality::Inferred);
    }
    void saysThatTheMetricsSayNothing()
    {
        const auto control = core();
        const auto asked = control->act(open());
        run(*control);
        pass(*control, 20'000);
        QCOMPARE(control->action(asked->id)->proof, std::string("API ✓ metrics –"));
        QCOMPARE(control->action(asked->id)->state, std::string("verified"));
    }
    void workOutAnEffectThatAnEarlierLifeOwed()
    {
        std::int64_t id = 0;
        {
            const auto control = core();
            id = control->act(open())->id;
            run(*control);
        }
        m_clock.advanceMs(600'000);
        m_signals = {
            {.service = "checkout", .signal = "errors", .values = {0.5, 0.5, 0.5}, .requests = 0, .errors = 0}};
        const auto control = core();
        QVERIFY(!control->action(id)->effect);
        control->tick();
        QVERIFY(control->action(id)->effect.has_value());
    }
    void showsWhatAnActDoesWhileItIsTooEarlyToJudge()
    {
        const auto control = core();
        const auto asked = control->act(open());
        run(*control);
        m_signals = {
            {.service = "checkout", .signal = "errors", .values = {0.5, 0.5, 0.5}, .requests = 0, .errors = 0}};
        m_clock.advanceMs(12'000);
        const auto early = control->effect(asked->id);
        QVERIFY(early.ok());
        QCOMPARE(early->atMs - early->sentMs, std::int64_t{12'000});
        QCOMPARE(early->judgedMs - early->sentMs, std::int64_t{90'000});
        QCOMPARE(early->endedMs, std::int64_t{0});
        QCOMPARE(early->effect.state, std::string("too_early"));
        QCOMPARE(early->effect.lines[0].before, std::optional<double>(0.5));
        QCOMPARE(early->effect.lines[0].verdict, std::string("too_early"));
        QCOMPARE(control->effect(999).error().kind, ErrorKind::NotFound);
    }
    void callsNothingAnEffectThatCameAfterItsEnd()
    {
        const auto control = core();
        const auto asked = control->act(open());
        run(*control);
        m_clock.advanceMs(120'000);
        const std::int64_t end = m_clock.wallMs();
        QVERIFY(control->revert(*control->action(asked->id)->lease, "ben", "enough").ok());
        run(*control);
        m_clock.advanceMs(60'000);
        const auto view = control->effect(asked->id);
        QVERIFY(view.ok());
        QCOMPARE(view->endedMs, end);
        QCOMPARE(view->atMs, end);
        QCOMPARE(view->endedBy, std::string("ben"));
    }
    void saysWhichClockEndedAHold()
    {
        const auto control = core();
        QVERIFY(control->act(open()).ok());
        run(*control);
        m_clock.advanceMs(902'000);
        m_clock.jumpWallMs(-600'000);
        run(*control);
        QCOMPARE(control->actions(1, "")->front().reason,
                 std::string("the hold ended by the steady clock; the wall clock was set back by 10 min"));
        m_clock.jumpWallMs(600'000);
    }
    void endsAHoldByTheWallClockThatJumpedAhead()
    {
        const auto control = core();
        QVERIFY(control->act(open()).ok());
        run(*control);
        m_clock.advanceMs(10'000);
        m_clock.jumpWallMs(3'600'000);
        run(*control);
        QVERIFY(control->leases().empty());
        QVERIFY(control->actions(1, "")->front().reason.find("set ahead by 59 min") != std::string::npos
                || control->actions(1, "")->front().reason.find("set ahead by 1 h") != std::string::npos);
    }
    void sendsAgainWhereAHoldGotLost()
    {
        const auto control = core();
        QVERIFY(control->act(open()).ok());
        run(*control);
        m_server->restart();
        control->pollOnce();
        QCOMPARE(control->leases()[0].drifted, 1);
        QVERIFY(control->reapply(control->leases()[0].id, "ana").ok());
        run(*control);
        control->pollOnce();
        QVERIFY(forced());
        QCOMPARE(control->leases()[0].drifted, 0);
    }
    void revertsEverythingAlsoOfADisarmedGroup()
    {
        const auto control = core();
        QVERIFY(control->act(open()).ok());
        run(*control);
        ActionRequest later = open();
        later.control = "checkout/flag/lean";
        later.to = "forced_on";
        later.startMs = kStart + 3'600'000;
        QVERIFY(control->act(later).ok());
        QVERIFY(control->arm("demo", 0, "ana").ok());
        const auto all = control->revertAll("ana", "stop");
        QVERIFY(all.ok());
        QCOMPARE(all->begun.size(), std::size_t{1});
        QCOMPARE(all->cancelled.size(), std::size_t{1});
        run(*control);
        QVERIFY(!forced());
    }
    void putsBackRightAfterWhatRuns()
    {
        const auto control = core();
        QVERIFY(control->act(open()).ok());
        run(*control);
        QVERIFY(control->extend(control->leases()[0].id, "ana", 60).ok());  // under way, not yet carried out
        const auto all = control->revertAll("ben", "stop");
        QCOMPARE(all->following.size(), std::size_t{1});
        run(*control);  // the extension
        run(*control);  // the way back
        QVERIFY(!forced());
        QCOMPARE(control->actions(1, "")->front().actor, std::string("ben"));
    }
    void takesItsPaceFromTheGroup()
    {
        m_group.coolDownMs = 60'000;
        const auto control = core();
        QVERIFY(control->act(open()).ok());
        run(*control);
        pass(*control, 59'000);
        QCOMPARE(control->act(open()).error().kind, ErrorKind::Limit);
        pass(*control, 1'000);
        QVERIFY(control->act(open()).ok());
    }
    void foreseesWhatAnOpenBreakerDoes()
    {
        m_metrics.rates = {
            {.service = "checkout", .name = "payments", .callsPerS = 310.0, .refusedPerS = {}, .failureRatio = {}}};
        m_path.callerRate = 1200;
        m_path.calleeRate = 400;
        m_path.usersAtMost = 0.26;
        m_path.entrance = "gateway";
        m_path.headroom = 0.0;
        m_path.resource = "pool db";
        m_path.linear = 0.9;
        const auto control = core();
        PlanRequest request;
        request.control = kBreaker;
        request.to = "forced_open";
        request.holdS = 900;
        const auto plan = control->plan(request);
        QVERIFY(plan.ok());
        std::string text;
        for (const PlanLine& line : plan->lines)
            text += line.kind + ": " + line.text + "\n";
        QCOMPARE(QString::fromStdString(text),
                 QStringLiteral("refused: 310 calls/s will be refused at once (26 % of checkout's requests)\n"
                                "users: Users: at most 26 % of the requests at gateway see the fallback\n"
                                "fallback: Fallback: pay later page\n"
                                "relief: payments: −78 % of its calls; pool db headroom est. 0 % → 68 % to 88 %\n"
                                "overrides: Other overrides on this path: none\n"));
        QCOMPARE(plan->sentence, std::string("Open breaker on 1 instance for 15 min"));
        m_path.linear = 0.2;
        QVERIFY(!control->plan(request)->headroomThen);
    }
    void namesTheFlagInItsSentence()
    {
        const auto control = core();
        PlanRequest request;
        request.control = "checkout/flag/lean";
        request.to = "forced_on";
        request.holdS = 900;
        QCOMPARE(control->plan(request)->sentence, std::string("Switch lean on in 1 instance for 15 min"));
        request.to = "auto";
        QCOMPARE(control->plan(request)->hold, std::string("nothing is held any longer: the service decides again"));
    }
};

QTEST_GUILESS_MAIN(TestActionGate)
#include "tst_action_gate.moc"
