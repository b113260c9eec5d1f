#include "app/promql/syntax/parser.h"
#include "widgets/explore/bracket_match.h"
#include "widgets/explore/example_queries.h"
#include "widgets/explore/explore_links.h"
#include "widgets/explore/legend_rows.h"
#include "widgets/explore/line_styles.h"
#include "widgets/explore/problem_words.h"
#include "widgets/explore/query_lines.h"
#include "widgets/explore/result_table.h"
#include "widgets/explore/saved_queries.h"
#include "widgets/explore/value_axis.h"
#include "widgets/export/table_text.h"
#include "widgets/time/range_text.h"

#include <QAbstractItemModelTester>
#include <QImage>
#include <QPainter>
#include <QSettings>
#include <QStandardPaths>
#include <QTest>

using namespace holdfast;
using namespace holdfast::widgets;

namespace {

std::shared_ptr<const Matrix> answerMatrix()
{
    Matrix matrix{1'000, 1'000, 3, {}};
    matrix.series.push_back({{{"__name__", "up"}, {"job", "a"}}, {1, 2, 3}});
    matrix.series.push_back({{{"job", "b"}, {"le", "0.5"}}, {noSample, 5, 4}});
    matrix.series.push_back({{{"job", "c"}, {"le", "0.5"}}, {1, 1, noSample}});
    return std::make_shared<const Matrix>(matrix);
}

QueryAnswerPtr answerOf(const QString& letter)
{
    QueryAnswer answer;
    answer.letter = letter;
    answer.expression = "up";
    answer.matrix = answerMatrix();
    answer.rows = seriesRows(*answer.matrix);
    return std::make_shared<const QueryAnswer>(answer);
}

ExploreState shownState()
{
    ExploreState state;
    state.expressions = QStringList{"sum by (job) (rate(a_total{code=~\"5..\"}[1m])) + 1", "up"};
    state.startMs = 1'700'000'000'000;
    state.endMs = 1'700'003'600'000;
    return state;
}

}  // namespace

