#include "app/control/adapters/command.h"
#include "app/control/adapters/command_run.h"
#include "tests/support/real_program.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <cstdlib>

using namespace holdfast;
using namespace holdfast::control;

namespace {

using Settings = std::map<std::string, std::string>;

Result<AdapterPtr> make(Settings settings)
{
    config::ControlGroupConfig group;
    group.name = "scripts";
    group.adapter = "command";
    group.endpoints = {"web-1"};
    group.settings = std::move(settings);
    return makeAdapter(group);
}

}  // namespace

class TestCommand : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_dir;

    /// A program of the test's, as an administrator would write one: a folder of files is what it switches.
    [[nodiscard]] std::string program(const char* name, const QByteArray& text) const
    {
        const QString path = m_dir->filePath(name);
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly))
            qFatal("no program");
        file.write("#!/bin/sh\n" + text);
        file.close();
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        return path.toStdString();
    }
    [[nodiscard]] Settings switches() const
    {
        const std::string folder = m_dir->path().toStdString();
        const std::string read = program("read", "cat \"" + m_dir->path().toUtf8() + "/state-$1\"\n");
        const std::string apply =
            program("apply", "[ \"$HOLDFAST_TOKEN\" = secret ] || exit 77\n"
                             "[ \"$2\" = jam ] && { echo 'the switch is stuck, token '$HOLDFAST_TOKEN >&2; exit 3; }\n"
                             "[ \"$2\" = taken ] && exit 9\n"
                             "[ \"$2\" = slow ] && sleep 60\n"
                             "printf '%s\\n' \"$2\" > \""
                                 + m_dir->path().toUtf8()
                                 + "/state-$1\"\n"
                                   "printf '%s|%s|%s' \"$HOLDFAST_ACTOR\" \"$HOLDFAST_REASON\" \"$3\" > \""
                                 + m_dir->path().toUtf8() + "/said\"\n");
        return {{"read", "[\"" + read + "\", \"{name}\"]"},
                {"apply", "[\"" + apply + "\", \"{name}\", \"{mode}\", \"for {ttl_s} s\"]"},
                {"controls", "lean"},
                {"format", "text"},
                {"modes", "on, jam, taken, slow, off"},
                {"resting", "off"},
                {"reduced", "on"},
                {"conflict_exit", "9"}};
    }
    void write(const char* name, const QByteArray& text) const
    {
        QFile file(m_dir->filePath(name));
        if (!file.open(QIODevice::WriteOnly))
            qFatal("no file");
        file.write(text);
    }
    [[nodiscard]] QByteArray contents(const char* name) const
    {
        QFile file(m_dir->filePath(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    static Endpoint endpoint(std::int64_t timeoutMs = 5'000)
    {
        Endpoint made;
        made.group = "scripts";
        made.instance = made.address = made.url = "web-1";
        made.actToken = "secret";
        made.timeoutMs = timeoutMs;
        return made;
    }
    static Change change(const std::string& mode)
    {
        Change made;
        made.key = {Kind::Flag, "lean"};
        made.mode = mode;
        made.ttlS = 900;
        made.reason = "shed $(load); `now`";
        made.actor = "ana";
        return made;
    }

private slots:
    void init() { m_dir = std::make_unique<QTemporaryDir>(); }

    void runsAProgramWithoutAShellAndWithoutOurEnvironment()
    {
        setenv("HOLDFAST_TEST_SECRET", "leaks", 1);
        const auto outcome =
            runCommand({.words = {"/usr/bin/env"}, .environment = {{"GIVEN", "a b; exit 3"}}, .timeoutMs = 5'000});
        QCOMPARE(outcome.kind, CommandOutcome::Kind::Ended);
        QCOMPARE(outcome.exitCode, 0);
        QCOMPARE(outcome.output, std::string("PATH=/usr/local/bin:/usr/bin:/bin\nLC_ALL=C.UTF-8\nGIVEN=a b; exit 3\n"));
    }

    void givesItNoFileOfOurs()
    {
        QFile open(m_dir->filePath("open"));
        QVERIFY(open.open(QIODevice::WriteOnly));
        const int inherited = dup(open.handle());
        const auto outcome = runCommand(
            {.words = {"/bin/sh", "-c", "ls /proc/self/fd | tr '\\n' ' '"}, .environment = {}, .timeoutMs = 5'000});
        close(inherited);
        // 3 is ls's own look at the folder.
        QCOMPARE(outcome.output, std::string("0 1 2 3 "));
    }

    void saysWhatCouldNotBeStarted()
    {
        QCOMPARE(runCommand({.words = {"/no/such/program"}, .environment = {}, .timeoutMs = 1'000}).kind,
                 CommandOutcome::Kind::NotStarted);
        QCOMPARE(runCommand({.words = {"env"}, .environment = {}, .timeoutMs = 1'000}).kind,
                 CommandOutcome::Kind::NotStarted);
    }

    void endsAProgramThatTakesTooLongWithAllThatItStarted()
    {
        const std::string slow = program("slow", "sleep 60 & echo $!; sleep 60\n");
        QElapsedTimer timer;
        timer.start();
        const auto outcome = runCommand({.words = {slow}, .environment = {}, .timeoutMs = 2'000});
        QCOMPARE(outcome.kind, CommandOutcome::Kind::TimedOut);
        QVERIFY(timer.elapsed() < 50'000);  // it would sleep a minute
        const auto child = QString::fromStdString(outcome.output).trimmed();
        QVERIFY(!child.isEmpty());
        // Killed, and reaped by whoever adopted it; until then it is a zombie.
        QVERIFY(test::soon([&] {
            QFile state("/proc/" + child + "/stat");
            return !state.open(QIODevice::ReadOnly) || state.readAll().contains(") Z ");
        }));
    }

    void waitsForNobodyThatStaysInTheBackground()
    {
        const std::string leaves = program("leaves", "sleep 60 & echo done\n");
        const auto outcome = runCommand({.words = {leaves}, .environment = {}, .timeoutMs = 10'000});
        QCOMPARE(outcome.kind, CommandOutcome::Kind::Ended);
        QCOMPARE(outcome.output, std::string("done\n"));
    }

    void readsMoreThanItKeeps()
    {
        const auto outcome = runCommand(
            {.words = {"/bin/sh", "-c", "head -c 3000000 /dev/zero"}, .environment = {}, .timeoutMs = 10'000});
        QCOMPARE(outcome.kind, CommandOutcome::Kind::Ended);
        QCOMPARE(outcome.output.size(), std::size_t(1) << 20U);
    }

    void refusesSettingsInWords_data()
    {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("words");
        QTest::newRow("a program without its path") << "apply"
                                                    << "switch {name}"
                                                    << "absolute path";
        QTest::newRow("nothing to change with") << "apply"
                                                << ""
                                                << "expected a program";
        QTest::newRow("nothing to list") << "controls"
                                         << ""
                                         << "give list";
        QTest::newRow("resting is no mode") << "resting"
                                            << "idle"
                                            << "not among modes";
        QTest::newRow("no pointer") << "mode"
                                    << "mode"
                                    << "no JSON pointer";
        QTest::newRow("no pair") << "environment"
                                 << "HOME"
                                 << "NAME=value";
        QTest::newRow("a list that is none") << "read"
                                             << "[\"/bin/cat\""
                                             << "expected a list";
    }
    void refusesSettingsInWords()
    {
        QFETCH(QString, key);
        QFETCH(QString, value);
        QFETCH(QString, words);
        Settings settings = switches();
        settings[key.toStdString()] = value.toStdString();
        const auto made = make(settings);
        QVERIFY(!made.ok());
        QVERIFY2(QString::fromStdString(made.error().message).contains(words), made.error().message.c_str());
    }

    void readsAndChangesWithPrograms()
    {
        const auto by = make(switches());
        QVERIFY2(by.ok(), by.ok() ? "" : by.error().message.c_str());
        write("state-lean", "off\n");
        const auto listing = (*by)->list(endpoint());
        QVERIFY2(listing.ok(), listing.ok() ? "" : listing.error().message.c_str());
        QCOMPARE(listing->readings.size(), std::size_t(1));
        QCOMPARE(listing->readings[0].mode, std::string("off"));
        const auto receipt = (*by)->apply(endpoint(), change("on"));
        QVERIFY2(receipt.kind == Receipt::Kind::Accepted, receipt.message.c_str());
        const auto reading = (*by)->read(endpoint(), {Kind::Flag, "lean"});
        QCOMPARE(reading->mode, std::string("on"));
        QVERIFY((*by)->fulfils(change("on"), *reading));
        QCOMPARE((*by)->shape(*reading)->find("on")->meaning, Meaning::Reduced);
        QCOMPARE(contents("said"), QByteArray("ana|shed $(load); `now`|for 900 s"));
    }

    void tellsRefusalsApart_data()
    {
        QTest::addColumn<QString>("mode");
        QTest::addColumn<QString>("token");
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("words");
        QTest::newRow("no") << "jam"
                            << "secret" << int(Receipt::Kind::Rejected)
                            << "exit code 3: the switch is stuck, token ***";
        QTest::newRow("conflict") << "taken"
                                  << "secret" << int(Receipt::Kind::Conflict) << "exit code 9";
        QTest::newRow("denied") << "on"
                                << "other" << int(Receipt::Kind::Denied) << "exit code 77";
        QTest::newRow("a mode there is not") << "half"
                                             << "secret" << int(Receipt::Kind::Rejected) << "cannot be asked";
        QTest::newRow("an option as mode") << "--force"
                                           << "secret" << int(Receipt::Kind::Rejected) << "cannot be asked";
        QTest::newRow("too slow") << "slow"
                                  << "secret" << int(Receipt::Kind::Ambiguous) << "not known";
    }
    void tellsRefusalsApart()
    {
        QFETCH(QString, mode);
        QFETCH(QString, token);
        QFETCH(int, kind);
        QFETCH(QString, words);
        const auto by = make(switches());
        auto at = endpoint(mode == "slow" ? 200 : 5'000);
        at.actToken = token.toStdString();
        const auto receipt = (*by)->apply(at, change(mode.toStdString()));
        QCOMPARE(int(receipt.kind), kind);
        QVERIFY2(QString::fromStdString(receipt.message).contains(words), receipt.message.c_str());
        QVERIFY(contents("state-lean").isEmpty());
    }

    void takesAListFromJson()
    {
        Settings settings = switches();
        settings["list"] =
            "[\""
            + program("list", R"(echo '{"items":[{"n":"lean","m":{"now":true},"rev":7},{"n":"-x","m":{}}]}')"
                              "\n")
            + "\"]";
        settings.erase("controls");
        settings.erase("read");
        settings.erase("format");
        settings["items"] = "/items";
        settings["name"] = "/n";
        settings["mode"] = "/m/now";
        settings["revision"] = "/rev";
        settings["modes"] = "true, false";
        settings["resting"] = "false";
        const auto by = make(settings);
        QVERIFY2(by.ok(), by.ok() ? "" : by.error().message.c_str());
        const auto listing = (*by)->list(endpoint());
        QVERIFY2(listing.ok(), listing.ok() ? "" : listing.error().message.c_str());
        QCOMPARE(listing->readings.size(), std::size_t(1));
        QCOMPARE(listing->readings[0].mode, std::string("true"));
        QCOMPARE(listing->readings[0].revision, std::string("7"));
        QCOMPARE(listing->warnings.size(), std::size_t(1));
        QCOMPARE((*by)->read(endpoint(), {Kind::Flag, "other"}).error().kind, ErrorKind::NotFound);
    }

    void showsTheCommandWithoutTheToken()
    {
        const auto by = make(switches());
        const QString shown = QString::fromStdString((*by)->describe(endpoint(), change("on")));
        QVERIFY2(shown.startsWith("HOLDFAST_TOKEN=*** HOLDFAST_ACTOR=ana HOLDFAST_REASON='shed $(load); `now`' "),
                 qPrintable(shown));
        QVERIFY(shown.endsWith("/apply lean on 'for 900 s'"));
        QVERIFY(!shown.contains("secret"));
    }
};

QTEST_GUILESS_MAIN(TestCommand)
#include "tst_command.moc"
