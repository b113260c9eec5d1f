// The whole way over a running engine: what a script, or a person whose window does not start, can do.
#include "app/base/clock.h"
#include "tests/integration/engine_process.h"

#include <QFile>
#undef forever  // Qt's word; below it is a deadline without end
#include "tests/support/control_server.h"

#include <memory>

using namespace holdfast;
using namespace holdfast::test;

namespace {

struct Ran {
    int code = -1;
    QByteArray out, err;
};

Ran run(const QString& program, const QStringList& arguments, const QStringList& environment = {})
{
    QProcess process;
    process.setEnvironment(QProcess::systemEnvironment() + environment);
    process.start(program, arguments);
    Ran ran;
    if (process.waitForFinished(30'000))
        ran.code = process.exitCode();
    ran.out = process.readAllStandardOutput();
    ran.err = process.readAllStandardError();
    return ran;
}

const QString kHoldfast = QStringLiteral(HOLDFAST_BIN_DIR "/holdfast");
const QString kBreaker = "checkout/breaker/payments";

}  // namespace

class TestControlCli : public QObject {
    Q_OBJECT

    SystemClock m_clock;
    QTemporaryDir m_dir;
    std::unique_ptr<tests::ControlServer> m_server;
    std::unique_ptr<EngineProcess> m_engine;

    [[nodiscard]] QString database() const { return m_dir.filePath("h.db"); }
    void file(const char* name, const QByteArray& text) const
    {
        QFile out(m_dir.filePath(name));
        if (out.open(QIODevice::WriteOnly))
            out.write(text);
    }
    Ran control(QStringList words, const QStringList& environment = {}) const
    {
        words.prepend("control");
        words << "--db" << database();
        return run(kHoldfast, words, environment);
    }
    [[nodiscard]] bool forced() const { return m_server->breaker().state() == resilience::BreakerState::ForcedOpen; }
    void startEngine()
    {
        m_engine = std::make_unique<EngineProcess>(database(), QStringList{"--config", m_dir.filePath("h.yml")});
        QVERIFY2(m_engine->start(), m_engine->output());
        QTRY_VERIFY_WITH_TIMEOUT(control({"list"}).out.contains("payments"), 10'000);
    }

private slots:
    void initTestCase()
    {
        m_server = std::make_unique<tests::ControlServer>(m_clock);
        file("act", "secret\n");
        file("ben", "bens-token\n");
        file("h.yml", "holdfast:\n"
                      "  controls:\n"
                      "    - name: demo\n"
                      "      endpoints: [\""
                          + QByteArray::fromStdString(m_server->address())
                          + "\"]\n"
                            "      act_token_file: act\n"
                            "      cool_down: 0s\n"
                            "      high_blast: [payments]\n");
        startEngine();
    }

    void doesItAll()
    {
        const Ran locked = control({"trip", kBreaker, "--reason", "shed load", "--type-name", "payments"});
        QCOMPARE(locked.code, 1);
        QVERIFY2(locked.err.contains("not armed"), locked.err);
        QCOMPARE(control({"arm", "demo", "--for", "1h"}).code, 0);
        const Ran plan = control({"trip", kBreaker, "--dry-run"});
        QCOMPARE(plan.code, 0);
        QVERIFY2(plan.out.contains("Open breaker on 1 instance for 15 min") && plan.out.contains("Bearer ***")
                     && plan.out.contains("--type-name payments") && !plan.out.contains("secret"),
                 plan.out);
        QCOMPARE(control({"trip", kBreaker, "--reason", "shed load"}).code, 1);  // the name is not typed
        QCOMPARE(control({"trip", kBreaker, "--reason", "shed load", "--for", "soon"}).code, 2);
        QCOMPARE(control({"trip", "checkout/breaker/paymemts", "--reason", "shed load"}).code, 1);
        const Ran tripped = control({"trip", kBreaker, "--reason", "shed load", "--type-name", "payments"});
        QVERIFY2(tripped.code == 0 && tripped.out.contains("verified"), tripped.out + tripped.err);
        QVERIFY(forced());
        QVERIFY(control({"holds"}).out.contains("shed load"));
        QCOMPARE(control({"extend", "1", "--for", "5m"}).code, 0);
        QCOMPARE(control({"revert", "--all", "--reason", "recovered"}).code, 0);
        QVERIFY(!forced());
        const Ran set = control({"set", "checkout/flag/lean", "forced_on", "--reason", "shed load", "--for", "1m"});
        QVERIFY2(set.code == 0 && m_server->flag().on(), set.out + set.err);
        QCOMPARE(control({"reset", "checkout/flag/lean", "--reason", "recovered"}).code, 0);
        QVERIFY(!m_server->flag().on());
        const Ran later = control({"set", "checkout/flag/lean", "forced_on", "--reason", "at night", "--at", "03:00"});
        QVERIFY2(later.code == 0 && later.out.contains("scheduled"), later.out + later.err);
        const nlohmann::json actions =
            nlohmann::json::parse(control({"actions", "--json", "--limit", "1"}).out.toStdString(), nullptr, false);
        const QString id = QString::number(actions["actions"][0]["id"].get<int>());
        QCOMPARE(control({"cancel", id, "--reason", "not needed"}).code, 0);
    }
    void reachesAnEngineByItsAddress()
    {
        const QStringList there{"control", "list", "--url", QString::fromStdString(m_engine->file().privateUrl)};
        const QStringList token{"HOLDFAST_TOKEN=" + QString::fromStdString(m_engine->file().token)};
        QVERIFY(run(kHoldfast, there, token).out.contains("payments"));
        QVERIFY(run(kHoldfast, there, {"HOLDFAST_TOKEN=wrong"}).code != 0);
    }
    void writesTheWholeAuditDown()
    {
        const Ran csv = run(kHoldfast, {"audit", "--csv", "--limit", "1000", "--db", database()});
        QCOMPARE(csv.code, 0);
        for (const char* column : {"at", "actor", "os_user", "host", "reason", "incident", "before", "after",
                                   "requests", "outcome", "lease", "reverts", "prev_hash", "hash"})
            QVERIFY2(csv.out.left(csv.out.indexOf('\n')).contains(column), column);
        const Ran json = run(kHoldfast, {"audit", "--json", "--limit", "1000", "--db", database()});
        const auto rows = nlohmann::json::parse(json.out.toStdString(), nullptr, false);
        QVERIFY(rows.is_object() && rows["audit"].size() > 10);
        // Neither export nor the database holds a token.
        QVERIFY(!csv.out.contains("secret") && !json.out.contains("secret"));
    }
    void completesInBash()
    {
        const auto completed = [this](const QStringList& words) {
            const QString script =
                "source " HOLDFAST_SOURCE_DIR "/resources/completion/holdfast.bash; COMP_WORDS=(\"$@\"); "
                "COMP_CWORD=$(($# - 1)); _holdfast; printf '%s\\n' \"${COMPREPLY[@]}\"";
            return run("bash", QStringList{"-c", script, "bash", kHoldfast} + words).out.split('\n');
        };
        QVERIFY(completed({"con"}).contains("control"));
        const auto commands = completed({"control", ""});
        for (const char* command : {"list", "trip", "reset", "revert", "approve", "cancel", "reapply", "arm"})
            QVERIFY2(commands.contains(command), command);
        QVERIFY(completed({"control", "trip", "--until-r"}).contains("--until-recovered"));
        QVERIFY(completed({"control", "--db", database(), "trip", ""}).isEmpty() == false);
        QVERIFY(completed({"control", "trip", "--db", database(), "checkout/b"}).contains(kBreaker.toUtf8()));
    }
    void keepsEveryRowWhenItIsKilled()
    {
        QCOMPARE(control({"trip", kBreaker, "--reason", "shed load", "--type-name", "payments", "--for", "2s"}).code,
                 0);
        m_engine->kill();
        const Ran check = run(kHoldfast, {"db", "check", "--json", "--db", database()});
        QCOMPARE(check.code, 0);
        const auto before = nlohmann::json::parse(check.out.toStdString(), nullptr, false);
        QVERIFY(before["audit_rows"].get<int>() > 10);
        // Overdue when it comes back: the way back is on record.
        QTRY_VERIFY_WITH_TIMEOUT(!forced(), 20'000);  // the service keeps its own end
        startEngine();
        QTRY_VERIFY_WITH_TIMEOUT(!control({"holds"}).out.contains("shed load"), 20'000);
        QCOMPARE(m_engine->stop(), 0);
        QVERIFY(m_dir.isValid());
        QFile whole(database());
        QVERIFY(whole.open(QIODevice::ReadOnly));
        QVERIFY(!whole.readAll().contains("secret"));
    }
};

QTEST_GUILESS_MAIN(TestControlCli)
#include "tst_control_cli.moc"
