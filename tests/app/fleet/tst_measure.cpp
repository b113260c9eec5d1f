#include "app/fleet/experiments/measure.h"
#include "app/fleet/experiments/metrics_reading.h"
#include "app/fleet/experiments/results.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <cmath>
#include <limits>

using namespace holdfast::fleet;

namespace {

constexpr double never = std::numeric_limits<double>::infinity();

/// Ten arrivals a second for ten seconds; those in [badFrom, badUntil) fail.
std::vector<Outcome> arrivals(double badFrom, double badUntil, double took = 0.1)
{
    std::vector<Outcome> out;
    for (int i = 0; i < 100; ++i) {
        const double at = i / 10.0;
        out.push_back({.atS = at,
                       .page = static_cast<std::size_t>(i % 2),
                       .tookS = at >= badFrom && at < badUntil ? never : took});
    }
    return out;
}

constexpr Timetable table{.calmFromS = 1, .faultFromS = 3, .faultUntilS = 5, .lengthS = 10};

}  // namespace

class TestMeasure : public QObject {
    Q_OBJECT
private slots:
    void countsGoodAnswersByTheTimeOfArrival()
    {
        const auto outcomes = arrivals(3, 5);
        const Figures figures = measure(outcomes, table, {});
        QCOMPARE(figures.goodputBefore, 1.0);
        QCOMPARE(figures.goodputDuring, 0.0);
        QCOMPARE(figures.goodputAfter, 1.0);
        QCOMPARE(figures.recoveryMs, 0.0);
        QVERIFY(qAbs(figures.errors - 20.0 / 70) < 1e-9);
        QVERIFY(qAbs(figures.p99Ms - 100) < 1e-9);
    }

    void countsAnAnswerThatComesTooLateAsNoGoodput()
    {
        const Figures figures = measure(arrivals(0, 0, 0.6), table, {.pages = {}, .goodWithinS = 0.5});
        QCOMPARE(figures.goodputBefore, 0.0);
        QCOMPARE(figures.errors, 0.0);
    }

    void saysWhenItIsWellForGood()
    {
        const Figures figures = measure(arrivals(3, 6.5), table, {});
        QVERIFY2(figures.recoveryMs >= 1'300 && figures.recoveryMs <= 1'600,
                 QByteArray::number(figures.recoveryMs).constData());
    }

    void saysWhenItDoesNotRecover() { QCOMPARE(measure(arrivals(3, 99), table, {}).recoveryMs, -1.0); }

    void looksOnlyAtThePagesThatAreJudged()
    {
        auto outcomes = arrivals(0, 0);
        for (Outcome& one : outcomes)
            one.tookS = one.page == 1 ? never : 0.1;
        QCOMPARE(goodput(outcomes, 0, 10, {.pages = {true, false}, .goodWithinS = 0.5}), 1.0);
        QCOMPARE(goodput(outcomes, 0, 10, {.pages = {false, true}, .goodWithinS = 0.5}), 0.0);
    }

    void knowsNothingOfATimeWithoutArrivals() { QVERIFY(std::isnan(goodput({}, 0, 1, {}))); }

    void readsWhatAMetricsPageSays()
    {
        MetricsReading before;
        MetricsReading now;
        const std::string page = "# HELP x y\n"
                                 "http_requests_total{code=\"200\",method=\"GET\",route=\"/\"} 90\n"
                                 "http_requests_total{code=\"503\",method=\"GET\",route=\"/\"} 10\n"
                                 "http_request_duration_seconds_sum{route=\"/\"} 5\n"
                                 "http_request_duration_seconds_bucket{route=\"/\",le=\"0.1\"} 50\n"
                                 "http_request_duration_seconds_bucket{route=\"/\",le=\"0.2\"} 100\n"
                                 "http_request_duration_seconds_bucket{route=\"/\",le=\"+Inf\"} 100\n"
                                 "resilience_pool_in_use{name=\"workers\"} 3\n"
                                 "resilience_pool_capacity{name=\"workers\"} 8\n"
                                 "process_cpu_seconds_total 1.5\n";
        addMetrics(before, page);
        addMetrics(now, page);
        addMetrics(now, page);  // a second instance
        const MetricsReading recent = now.since(before);
        QCOMPARE(recent.requests(), 100.0);
        QCOMPARE(recent.pages.at("/").errors, 10.0);
        QCOMPARE(recent.seconds, 5.0);
        QCOMPARE(recent.cpuSeconds, 1.5);
        QCOMPARE(now.workersBusy, 6.0);
        QCOMPARE(now.workers, 16.0);
        QVERIFY(qAbs(quantile(recent.pages.at("/").buckets, 0.75) - 0.15) < 1e-9);
    }

    void writesWhatWasNotMeasuredAsNull()
    {
        RunResult run{.label = "off"};
        run.figures.recoveryMs = -1;
        run.course.goodput = {1, std::numeric_limits<double>::quiet_NaN()};
        ExperimentResult experiment;
        experiment.name = "storm";
        experiment.runs = {run};
        const auto json = QJsonDocument::fromJson(
            QByteArray::fromStdString(resultsJson({.date = "2026-01-02", .seed = 7, .experiments = {experiment}})));
        QCOMPARE(json["kind"].toString(), QString("holdfast-experiments"));
        QCOMPARE(json["seed"].toInt(), 7);
        const QJsonValue written = json["experiments"][0]["runs"][0];
        QCOMPARE(written["practice"].toString(), QString("off"));
        QVERIFY(written["figures"]["recoveryMs"].isNull());
        QVERIFY(written["course"]["goodput"][1].isNull());
        QCOMPARE(written["course"]["goodput"][0].toDouble(), 1.0);
    }
};

QTEST_GUILESS_MAIN(TestMeasure)
#include "tst_measure.moc"
