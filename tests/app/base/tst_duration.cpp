#include "app/base/duration.h"

#include <QTest>

using holdfast::formatDuration;
using holdfast::parseDuration;

class TestDuration : public QObject {
    Q_OBJECT

private slots:
    void readsWhatPrometheusReads_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<qint64>("ms");
        QTest::newRow("zero") << "0" << 0LL;
        QTest::newRow("seconds") << "90s" << 90'000LL;
        QTest::newRow("milliseconds") << "250ms" << 250LL;
        QTest::newRow("compound") << "1h30m" << 5'400'000LL;
        QTest::newRow("all units") << "1y2w3d4h5m6s7ms"
                                   << 31'536'000'000LL + 1'209'600'000 + 259'200'000 + 14'400'000 + 306'007;
        QTest::newRow("year") << "1y" << 31'536'000'000LL;
    }
    void readsWhatPrometheusReads()
    {
        QFETCH(QString, text);
        QFETCH(qint64, ms);
        const auto read = parseDuration(text.toStdString());
        QVERIFY(read.ok());
        QCOMPARE(qint64{read.value()}, ms);
    }

    void refusesEverythingElse_data()
    {
        QTest::addColumn<QString>("text");
        for (const char* text : {"", "1", "s", "-1s", "1.5h", "1m1h", "1s1s", "1 s", "5x", "99999999999999y", "1ms1s"})
            QTest::newRow(text) << text;
    }
    void refusesEverythingElse()
    {
        QFETCH(QString, text);
        QVERIFY(!parseDuration(text.toStdString()).ok());
    }

    void printsTheShortestText_data()
    {
        QTest::addColumn<qint64>("ms");
        QTest::addColumn<QString>("text");
        QTest::newRow("zero") << 0LL << "0s";
        QTest::newRow("compound") << 5'400'000LL << "1h30m";
        QTest::newRow("a week is exact") << 604'800'000LL << "1w";
        QTest::newRow("eight days are days") << 691'200'000LL << "8d";
        QTest::newRow("milliseconds") << 1'250LL << "1s250ms";
    }
    void printsTheShortestText()
    {
        QFETCH(qint64, ms);
        QFETCH(QString, text);
        QCOMPARE(QString::fromStdString(formatDuration(ms)), text);
    }
};

QTEST_GUILESS_MAIN(TestDuration)
#include "tst_duration.moc"
