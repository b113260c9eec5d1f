#include "widgets/map/layered_layout.h"

#include <QRandomGenerator>
#include <QRectF>
#include <QTest>

using namespace holdfast::widgets;

class TestLayeredLayout : public QObject {
    Q_OBJECT

private slots:
    void callersStandLeftOfWhatTheyCall()
    {
        const std::vector<GraphEdge> edges{{0, 1}, {0, 2}, {1, 3}, {2, 3}, {3, 4}};
        const auto corners = layeredLayout(5, edges, {}).corners;
        for (const GraphEdge& edge : edges)
            QVERIFY(corners[edge.from].x() < corners[edge.to].x());
    }

    void aCycleIsDrawnAndNothingIsLost()
    {
        const auto corners = layeredLayout(3, {{0, 1}, {1, 2}, {2, 0}}, {}).corners;
        QCOMPARE(corners.size(), std::size_t{3});
        QVERIFY(corners[0].x() < corners[1].x());
        QVERIFY(corners[1].x() < corners[2].x());
    }

    void noTwoBoxesOverlap()
    {
        QRandomGenerator random(42);
        const LayoutSpacing spacing;
        for (int round = 0; round < 20; ++round) {
            std::vector<GraphEdge> edges;
            for (int i = 0; i < 120; ++i)
                edges.push_back({random.bounded(50U), random.bounded(50U)});
            const auto corners = layeredLayout(50, edges, spacing).corners;
            for (std::size_t a = 0; a < corners.size(); ++a) {
                for (std::size_t b = a + 1; b < corners.size(); ++b)
                    QVERIFY(!QRectF(corners[a], spacing.node).intersects(QRectF(corners[b], spacing.node)));
            }
        }
    }

    void aLongEdgePassesBetweenTheBoxesItCrosses()
    {
        const LayoutSpacing spacing;
        // 0 → 1 → 2 → 3, and 0 → 3 past two layers.
        const std::vector<GraphEdge> edges{{0, 1}, {1, 2}, {2, 3}, {0, 3}};
        const GraphLayout layout = layeredLayout(4, edges, spacing);
        QCOMPARE(layout.routes[3].size(), std::size_t{2});
        QVERIFY(layout.routes[0].empty());
        for (const QPointF& gap : layout.routes[3]) {
            const QRectF band(gap, QSizeF(spacing.node.width(), 0.5));
            for (const QPointF& corner : layout.corners)
                QVERIFY(!QRectF(corner, spacing.node).intersects(band));
        }
    }

    void aNodeWithoutEdgesStandsBelowTheOthers()
    {
        const GraphLayout layout = layeredLayout(3, {{0, 1}}, {});
        QVERIFY(layout.corners[2].y() > layout.corners[0].y());
        QVERIFY(layout.corners[2].y() > layout.corners[1].y());
    }

    void theSameGraphGivesTheSamePicture()
    {
        const std::vector<GraphEdge> edges{{0, 2}, {1, 2}, {2, 3}, {1, 4}};
        QCOMPARE(layeredLayout(5, edges, {}).corners, layeredLayout(5, edges, {}).corners);
    }

    void nothingGivesNothing()
    {
        QVERIFY(layeredLayout(0, {}, {}).corners.empty());
        QCOMPARE(layeredLayout(1, {{0, 0}, {0, 7}}, {}).corners.size(), std::size_t{1});
    }
};

QTEST_GUILESS_MAIN(TestLayeredLayout)
#include "tst_layered_layout.moc"
