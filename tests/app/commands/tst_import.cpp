#include "app/base/log.h"
#include "app/base/manual_clock.h"
#include "app/commands/export.h"
#include "app/commands/import.h"
#include "app/store/store.h"
#include "tests/app/commands/run_command.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest>

namespace holdfast::commands {

class TestImport : public QObject {
    Q_OBJECT

private slots:
    void init() { m_directory = std::make_unique<QTemporaryDir>(); }
    void takesSeveralFiles();
    void takesNothingWhenOneFileIsBad();
    void namesTheFileAndTheLine_data();
    void namesTheFileAndTheLine();
    void keepsMillisecondsFromTheEpochOn();
    void keepsNamesBeyondTheClassicOnes();
    void skipsWhatIsThereAlready();
    void saysWhatContradicts();
    void answersInJson();
    void refusesADatabaseThatIsNotOurs();
    void refusesADatabaseThatIsHeld();
    void keepsMetadataAndExemplars();

private:
    std::string path(const char* name) const { return m_directory->filePath(name).toStdString(); }
    std::string file(const char* name, const QByteArray& text) const
    {
        QFile out(m_directory->filePath(name));
        if (!out.open(QIODevice::WriteOnly) || out.write(text) != text.size())
            qFatal("%s", name);
        return path(name);
    }
    Ran import(std::vector<std::string> words) const
    {
        words.insert(words.begin(), "import");
        words.insert(words.end(), {"--db", path("h.db")});
        return run(addImportCommand, words);
    }
    QByteArray exported() const { return run(addExportCommand, {"export", "--db", path("h.db")}).out; }

    std::unique_ptr<QTemporaryDir> m_directory;
};

void TestImport::takesSeveralFiles()
{
    const Ran ran = import({file("a.om", "a 1 10\n# EOF\n"), file("b.om", "b{x=\"y\"} 2 20.5\n# EOF\n")});
    QCOMPARE(ran.code, 0);
    QVERIFY(ran.out.contains("a.om: 1 samples of 1 series"));
    QCOMPARE(exported(), QByteArray("a 1 10\nb{x=\"y\"} 2 20.500\n# EOF\n"));
}

void TestImport::takesNothingWhenOneFileIsBad()
{
    const Ran ran = import({file("a.om", "a 1 10\n# EOF\n"), file("b.om", "b 2 20\nb 3\n# EOF\n")});
    QCOMPARE(ran.code, 2);
    QVERIFY(ran.err.contains("nothing was taken"));
    QVERIFY(!QFile::exists(m_directory->filePath("h.db")));
}

void TestImport::namesTheFileAndTheLine_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("line");
    QTest::addRow("no timestamp") << QByteArray("a 1 10\na 2\n# EOF\n") << QByteArray("line 2");
    QTest::addRow("before 1970") << QByteArray("a 1 -10\n# EOF\n") << QByteArray("line 1");
    QTest::addRow("no number") << QByteArray("a 1 10\nb 1 11\nc one 12\n# EOF\n") << QByteArray("line 3");
    QTest::addRow("no end") << QByteArray("a 1 10\n") << QByteArray("");
    QTest::addRow("a label twice") << QByteArray("a 1 10\nb{x=\"1\",x=\"2\"} 1 11\n# EOF\n") << QByteArray("line 2");
}

void TestImport::namesTheFileAndTheLine()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QByteArray, line);
    const std::string name = file("bad.om", text);
    const Ran ran = import({name});
    QCOMPARE(ran.code, 2);
    QVERIFY2(ran.err.contains(QByteArray::fromStdString(name)), ran.err.constData());
    QVERIFY2(ran.err.contains(line), ran.err.constData());
}

void TestImport::keepsMillisecondsFromTheEpochOn()
{
    QCOMPARE(import({file("a.om", "a 0 0\na 1 0.001\na 2 1700000000.123\na 3 99999999999.999\n# EOF\n")}).code, 0);
    QCOMPARE(exported(), QByteArray("a 0 0\na 1 0.001\na 2 1700000000.123\na 3 99999999999.999\n# EOF\n"));
}

void TestImport::keepsNamesBeyondTheClassicOnes()
{
    const QByteArray text("{\"http.server.duration\",\"service.name\"=\"caf\xc3\xa9 \\\"x\\\"\\n\"} 1 10\n# EOF\n");
    QCOMPARE(import({file("a.om", text)}).code, 0);
    QCOMPARE(exported(), text);
}

