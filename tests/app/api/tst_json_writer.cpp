#include "app/api/json_writer.h"

#include <QTest>

#include <limits>
#include <string>

using namespace holdfast::api;

namespace {

// Not raw strings: moc 6.4 loses its way in those that begin with a quote.
const std::string kEscaped = "\"a\\\"b\\\\c\\n\\t\\u0001\"";
const std::string kDocument = "{\"a\":1,\"b\":null,\"c\":[\"x\",true,{}],\"d\":null}";

QByteArray quoted(const QByteArray& text)
{
    return '"' + text + '"';
}

}  // namespace

class TestJsonWriter : public QObject {
    Q_OBJECT

private slots:
    void escapesWhatJsonCannotHold()
    {
        std::string out;
        appendJsonString(out, "a\"b\\c\n\t\x01");
        QCOMPARE(out, kEscaped);
    }

    void replacesEachByteThatIsNotUtf8_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("json");
        QTest::newRow("valid") << QByteArray("\xC3\xA4\xE2\x82\xAC\xF0\x9F\x98\x80")
                               << quoted("\xC3\xA4\xE2\x82\xAC\xF0\x9F\x98\x80");
        QTest::newRow("lone byte") << QByteArray("x\xFFy") << quoted("x\\ufffdy");
        QTest::newRow("cut off") << QByteArray("x\xE2\x82") << quoted("x\\ufffd\\ufffd");
        QTest::newRow("overlong") << QByteArray("\xC0\xAF") << quoted("\\ufffd\\ufffd");
        QTest::newRow("surrogate") << QByteArray("\xED\xA0\x80") << quoted("\\ufffd\\ufffd\\ufffd");
    }
    void replacesEachByteThatIsNotUtf8()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, json);
        std::string out;
        appendJsonString(out, text.toStdString());
        QCOMPARE(out, json.toStdString());
    }

    void writesTimesWithThreeDecimalsOrNone_data()
    {
        QTest::addColumn<qint64>("ms");
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("whole") << qint64(1435781451000) << QByteArray("1435781451");
        QTest::newRow("fraction") << qint64(1435781451781) << QByteArray("1435781451.781");
        QTest::newRow("small fraction") << qint64(1001) << QByteArray("1.001");
        QTest::newRow("negative") << qint64(-1) << QByteArray("-0.001");
    }
    void writesTimesWithThreeDecimalsOrNone()
    {
        QFETCH(qint64, ms);
        QFETCH(QByteArray, text);
        std::string out;
        appendApiTime(out, ms);
        QCOMPARE(out, text.toStdString());
    }

    void putsCommasBetweenAndNullsForWhatHasNoNumber()
    {
        std::string out;
        JsonWriter json(out);
        json.beginObject().integer("a", 1).number("b", std::numeric_limits<double>::quiet_NaN());
        json.key("c").beginArray().string("x").boolean(true).beginObject().endObject().endArray();
        json.number("d", std::optional<double>()).endObject();
        QCOMPARE(out, kDocument);
    }
};

QTEST_GUILESS_MAIN(TestJsonWriter)
#include "tst_json_writer.moc"
