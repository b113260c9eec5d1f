#include "app/base/log.h"
#include "app/base/manual_clock.h"
#include "app/commands/export.h"
#include "app/commands/import.h"
#include "app/model/sample.h"
#include "app/store/store.h"
#include "tests/app/commands/run_command.h"

#include <QtTest>

#include <bit>
#include <cmath>
#include <limits>
#include <random>

namespace holdfast::commands {

class TestExport : public QObject {
    Q_OBJECT

private slots:
    void init() { m_directory = std::make_unique<QTemporaryDir>(); }
    void comesBackValueByValue();
    void keepsToTheMatch();
    void keepsToTheRange();
    void writesFamiliesTogether();
    void saysThatEndsOfSeriesAreLeftOut();
    void refusesWhatItDoesNotUnderstand_data();
    void refusesWhatItDoesNotUnderstand();
    void refusesAFileThatIsNotThere();

private:
    std::string path(const char* name) const { return m_directory->filePath(name).toStdString(); }
    void fill(const QByteArray& text, const char* db = "h.db") const
    {
        QFile out(m_directory->filePath("in.om"));
        if (!out.open(QIODevice::WriteOnly) || out.write(text) != text.size())
            qFatal("in.om");
        out.close();
        const Ran ran = run(addImportCommand, {"import", path("in.om"), "--db", path(db)});
        if (ran.code != 0)
            qFatal("%s", ran.err.constData());
    }
    Ran exported(std::vector<std::string> words = {}, const char* db = "h.db") const
    {
        words.insert(words.begin(), {"export", "--db", path(db)});
        return run(addExportCommand, words);
    }

