#include "app/base/log.h"
#include "app/base/manual_clock.h"
#include "app/commands/db.h"
#include "app/store/store.h"
#include "tests/app/commands/run_command.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest>

#include <filesystem>

namespace holdfast::commands {

class TestDb : public QObject {
    Q_OBJECT

private slots:
    void init();
    void findsAGoodFileSound();
    void findsAFlippedByteInAChunk();
    void findsACutLog();
    void refusesAForeignFile();
    void refusesAFileThatIsNotThere();
    void tellsWhereSeriesComeFrom();
    void compactsWithoutChangingAnything();
    void copiesADatabaseInUse();
    void copiesOverNothing();

private:
    std::string path(const char* name) const { return m_directory->filePath(name).toStdString(); }
    std::unique_ptr<store::Store> open(const char* name = "h.db")
    {
        store::StoreOptions options;
        options.path = path(name);
        options.commitEvery = std::chrono::milliseconds(5);
        return store::Store::open(options, m_clock, m_log).value();
    }
    /// Two chunks of six series, and a third of their samples in the journal only.
    void fill()
    {
        const auto store = open();
        for (int part = 0; part < 3; ++part) {
            Batch batch{.origin = "t", .samples = {}, .metadata = {}, .exemplars = {}};
            for (int s = 0; s < 6; ++s) {
                const LabelSet labels{{"__name__", s < 4 ? "up" : "load"}, {"instance", std::to_string(s)}};
                const SeriesId id = store->series(labels).value();
                for (int i = 0; i < 50; ++i)
                    batch.samples.push_back({id, (part * 50 + i) * 1000, i * 1.5 + s});
            }
            if (!store->appendDurably(std::move(batch)).ok() || (part < 2 && !store->closeChunks().ok()))
                qFatal("fill");
        }
    }
    Ran db(std::vector<std::string> words, const char* name = "h.db") const
    {
        words.insert(words.begin(), "db");
        words.insert(words.end(), {"--db", path(name)});
        return run(addDbCommand, words);
    }
    QJsonObject json(const Ran& ran) const { return QJsonDocument::fromJson(ran.out).object(); }

    std::unique_ptr<QTemporaryDir> m_directory;
    ManualClock m_clock{1'700'000'000'000};
    Log m_log{stderr, LogLevel::Error, m_clock};
};

void TestDb::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
}

void TestDb::findsAGoodFileSound()
{
    fill();
    const Ran ran = db({"check"});
    QCOMPARE(ran.code, 0);
    QVERIFY2(ran.out.startsWith("sound: 2 chunks with 600 samples of 6 series"), ran.out.constData());
    const QJsonObject answer = json(db({"check", "--json"}));
    QCOMPARE(answer["sound"].toBool(), true);
    QCOMPARE(answer["samples"].toInt(), 600);
}

void TestDb::findsAFlippedByteInAChunk()
{
    fill();
    std::string data;
    {
        const auto store = open();
        data = store->read({"SELECT data FROM chunk ORDER BY id LIMIT 1", {}}).value()[0].text(0);
    }
    QFile file(m_directory->filePath("h.db"));
    QVERIFY(file.open(QIODevice::ReadWrite));
    const QByteArray bytes = file.readAll();
    const qsizetype at = bytes.indexOf(QByteArray(data.data(), static_cast<qsizetype>(data.size())));
    QVERIFY(at > 0);
    file.seek(at + 20);
    const char flipped = static_cast<char>(bytes[at + 20] ^ 4);
    QCOMPARE(file.write(&flipped, 1), 1);
    file.close();
    const Ran ran = db({"check"});
    QCOMPARE(ran.code, 1);
    QVERIFY2(ran.out.contains("chunk 0 of group 1 is damaged: its checksum differs"), ran.out.constData());
    QVERIFY(ran.out.contains("damaged: 2 chunks"));
}

