#include "widgets/map/edge_ink.h"

#include <QTest>

#include <vector>

using namespace holdfast::widgets;

namespace {

QImage ground()
{
    QImage image(60, 60, QImage::Format_RGB32);
    image.fill(Qt::black);
    return image;
}

/// How much light a column holds, in pixels of full white.
double lightOfColumn(const QImage& image, int x)
{
    double light = 0;
    for (int y = 0; y < image.height(); ++y)
        light += qRed(image.pixel(x, y)) / 255.0;
    return light;
}

}  // namespace

class TestEdgeInk : public QObject {
    Q_OBJECT

private slots:
    void drawsALineAsWideAsItIsAskedTo()
    {
        QImage image = ground();
        EdgeInk(image).stroke(std::vector<QPointF>{{5, 20.3}, {55, 20.3}}, 3.5, Qt::white);
        for (const int x : {5, 30, 54})
            QVERIFY(qAbs(lightOfColumn(image, x) - 3.5) < 0.05);
        QCOMPARE(lightOfColumn(image, 4), 0.0);
        QCOMPARE(lightOfColumn(image, 55), 0.0);
    }

    void keepsTheWidthOfASlopingLine()
    {
        QImage image = ground();
        EdgeInk(image).stroke(std::vector<QPointF>{{0, 5}, {60, 50}}, 2, Qt::white);
        QVERIFY(qAbs(lightOfColumn(image, 30) - 2 * 1.25) < 0.1);  // the cut is as much longer as the way: 5 to 4
    }

    void leavesNoHoleWhereACurveTurnsSteep()
    {
        QImage image = ground();
        EdgeInk(image).stroke(std::vector<QPointF>{{2, 10}, {30, 30}, {50, 58}}, 4, Qt::white);
        QVERIFY(qRed(image.pixel(29, 30)) > 200);
        QVERIFY(qRed(image.pixel(30, 29)) > 200);
        QVERIFY(qRed(image.pixel(31, 30)) > 200);
    }

    void drawsTheSameInEitherDirection()
    {
        QImage there = ground();
        QImage back = ground();
        EdgeInk(there).stroke(std::vector<QPointF>{{5, 8}, {50, 31}}, 2, Qt::white);
        EdgeInk(back).stroke(std::vector<QPointF>{{50, 31}, {5, 8}}, 2, Qt::white);
        QCOMPARE(there, back);
    }

    void leavesOutWhatADashLeavesOut()
    {
        QImage image = ground();
        EdgeInk(image).stroke(std::vector<QPointF>{{0, 20}, {60, 20}}, 2, Qt::white, {10, 10});
        QVERIFY(lightOfColumn(image, 5) > 1.9);
        QCOMPARE(lightOfColumn(image, 15), 0.0);
        QVERIFY(lightOfColumn(image, 25) > 1.9);
    }

    void letsTheGroundShineThroughAFadedLine()
    {
        QImage image = ground();
        QColor faded(Qt::white);
        faded.setAlphaF(0.25F);
        EdgeInk(image).stroke(std::vector<QPointF>{{0, 20}, {60, 20}}, 4, faded);
        QVERIFY(qAbs(lightOfColumn(image, 30) - 1.0) < 0.05);
    }

    void drawsOnlyInsideThePicture()
    {
        QImage image = ground();
        EdgeInk ink(image);
        ink.stroke(std::vector<QPointF>{{-500, -300}, {900, 700}}, 9, Qt::white);
        ink.stroke(std::vector<QPointF>{{20, -400}, {25, 900}}, 9, Qt::white);
        ink.stroke(std::vector<QPointF>{{-90, 30}, {-20, 35}}, 9, Qt::white);
        ink.arrowHead({-3, 10}, 9, 9, Qt::white);
        ink.arrowHead({66, 59}, 9, 9, Qt::white);
        QVERIFY(qRed(image.pixel(22, 30)) > 200);
    }

    void pointsAnArrowHeadToTheRight()
    {
        QImage image = ground();
        EdgeInk(image).arrowHead({40, 30}, 10, 8, Qt::white);
        QVERIFY(lightOfColumn(image, 31) > 6);
        QVERIFY(lightOfColumn(image, 39) < 1);
        QCOMPARE(lightOfColumn(image, 40), 0.0);
    }
};

QTEST_GUILESS_MAIN(TestEdgeInk)
#include "tst_edge_ink.moc"
