#include "app/base/time_text.h"

#include <QTest>

using namespace holdfast;

class TestTimeText : public QObject {
    Q_OBJECT

private slots:
    void writesUtcWithMilliseconds()
    {
        QCOMPARE(QString::fromStdString(rfc3339(0)), QString("1970-01-01T00:00:00.000Z"));
        QCOMPARE(QString::fromStdString(rfc3339(1'767'323'045'678)), QString("2026-01-02T03:04:05.678Z"));
        QCOMPARE(QString::fromStdString(rfc3339(-1)), QString("1969-12-31T23:59:59.999Z"));
    }

    void readsOffsetsAndFractions()
    {
        QCOMPARE(qint64{parseRfc3339("2026-01-02T03:04:05.678Z").value()}, 1'767'323'045'678LL);
        QCOMPARE(qint64{parseRfc3339("2026-01-02T05:04:05.6789+02:00").value()}, 1'767'323'045'678LL);
        QCOMPARE(qint64{parseRfc3339("2026-01-02T03:04:05Z").value()}, 1'767'323'045'000LL);
    }

    void refusesDaysThatDoNotExist()
    {
        for (const char* text : {"2026-02-30T00:00:00Z", "2026-13-01T00:00:00Z", "2026-01-01T25:00:00Z",
                                 "2026-01-01T00:00:00", "2026-01-01", "x"})
            QVERIFY2(!parseRfc3339(text).has_value(), text);
    }
};

QTEST_GUILESS_MAIN(TestTimeText)
#include "tst_time_text.moc"
