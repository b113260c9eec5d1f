#include "app/base/readable_number.h"

#include <QtTest>

using namespace holdfast;

class ReadableNumberTest : public QObject {
    Q_OBJECT

private slots:
    void writesNumbersAsPeopleDo()
    {
        QCOMPARE(readableNumber(0.123), std::string("0.12"));
        QCOMPARE(readableNumber(12.34), std::string("12"));
        QCOMPARE(readableNumber(1234.5), std::string("1235"));
        QCOMPARE(readableNumber(2), std::string("2"));
        QCOMPARE(readableNumber(9.99), std::string("10"));
        QCOMPARE(readableNumber(-0.05), std::string("-0.05"));
        QCOMPARE(readableRatio(0.5287), std::string("53 %"));
        QCOMPARE(readableRatio(0.0012), std::string("0.12 %"));
        QCOMPARE(readableRatio(0), std::string("0 %"));
        QCOMPARE(readableSeconds(2.245), std::string("2.2 s"));
        QCOMPARE(readableSeconds(0.1804), std::string("180 ms"));
        QCOMPARE(readableSeconds(0.00025), std::string("250 µs"));
        QCOMPARE(readableSeconds(90), std::string("1 min 30 s"));
        QCOMPARE(readableSeconds(3660), std::string("1 h 1 min"));
        QCOMPARE(readableSeconds(86'400), std::string("1 d"));
    }
};

QTEST_GUILESS_MAIN(ReadableNumberTest)
#include "tst_readable_number.moc"