class TestExploreParts : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(QStringLiteral("holdfast-test"));
        QCoreApplication::setApplicationName(QStringLiteral("explore-parts"));
        QSettings().clear();
    }

    void everyLineColourIsSeenOnItsPlot()
    {
        for (int i = 0; i < lineColourCount; ++i) {
            QVERIFY2(contrastRatio(lineColour(i, ThemeKind::Dark), darkTokens().plot) >= 3.0,
                     qPrintable(QString::number(i)));
            QVERIFY2(contrastRatio(lineColour(i, ThemeKind::Light), lightTokens().plot) >= 3.0,
                     qPrintable(QString::number(i)));
        }
    }

    void noTwoOfThirtyTwoLinesLookAlike()
    {
        QStringList keys;
        for (int i = 0; i < 32; ++i)
            keys << QString::number(i);
        const auto styles = StyleBook().stylesFor(keys);
        for (std::size_t i = 0; i < styles.size(); ++i)
            for (std::size_t j = 0; j < i; ++j)
                QVERIFY(!(styles[i] == styles[j]));
    }

    void aSeriesKeepsItsLooksWhenTheOrderChanges()
    {
        StyleBook book;
        const auto before = book.stylesFor({"a", "b", "c"});
        const auto after = book.stylesFor({"c", "b", "new"});
        QCOMPARE(after[0], before[2]);
        QCOMPARE(after[1], before[1]);
        QCOMPARE(after[2], before[0]);  // what "a" gave back
    }

    void theAxisEndsOnWholeSteps_data()
    {
        QTest::addColumn<double>("least");
        QTest::addColumn<double>("most");
        QTest::addColumn<double>("low");
        QTest::addColumn<double>("high");
        QTest::newRow("from zero") << 3.0 << 97.0 << 0.0 << 100.0;
        QTest::newRow("far from zero") << 1'000.0 << 1'010.0 << 1'000.0 << 1'010.0;
        QTest::newRow("both signs") << -5.0 << 12.0 << -5.0 << 15.0;
        QTest::newRow("one value") << 1.0 << 1.0 << 0.0 << 1.5;
        QTest::newRow("only zero") << 0.0 << 0.0 << -1.0 << 1.0;
        QTest::newRow("nothing") << 1.0 << 0.0 << 0.0 << 1.0;
    }
    void theAxisEndsOnWholeSteps()
    {
        QFETCH(double, least);
        QFETCH(double, most);
        const ValueAxis axis = valueAxis(least, most, 4);
        QTEST(axis.low, "low");
        QTEST(axis.high, "high");
        QVERIFY(axis.ticks.size() >= 2 && axis.ticks.size() <= 8);
    }

    void numbersOfUnknownUnitAreShort()
    {
        QCOMPARE(shortValue(0.00125), QString("0.00125"));
        QCOMPARE(shortValue(812), QString("812"));
        QCOMPARE(shortValue(1'250'000), QString("1.25") + QChar(0x202F) + "M");
        QCOMPARE(shortValue(-3), QChar(0x2212) + QString("3"));
        QCOMPARE(shortValue(noSample), QString("–"));
    }

    void aBracketFindsItsPartner_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("at");
        QTest::addColumn<int>("other");
        QTest::newRow("round") << "sum(rate(a[1m]))" << 3 << 15;
        QTest::newRow("from its end") << "sum(rate(a[1m]))" << 15 << 3;
        QTest::newRow("in quotes") << "a{b=\"(\"}" << 5 << -1;
        QTest::newRow("around quotes") << "a{b=\"}\"}" << 1 << 7;
        QTest::newRow("never closed") << "sum(a" << 3 << -1;
        QTest::newRow("closed by another") << "sum(a]" << 5 << -1;
    }
    void aBracketFindsItsPartner()
    {
        QFETCH(QString, text);
        QFETCH(int, at);
        QTEST(matchingBracket(text, at), "other");
    }

    void aLinkComesBackAsItWent_data()
    {
        QTest::addColumn<QString>("link");
        const ExploreState state = shownState();
        QTest::newRow("Prometheus") << prometheusLink(QUrl("http://127.0.0.1:9090/prom/"), state);
        QTest::newRow("Grafana") << grafanaLink(QUrl("http://localhost:3000"), state);
    }
    void aLinkComesBackAsItWent()
    {
        QFETCH(QString, link);
        const auto read = readLink("  " + link + "\n");
        QVERIFY(read);
        QCOMPARE(read->expressions, shownState().expressions);
        QVERIFY(!read->range.isEmpty());
    }

    void linksOfOthersAreUnderstood_data()
    {
        QTest::addColumn<QString>("link");
        QTest::addColumn<QString>("expression");
        QTest::newRow("Prometheus with pluses") << "http://p:9090/graph?g0.expr=sum(up)+%2B+1&g0.tab=1"
                                                << "sum(up) + 1";
        QTest::newRow("Grafana, old")
            << "http://g/explore?left=%5B%22now-1h%22,%22now%22,%22prom%22,%7B%22expr%22:%22up%22%7D%5D"
            << "up";
        QTest::newRow("VictoriaMetrics") << "http://v:8428/vmui/#/?g0.expr=sum%28up%29&g0.range_input=30m&g0.tab=0"
                                         << "sum(up)";
        QTest::newRow("API") << "http://p/api/v1/query?query=up%7Bjob%3D%22a%22%7D"
                             << "up{job=\"a\"}";
    }
    void linksOfOthersAreUnderstood()
    {
        QFETCH(QString, link);
        const auto read = readLink(link);
        QVERIFY(read);
        QTEST(read->expressions.front(), "expression");
    }

    void theRangeOfALinkIsTaken_data()
    {
        QTest::addColumn<QString>("link");
        QTest::addColumn<qint64>("startMs");
        QTest::addColumn<qint64>("endMs");
        const qint64 now = 1'700'000'000'000;
        const QString at = "http://p/query?g0.expr=up&g0.range_input=15m";
        QTest::newRow("Prometheus, up to now") << at << now - 900'000 << now;
        QTest::newRow("Prometheus, up to a moment")
            << at + "&g0.end_input=2023-11-14%2020:00:00" << qint64{1'699'991'100'000} << qint64{1'699'992'000'000};
        QTest::newRow("VictoriaMetrics, up to a moment")
            << "http://v/vmui/#/?g0.expr=up&g0.range_input=15m&g0.end_input=2023-11-14T20%3A00%3A00"
            << qint64{1'699'991'100'000} << qint64{1'699'992'000'000};
        QTest::newRow("Grafana")
            << R"(http://g/explore?panes={"a":{"queries":[{"expr":"up"}],"range":{"from":"now-1h","to":"now"}}})"
            << now - 3'600'000 << now;
        QTest::newRow("API") << "http://p/api/v1/query_range?query=up&start=1699991100&end=1699992000&step=15"
                             << qint64{1'699'991'100'000} << qint64{1'699'992'000'000};
    }
    void theRangeOfALinkIsTaken()
    {
        QFETCH(QString, link);
        const auto read = readLink(link);
        QVERIFY(read);
        const auto range = parseRange(read->range, 1'700'000'000'000);
        QVERIFY2(range, qPrintable(read->range));
        QTEST(qint64{range->startMs}, "startMs");
        QTEST(qint64{range->endMs}, "endMs");
    }

    void whatIsNoLinkToAQueryIsTextToBePasted()
    {
        QVERIFY(!readLink("sum(up)"));
        QVERIFY(!readLink("http://example.org/"));
    }

    void errorsAreSaidInWords_data()
    {
        QTest::addColumn<QString>("expression");
        QTest::addColumn<QString>("words");
        QTest::newRow("no range") << "rate(up)"
                                  << "rate needs a range such as [1m] behind the metric.";
        QTest::newRow("unknown function") << "rat(up[1m])"
                                          << "There is no function rat. Ctrl+Space shows those there are.";
        QTest::newRow("not closed") << "sum(up"
                                    << "A parenthesis is opened and never closed.";
        QTest::newRow("everything")
            << "{}"
            << "This would select every series there is: name a metric or give one label a value.";
        QTest::newRow("sum of a range")
            << "sum(up[1m])"
            << "An aggregation takes a metric without a range: put rate( ) around the range first.";
    }
    void errorsAreSaidInWords()
    {
        QFETCH(QString, expression);
        const auto parsed = promql::parseExpression(expression.toStdString());
        QVERIFY(!parsed.ok());
        QTEST(problemWords(QString::fromStdString(parsed.error().message)), "words");
    }

    void thereAreExamplesForWhateverWasFound()
    {
        const auto usual =
            exampleQueries({"http_request_duration_seconds_bucket", "http_requests_total", "up", "x_bytes", "y_total"});
        QCOMPARE(usual.size(), mostExamples);
        QVERIFY(usual[0].expression.contains("http_requests_total"));
        for (const ExampleQuery& query : usual)
            QVERIFY2(promql::parseExpression(query.expression.toStdString()).ok(), qPrintable(query.expression));
        QCOMPARE(exampleQueries({"my_latency_bucket"}).size(), std::size_t{1});
        QVERIFY(exampleQueries({}).empty());
    }

    void theResultTableKeepsItsContract()
    {
        ResultTable table;
        const QAbstractItemModelTester tester(&table);
        table.setAnswers({answerOf("A")}, ResultTable::Kind::Range);
        QCOMPARE(table.rowCount(), 3);
        QCOMPARE(table.columnCount(), 3 + 4);
        QCOMPARE(table.headerData(0, Qt::Horizontal, Qt::DisplayRole).toString(), QString("__name__"));
        table.setAnswers({answerOf("A"), answerOf("B")}, ResultTable::Kind::Instant);
        QCOMPARE(table.rowCount(), 6);
        QCOMPARE(table.columnCount(), 1 + 3 + 1);
        QCOMPARE(tableText(table, TableFormat::Tsv).section('\n', 0, 0), QString("Query\t__name__\tjob\tle\tValue"));
        table.setAnswers({}, ResultTable::Kind::Instant);
        QCOMPARE(table.rowCount(), 0);
    }

    void theLegendKeepsItsContract()
    {
        LegendModel* model = makeLegendModel(this);
        const QAbstractItemModelTester tester(model);
        LegendRow row;
        row.key = "Aup";
        row.query = "A";
        row.style = {2, 1};
        model->setRows({row});
        QCOMPARE(model->index(0, 0).data(swatchRole).toInt(), 33);
        row.drawn = false;
        model->setRows({row});
        QVERIFY(!model->index(0, 0).data(swatchRole).isValid());
    }

    void rawTextSaysWhatItLeavesOut()
    {
        const QString text = rawText({answerOf("A")}, 2);
        QVERIFY(text.contains("} 5 1970-01-01T00:00:02.000Z"));
        QVERIFY(text.contains("5 more samples"));
    }

    void bucketsOfAllJobsAreAddedUp()
    {
        const Matrix buckets = byBucket(*answerMatrix());
        QCOMPARE(buckets.series.size(), std::size_t{1});
        QCOMPARE(buckets.series[0].values, (std::vector<double>{1, 6, 4}));
    }

    void aSavedQueryReplacesTheOneOfItsName()
    {
        SavedQueries::save({"b", "up"});
        SavedQueries::save({"a", "up"});
        SavedQueries::save({"b", "down"});
        QCOMPARE(SavedQueries::all(), (std::vector<SavedQuery>{{"a", "up"}, {"b", "down"}}));
        SavedQueries::forget("a");
        QCOMPARE(SavedQueries::all().size(), std::size_t{1});
    }

    void aGapInALineStaysOpen()
    {
        Matrix matrix{0, 1'000, 11, {}};
        matrix.series.push_back({{}, {5, 5, 5, noSample, noSample, noSample, noSample, noSample, 5, 5, 5}});
        QueryLine line;
        line.matrix = std::make_shared<const Matrix>(matrix);
        const LinesFrame frame{{100, 20}, 1, 0, 10'000, {0, 10, {0, 10}}};
        QImage image(100, 20, QImage::Format_ARGB32_Premultiplied);
        image.fill(Qt::transparent);
        QPainter painter(&image);
        paintQueryLines(painter, {line}, frame, ThemeKind::Dark);
        painter.end();
        QVERIFY(qAlpha(image.pixel(10, 10)) > 100);
        QCOMPARE(qAlpha(image.pixel(50, 10)), 0);
        QVERIFY(qAlpha(image.pixel(90, 10)) > 100);
    }
};

QTEST_MAIN(TestExploreParts)
#include "tst_explore_parts.moc"
