#include "app/base/manual_clock.h"
#include "app/control/control_core.h"
#include "app/store/store.h"
#include "tests/support/control_server.h"

#include <QTemporaryDir>
#include <QTest>

#include <sqlite3.h>

#include <algorithm>
#include <memory>

using namespace holdfast;
using namespace holdfast::control;
using tests::ControlServer;
using tests::Trap;

namespace {

constexpr std::int64_t kStart = 1'700'000'000'000;

std::shared_ptr<const config::Config> configuration(const std::string& token = "secret")
{
    auto config = std::make_shared<config::Config>();
    config::ControlGroupConfig group;
    group.name = "demo";
    group.jobRegex = "checkout";
    group.actToken.text = token;
    group.maxHoldMs = 3'600'000;
    config->holdfast.controls.push_back(group);
    return config;
}

/// Passes everything on, until told that the disk is full.
class FailingJournal final : public store::Journal {
public:
    explicit FailingJournal(store::Journal& journal) : m_journal(journal) {}
    Result<std::int64_t> write(std::vector<store::SqlStatement> statements) override
    {
        if (--writesLeft < 0)
            return Error{"disk full", ErrorKind::Unavailable};
        return m_journal.write(std::move(statements));
    }
    Result<std::vector<store::SqlRow>> read(const store::SqlStatement& statement) const override
    {
        return m_journal.read(statement);
    }
    int writesLeft = 1'000'000;

private:
    store::Journal& m_journal;
};

}  // namespace

class TestControlCore : public QObject {
    Q_OBJECT

    ManualClock m_clock{kStart};
    std::unique_ptr<QTemporaryDir> m_dir;
    std::FILE* m_null = std::fopen("/dev/null", "w");
    Log m_log{m_null, LogLevel::Error, m_clock};
    std::unique_ptr<store::Store> m_store;
    std::unique_ptr<FailingJournal> m_journal;
    std::vector<std::unique_ptr<ControlServer>> m_servers;
    std::vector<std::string> m_targets;
    std::vector<ControlEvent> m_events;
    MetricView m_metrics;

    [[nodiscard]] std::string database() const { return (m_dir->path() + "/test.db").toStdString(); }

