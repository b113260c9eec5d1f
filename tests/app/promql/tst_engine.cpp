#include "app/base/manual_clock.h"
#include "app/promql/engine.h"
#include "tests/support/memory_querier.h"

#include <QTest>

#include <stop_token>
#include <string>

using namespace holdfast;
using namespace holdfast::promql;

namespace {

/// A clock that goes on by a second each time it is read.
class HastyClock final : public Clock {
public:
    std::int64_t wallMs() const override { return 0; }
    std::int64_t monotonicNs() const override { return m_now += 1'000'000'000; }

private:
    mutable std::int64_t m_now = 0;
};

void fill(tests::MemoryQuerier& querier, int series, int samples)
{
    for (int s = 0; s < series; ++s) {
        for (int i = 0; i < samples; ++i)
            querier.add({{"__name__", "m"}, {"n", std::to_string(s)}}, i * 1000, i);
    }
}

}  // namespace

class TestEngine : public QObject {
    Q_OBJECT

private slots:
    void endsAtItsDeadline();
    void endsWhenNobodyWaits();
    void refusesMoreSamplesThanAllowed();
    void refusesTooManyPoints();
    void refusesAHugeSubqueryBeforeItRuns();
    void evaluatesDeepExpressions();
    void sortsARangeByLabels();
    void saysWhatItCost();
};

void TestEngine::endsAtItsDeadline()
{
    tests::MemoryQuerier querier;
    fill(querier, 200, 5);
    const HastyClock clock;
    const Engine engine(querier, clock, {});
    const auto result = engine.instant("sum(rate(m[1m]))", 4000, {.cancelled = {}, .timeoutMs = 3000, .lookbackMs = 0});
    QVERIFY(!result.ok());
    QCOMPARE(result.error().kind, ErrorKind::Timeout);
}

void TestEngine::endsWhenNobodyWaits()
{
    tests::MemoryQuerier querier;
    fill(querier, 3, 5);
    const ManualClock clock;
    const Engine engine(querier, clock, {});
    std::stop_source stop;
    stop.request_stop();
    const auto result = engine.instant("m", 4000, {.cancelled = stop.get_token(), .timeoutMs = 0, .lookbackMs = 0});
    QVERIFY(!result.ok());
    QCOMPARE(result.error().kind, ErrorKind::Cancelled);
}

void TestEngine::refusesMoreSamplesThanAllowed()
{
    tests::MemoryQuerier querier;
    fill(querier, 10, 50);
    const ManualClock clock;
    EngineOptions options;
    options.maxSamples = 100;
    const Engine engine(querier, clock, options);
    const auto result = engine.instant("count_over_time(m[1m])", 50'000);
    QVERIFY(!result.ok());
    QCOMPARE(result.error().kind, ErrorKind::Limit);
    QCOMPARE(result.error().message,
             std::string("query processing would load too many samples into memory in query execution"));
}

void TestEngine::refusesTooManyPoints()
{
    const tests::MemoryQuerier querier;
    const ManualClock clock;
    const Engine engine(querier, clock, {});
    QVERIFY(engine.range("1", 0, 11'000'000, 1000).ok());
    const auto result = engine.range("1", 0, 11'001'000, 1000);
    QVERIFY(!result.ok());
    QCOMPARE(result.error().kind, ErrorKind::BadInput);
}

void TestEngine::refusesAHugeSubqueryBeforeItRuns()
{
    const tests::MemoryQuerier querier;
    const ManualClock clock;
    const Engine engine(querier, clock, {});
    const auto result = engine.instant("sum_over_time(vector(1)[100y:1ms])", 0);
    QVERIFY(!result.ok());
    QCOMPARE(result.error().kind, ErrorKind::Limit);
}

void TestEngine::evaluatesDeepExpressions()
{
    const tests::MemoryQuerier querier;
    const ManualClock clock;
    const Engine engine(querier, clock, {});
    QVERIFY(engine.instant(std::string(500, '(') + "1" + std::string(500, ')'), 0).ok());
    std::string text = "vector(2)";
    for (int i = 0; i < 500; ++i)
        text = "-(" + text + ")";
    const auto signs = engine.instant(text, 0);
    QVERIFY(signs.ok());
    QCOMPARE(std::get<InstantVector>(signs->value).front().sample.v, 2.0);
}

void TestEngine::sortsARangeByLabels()
{
    tests::MemoryQuerier querier;
    fill(querier, 3, 5);
    const ManualClock clock;
    const Engine engine(querier, clock, {});
    const auto result = engine.range("sort_desc(m) or vector(1)", 0, 4000, 2000);
    QVERIFY(result.ok());
    const auto& matrix = std::get<Matrix>(result->value);
    QCOMPARE(matrix.size(), std::size_t{4});
    for (std::size_t i = 1; i < matrix.size(); ++i)
        QVERIFY(*matrix[i - 1].labels < *matrix[i].labels);
}

void TestEngine::saysWhatItCost()
{
    tests::MemoryQuerier querier;
    fill(querier, 3, 5);
    const ManualClock clock;
    const Engine engine(querier, clock, {});
    const auto result = engine.instant("count_over_time(m[1m])", 4000);
    QVERIFY(result.ok());
    QCOMPARE(result->stats.seriesRead, std::uint64_t{3});
    QCOMPARE(result->stats.samplesRead, std::uint64_t{15});
}

QTEST_GUILESS_MAIN(TestEngine)
#include "tst_engine.moc"
