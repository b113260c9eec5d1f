#include "widgets/charts/column_ink.h"
#include "widgets/charts/pyramid.h"
#include "widgets/charts/rasterise.h"
#include "widgets/charts/span_stats.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <random>

using namespace holdfast::widgets;

namespace {

std::vector<double> walk(std::size_t count)
{
    std::mt19937 random(11);
    std::vector<double> values(count);
    double at = 5;
    for (double& value : values) {
        at += static_cast<double>(random() % 1000) / 1000 - 0.5;
        value = random() % 97 == 0 ? noSample : at;
    }
    return values;
}

bool same(const Column& a, const Column& b)
{
    return a.empty == b.empty
           && (a.empty || (a.least == b.least && a.most == b.most && a.first == b.first && a.last == b.last));
}

LaneLine flat(double level, std::int64_t shiftMs = 0)
{
    Matrix matrix{0, 1000, 100, {{{}, std::vector<double>(100, level)}}};
    LaneLine line{QStringLiteral("line"), LineRole::Main, std::make_shared<const Matrix>(std::move(matrix)), 0};
    line.shiftMs = shiftMs;
    return line;
}

}  // namespace

class TestPyramid : public QObject {
    Q_OBJECT

private slots:
    void saysTheSameAsReadingEverySample_data()
    {
        QTest::addColumn<int>("samples");
        for (const int samples : {0, 1, 15, 16, 17, 600, 3599, 100'003})
            QTest::addRow("%d", samples) << samples;
    }
    void saysTheSameAsReadingEverySample()
    {
        QFETCH(int, samples);
        const std::vector<double> values = walk(static_cast<std::size_t>(samples));
        const Pyramid pyramid(values);
        const std::int64_t span = 1000LL * std::max(samples, 1);
        // The whole, a piece that begins and ends within runs, and more than there is.
        for (const auto& [from, to] :
             {std::pair{std::int64_t{0}, span}, {span / 7, span - span / 5}, {-span, 2 * span}}) {
            if (to <= from)
                continue;
            const auto quick = pyramid.columns(0, 1000, from, to, 331);
            const auto slow = toColumns(values, 0, 1000, from, to, 331);
            for (std::size_t i = 0; i < slow.size(); ++i)
                QVERIFY2(same(quick[i], slow[i]), qPrintable(QStringLiteral("column %1").arg(i)));
        }
    }

    void keepsASingleSpikeAmongAHundredThousand()
    {
        std::vector<double> values(100'000, 1.0);
        values[54'321] = 77;
        const Pyramid pyramid(values);
        const auto columns = pyramid.columns(0, 1000, 0, 100'000'000, 1200);
        const auto most = std::max_element(columns.begin(), columns.end(),
                                           [](const Column& a, const Column& b) { return a.most < b.most; });
        QCOMPARE(most->most, 77.0);
        QCOMPARE(most - columns.begin(), 54'321LL * 1200 / 100'000);
    }

    void blendsTheEndsOfAStroke()
    {
        QImage image(3, 10, QImage::Format_ARGB32_Premultiplied);
        image.fill(Qt::transparent);
        ColumnInk(image).stroke(1, 2.5, 6.25, Qt::white);
        QCOMPARE(image.pixelColor(1, 1).alpha(), 0);
        QVERIFY(std::abs(image.pixelColor(1, 2).alpha() - 128) < 3);
        QCOMPARE(image.pixelColor(1, 4).alpha(), 255);
        QVERIFY(std::abs(image.pixelColor(1, 6).alpha() - 64) < 3);
        QCOMPARE(image.pixelColor(0, 4).alpha(), 0);
    }

    void writesNothingOutsideThePicture()
    {
        QImage image(2, 2, QImage::Format_ARGB32_Premultiplied);
        image.fill(Qt::transparent);
        ColumnInk ink(image);
        ink.stroke(-1, 0, 2, Qt::white);
        ink.stroke(2, 0, 2, Qt::white);
        ink.stroke(0, -50, -3, Qt::white);
        ink.stroke(0, 9, 50, Qt::white);
        QCOMPARE(image.pixelColor(0, 0).alpha(), 0);
        ink.stroke(0, -50, 50, Qt::white);
        QCOMPARE(image.pixelColor(0, 1).alpha(), 255);
    }

    void tellsWhatASpanWasLike()
    {
        Matrix matrix{0, 1000, 5, {{{}, {1, 2, noSample, 4, 100}}}};
        const LaneLine line{QStringLiteral("x"), LineRole::Main, std::make_shared<const Matrix>(std::move(matrix)), 0};
        const auto stats = statsOf(line, 1000, 3000);
        QVERIFY(stats);
        QCOMPARE(stats->count, std::size_t(2));
        QCOMPARE(stats->mean, 3.0);
        QCOMPARE(stats->most, 4.0);
        QVERIFY(!statsOf(line, 2000, 2000));
        QVERIFY(!statsOf(line, -9000, -1));
    }

    void findsTheOneLineThatStandsApart()
    {
        const std::vector<LaneLine> lines{flat(1.0), flat(1.1), flat(0.9), flat(9.0), flat(1.05)};
        const auto distances = madDistances(lines, 0, 100'000);
        QCOMPARE(std::max_element(distances.begin(), distances.end()) - distances.begin(), 3);
        QVERIFY(distances[3] > 10);
        QVERIFY(distances[1] < 3);
    }

    void drawsThePastWhereItIsComparedTo()
    {
        const LaneLine yesterday = flat(7, 86'400'000);
        QCOMPARE(valueAt(yesterday, 86'400'000 + 50'000), 7.0);
        QVERIFY(std::isnan(valueAt(yesterday, 50'000)));
    }
};

QTEST_GUILESS_MAIN(TestPyramid)
#include "tst_pyramid.moc"
