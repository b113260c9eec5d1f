#include "app/base/number_text.h"

#include <QTest>

#include <cmath>
#include <limits>

using namespace holdfast;

class TestNumberText : public QObject {
    Q_OBJECT

private slots:
    void apiNumbersLookLikePrometheus_data()
    {
        QTest::addColumn<double>("value");
        QTest::addColumn<QString>("text");
        QTest::newRow("zero") << 0.0 << "0";
        QTest::newRow("minus zero") << -0.0 << "-0";
        QTest::newRow("shortest") << 0.1 << "0.1";
        QTest::newRow("whole") << 1234567.0 << "1234567";
        QTest::newRow("no exponent below 1e21") << 123456789012345680000.0 << "123456789012345680000";
        QTest::newRow("largest exact whole") << 9007199254740993.0 << "9007199254740992";
        QTest::newRow("exponent from 1e21") << 1e21 << "1e+21";
        QTest::newRow("small") << 0.000001 << "0.000001";
        QTest::newRow("exponent below 1e-6") << 1e-7 << "1e-07";
        QTest::newRow("infinite") << std::numeric_limits<double>::infinity() << "+Inf";
        QTest::newRow("minus infinite") << -std::numeric_limits<double>::infinity() << "-Inf";
        QTest::newRow("not a number") << std::nan("") << "NaN";
    }
    void apiNumbersLookLikePrometheus()
    {
        QFETCH(double, value);
        QFETCH(QString, text);
        std::string out;
        appendApiNumber(out, value);
        QCOMPARE(QString::fromStdString(out), text);
    }

    void readsWhatItWrites()
    {
        for (const double value : {0.1, -1.5e300, 5e-324, 1.7976931348623157e308, 123.456, 1e21, 1e-7})
            QCOMPARE(parseDouble(numberText(value)).value(), value);
    }

    void readsSpecialWordsInAnyCase()
    {
        QVERIFY(std::isinf(parseDouble("+inf").value()));
        QCOMPARE(parseDouble("-Infinity").value(), -std::numeric_limits<double>::infinity());
        QVERIFY(std::isnan(parseDouble("NaN").value()));
    }

    void overflowIsInfiniteAndUnderflowZero()
    {
        QVERIFY(std::isinf(parseDouble("1e999").value()));
        QCOMPARE(parseDouble("1e-999").value(), 0.0);
        QCOMPARE(parseDouble("-1e999").value(), -std::numeric_limits<double>::infinity());
    }

    void refusesWhatIsNoNumber_data()
    {
        QTest::addColumn<QString>("text");
        for (const char* text : {"", "+", "1 ", " 1", "0x1p3", "1_000", "1e", "1,5", "nanx", "--1", "+-1"})
            QTest::newRow(text) << text;
    }
    void refusesWhatIsNoNumber()
    {
        QFETCH(QString, text);
        QVERIFY(!parseDouble(text.toStdString()).has_value());
    }
};

QTEST_GUILESS_MAIN(TestNumberText)
#include "tst_number_text.moc"
