#include "widgets/theme/number_format.h"

#include <QLocale>
#include <QTest>

using namespace holdfast::widgets;

namespace {

/// The narrow no-break space between number and unit, written as a plain one in the rows below.
QString plain(QString text)
{
    return text.replace(QChar(0x202F), QLatin1Char(' ')).replace(QChar(0x2212), QLatin1Char('-'));
}

}  // namespace

class TestNumberFormat : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }

    void writesValuesWithThreeDigits_data()
    {
        QTest::addColumn<double>("value");
        QTest::addColumn<int>("unit");
        QTest::addColumn<QString>("text");
        const auto row = [](double value, LaneUnit unit, const char* text) {
            QTest::newRow(text) << value << static_cast<int>(unit) << QString::fromUtf8(text);
        };
        row(0.00084, LaneUnit::Seconds, "840 µs");
        row(0.0084, LaneUnit::Seconds, "8.40 ms");
        row(0.084, LaneUnit::Seconds, "84.0 ms");
        row(0.84, LaneUnit::Seconds, "840 ms");
        row(1.84, LaneUnit::Seconds, "1.84 s");
        row(12.4, LaneUnit::Seconds, "12.4 s");
        row(125, LaneUnit::Seconds, "2 min 05 s");
        row(0.99996, LaneUnit::Seconds, "1.00 s");
        row(0.4, LaneUnit::PerSecond, "0.40 /s");
        row(12, LaneUnit::PerSecond, "12.0 /s");
        row(1210, LaneUnit::PerSecond, "1.21 k/s");
        row(1.2e6, LaneUnit::PerSecond, "1.20 M/s");
        row(4.0 / 60, LaneUnit::PerSecond, "4.0 /min");
        row(0, LaneUnit::PerSecond, "0 /s");
        row(0.062, LaneUnit::Ratio, "6.2 %");
        row(0.41, LaneUnit::Ratio, "41 %");
        row(0.00001, LaneUnit::Ratio, "<0.01 %");
        row(0.0002, LaneUnit::Ratio, "0.02 %");
        row(0, LaneUnit::Ratio, "0 %");
        row(1.38, LaneUnit::Multiple, "1.38×");
        row(62, LaneUnit::Multiple, "62×");
        row(84, LaneUnit::Count, "84");
    }
    void writesValuesWithThreeDigits()
    {
        QFETCH(double, value);
        QFETCH(int, unit);
        QFETCH(QString, text);
        QCOMPARE(plain(valueText(value, static_cast<LaneUnit>(unit))), text);
    }

    void leavesOutZerosOnAnAxis()
    {
        QCOMPARE(plain(axisText(2, LaneUnit::Seconds)), QStringLiteral("2 s"));
        QCOMPARE(plain(axisText(1500, LaneUnit::PerSecond)), QStringLiteral("1.5 k/s"));
        QCOMPARE(plain(axisText(1, LaneUnit::Ratio)), QStringLiteral("100 %"));
    }

    void writesBytesInPowersOf1024()
    {
        QCOMPARE(plain(bytesText(1.2 * 1024 * 1024 * 1024)), QStringLiteral("1.2 GiB"));
    }

    void saysWhenSomethingFills_data()
    {
        QTest::addColumn<double>("minutes");
        QTest::addColumn<QString>("text");
        QTest::newRow("full") << 0.0 << QStringLiteral("now");
        QTest::newRow("soon") << 0.5 << QStringLiteral("< 1 min");
        QTest::newRow("minutes") << 6.0 << QStringLiteral("≈ 6 min (4–11)");
        QTest::newRow("hours") << 120.0 << QStringLiteral("≈ 2 h");
        QTest::newRow("far") << 400.0 << QStringLiteral("> 6 h");
    }
    void saysWhenSomethingFills()
    {
        QFETCH(double, minutes);
        QFETCH(QString, text);
        QCOMPARE(plain(minutesToText(minutes, 4, 11)), text);
    }

    void writesDurationsInTwoUnits()
    {
        QCOMPARE(plain(durationText(12'000)), QStringLiteral("12 s"));
        QCOMPARE(plain(durationText(370'000)), QStringLiteral("6 min 10 s"));
        QCOMPARE(plain(durationText(5'640'000)), QStringLiteral("1 h 34 min"));
        QCOMPARE(plain(durationText(273'600'000)), QStringLiteral("3 d 4 h"));
        QCOMPARE(plain(durationText(1'800'000)), QStringLiteral("30 min"));
    }

    void namesTheDayOnlyWhenItIsAnother()
    {
        constexpr std::int64_t at = 1'700'709'247'000;  // 2023-11-23T03:14:07Z
        QCOMPARE(timeText(at, at), QStringLiteral("03:14:07Z"));
        QCOMPARE(timeText(at - 86'400'000, at), QStringLiteral("22 Nov 03:14Z"));
    }

    void writesALossWithAMinusSign()
    {
        QCOMPARE(deltaText(-0.04, LaneUnit::Ratio).at(0), QChar(0x2212));
        QCOMPARE(plain(deltaText(1.31, LaneUnit::Seconds)), QStringLiteral("+1.31 s"));
    }
};

QTEST_GUILESS_MAIN(TestNumberFormat)
#include "tst_number_format.moc"
