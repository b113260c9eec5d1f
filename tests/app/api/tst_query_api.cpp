#include "app/api/query_api.h"
#include "app/api/series_api.h"
#include "app/base/manual_clock.h"
#include "tests/support/memory_querier.h"

#include <QTest>

using namespace holdfast;
using namespace holdfast::api;

namespace {

struct Api {
    Api()
    {
        querier.add({{"__name__", "up"}, {"job", "a"}}, 1000, 1);
        querier.add({{"__name__", "up"}, {"job", "b"}}, 1000, 0.25);
        queries.addRoutes(router);
        series.addRoutes(router);
    }
    HttpResponse get(const std::string& path, const std::string& query)
    {
        HttpRequest request;
        request.method = "GET";
        request.path = path;
        request.query = query;
        Router::Match match = router.find("GET", path, Door::Public);
        return match.route->handler(
            Call{.request = request, .form = Form(request), .path = std::move(match.path), .cancelled = {}});
    }
    ManualClock clock;
    tests::MemoryQuerier querier;
    promql::Engine engine{querier, clock, {}};
    QueryApi queries{engine, clock};
    SeriesApi series{querier, clock};
    Router router;
};

}  // namespace

class TestQueryApi : public QObject {
    Q_OBJECT

private slots:
    void answersAsPrometheusDoes_data()
    {
        QTest::addColumn<QByteArray>("query");
        QTest::addColumn<QByteArray>("data");
        QTest::newRow("vector")
            << QByteArray("query=up{job=\"b\"}&time=1")
            << QByteArray(
                   R"({"resultType":"vector","result":[{"metric":{"__name__":"up","job":"b"},"value":[1,"0.25"]}]})");
        QTest::newRow("scalar") << QByteArray("query=1%2B1&time=1.5")
                                << QByteArray(R"({"resultType":"scalar","result":[1.500,"2"]})");
        QTest::newRow("string") << QByteArray("query=\"a\"&time=1")
                                << QByteArray(R"({"resultType":"string","result":[1,"a"]})");
        QTest::newRow("nothing") << QByteArray("query=down&time=1")
                                 << QByteArray(R"({"resultType":"vector","result":[]})");
        QTest::newRow("infinity") << QByteArray("query=-Inf&time=1")
                                  << QByteArray(R"({"resultType":"scalar","result":[1,"-Inf"]})");
    }
    void answersAsPrometheusDoes()
    {
        QFETCH(QByteArray, query);
        QFETCH(QByteArray, data);
        Api api;
        const auto response = api.get("/api/v1/query", query.toStdString());
        QCOMPARE(response.body, R"({"status":"success","data":)" + data.toStdString() + "}");
    }

    void refusesWithPrometheussWords_data()
    {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArray>("query");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("words");
        const QByteArray range = "/api/v1/query_range";
        QTest::newRow("time") << QByteArray("/api/v1/query") << QByteArray("query=up&time=x") << 400
                              << QByteArray(R"(invalid parameter \"time\": cannot parse \"x\" to a valid timestamp)");
        QTest::newRow("syntax") << QByteArray("/api/v1/query") << QByteArray("query=sum(") << 400
                                << QByteArray(R"(invalid parameter \"query\": 1:5: parse error)");
        QTest::newRow("order") << range << QByteArray("query=up&start=2&end=1&step=1") << 400
                               << QByteArray(
                                      R"(invalid parameter \"end\": end timestamp must not be before start time)");
        QTest::newRow("step") << range << QByteArray("query=up&start=1&end=2&step=0") << 400
                              << QByteArray("zero or negative query resolution step widths are not accepted");
        QTest::newRow("points") << range << QByteArray("query=up&start=0&end=11001&step=1") << 400
                                << QByteArray("exceeded maximum resolution of 11,000 points per timeseries");
        QTest::newRow("no match") << QByteArray("/api/v1/series") << QByteArray("start=1") << 400
                                  << QByteArray("no match[] parameter provided");
    }
    void refusesWithPrometheussWords()
    {
        QFETCH(QByteArray, path);
        QFETCH(QByteArray, query);
        QFETCH(int, status);
        QFETCH(QByteArray, words);
        Api api;
        const auto response = api.get(path.toStdString(), query.toStdString());
        QCOMPARE(response.status, status);
        QVERIFY2(response.body.find(words.toStdString()) != std::string::npos, response.body.c_str());
    }

    void cutsAtTheLimitAndSaysSo()
    {
        Api api;
        const auto response = api.get("/api/v1/query", "query=up&time=1&limit=1");
        QVERIFY(response.body.find("results truncated due to limit") != std::string::npos);
        QVERIFY(response.body.find("\"job\":\"b\"") == std::string::npos);
    }
    void listsLabelValues()
    {
        Api api;
        QCOMPARE(api.get("/api/v1/label/job/values", "").body, std::string(R"({"status":"success","data":["a","b"]})"));
    }
};

QTEST_GUILESS_MAIN(TestQueryApi)
#include "tst_query_api.moc"
