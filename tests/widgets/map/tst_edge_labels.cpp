#include "widgets/map/edge_labels.h"

#include <QTest>

using namespace holdfast::widgets;

namespace {

/// A straight edge in so many pieces.
std::vector<QPointF> line(QPointF from, QPointF to)
{
    std::vector<QPointF> points;
    for (int i = 0; i <= 24; ++i)
        points.push_back(from + (to - from) * (i / 24.0));
    return points;
}

EdgeLabel label(QPointF from, QPointF to, bool important = false)
{
    return {line(from, to), QSizeF(60, 15), important};
}

}  // namespace

class TestEdgeLabels : public QObject {
    Q_OBJECT

private slots:
    void aLoneLabelStandsInTheMiddle()
    {
        const auto placed = placeEdgeLabels({}, {label({0, 0}, {400, 0})});
        QVERIFY(placed[0].shown && placed[0].worded);
        QCOMPARE(placed[0].at, QPointF(200, 0));
        QVERIFY(placed[0].text.bottom() < 0);  // above the line
    }

    void labelsOfCrossingEdgesCoverNeitherEachOtherNorABox()
    {
        const QRectF box(170, -60, 60, 50);
        const auto placed = placeEdgeLabels({box}, {label({0, 0}, {400, 0}), label({0, 40}, {400, -40}),
                                                    label({0, -40}, {400, 40}), label({0, 8}, {400, 8})});
        QList<QRectF> texts;
        for (const PlacedLabel& each : placed) {
            if (!each.worded)
                continue;
            QVERIFY(!each.text.intersects(box));
            for (const QRectF& other : texts)
                QVERIFY(!each.text.intersects(other));
            texts << each.text;
        }
        QVERIFY(texts.size() >= 3);
    }

    void whereThereIsNoRoomTheWordsGoAndTheSwitchStays()
    {
        // A corridor as high as a switch and no higher.
        const auto placed =
            placeEdgeLabels({QRectF(0, -100, 400, 88), QRectF(0, 12, 400, 88)}, {label({0, 0}, {400, 0})});
        QVERIFY(placed[0].shown);
        QVERIFY(placed[0].worded ? placed[0].text.height() <= 24 : true);
        const auto wall = placeEdgeLabels({QRectF(-50, -100, 500, 200)}, {label({0, 0}, {400, 0})});
        QVERIFY(!wall[0].shown);
    }

    void whatIsWrongIsToldWhateverItCovers()
    {
        const auto placed = placeEdgeLabels({QRectF(-50, -100, 500, 200)}, {label({0, 0}, {400, 0}, true)});
        QVERIFY(placed[0].shown && placed[0].worded);
    }

    void theImportantOneChoosesFirst()
    {
        const auto placed = placeEdgeLabels({}, {label({0, 0}, {400, 0}), label({0, 4}, {400, 4}, true)});
        QCOMPARE(placed[1].at.x(), 200.0);
        QVERIFY(placed[0].at.x() != 200.0 || !placed[0].text.intersects(placed[1].text));
    }
};

QTEST_GUILESS_MAIN(TestEdgeLabels)
#include "tst_edge_labels.moc"
