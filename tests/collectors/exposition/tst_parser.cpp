#include "collectors/exposition/parser.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <cmath>

using namespace holdfast;
using namespace holdfast::exposition;

namespace {

struct Read {
    std::vector<std::string> lines;  ///< "series value[@t]"
    std::string error;
};

Read readAll(std::string_view body, Format format)
{
    Read read;
    Parser parser(body, format);
    for (;;) {
        const Parser::Entry entry = parser.next();
        if (entry == Parser::Entry::End)
            return read;
        if (entry == Parser::Entry::Error) {
            read.error = parser.error();
            return read;
        }
        if (entry != Parser::Entry::Series)
            continue;
        const auto labels = parser.labels();
        if (!labels) {
            read.error = labels.error().message;
            return read;
        }
        std::string line = labels->text() + " " + QByteArray::number(parser.value(), 'g', 17).toStdString();
        if (parser.timestamp())
            line += "@" + std::to_string(*parser.timestamp());
        read.lines.push_back(line);
    }
}

QString joined(const Read& read)
{
    QStringList lines;
    for (const std::string& line : read.lines)
        lines << QString::fromStdString(line);
    return lines.join("|") + (read.error.empty() ? "" : "! " + QString::fromStdString(read.error));
}

}  // namespace

class TestParser : public QObject {
    Q_OBJECT

private slots:
    void readsText_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* name, const char* body, const char* expected) {
            QTest::newRow(name) << QByteArray(body) << expected;
        };
        row("bare", "a 1", "a 1");
        row("blanks everywhere", " a\t{ x = \"1\" , } \t 2 \t 30 \n\n", "a{x=\"1\"} 2@30");
        row("no blank before the value", "a{x=\"1\"}6\n", "a{x=\"1\"} 6");
        row("escapes", "a{x=\"\\\"q\\\\ \\n \\t\"} 1\n", "a{x=\"\\\"q\\\\ \\n \\\\t\"} 1");
        row("name in braces", "{\"a.b\",x=\"1\"} 1\n", "{\"a.b\", x=\"1\"} 1");
        row("quoted label name", "{x=\"1\",\"a.b\",\"y.z\"=\"2\"} 1\n", "{\"a.b\", x=\"1\", \"y.z\"=\"2\"} 1");
        row("empty label value is none", "a{x=\"\"} 1\n", "a 1");
        row("NaN in any case", "a Nan\nb +iNF\nc -Infinity\n", "a nan|b inf|c -inf");
        row("exact numbers", "a 0.1\nb 1e-7\nc 123456789012345678901234567890\nd 5e-324\n",
            "a 0.10000000000000001|b 9.9999999999999995e-08|c 1.2345678901234568e+29|d 4.9406564584124654e-324");
        row("comments", "# c\n#\n# HELP a b\n# TYPE a gauge\na 1\n", "a 1");
        row("overflow", "a 1e999\n", "! line 1, column 3: expected a number as value, found \"1e999\"");
        row("hexadecimal", "a 0x10\n", "! line 1, column 3: expected a number as value, found \"0x10\"");
        row("sign before NaN", "a +NaN\n", "! line 1, column 3: expected a number as value, found \"+NaN\"");
        row("negative time", "a 1 -1\n",
            "! line 1, column 5: expected a timestamp or the end of the line, found \"-1\"");
        row("more after the time", "a 1 1 1\n",
            "! line 1, column 7: expected the end of the line after the timestamp, found \"1\"");
        row("two names", "a{\"b\"} 1\n", "! line 1, column 3: a second metric name in one series");
        row("no name", "{x=\"1\"} 1\n", "! line 1, column 1: this series has no metric name");
        row("no value", "a\nb 1\n", "! line 1, column 2: expected a value after the series, found the end of the line");
        row("label twice", "a{x=\"1\",x=\"2\"} 1\n", "! label name \"x\" is not unique: invalid sample");
        row("bad type", "# TYPE a meter\n", "! line 1, column 10: invalid metric type \"meter\"");
        row("invalid UTF-8", "a{x=\"\xff\"} 1\n", "! line 1, column 5: invalid UTF-8 in \"\\x22\\xff\\x22\"");
    }
    void readsText()
    {
        QFETCH(QByteArray, body);
        QFETCH(QString, expected);
        const QString got = joined(readAll(body.toStdString(), Format::Text));
        if (expected.startsWith("! line 1, column 5: invalid UTF-8"))
            QVERIFY(got.startsWith("! line 1, column 5: invalid UTF-8"));
        else
            QCOMPARE(got, expected);
    }

    void readsOpenMetrics_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* name, const char* body, const char* expected) {
            QTest::newRow(name) << QByteArray(body) << expected;
        };
        row("seconds", "a 1 1520879607.789\n# EOF\n", "a 1@1520879607789");
        row("fraction below a millisecond", "a 1 0.0019999\n# EOF\n", "a 1@1");
        row("before the epoch", "a 1 -1.5\n# EOF\n", "a 1@-1500");
        row("exemplar", "a_total 1 2 # {t=\"x\"} 0.5 3\n# EOF", "a_total 1@2000");
        row("no end", "a 1\n", "a 1! line 2, column 1: the data does not end with # EOF");
        row("nothing", "", "! line 1, column 1: the data does not end with # EOF");
        row("after the end", "# EOF\na 1\n", "! line 2, column 1: unexpected data after # EOF");
        row("blank line", "a 1\n\n# EOF\n",
            "a 1! line 2, column 1: expected a metric name, '{' or '#', found the end "
            "of the line");
        row("two blanks", "a  1\n# EOF\n", "! line 1, column 3: expected a number as value, found \" 1\"");
        row("tab", "a 1\t2\n# EOF\n", "! line 1, column 3: expected a number as value, found \"1\\x092\"");
        row("trailing comma", "a{x=\"1\",} 1\n# EOF\n", "! line 1, column 9: expected a label name, found \"} 1\"");
        row("unit that is no suffix", "# UNIT a seconds\n# EOF\n",
            "! line 1, column 10: the unit \"seconds\" is no suffix of its metric's name");
        row("exemplar on a state set", "# TYPE a stateset\na{a=\"b\"} 1 # {c=\"d\"} 1\n# EOF\n",
            "! line 2, column 12: this series cannot carry an exemplar");
        row("untyped", "# TYPE a untyped\n# EOF\n", "! line 1, column 10: invalid metric type \"untyped\"");
    }
    void readsOpenMetrics()
    {
        QFETCH(QByteArray, body);
        QFETCH(QString, expected);
        QCOMPARE(joined(readAll(body.toStdString(), Format::OpenMetrics)), expected);
    }

    void readsExemplarsAndMetadata()
    {
        Parser parser("# HELP a_total he\\nlp\n# TYPE a counter\n# UNIT a_seconds seconds\n"
                      "a_total{x=\"1\"} 3 # {trace_id=\"abc\"} 0.5 7\n# EOF\n",
                      Format::OpenMetrics);
        QCOMPARE(parser.next(), Parser::Entry::Help);
        QCOMPARE(parser.text(), std::string("he\nlp"));
        QCOMPARE(parser.next(), Parser::Entry::Type);
        QCOMPARE(parser.type(), MetricType::Counter);
        QCOMPARE(parser.next(), Parser::Entry::Unit);
        QCOMPARE(parser.text(), std::string("seconds"));
        QCOMPARE(parser.next(), Parser::Entry::Series);
        QVERIFY(parser.hasExemplar());
        QCOMPARE(parser.exemplarLabels()->text(), std::string("{trace_id=\"abc\"}"));
        QCOMPARE(parser.exemplarValue(), 0.5);
        QCOMPARE(*parser.exemplarTimestamp(), 7'000);
        QCOMPARE(parser.next(), Parser::Entry::End);
    }

    void takesAHintOnlyWhereTheBodySaysTheSame()
    {
        Parser parser("a{x=\"1\"} 5\nab 6\na {x=\"2\"} 7\n", Format::Text);
        QCOMPARE(parser.next("a{x=\"1\"}"), Parser::Entry::Series);
        QVERIFY(parser.matchedHint());
        QCOMPARE(parser.value(), 5.0);
        QCOMPARE(parser.next("a"), Parser::Entry::Series);
        QVERIFY(!parser.matchedHint());
        QCOMPARE(parser.series(), std::string_view("ab"));
        QCOMPARE(parser.next("a"), Parser::Entry::Series);
        QVERIFY(!parser.matchedHint());
        QCOMPARE(parser.labels()->text(), std::string("a{x=\"2\"}"));
        QCOMPARE(parser.next("a"), Parser::Entry::End);
    }

    void readsRealExporters()
    {
        const QDir samples(qEnvironmentVariable("HOLDFAST_SAMPLES"));
        if (qEnvironmentVariable("HOLDFAST_SAMPLES").isEmpty())
            QSKIP("HOLDFAST_SAMPLES names no folder with bodies of real exporters");
        for (const QString& name : samples.entryList({"*.prom", "*.openmetrics"}, QDir::Files)) {
            QFile file(samples.filePath(name));
            QVERIFY(file.open(QIODevice::ReadOnly));
            const Read read =
                readAll(file.readAll().toStdString(), name.endsWith(".prom") ? Format::Text : Format::OpenMetrics);
            QVERIFY2(read.error.empty(), qPrintable(name + ": " + QString::fromStdString(read.error)));
            QVERIFY(read.lines.size() > 5);
        }
    }

    void agreesWithPeersOnTheirCases()
    {
        QFile file(qEnvironmentVariable("HOLDFAST_PEER_CASES") + "/parser_cases.json");
        QFile golden(qEnvironmentVariable("HOLDFAST_PEER_CASES") + "/om_golden_prom242.json");
        if (!file.open(QIODevice::ReadOnly) || !golden.open(QIODevice::ReadOnly))
            QSKIP("HOLDFAST_PEER_CASES names no folder with parser_cases.json");
        // Quoted UTF-8 names, which Prometheus 3 reads and Prometheus 2 did not.
        const QStringList newer{"expfmt/err41", "expfmt/err42"};
        const QJsonObject seen = QJsonDocument::fromJson(golden.readAll()).object();
        QStringList wrong;
        for (const QJsonValue& value : QJsonDocument::fromJson(file.readAll()).array()) {
            const QJsonObject one = value.toObject();
            const QString id = one["id"].toString();
            const bool peer = seen[id].toObject()["accepted"].toBool();
            const Read read = readAll(one["data"].toString().toLatin1().toStdString(),
                                      one["fmt"] == "om" ? Format::OpenMetrics : Format::Text);
            const bool refused = !read.error.empty();
            if (one["bad"].toBool() ? !refused && !peer && !newer.contains(id) : refused && peer)
                wrong << id + ": " + (refused ? QString::fromStdString(read.error) : "accepted");
        }
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join("\n")));
    }
};

QTEST_GUILESS_MAIN(TestParser)
#include "tst_parser.moc"