    std::unique_ptr<QTemporaryDir> m_directory;
    ManualClock m_clock{1'700'000'000'000};
    Log m_log{stderr, LogLevel::Error, m_clock};
};

void TestExport::comesBackValueByValue()
{
    constexpr double inf = std::numeric_limits<double>::infinity();
    std::vector<double> values{0.0,
                               -0.0,
                               1,
                               -1,
                               0.1,
                               1.0 / 3,
                               inf,
                               -inf,
                               std::nan(""),
                               std::numeric_limits<double>::max(),
                               std::numeric_limits<double>::denorm_min(),
                               9007199254740993.0,
                               1e21,
                               1e-7};
    std::mt19937_64 random(7);
    for (int i = 0; i < 500; ++i)
        values.push_back(std::bit_cast<double>(random() & ~(1ULL << 62)));
    store::StoreOptions options;
    options.path = path("one.db");
    {
        auto store = store::Store::open(options, m_clock, m_log).value();
        const SeriesId id = store->series(LabelSet{{"__name__", "a"}, {"path", "C:\\x \"y\"\n"}}).value();
        Batch batch{.origin = "t", .samples = {}, .metadata = {}, .exemplars = {}};
        for (std::size_t i = 0; i < values.size(); ++i)
            batch.samples.push_back({id, static_cast<std::int64_t>(i) * 7, values[i]});
        QVERIFY(store->appendDurably(std::move(batch)).ok());
    }
    const Ran first = exported({}, "one.db");
    QCOMPARE(first.code, 0);
    fill(first.out, "two.db");
    QCOMPARE(exported({}, "two.db").out, first.out);

    options.path = path("two.db");
    auto store = store::Store::open(options, m_clock, m_log).value();
    const auto back = store->select({}, {0, store::kAnyAge}, {}, {}).value();
    QCOMPARE(back.series.size(), 1U);
    QCOMPARE(back.series[0].values.size(), values.size());
    for (std::size_t i = 0; i < values.size(); ++i) {
        QCOMPARE(back.series[0].times[i], static_cast<std::int64_t>(i) * 7);
        const bool same =
            std::bit_cast<std::uint64_t>(back.series[0].values[i]) == std::bit_cast<std::uint64_t>(values[i]);
        QVERIFY2(same || (std::isnan(values[i]) && std::isnan(back.series[0].values[i])),
                 qPrintable(QString::number(i)));
    }
}

void TestExport::keepsToTheMatch()
{
    fill("up{job=\"api\"} 1 10\nup{job=\"db\"} 0 10\nz 3 10\n# EOF\n");
    QCOMPARE(exported({"--match", "up{job=\"db\"}"}).out, QByteArray("up{job=\"db\"} 0 10\n# EOF\n"));
    QCOMPARE(exported({"--match", "{__name__=~\"u.*\",job!=\"db\"}"}).out, QByteArray("up{job=\"api\"} 1 10\n# EOF\n"));
    QCOMPARE(exported({"--match", "nothing"}).out, QByteArray("# EOF\n"));
}

void TestExport::keepsToTheRange()
{
    fill("a 1 10\na 2 20\na 3 30\na 4 40\n# EOF\n");
    QCOMPARE(exported({"--start", "20", "--end", "30"}).out, QByteArray("a 2 20\na 3 30\n# EOF\n"));
    QCOMPARE(exported({"--start", "1970-01-01T00:00:40Z"}).out, QByteArray("a 4 40\n# EOF\n"));
}

void TestExport::writesFamiliesTogether()
{
    const QByteArray text("# TYPE a_seconds histogram\n# UNIT a_seconds seconds\n# HELP a_seconds How \\\"long\\\".\n"
                          "a_seconds_bucket{le=\"+Inf\"} 1 10\na_seconds_bucket{le=\"1\"} 1 10\n"
                          "a_seconds_sum 0.5 10\na_seconds_count 1 10\n"
                          "# TYPE b counter\nb_total 5 10\n# EOF\n");
    fill(text);
    const QByteArray out = exported().out;
    QCOMPARE(out.count("# TYPE"), 2);
    QVERIFY2(out.contains("# TYPE a_seconds histogram\n# UNIT a_seconds seconds\n# HELP a_seconds How \\\"long\\\".\n"),
             out.constData());
    QVERIFY2(out.contains("# TYPE b counter\nb_total 5 10\n"), out.constData());
    fill(out, "again.db");
    QCOMPARE(exported({}, "again.db").out, out);
}

void TestExport::saysThatEndsOfSeriesAreLeftOut()
{
    store::StoreOptions options;
    options.path = path("h.db");
    {
        auto store = store::Store::open(options, m_clock, m_log).value();
        const SeriesId id = store->series(LabelSet{{"__name__", "a"}}).value();
        QVERIFY(store
                    ->appendDurably({.origin = "t",
                                     .samples = {{id, 1000, 1}, {id, 2000, staleMarker()}},
                                     .metadata = {},
                                     .exemplars = {}})
                    .ok());
    }
    const Ran ran = exported();
    QCOMPARE(ran.code, 0);
    QCOMPARE(ran.out, QByteArray("a 1 1\n# EOF\n"));
    QVERIFY(ran.err.contains("1 ends of series left out"));
}

void TestExport::refusesWhatItDoesNotUnderstand_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::addRow("time") << QStringList{"--start", "yesterday"};
    QTest::addRow("selector") << QStringList{"--match", "a{"};
    QTest::addRow("two selectors") << QStringList{"--match", "a", "--match", "b"};
    QTest::addRow("option") << QStringList{"--since", "1"};
}

void TestExport::refusesWhatItDoesNotUnderstand()
{
    QFETCH(const QStringList, words);
    fill("a 1 10\n# EOF\n");
    std::vector<std::string> given;
    for (const QString& word : words)
        given.push_back(word.toStdString());
    const Ran ran = exported(given);
    QCOMPARE(ran.code, 2);
    QVERIFY(ran.out.isEmpty());
    QVERIFY(!ran.err.isEmpty());
}

void TestExport::refusesAFileThatIsNotThere()
{
    const Ran ran = exported({}, "absent.db");
    QCOMPARE(ran.code, 2);
    QVERIFY(ran.err.contains("does not exist"));
    QVERIFY(!QFile::exists(m_directory->filePath("absent.db")));
}

}  // namespace holdfast::commands

QTEST_GUILESS_MAIN(holdfast::commands::TestExport)
#include "tst_export.moc"
