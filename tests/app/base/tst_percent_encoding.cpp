#include "app/base/percent_encoding.h"

#include <QTest>

using holdfast::percentEncoded;

class TestPercentEncoding : public QObject {
    Q_OBJECT

private slots:
    void keepsTheUnreserved() { QCOMPARE(percentEncoded("aZ09-_.~"), std::string("aZ09-_.~")); }
    void encodesEveryOtherByte()
    {
        QCOMPARE(percentEncoded("a b+c/d?é"), std::string("a%20b%2Bc%2Fd%3F%C3%A9"));
        QCOMPARE(percentEncoded(std::string_view("\0\x7f", 2)), std::string("%00%7F"));
    }
    void keepsWhatItIsTold() { QCOMPARE(percentEncoded("a/b c", "/"), std::string("a/b%20c")); }
};

QTEST_GUILESS_MAIN(TestPercentEncoding)
#include "tst_percent_encoding.moc"
