#include "widgets/charts/columns.h"
#include "widgets/charts/heat_data.h"
#include "widgets/charts/lane_data.h"
#include "widgets/charts/rasterise.h"
#include "widgets/charts/state_data.h"
#include "widgets/charts/time_scale.h"

#include <QColor>
#include <QTest>

#include <cmath>

using namespace holdfast::widgets;

namespace {

constexpr double none = noSample;

std::shared_ptr<const Matrix> matrix(std::vector<double> values, std::int64_t startMs = 0, std::int64_t stepMs = 1000)
{
    const auto points = static_cast<std::int64_t>(values.size());
    return std::make_shared<const Matrix>(Matrix{startMs, stepMs, points, {{{}, std::move(values)}}});
}

LaneData lane(std::vector<double> values, std::optional<LaneLimit> limit = {})
{
    return {LaneUnit::Seconds, limit, {{QStringLiteral("p99"), LineRole::Main, matrix(std::move(values)), 0}}};
}

bool anyPixel(const QImage& image, const QColor& colour)
{
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            const QColor pixel = image.pixelColor(x, y);
            if (pixel.alpha() > 200 && std::abs(pixel.red() - colour.red()) < 12
                && std::abs(pixel.green() - colour.green()) < 12)
                return true;
        }
    }
    return false;
}

}  // namespace