void TestImport::skipsWhatIsThereAlready()
{
    const std::string name = file("a.om", "a 1 10\na 2 20\n# EOF\n");
    QCOMPARE(import({name}).code, 0);
    const Ran again = import({name});
    QCOMPARE(again.code, 0);
    QVERIFY(again.err.contains("2 samples were there already"));
    QCOMPARE(exported(), QByteArray("a 1 10\na 2 20\n# EOF\n"));
}

void TestImport::saysWhatContradicts()
{
    QCOMPARE(import({file("a.om", "a 1 10\na 2 20\n# EOF\n")}).code, 0);
    const std::string other = file("b.om", "a 7 10\na 3 30\n# EOF\n");
    const Ran ran = import({other});
    QCOMPARE(ran.code, 0);
    QVERIFY(ran.err.contains("1 samples were left out"));
    QCOMPARE(exported(), QByteArray("a 1 10\na 2 20\na 3 30\n# EOF\n"));
    QCOMPARE(import({other, "--strict"}).code, 1);
}

void TestImport::answersInJson()
{
    const Ran ran = import({file("a.om", "a 1 10\na 1 10\na 2 10\nb 2 20\n# EOF\n"), "--json"});
    QCOMPARE(ran.code, 0);
    const QJsonObject answer = QJsonDocument::fromJson(ran.out).object();
    const QJsonObject taken = answer["files"].toArray()[0].toObject();
    QCOMPARE(taken["series"].toInt(), 2);
    QCOMPARE(taken["stored"].toInt(), 2);
    QCOMPARE(taken["duplicate"].toInt(), 1);
    QCOMPARE(taken["conflicting"].toInt(), 1);
    QVERIFY(answer["errors"].toArray().isEmpty());
    const Ran bad = import({path("absent.om"), "--json"});
    QCOMPARE(bad.code, 2);
    QVERIFY(QJsonDocument::fromJson(bad.out).object()["errors"].toArray()[0].toString().contains("absent.om"));
}

void TestImport::refusesADatabaseThatIsNotOurs()
{
    file("h.db", "these are my notes\n");
    const Ran ran = import({file("a.om", "a 1 10\n# EOF\n")});
    QCOMPARE(ran.code, 2);
    QVERIFY(ran.err.contains("not a SQLite database"));
    QFile notes(m_directory->filePath("h.db"));
    QVERIFY(notes.open(QIODevice::ReadOnly));
    QCOMPARE(notes.readAll(), QByteArray("these are my notes\n"));
}

void TestImport::refusesADatabaseThatIsHeld()
{
    const ManualClock clock(1'700'000'000'000);
    Log log(stderr, LogLevel::Error, clock);
    store::StoreOptions options;
    options.path = path("h.db");
    const auto engine = store::Store::open(options, clock, log);
    QVERIFY(engine.ok());
    const Ran ran = import({file("a.om", "a 1 10\n# EOF\n")});
    QCOMPARE(ran.code, 2);
    QVERIFY(ran.err.contains("is held by process"));
}

void TestImport::keepsMetadataAndExemplars()
{
    const QByteArray text("# TYPE a_seconds histogram\n# UNIT a_seconds seconds\n# HELP a_seconds How \"long\".\n"
                          "a_seconds_bucket{le=\"1\"} 1 10 # {trace_id=\"t\"} 0.5 9.5\n"
                          "a_seconds_bucket{le=\"+Inf\"} 1 10\na_seconds_sum 0.5 10\na_seconds_count 1 10\n# EOF\n");
    QCOMPARE(import({file("a.om", text)}).code, 0);
    const ManualClock clock(1'700'000'000'000);
    Log log(stderr, LogLevel::Error, clock);
    store::StoreOptions options;
    options.path = path("h.db");
    const auto engine = store::Store::open(options, clock, log);
    const auto about = (*engine)->metadata("a_seconds");
    QCOMPARE(about.size(), 1U);
    QCOMPARE(about[0].help, std::string("How \"long\"."));
    QCOMPARE(about[0].unit, std::string("seconds"));
    const auto exemplars = (*engine)->exemplars({}, {0, 20'000}).value();
    QCOMPARE(exemplars.size(), 1U);
    QCOMPARE(exemplars[0].exemplars[0].t, 9500);
}

}  // namespace holdfast::commands

QTEST_GUILESS_MAIN(holdfast::commands::TestImport)
#include "tst_import.moc"
