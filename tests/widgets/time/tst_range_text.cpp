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
        row("last 15m", true, now - 15 * minute, now);
        row("last 2 hours", true, now - 2 * hour, now);
        row("the last hour", true, now - hour, now);
        row("past 90 minutes", true, now - 90 * minute, now);
        row("1 h 30 min", true, now - 90 * minute, now);
        row("14:00-14:30", false, midnight - 10 * hour, midnight - 10 * hour + 30 * minute);
        row("9:30-11:00", false, midnight + 9 * hour + 30 * minute, now);
        row("9 to 10", false, midnight + 9 * hour, now);
        row("8-9", false, midnight + 8 * hour, midnight + 9 * hour);
        row("8am to 9am", false, midnight + 8 * hour, midnight + 9 * hour);
        row("yesterday 9 to 10", false, midnight - 15 * hour, midnight - 14 * hour);
        row("yesterday 9-10:30", false, midnight - 15 * hour, midnight - 13 * hour - 30 * minute);
        row("yesterday at 2pm for 30 min", false, midnight - 10 * hour, midnight - 10 * hour + 30 * minute);
        row("between 8 and 9", false, midnight + 8 * hour, midnight + 9 * hour);
        row("from 03:05 until 03:20", false, midnight + 3 * hour + 5 * minute, midnight + 3 * hour + 20 * minute);
        row("yesterday", false, midnight - 24 * hour, midnight);
        row("today", true, midnight, now);
        row("since 9:15", true, midnight + 9 * hour + 15 * minute, now);
        row("since yesterday 22:00", true, midnight - 2 * hour, now);
        row("03:05 to now", true, midnight + 3 * hour + 5 * minute, now);
        row("2 hours ago to 1 hour ago", false, now - 2 * hour, now - hour);
        row("3:00 ± 10m", false, midnight + 3 * hour - 10 * minute, midnight + 3 * hour + 10 * minute);
        row("around 3:00", false, midnight + 3 * hour - 15 * minute, midnight + 3 * hour + 15 * minute);
        row("22 nov 14:00", false, midnight - 10 * hour - 15 * minute, midnight - 10 * hour + 15 * minute);
        row("Nov 22, 2023", false, midnight - 24 * hour, midnight);
        row("22.11. 14:00-15:00", false, midnight - 10 * hour, midnight - 9 * hour);
        row("wednesday 23:00 to thursday 01:00", false, midnight - hour, midnight + hour);
        row("2023-11-22", false, midnight - 24 * hour, midnight);
        row("2023-11-23 03:00 to 04:00", false, midnight + 3 * hour, midnight + 4 * hour);
        row("letzte 15 min", true, now - 15 * minute, now);
        row("gestern 9 bis 10 Uhr", false, midnight - 15 * hour, midnight - 14 * hour);
        row("seit 9 Uhr", true, midnight + 9 * hour, now);
        row("vor 2 Stunden bis jetzt", true, now - 2 * hour, now);
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
        const auto utc = parseRange(QStringLiteral("03:05z-03:20z"), now, 2 * hour);
        QVERIFY(utc.ok());
        QCOMPARE(utc->startMs, midnight + 3 * hour + 5 * minute);
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
        for (const char* text : {"", "soon", "25:00-26:00", "9", "tomorrow 9:00", "31.02.", "yesterday 25:00",
                                 "sincerely", "2023-12-01", "now-1h to now-3h", "{\"from\":1}"})
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
