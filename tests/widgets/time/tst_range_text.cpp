#include "widgets/time/range_text.h"

#include <QTest>

using namespace holdfast::widgets;

namespace {

constexpr std::int64_t minute = 60'000;
constexpr std::int64_t hour = 60 * minute;
constexpr std::int64_t midnight = 1'700'697'600'000;  // 2023-11-23T00:00Z
constexpr std::int64_t now = midnight + 10 * hour;

}  // namespace

class TestRangeText : public QObject {
    Q_OBJECT

private slots:
    void readsRangesAsPeopleTypeThem_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("live");
        QTest::addColumn<qint64>("start");
        QTest::addColumn<qint64>("end");
        const auto row = [](const char* text, bool live, std::int64_t start, std::int64_t end) {
            QTest::newRow(text) << QString::fromUtf8(text) << live << qint64(start) << qint64(end);
        };
        row("45m", true, now - 45 * minute, now);
        row("now-45m", true, now - 45 * minute, now);
        row("last 30 min", true, now - 30 * minute, now);
        row("now-3h to now-1h", false, now - 3 * hour, now - hour);
        row("03:05-03:20", false, midnight + 3 * hour + 5 * minute, midnight + 3 * hour + 20 * minute);
        row("03:05 – 03:20", false, midnight + 3 * hour + 5 * minute, midnight + 3 * hour + 20 * minute);
        row("23:50-00:10", false, midnight - 10 * minute, midnight + 10 * minute);
        row("yesterday 14:00", false, midnight - 10 * hour - 15 * minute, midnight - 10 * hour + 15 * minute);
        row("2023-11-23T03:00:00Z to 2023-11-23T04:00:00Z", false, midnight + 3 * hour, midnight + 4 * hour);
        row("1700697600 to 1700701200", false, midnight, midnight + hour);
        row("{\"from\":\"now-1h\",\"to\":\"now\"}", true, now - hour, now);
        row("http://grafana/d/x?orgId=1&from=now-6h&to=now-1h", false, now - 6 * hour, now - hour);
        row("http://grafana/d/x?from=1700697600000&to=1700701200000", false, midnight, midnight + hour);
        row("http://prometheus/graph?g0.expr=up&g0.range_input=2h", true, now - 2 * hour, now);
    }
    void readsRangesAsPeopleTypeThem()
    {
        QFETCH(QString, text);
        QFETCH(bool, live);
        QFETCH(qint64, start);
        QFETCH(qint64, end);
        const auto range = parseRange(text, now);
        QVERIFY2(range.ok(), range.ok() ? "" : range.error().message.c_str());
        QCOMPARE(range->live, live);
        QCOMPARE(qint64(range->startMs), start);
        QCOMPARE(qint64(range->endMs), end);
    }

    void readsClockTimesOfTheShownZone()
    {
        const auto range = parseRange(QStringLiteral("03:05-03:20"), now, 2 * hour);
        QVERIFY(range.ok());
        QCOMPARE(range->startMs, midnight + hour + 5 * minute);
        const auto day = parseRange(QStringLiteral("today 00:00 to today 01:00"), now, -3 * hour);
        QVERIFY(day.ok());
        QCOMPARE(day->startMs, midnight + 3 * hour);
    }

    void readsWhatItCopies()
    {
        for (const TypedRange& range :
             {TypedRange{true, now - 30 * minute, now}, TypedRange{false, midnight + 1234, midnight + hour}}) {
            const auto again = parseRange(rangeAsJson(range), now);
            QVERIFY(again.ok());
            QCOMPARE(again->live, range.live);
            QCOMPARE(again->startMs, range.startMs);
            QCOMPARE(again->endMs, range.endMs);
        }
    }

    void refusesWhatItCannotRead_data()
    {
        QTest::addColumn<QString>("text");
        for (const char* text : {"", "soon", "25:00-26:00", "now-1h to now-3h", "{\"from\":1}"})
            QTest::newRow(text) << QString::fromUtf8(text);
    }
    void refusesWhatItCannotRead()
    {
        QFETCH(QString, text);
        QVERIFY(!parseRange(text, now).ok());
    }
};

QTEST_GUILESS_MAIN(TestRangeText)
#include "tst_range_text.moc"
