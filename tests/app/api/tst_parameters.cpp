#include "app/api/parameters.h"

#include <QTest>

using namespace holdfast::api;

class TestParameters : public QObject {
    Q_OBJECT

private slots:
    void readsTimes_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<qint64>("ms");
        QTest::newRow("seconds") << QByteArray("1600000000") << qint64(1600000000000);
        QTest::newRow("fraction") << QByteArray("1600000000.781") << qint64(1600000000781);
        QTest::newRow("negative") << QByteArray("-0.5") << qint64(-500);
        QTest::newRow("date") << QByteArray("2020-09-13T13:30:00.123+02:00") << qint64(1599996600123);
    }
    void readsTimes()
    {
        QFETCH(QByteArray, text);
        QFETCH(qint64, ms);
        const auto time = parseApiTime(text.toStdString());
        QVERIFY(time.ok());
        QCOMPARE(qint64(*time), ms);
    }

    void refusesWhatIsNoTime_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("word") << QByteArray("yesterday");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("not a number") << QByteArray("NaN");
        QTest::newRow("too far") << QByteArray("1e30");
    }
    void refusesWhatIsNoTime()
    {
        QFETCH(QByteArray, text);
        const auto time = parseApiTime(text.toStdString());
        QVERIFY(!time.ok());
        QCOMPARE(time.error().message, "cannot parse \"" + text.toStdString() + "\" to a valid timestamp");
    }

    void readsDurationsInSecondsAndInUnits()
    {
        QCOMPARE(*parseApiDuration("15.5"), 15500);
        QCOMPARE(*parseApiDuration("1m30s"), 90000);
        QCOMPARE(parseApiDuration("x").error().message, std::string("cannot parse \"x\" to a valid duration"));
        QCOMPARE(parseApiDuration("1e10").error().message,
                 std::string("cannot parse \"1e10\" to a valid duration. It overflows int64"));
    }

    void namesTheParameterInTheError()
    {
        QCOMPARE(rangeParameters(Form("start=x")).error().message,
                 std::string("invalid parameter \"start\": cannot parse \"x\" to a valid timestamp"));
        QCOMPARE(limitParameter(Form("limit=-1")).error().message,
                 std::string("invalid parameter \"limit\": limit must be non-negative"));
    }

    void readsFormsAsGoDoes()
    {
        const Form form("a=1+%2B+1&b=%zz&match[]=x&match%5B%5D=y&c");
        QCOMPARE(std::string(form.get("a")), std::string("1 + 1"));
        QVERIFY(!form.has("b"));
        QVERIFY(form.has("c"));
        QCOMPARE(form.all("match[]").size(), std::size_t(2));
    }

    void takesTheBodyBeforeTheUrl()
    {
        HttpRequest request;
        request.query = "a=url&b=url";
        request.body = "a=body";
        request.headers = {{"content-type", "application/x-www-form-urlencoded; charset=utf-8"}};
        const Form form(request);
        QCOMPARE(std::string(form.get("a")), std::string("body"));
        QCOMPARE(std::string(form.get("b")), std::string("url"));
    }
};

QTEST_GUILESS_MAIN(TestParameters)
#include "tst_parameters.moc"
