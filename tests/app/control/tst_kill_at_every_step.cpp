// The engine may die between any two bytes it writes or sends. A child process does an act and its revert, and is
// killed (SIGKILL) at a named step; a later life finds the journal, reads the instance, and must close the story
// truthfully: no audit row lost, nothing sent twice, and a hold on record exactly where the instance holds one.
#include "app/control/control_core.h"
#include "app/store/store.h"
#include "tests/support/control_server.h"

#include <QCoreApplication>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <memory>
#include <set>

using namespace holdfast;
using namespace holdfast::control;

namespace {

std::shared_ptr<const config::Config> configuration(const std::string& address)
{
    auto config = std::make_shared<config::Config>();
    config::ControlGroupConfig group;
    group.name = "demo";
    group.endpoints = {address};
    group.actToken.text = "secret";
    group.armed = true;
    config->holdfast.controls.push_back(group);
    return config;
}

void die()
{
    ::kill(::getpid(), SIGKILL);
}

/// Dies right before or right after the n-th write.
class DeadlyJournal final : public store::Journal {
public:
    DeadlyJournal(store::Journal& journal, int write, bool before)
        : m_journal(journal), m_deadly(write), m_before(before)
    {
    }
    Result<std::int64_t> write(std::vector<store::SqlStatement> statements) override
    {
        const bool now = ++m_writes == m_deadly;
        if (now && m_before)
            die();
        auto written = m_journal.write(std::move(statements));
        if (now)
            die();
        return written;
    }
    Result<std::vector<store::SqlRow>> read(const store::SqlStatement& statement) const override
    {
        return m_journal.read(statement);
    }

private:
    store::Journal& m_journal;
    const int m_deadly;
    const bool m_before;
    int m_writes = 0;
};

struct Life {
    SystemClock clock;
    std::FILE* null = std::fopen("/dev/null", "w");
    Log log{null, LogLevel::Error, clock};
    std::unique_ptr<store::Store> store;

    explicit Life(const std::string& database)
    {
        store::StoreOptions options;
        options.path = database;
        auto opened = store::Store::open(options, clock, log);
        if (!opened.ok())
            qFatal("%s", opened.error().message.c_str());
        store = std::move(*opened);
    }
    ~Life() { std::fclose(null); }
    Life(const Life&) = delete;
    Life& operator=(const Life&) = delete;

    std::unique_ptr<ControlCore> core(store::Journal& journal, const std::string& address)
    {
        ControlOptions options;
        options.requestTimeoutMs = 2'000;
        options.verifyForMs = 0;
        options.osUser = "tester";
        options.host = "here";
        auto made = std::make_unique<ControlCore>(journal, clock, log, ControlDoors{}, options, configuration(address));
        if (const auto started = made->start(); !started.ok())
            qFatal("%s", started.error().message.c_str());
        made->pollOnce();
        return made;
    }
};

void runPending(ControlCore& control)
{
    for (const std::int64_t id : control.takePending())
        control.carryOut(id);
}

/// The child: an act, and its revert. Returns only where nothing killed it.
int live(const std::string& database, const std::string& address, int write, bool before)
{
    Life life(database);
    DeadlyJournal journal(*life.store, write, before);
    const auto control = life.core(journal, address);
    ActionRequest request;
    request.control = "checkout/breaker/payments";
    request.to = "forced_open";
    request.holdS = 900;
    request.reason = "shed load";
    request.actor = "ana";
    const auto begun = control->act(request);
    runPending(*control);
    const auto leases = control->leases();
    if (leases.size() == 1 && control->revert(leases[0].id, "ana", "recovered").ok())
        runPending(*control);
    return 0;
}

}  // namespace

class TestKillAtEveryStep : public QObject {
    Q_OBJECT

private slots:
    void tellsTheTruthAfterwards_data()
    {
        QTest::addColumn<int>("write");
        QTest::addColumn<bool>("before");
        QTest::addColumn<int>("put");
        // Writes of the child: intent, sent, outcome, and the same three of the revert.
        const char* const names[] = {"intent", "sent", "outcome", "revert intent", "revert sent", "revert outcome"};
        for (int i = 0; i < 6; ++i) {
            QTest::addRow("before writing %s", names[i]) << i + 1 << true << 0;
            QTest::addRow("after writing %s", names[i]) << i + 1 << false << 0;
        }
        QTest::newRow("while the act is on its way") << 0 << false << 1;
        QTest::newRow("while the revert is on its way") << 0 << false << 2;
    }
    void tellsTheTruthAfterwards()
    {
        QFETCH(int, write);
        QFETCH(bool, before);
        QFETCH(int, put);
        const QTemporaryDir folder;
        const QString database = folder.filePath("test.db");
        const SystemClock clock;
        tests::ControlServer server(clock);
        QProcess child;
        server.onPut = [&] {
            if (put > 0 && server.puts() + 1 >= put)
                ::kill(static_cast<pid_t>(child.processId()), SIGKILL);
        };
        child.start(QCoreApplication::applicationFilePath(),
                    {"--live", database, QString::fromStdString(server.address()), QString::number(write),
                     before ? "before" : "after"});
        QVERIFY(child.waitForFinished(20'000));
        QCOMPARE(child.exitStatus(), QProcess::CrashExit);
        server.onPut = nullptr;
        const int sentBefore = server.puts();

        Life later(database.toStdString());
        const auto chain = verifyAuditChain(*later.store);
        QVERIFY(chain.ok() && !chain->brokenAt);
        const std::int64_t rowsBefore = chain->rows;
        const auto control = later.core(*later.store, server.address());
        control->tick();
        runPending(*control);

        // Every story has an end, on record, and its rows are all there.
        const auto whole = verifyAuditChain(*later.store);
        QVERIFY(whole.ok() && !whole->brokenAt && whole->rows >= rowsBefore);
        const auto actions = control->actions(10, "");
        std::set<std::int64_t> ended;
        const auto rows = control->audit(100);
        for (const AuditRow& row : *rows)
            if (row.step == "outcome" || row.step == "revert_outcome" || row.step == "recovered")
                ended.insert(row.action);
        for (const Action& action : *actions) {
            QVERIFY2(action.state != "intent" && action.state != "sent" && action.state != "verifying",
                     action.state.c_str());
            QVERIFY2(ended.contains(action.id), std::to_string(action.id).c_str());
        }
        // Nothing was sent again to find out.
        QCOMPARE(server.puts(), sentBefore);
        // What is on record is what is.
        const bool forced = server.breaker().state() == resilience::BreakerState::ForcedOpen;
        QCOMPARE(control->leases().size(), forced ? std::size_t{1} : std::size_t{0});
        QCOMPARE(control->points().at("checkout/breaker/payments").wanted,
                 std::string(forced ? "forced_open" : "auto"));
    }
};

int main(int argc, char** argv)
{
    if (argc == 6 && std::string_view(argv[1]) == "--live")
        return live(argv[2], argv[3], std::atoi(argv[4]), std::string_view(argv[5]) == "before");
    const QCoreApplication application(argc, argv);
    TestKillAtEveryStep test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_kill_at_every_step.moc"