    void openStore()
    {
        store::StoreOptions options;
        options.path = database();
        auto opened = store::Store::open(options, m_clock, m_log);
        if (!opened.ok())
            qFatal("%s", opened.error().message.c_str());
        m_store = std::move(*opened);
        m_journal = std::make_unique<FailingJournal>(*m_store);
    }
    void servers(int count)
    {
        for (int i = 0; i < count; ++i) {
            m_servers.push_back(std::make_unique<ControlServer>(m_clock));
            m_targets.push_back(m_servers.back()->address());
        }
    }
    std::unique_ptr<ControlCore> core(std::shared_ptr<const config::Config> config = configuration(), bool arm = true)
    {
        ControlDoors doors;
        doors.targets = [this] {
            std::vector<ControlTarget> list;
            for (const std::string& address : m_targets)
                list.push_back({.job = "checkout",
                                .instance = address,
                                .url = "http://" + address + "/metrics",
                                .service = {},
                                .up = true,
                                .intervalMs = 1000});
            return list;
        };
        doors.metrics = [this] { return m_metrics; };
        doors.event = [this](const ControlEvent& event) { m_events.push_back(event); };
        ControlOptions options;
        options.requestTimeoutMs = 500;
        options.verifyForMs = 0;
        options.osUser = "tester";
        options.host = "here";
        auto made =
            std::make_unique<ControlCore>(*m_journal, m_clock, m_log, std::move(doors), options, std::move(config));
        if (const auto started = made->start(); !started.ok())
            qFatal("%s", started.error().message.c_str());
        made->pollOnce();
        if (arm && !made->arm("demo", 3600, "ana").ok())
            qFatal("not armed");
        return made;
    }
    static ActionRequest open(const std::string& reason = "shed load")
    {
        ActionRequest request;
        request.control = "checkout/breaker/payments";
        request.to = "forced_open";
        request.holdS = 900;
        request.reason = reason;
        request.actor = "ana";
        return request;
    }
    static void runPending(ControlCore& control)
    {
        for (const std::int64_t id : control.takePending())
            control.carryOut(id);
    }
    Action done(ControlCore& control, const ActionRequest& request)
    {
        const auto begun = control.act(request);
        if (!begun.ok())
            qFatal("%s", begun.error().message.c_str());
        if (begun->state != "intent")
            qFatal("not an intent");
        runPending(control);
        return *control.action(begun->id);
    }
    static ControlPoint point(const ControlCore& control, const std::string& id = "checkout/breaker/payments")
    {
        return control.points().at(id);
    }
    [[nodiscard]] bool happened(const std::string& kind) const
    {
        return std::ranges::find(m_events, kind, &ControlEvent::kind) != m_events.end();
    }
    std::vector<std::string> steps(ControlCore& control)
    {
        std::vector<std::string> list;
        const auto rows = control.audit(100);
        for (const AuditRow& row : *rows)
            list.insert(list.begin(), row.step);
        return list;
    }

private slots:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        m_clock.jumpWallMs(kStart - m_clock.wallMs());
        m_events.clear();
        m_metrics = {};
        openStore();
    }
    void cleanup()
    {
        m_servers.clear();
        m_targets.clear();
        m_journal.reset();
        m_store.reset();
    }

    void theAuditOfThePastEndsThere()
    {
        servers(1);
        const auto control = core();
        const std::int64_t before = m_clock.wallMs() - 1;
        done(*control, open());
        const std::size_t known = control->audit(100)->size();
        const std::int64_t then = m_clock.wallMs();
        m_clock.advanceMs(60'000);
        control->pollOnce();
        ActionRequest back = open("it is over");
        back.to = "auto";
        done(*control, back);
        QVERIFY(control->audit(100)->size() > known);
        AuditFilter filter;
        filter.untilMs = then;
        QCOMPARE(control->audit(100, filter)->size(), known);
        filter.untilMs = before;
        QVERIFY(control->audit(100, filter)->empty());
    }

    void listsWhatTheInstancesList()
    {
        servers(2);
        const auto control = core();
        QCOMPARE(control->points().size(), std::size_t{2});
        const ControlPoint breaker = point(*control);
        QCOMPARE(breaker.word, std::string("CLOSED – passing calls"));
        QCOMPARE(breaker.k, 2);
        QCOMPARE(breaker.n, 2);
        QCOMPARE(breaker.quality, Quality::Inferred);
        QVERIFY(breaker.nativeTtl);
        QVERIFY(breaker.locked.empty());
        QCOMPARE(point(*control, "checkout/flag/lean").effect, std::string("Pages show no recommendations"));
    }
    void confirmsWhatTheMetricsAgreeWith()
    {
        servers(1);
        m_metrics.readings.push_back({.service = "checkout",
                                      .flag = false,
                                      .name = "payments",
                                      .instance = m_targets[0],
                                      .state = "closed",
                                      .atMs = kStart});
        QCOMPARE(point(*core()).quality, Quality::Confirmed);
        m_metrics.readings[0].state = "open";
        QCOMPARE(point(*core()).quality, Quality::Inferred);
    }
    void actsOnEveryInstanceAndReadsItBack()
    {
        servers(3);
        const auto control = core();
        const Action action = done(*control, open());
        QCOMPARE(action.state, std::string("verified"));
        QCOMPARE(action.message, std::string("3 of 3 instances read back as forced open"));
        for (const auto& server : m_servers)
            QCOMPARE(server->breaker().state(), resilience::BreakerState::ForcedOpen);
        QCOMPARE(steps(*control),
                 (std::vector<std::string>{"intent", "sent", "receipt", "receipt", "receipt", "lease", "outcome"}));
        QCOMPARE(control->leases().size(), std::size_t{1});
        QCOMPARE(control->leases()[0].untilMs, kStart + 900'000);
        QCOMPARE(control->leases()[0].keeper, std::string("service"));
        QCOMPARE(point(*control).word, std::string("FORCED OPEN – rejecting calls"));
        QCOMPARE(point(*control).wanted, std::string("forced_open"));
        QVERIFY(happened("action") && happened("readback"));
    }
    void neverWritesATokenDown()
    {
        servers(1);
        const auto control = core();
        (void)done(*control, open());
        const auto rows = control->audit(100);
        for (const AuditRow& row : *rows)
            QVERIFY(row.requests.find("secret") == std::string::npos);
        const auto plan = control->plan(
            {.control = "checkout/breaker/payments", .to = "auto", .holdS = 0, .actor = {}, .untilRecovered = false});
        QVERIFY(plan.ok());
        QVERIFY(plan->requests[0].find("Bearer ***") != std::string::npos);
    }
    void sendsNothingThatCouldNotBeRecorded()
    {
        servers(1);
        const auto control = core();
        m_journal->writesLeft = 0;
        const auto refused = control->act(open());
        QVERIFY(!refused.ok());
        QCOMPARE(refused.error().message, std::string("nothing was sent, because it could not be recorded: disk full"));
        m_journal->writesLeft = 1;  // the intent can be written, "sent" cannot
        ActionRequest lean = open();
        lean.control = "checkout/flag/lean";
        lean.to = "forced_on";
        lean.holdS = 60;
        QVERIFY(control->act(lean).ok());
        runPending(*control);
        QCOMPARE(m_servers[0]->puts(), 0);
        m_journal->writesLeft = 1000;
        control->tick();
        QCOMPARE(control->action(2)->state, std::string("failed"));
    }
    void hasTheIntentOnDiskWhenTheFirstByteArrives()
    {
        servers(1);
        const auto control = core();
        std::string state;
        m_servers[0]->onPut = [&] {
            const auto rows = m_store->read({.sql = "SELECT state FROM action", .values = {}});
            state = rows->front().text(0);
        };
        (void)done(*control, open());
        QCOMPARE(state, std::string("sent"));
    }
    void readsInsteadOfSendingAgainWhenNoAnswerComes()
    {
        servers(1);
        const auto control = core();
        m_servers[0]->trap = Trap::HoldAnswer;
        const Action action = done(*control, open());
        QCOMPARE(m_servers[0]->puts(), 1);
        QCOMPARE(action.state, std::string("verified"));
        QCOMPARE(action.instances[0].message, std::string("no answer came, but the read shows that it is in force"));
    }
    void saysThatARequestWithoutAnswerIsNotInForce()
    {
        servers(1);
        const auto control = core();
        m_servers[0]->trap = Trap::SwallowRequest;
        const Action action = done(*control, open());
        QCOMPARE(m_servers[0]->puts(), 1);
        QCOMPARE(action.state, std::string("contradicted"));
        QVERIFY(control->leases().empty());
    }
    void doesNotBelieveALyingSuccess()
    {
        servers(1);
        const auto control = core();
        m_servers[0]->trap = Trap::LieAboutSuccess;
        const Action action = done(*control, open());
        QCOMPARE(action.state, std::string("contradicted"));
        QVERIFY(action.message.find("accepted, but read back as auto (closed)") != std::string::npos);
    }
    void saysThatTheTokenIsWrong()
    {
        servers(1);
        const auto control = core(configuration("wrong"));
        const Action action = done(*control, open());
        QCOMPARE(action.state, std::string("failed"));
        QCOMPARE(action.instances[0].state, std::string("denied"));
        QVERIFY(action.message.find("401") != std::string::npos);
    }
    void isPartialWhenAnInstanceCannotBeReached()
    {
        servers(3);
        const auto control = core();
        m_servers[1]->stop();
        const Action action = done(*control, open());
        QCOMPARE(action.state, std::string("partial"));
        QCOMPARE(action.k, 2);
        QCOMPARE(action.n, 3);
        QVERIFY(action.message.starts_with("2 of 3 instances read back as forced open, 1 unreachable"));
        QCOMPARE(control->leases()[0].n, 2);
    }
    void refusesWhenSomebodyElseChangedItMeanwhile()
    {
        servers(2);
        const auto control = core();
        m_servers[1]->breaker().setMode(resilience::BreakerMode::Disabled);
        const Action action = done(*control, open());
        QCOMPARE(action.state, std::string("refused"));
        QVERIFY(action.message.find("is disabled now, not auto") != std::string::npos);
        QCOMPARE(m_servers[0]->puts() + m_servers[1]->puts(), 0);
    }
    void refusesWhatTheInterlockForbids()
    {
        servers(1);
        const auto control = core(configuration(), false);
        QCOMPARE(control->act(open()).error().kind, ErrorKind::Denied);  // not armed
        QVERIFY(control->arm("demo", 60, "ana").ok());
        QCOMPARE(control->act(open("x")).error().kind, ErrorKind::BadInput);
        ActionRequest request = open();
        request.control = "checkout/breaker/paymemts";
        QCOMPARE(control->act(request).error().kind, ErrorKind::NotFound);
        request = open();
        request.holdS = 7200;
        QCOMPARE(control->act(request).error().kind, ErrorKind::BadInput);
        request = open();
        request.expected = "forced_closed";
        QCOMPARE(control->act(request).error().kind, ErrorKind::Conflict);
        m_clock.advanceMs(61'000);
        control->pollOnce();
        QCOMPARE(control->act(open()).error().kind, ErrorKind::Denied);  // arming ended
        QCOMPARE(m_servers[0]->puts(), 0);
        for (const std::string& step : steps(*control))
            QCOMPARE(step, std::string("refused"));
    }
    void wantsTheNameTypedForHighBlast()
    {
        servers(1);
        auto config = std::make_shared<config::Config>(*configuration());
        config->holdfast.controls[0].highBlast = {"payments"};
        const auto control = core(config);
        QCOMPARE(point(*control).blast, std::string("high"));
        QCOMPARE(control->act(open()).error().kind, ErrorKind::Denied);
        ActionRequest request = open();
        request.typedName = "payments";
        QCOMPARE(done(*control, request).state, std::string("verified"));
    }
    void sendsNothingInADryRun()
    {
        servers(1);
        const auto control = core();
        ActionRequest request = open();
        request.dryRun = true;
        QCOMPARE(control->act(request)->state, std::string("dry_run"));
        QVERIFY(control->takePending().empty());
        QVERIFY(steps(*control).empty());
    }
    void limitsHowFastActsFollowEachOther()
    {
        servers(1);
        const auto control = core();
        (void)done(*control, open());
        QCOMPARE(control->act(open()).error().kind, ErrorKind::Limit);
        m_clock.advanceMs(2'000);
        QVERIFY(control->act(open()).ok());
    }
    void putsAHoldBack()
    {
        servers(2);
        const auto control = core();
        const Action action = done(*control, open());
        const auto reverting = control->revert(*action.lease, "ana", "recovered");
        QVERIFY(reverting.ok());
        QCOMPARE(*reverting->reverts, action.id);
        runPending(*control);
        QCOMPARE(control->action(reverting->id)->state, std::string("reverted"));
        QCOMPARE(m_servers[0]->breaker().state(), resilience::BreakerState::Closed);
        QVERIFY(control->leases().empty());
        QVERIFY(happened("override_end"));
    }
    void leavesAloneWhatIsNoLongerOurs()
    {
        servers(1);
        const auto control = core();
        const Action action = done(*control, open());
        m_servers[0]->breaker().setMode(resilience::BreakerMode::ForcedClosed);
        control->pollOnce();
        QVERIFY(happened("foreign_change"));
        QVERIFY(control->revert(*action.lease, "ana", "recovered").ok());
        runPending(*control);
        QCOMPARE(m_servers[0]->puts(), 1);
        QCOMPARE(m_servers[0]->breaker().state(), resilience::BreakerState::ForcedClosed);
        const auto rows = m_store->read({.sql = "SELECT state FROM lease", .values = {}});
        QCOMPARE(rows->front().text(0), std::string("foreign"));
    }
    void noticesTheEndOfAHoldInTheService()
    {
        servers(1);
        const auto control = core();
        (void)done(*control, open());
        m_clock.advanceMs(899'000);
        control->pollOnce();
        control->tick();
        QVERIFY(control->takePending().empty());
        QCOMPARE(control->leases()[0].drifted, 0);
        m_clock.advanceMs(2'100);
        control->tick();
        runPending(*control);
        QCOMPARE(m_servers[0]->puts(), 1);  // nothing had to be sent
        QVERIFY(control->leases().empty());
        QCOMPARE(control->action(2)->instances[0].message, std::string("had ended in the service already"));
        QCOMPARE(control->effect(1)->endedBy, std::string("holdfast"));
        QVERIFY(control->effect(1)->endedMs >= control->effect(1)->sentMs + 899'000);
        QVERIFY(control->effect(1)->endedMs <= control->effect(1)->sentMs + 900'000);
    }
    void endsAHoldByTheMonotonicClockWhenTheWallClockWasSetBack()
    {
        servers(1);
        const auto control = core();
        (void)done(*control, open());
        m_clock.advanceMs(902'000);
        m_clock.jumpWallMs(-600'000);
        control->tick();
        runPending(*control);
        QVERIFY(control->leases().empty());
    }
    void extendsAHold()
    {
        servers(1);
        const auto control = core();
        const Action action = done(*control, open());
        m_clock.advanceMs(600'000);
        QVERIFY(control->extend(*action.lease, "ana", 900).ok());
        runPending(*control);
        QCOMPARE(control->leases()[0].untilMs, kStart + 600'000 + 1'200'000);
        QCOMPARE(m_events.back().text, std::string("checkout → payments: held 15 min longer, until 22:43:20Z"));
        QCOMPARE(control->actions(1, "")->front().message, std::string("held 15 min longer, until 22:43:20Z"));
        m_clock.advanceMs(400'000);
        QCOMPARE(m_servers[0]->breaker().state(), resilience::BreakerState::ForcedOpen);
        control->pollOnce();
        QCOMPARE(control->leases()[0].drifted, 0);
        QCOMPARE(control->extend(*action.lease, "ana", 3600).error().kind, ErrorKind::BadInput);
    }
    void noticesARestartThatLostTheOverride()
    {
        servers(2);
        const auto control = core();
        (void)done(*control, open());
        m_servers[0]->restart();
        control->pollOnce();
        QVERIFY(happened("drift"));
        QCOMPARE(control->leases()[0].drifted, 1);
        QCOMPARE(control->leases()[0].k, 1);
    }
    void endsAHoldThatNoInstanceHasAnyMore()
    {
        servers(2);
        const auto control = core();
        (void)done(*control, open());
        m_servers[0]->restart();
        m_servers[1]->restart();
        control->pollOnce();
        QCOMPARE(control->leases().size(), std::size_t{1});
        control->pollOnce();
        QVERIFY(control->leases().empty());
        QVERIFY(happened("override_end"));
        QCOMPARE(control->audit(1)->front().outcome, std::string("lost: no instance holds it any more (restarted?)"));
        const auto rows = m_store->read({.sql = "SELECT state FROM lease", .values = {}});
        QCOMPARE(rows->front().text(0), std::string("lost"));
        QCOMPARE(point(*control).wanted, std::string("auto"));
    }
    void keepsAHoldWhoseInstancesCannotBeRead()
    {
        servers(2);
        const auto control = core();
        (void)done(*control, open());
        m_servers[0]->restart();
        m_servers[1]->stop();
        for (int i = 0; i < 3; ++i)
            control->pollOnce();
        QCOMPARE(control->leases().size(), std::size_t{1});
    }
    void noticesANewInstanceWithoutTheOverride()
    {
        servers(1);
        const auto control = core();
        (void)done(*control, open());
        servers(1);
        control->pollOnce();
        QCOMPARE(control->leases()[0].n, 2);
        QCOMPARE(control->leases()[0].drifted, 1);
        QVERIFY(happened("drift"));
    }
    void revertsEverything()
    {
        servers(1);
        const auto control = core();
        (void)done(*control, open());
        ActionRequest lean = open();
        lean.control = "checkout/flag/lean";
        lean.to = "forced_on";
        (void)done(*control, lean);
        QCOMPARE(m_servers[0]->flag().on(), true);
        QCOMPARE(control->revertAll("ana", "enough")->begun.size(), std::size_t{2});
        runPending(*control);
        QVERIFY(control->leases().empty());
        QCOMPARE(m_servers[0]->flag().on(), false);
    }
    void showsAnInstanceThatFellSilentAsStale()
    {
        servers(1);
        const auto control = core();
        m_servers[0]->stop();
        m_clock.advanceMs(20'000);
        control->pollOnce();
        QCOMPARE(point(*control).quality, Quality::Stale);
        QVERIFY(!point(*control).locked.empty());
        QCOMPARE(control->act(open()).error().kind, ErrorKind::Denied);
    }
    void closesAnIntentThatWasNeverSentTruthfully()
    {
        servers(1);
        {
            const auto control = core();
            QVERIFY(control->act(open()).ok());
        }  // the engine ends before the action is carried out
        const auto control = core();
        control->tick();
        QCOMPARE(control->action(1)->state, std::string("failed"));
        QVERIFY(control->action(1)->message.find("never sent") != std::string::npos);
        QCOMPARE(m_servers[0]->puts(), 0);
        QCOMPARE(steps(*control).back(), std::string("recovered"));
    }
    void findsWhatBecameOfASentActionByReading()
    {
        servers(1);
        {
            const auto control = core();
            m_servers[0]->onPut = [this] { m_journal->writesLeft = 0; };  // the disk is gone from here on: as if killed
            QVERIFY(control->act(open()).ok());
            runPending(*control);
        }
        m_servers[0]->onPut = nullptr;
        m_journal->writesLeft = 1000;
        const auto control = core();
        QCOMPARE(control->action(1)->state, std::string("sent"));
        control->tick();
        QCOMPARE(control->action(1)->state, std::string("verified"));
        QCOMPARE(m_servers[0]->puts(), 1);
        QCOMPARE(control->leases().size(), std::size_t{1});
        QCOMPARE(steps(*control).back(), std::string("recovered"));
    }
    void putsBackAnOverdueHoldAfterARestart()
    {
        servers(1);
        {
            const auto control = core();
            (void)done(*control, open());
        }
        m_clock.advanceMs(1'000'000);
        const auto control = core();
        QCOMPARE(control->holds().overdue, 1);
        control->tick();
        runPending(*control);
        QCOMPARE(control->holds().count, 0);
    }
    void chainsTheAuditAndFindsAChangedRow()
    {
        servers(1);
        const auto control = core();
        (void)done(*control, open());
        const auto whole = verifyAuditChain(*m_store);
        QVERIFY(whole.ok() && !whole->brokenAt);
        QCOMPARE(whole->rows, std::int64_t{5});
        m_journal.reset();
        m_store.reset();
        sqlite3* file = nullptr;
        QCOMPARE(sqlite3_open(database().c_str(), &file), SQLITE_OK);
        QVERIFY(sqlite3_exec(file, "UPDATE audit SET reason='nothing' WHERE id=2", nullptr, nullptr, nullptr)
                != SQLITE_OK);
        QCOMPARE(sqlite3_exec(file, "DROP TRIGGER audit_no_update; UPDATE audit SET reason='nothing' WHERE id=2",
                              nullptr, nullptr, nullptr),
                 SQLITE_OK);
        sqlite3_close(file);
        openStore();
        const auto broken = verifyAuditChain(*m_store);
        QVERIFY(broken.ok() && broken->brokenAt);
        QCOMPARE(*broken->brokenAt, std::int64_t{2});
    }
};

QTEST_GUILESS_MAIN(TestControlCore)
#include "tst_control_core.moc"