class TestLanes : public QObject {
    Q_OBJECT

private slots:
    void keepsEverySpikeWhenDecimating()
    {
        std::vector<double> values(10'000, 1.0);
        values[7777] = 99.0;
        const auto columns = toColumns(values, 0, 1000, 0, 10'000'000, 100);
        QCOMPARE(columns.size(), std::size_t(100));
        QCOMPARE(columns[77].most, 99.0);
        QCOMPARE(columns[77].least, 1.0);
        QCOMPARE(columns[78].most, 1.0);
    }

    void takesTheValueAtTheRightEdge()
    {
        const LaneData values = lane({1.0, 2.0, 3.0, none});
        QCOMPARE(edgeValue(values.lines[0], 3000), 3.0);
        QCOMPARE(edgeValue(values.lines[0], 1500), 2.0);  // not what came after the edge
        QVERIFY(std::isnan(edgeValue(values.lines[0], 1'000'000)));
    }

    void takesTheValueAtTheRightEdgeOfLongSteps()
    {
        const LaneLine line{QStringLiteral("p99"), LineRole::Main, matrix({1.0, 2.0}, 0, 600'000), 0};
        QCOMPARE(edgeValue(line, 1'000'000), 2.0);
    }

    void leavesColumnsWithoutSamplesEmpty()
    {
        const auto columns = toColumns(std::vector<double>{1, none, none, 2}, 0, 1000, 0, 4000, 4);
        QVERIFY(!columns[0].empty);
        QVERIFY(columns[1].empty);
        QVERIFY(columns[2].empty);
        QVERIFY(!columns[3].empty);
    }

    void findsGapsOnlyBetweenAndAfterSamples()
    {
        const auto gaps = gapsOf(lane({none, none, 1, 1, none, none, none, none, 1, 1}), 9000);
        QCOMPARE(gaps.size(), std::size_t(1));
        QCOMPARE(gaps[0].startMs, std::int64_t(3000));
        QCOMPARE(gaps[0].endMs, std::int64_t(8000));
        QCOMPARE(gapsOf(lane({1, 1, 1}), 60'000).size(), std::size_t(1));
    }

    void coloursOnlyWhatViolatesTheLimit()
    {
        const Tokens t = darkTokens();
        const LayerFrame frame{QSize(200, 100), 1, 0, 100'000, {0, 2}};
        const LaneLimit limit{0.5, QStringLiteral("SLO"), false};
        QVERIFY(!anyPixel(rasteriseLines(lane(std::vector<double>(100, 0.2), limit), frame, t), t.critical));
        QVERIFY(anyPixel(rasteriseLines(lane(std::vector<double>(100, 1.2), limit), frame, t), t.critical));
    }

    void drawsNothingAcrossAGap()
    {
        std::vector<double> values(100, 1.0);
        for (int i = 30; i < 70; ++i)
            values[static_cast<std::size_t>(i)] = none;
        const QImage image = rasteriseLines(lane(values), {QSize(200, 100), 1, 0, 100'000, {0, 2}}, darkTokens());
        for (int y = 0; y < image.height(); ++y)
            QCOMPARE(qAlpha(image.pixel(100, y)), 0);
    }

    void drawsDenseDataInColumnsToo()
    {
        std::vector<double> values(10'000, 0.2);
        values[5000] = 1.9;
        const Tokens t = darkTokens();
        const LayerFrame frame{QSize(200, 100), 1, 0, 10'000'000, {0, 2}};
        QVERIFY(anyPixel(rasteriseLines(lane(values, LaneLimit{0.5, {}, false}), frame, t), t.critical));
    }

    void keepsTheAxisUntilItIsMuchTooLarge()
    {
        QCOMPARE(axisRange(lane({1.2}), {0, 1}).high, 1.5);
        QCOMPARE(axisRange(lane({1.2}), {0, 2}).high, 2.0);
        QVERIFY(axisRange(lane({0.1}), {0, 2}).high < 0.2);
    }

    void namesALineBySeriesLabels()
    {
        auto both = std::make_shared<Matrix>(Matrix{0,
                                                    1000,
                                                    1,
                                                    {{{{QStringLiteral("resource"), QStringLiteral("cpu")}}, {1}},
                                                     {{{QStringLiteral("resource"), QStringLiteral("pool")}}, {2}}}});
        const auto lines = linesOf({QStringLiteral("{{resource}}"), {}, LineRole::Second}, both, 6);
        QCOMPARE(lines.size(), std::size_t(2));
        QCOMPARE(lines[1].name, QStringLiteral("pool"));
        QCOMPARE(valueAt(lines[1], 0), 2.0);
    }

    void takesBucketsApart()
    {
        Matrix cumulative{0, 1000, 2, {}};
        cumulative.series.push_back({{{QStringLiteral("le"), QStringLiteral("+Inf")}}, {10, 10}});
        cumulative.series.push_back({{{QStringLiteral("le"), QStringLiteral("0.5")}}, {6, 2}});
        cumulative.series.push_back({{{QStringLiteral("le"), QStringLiteral("1")}}, {9, 1}});
        const HeatData heat = heatFrom(cumulative);
        QCOMPARE(heat.bounds.size(), std::size_t(3));
        QCOMPARE(heat.count(0, 0), 6.0);
        QCOMPARE(heat.count(0, 1), 3.0);
        QCOMPARE(heat.count(0, 2), 1.0);
        QCOMPARE(heat.count(1, 1), 0.0);  // a bucket below its neighbour is a torn scrape, not a negative count
        QCOMPARE(shareOver(heat, 0.5, 0).value_or(-1), 12.0 / 20.0);
    }

    void tellsUnknownFromClosed()
    {
        const StateRow row{{},
                           {},
                           false,
                           matrix({0, 0, 2, 2, none, none, none, none, 0}),
                           matrix({0, 0, 1, 3, 0, 0, 0, 0, 0}),
                           matrix({3, 3, 3, 3, 3, 3, 3, 3, 3})};
        const auto spans = stateSpans(row, 9000);
        QCOMPARE(spans.size(), std::size_t(4));
        QCOMPARE(spans[1].state, LaneState::Open);
        QCOMPARE(spans[1].k, std::int64_t(3));
        QCOMPARE(spans[2].state, LaneState::Unknown);
        QCOMPARE(spans[3].state, LaneState::Closed);
    }

    void ticksAtRoundTimes()
    {
        const auto ticks = timeTicks(1'700'709'247'000, 1'700'711'047'000, 8);
        QVERIFY(ticks.size() >= 3 && ticks.size() <= 8);
        for (const TimeTick& tick : ticks)
            QCOMPARE(tick.ms % 300'000, std::int64_t(0));
        QCOMPARE(ticks.front().text, QStringLiteral("03:15"));
    }
};

QTEST_GUILESS_MAIN(TestLanes)
#include "tst_lanes.moc"
