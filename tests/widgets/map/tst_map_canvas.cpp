#include "widgets/map/map_canvas.h"
#include "widgets/map/map_card.h"
#include "widgets/theme/theme.h"

#include <QSignalSpy>
#include <QTest>

using namespace holdfast::widgets;

namespace {

FleetService service(const QString& name, Severity severity = Severity::Normal)
{
    FleetService s;
    s.name = name;
    s.severity = severity;
    s.requests.state = ValueState::Value;
    s.requests.value = 100;
    return s;
}

FleetEdge edge(const QString& caller, const QString& callee, const QString& source = QStringLiteral("breaker"))
{
    FleetEdge e;
    e.caller = caller;
    e.callee = callee;
    e.requests = 50;
    e.source = source;
    e.breaker = caller + QStringLiteral("/breaker/") + callee;
    return e;
}

/// gateway → checkout → payments → payments-db, gateway → search; the database is sick.
Fleet shop()
{
    Fleet fleet;
    fleet.services = {service("gateway"), service("checkout"), service("payments"),
                      service("payments-db", Severity::Critical), service("search")};
    fleet.edges = {edge("gateway", "checkout"), edge("gateway", "search"), edge("checkout", "payments"),
                   edge("payments", "payments-db")};
    return fleet;
}

struct Shown {
    Shown()
    {
        canvas.resize(1200, 700);
        canvas.setFleet(shop(), nullptr);
        canvas.show();
        QObject::connect(&canvas, &MapCanvas::selected, &canvas, &MapCanvas::setSelected);
    }
    Theme theme{ThemeKind::Dark};
    MapCanvas canvas{theme, nullptr};
};

}  // namespace

class TestMapCanvas : public QObject {
    Q_OBJECT

private slots:
    void arrowKeysWalkAlongCalls()
    {
        Shown shown;
        shown.canvas.setSelected("gateway");
        const QSignalSpy selected(&shown.canvas, &MapCanvas::selected);
        QTest::keyClick(&shown.canvas, Qt::Key_Right);
        const QString second = selected.last().first().toString();
        QVERIFY(second == "checkout" || second == "search");
        QTest::keyClick(&shown.canvas, second == "checkout" ? Qt::Key_Down : Qt::Key_Up);
        QTest::keyClick(&shown.canvas, second == "checkout" ? Qt::Key_Up : Qt::Key_Down);
        QTest::keyClick(&shown.canvas, Qt::Key_Left);
        QCOMPARE(selected.last().first().toString(), QStringLiteral("gateway"));
    }

    void aClickOnAnEdgeChoosesItsBreaker()
    {
        Shown shown;
        const QSignalSpy chosen(&shown.canvas, &MapCanvas::breakerChosen);
        QTest::mouseClick(&shown.canvas, Qt::LeftButton, {}, shown.canvas.placeOf("checkout", "payments").toPoint());
        QCOMPARE(chosen.count(), 1);
        QCOMPARE(chosen.first().first().toString(), QStringLiteral("checkout/breaker/payments"));
    }

    void thePointerOnAnEdgeAsksForItsPast()
    {
        Shown shown;
        const QSignalSpy asked(&shown.canvas, &MapCanvas::breakerHovered);
        const QImage before = shown.canvas.grab().toImage();
        QTest::mouseMove(&shown.canvas, shown.canvas.placeOf("checkout", "payments").toPoint());
        QTRY_COMPARE(asked.count(), 1);
        shown.canvas.setHistory("checkout/breaker/payments", {0, 0, 2, 2, 1, 0});
        QVERIFY(shown.canvas.grab().toImage() != before);  // the card
    }

    void aDraggedBoxStaysWhereItWasPut()
    {
        Shown shown;
        const QSignalSpy moved(&shown.canvas, &MapCanvas::placesChanged);
        const QPoint from = shown.canvas.placeOf("search").toPoint();
        QTest::mousePress(&shown.canvas, Qt::LeftButton, {}, from);
        QTest::mouseMove(&shown.canvas, from + QPoint(10, 30));
        QTest::mouseMove(&shown.canvas, from + QPoint(20, 60));
        QTest::mouseRelease(&shown.canvas, Qt::LeftButton, {}, from + QPoint(20, 60));
        QCOMPARE(moved.count(), 1);
        const QPointF put = shown.canvas.placeOf("search");
        QVERIFY((put - QPointF(from + QPoint(20, 60))).manhattanLength() < 3);
        shown.canvas.setFleet(shop(), nullptr);
        QCOMPARE(shown.canvas.placeOf("search"), put);
    }

    void aKeptPlaceIsUsedAgain()
    {
        Theme theme(ThemeKind::Dark);
        MapCanvas canvas(theme, nullptr);
        canvas.setPlaces({{"search", {1000, 400}}});
        canvas.setFleet(shop(), nullptr);
        const auto index = static_cast<std::size_t>(canvas.graph().indexOf("search"));
        QCOMPARE(canvas.graph().nodes()[index].corner, QPointF(1000, 400));
    }

    void keepsToTheHopsAroundAService()
    {
        FleetGraph graph;
        graph.update(shop(), nullptr);
        const auto near = graph.around(static_cast<std::size_t>(graph.indexOf("checkout")), 1);
        QVERIFY(near[static_cast<std::size_t>(graph.indexOf("gateway"))]);
        QVERIFY(near[static_cast<std::size_t>(graph.indexOf("payments"))]);
        QVERIFY(!near[static_cast<std::size_t>(graph.indexOf("payments-db"))]);
        QVERIFY(!near[static_cast<std::size_t>(graph.indexOf("search"))]);
    }

    void abnormalPathsLeadFromTheEntranceToTheSick()
    {
        FleetGraph graph;
        graph.update(shop(), nullptr);
        const auto on = graph.abnormalPaths();
        for (const char* name : {"gateway", "checkout", "payments", "payments-db"})
            QVERIFY2(on[static_cast<std::size_t>(graph.indexOf(QLatin1String(name)))], name);
        QVERIFY(!on[static_cast<std::size_t>(graph.indexOf("search"))]);
    }

    void saysWhereAnEdgeIsKnownFrom()
    {
        Fleet fleet = shop();
        fleet.services.pop_back();
        fleet.edges[0].source = "config";
        FleetGraph graph;
        graph.update(fleet, nullptr);
        QCOMPARE(sourceText(graph.calls()[0]), QStringLiteral("from depends_on in the configuration"));
        QVERIFY(graph.calls()[1].inferred);  // search is not scraped any longer
        QCOMPARE(sourceText(graph.calls()[1]), QStringLiteral("inferred from breaker name `search`"));
    }

    void theBlastRadiusIsDrawnAndEnds()
    {
        Shown shown;
        const QImage before = shown.canvas.grab().toImage();
        shown.canvas.setBlast(blastRadius(shop(), "checkout", "payments"));
        QVERIFY(shown.canvas.grab().toImage() != before);
        shown.canvas.setBlast(std::nullopt);
        QCOMPARE(shown.canvas.grab().toImage(), before);
    }

    void tellsItselfToWhoCannotSeeIt()
    {
        Shown shown;
        shown.canvas.setSelected("checkout");
        QVERIFY(shown.canvas.accessibleDescription().contains("calls payments"));
    }
};

QTEST_MAIN(TestMapCanvas)
#include "tst_map_canvas.moc"