void TestDb::findsACutLog()
{
    fill();
    const auto store = open();
    const SeriesId id = store->series(LabelSet{{"__name__", "up"}, {"instance", "0"}}).value();
    for (int i = 0; i < 3; ++i)
        QVERIFY(
            store->appendDurably({.origin = "t", .samples = {{id, 900'000 + i, 1}}, .metadata = {}, .exemplars = {}})
                .ok());
    for (const char* suffix : {"", "-wal", "-mark"})
        std::filesystem::copy_file(path("h.db") + suffix, path("cut.db") + suffix);
    std::filesystem::resize_file(path("cut.db-wal"), std::filesystem::file_size(path("cut.db-wal")) - 4096);
    const Ran ran = db({"check"}, "cut.db");
    QCOMPARE(ran.code, 1);
    QVERIFY2(ran.out.contains("acknowledged and are not in the file"), ran.out.constData());
}

void TestDb::refusesAForeignFile()
{
    QFile notes(m_directory->filePath("notes.db"));
    QVERIFY(notes.open(QIODevice::WriteOnly));
    notes.write("these are my notes\n");
    notes.close();
    for (const char* word : {"check", "stats", "compact"}) {
        const Ran ran = db({word}, "notes.db");
        QCOMPARE(ran.code, 2);
        QVERIFY2(ran.err.contains("not a SQLite database"), word);
    }
    QVERIFY(notes.open(QIODevice::ReadOnly));
    QCOMPARE(notes.readAll(), QByteArray("these are my notes\n"));
}

void TestDb::refusesAFileThatIsNotThere()
{
    for (const char* word : {"check", "stats", "compact"}) {
        QCOMPARE(db({word}, "absent.db").code, 2);
        QVERIFY2(!QFile::exists(m_directory->filePath("absent.db")), word);
    }
    QCOMPARE(run(addDbCommand, {"db", "check"}).code, 2);
}

void TestDb::tellsWhereSeriesComeFrom()
{
    fill();
    const QJsonObject answer = json(db({"stats", "--json"}));
    QCOMPARE(answer["series"].toInt(), 6);
    QCOMPARE(answer["samples"].toInt(), 900);
    QCOMPARE(answer["oldest_ms"].toInt(), 0);
    QCOMPARE(answer["newest_ms"].toInt(), 149'000);
    const QJsonObject most = answer["series_by_metric"].toArray()[0].toObject();
    QCOMPARE(most["name"].toString(), "up");
    QCOMPARE(most["count"].toInt(), 4);
    const Ran top = db({"stats", "--top", "1"});
    QCOMPARE(top.code, 0);
    QVERIFY(top.out.contains("up") && !top.out.contains("load"));
}

void TestDb::compactsWithoutChangingAnything()
{
    fill();
    QCOMPARE(db({"compact"}).code, 0);
    const QJsonObject answer = json(db({"check", "--json"}));
    QCOMPARE(answer["sound"].toBool(), true);
    QCOMPARE(answer["samples"].toInt(), 900);
    QCOMPARE(answer["chunks"].toInt(), 1);
}

void TestDb::copiesADatabaseInUse()
{
    fill();
    const auto engine = open();
    const SeriesId id = engine->series(LabelSet{{"__name__", "up"}, {"instance", "0"}}).value();
    QVERIFY(
        engine->appendDurably({.origin = "t", .samples = {{id, 900'000, 7}}, .metadata = {}, .exemplars = {}}).ok());
    QCOMPARE(db({"backup", path("copy.db")}).code, 0);
    QCOMPARE(db({"check"}, "copy.db").code, 0);
    const QJsonObject answer = json(db({"stats", "--json"}, "copy.db"));
    QCOMPARE(answer["samples"].toInt(), 901);
    QCOMPARE(answer["newest_ms"].toInt(), 900'000);
}

void TestDb::copiesOverNothing()
{
    fill();
    QFile there(m_directory->filePath("copy.db"));
    QVERIFY(there.open(QIODevice::WriteOnly));
    there.write("mine");
    there.close();
    const Ran ran = db({"backup", path("copy.db")});
    QCOMPARE(ran.code, 2);
    QVERIFY(ran.err.contains("exists already"));
    QCOMPARE(QFileInfo(there).size(), 4);
}

}  // namespace holdfast::commands

QTEST_GUILESS_MAIN(holdfast::commands::TestDb)
#include "tst_db.moc"
