#include "tests/support/driven_window.h"
#include "widgets/charts/event_row.h"
#include "widgets/charts/line_pane.h"
#include "widgets/export/picture_export.h"

#include <QAccessible>
#include <QAction>
#include <QClipboard>
#include <QDialog>
#include <QFile>
#include <QGuiApplication>
#include <QInputDialog>
#include <QMenu>
#include <QSettings>
#include <QStandardPaths>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace holdfast::widgets;
using holdfast::test::DrivenWindow;

namespace {

constexpr int patience = 8000;

/// The service page on a fake engine, with its lanes painted.
struct Driven : DrivenWindow {
    Driven() : DrivenWindow({.view = QStringLiteral("service"), .size = QSize(1600, 1000)})
    {
        painted = QTest::qWaitFor([this] { return window->painted(); }, patience);
        // Held, so that what is marked stays where it was marked.
        time().setRange(time().startMs(), time().endMs() - 20'000);
    }

    [[nodiscard]] TimeCursor& time() const { return window->context().time; }
    [[nodiscard]] LinePane* lane(const char* id) const
    {
        return window->findChild<LinePane*>(QLatin1String("lane.") + QLatin1String(id));
    }
    void drag(QWidget* pane, int from, int to, Qt::KeyboardModifiers keys = Qt::NoModifier) const
    {
        QTest::mousePress(pane, Qt::LeftButton, keys, {from, 40});
        // QTest::mouseMove carries no modifiers.
        QMouseEvent move(QEvent::MouseMove, QPointF(to, 40), pane->mapToGlobal(QPointF(to, 40)), Qt::NoButton,
                         Qt::LeftButton, keys);
        QCoreApplication::sendEvent(pane, &move);
        QTest::mouseRelease(pane, Qt::LeftButton, keys, {to, 40});
    }
    [[nodiscard]] QMenu* openMenu(QWidget* pane) const
    {
        QContextMenuEvent ask(QContextMenuEvent::Mouse, {400, 40}, pane->mapToGlobal(QPoint(400, 40)));
        QCoreApplication::sendEvent(pane, &ask);
        return window->findChild<QMenu*>(QStringLiteral("laneMenu"));
    }
    static QAction* entry(const QMenu& menu, const char* text)
    {
        for (QAction* action : menu.actions()) {
            if (action->text().startsWith(QLatin1String(text)))
                return action;
        }
        return nullptr;
    }

    bool painted = false;
};

}  // namespace

class TestServiceLanes : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(QStringLiteral("holdfast-test-lanes"));
    }
    void init() { QSettings().clear(); }

    void pinsTwoMomentsAndTellsTheDifference()
    {
        const Driven driven;
        QVERIFY(driven.painted);
        QTest::mouseClick(driven.lane("latency"), Qt::LeftButton, {}, {500, 40});
        QTest::mouseClick(driven.lane("errors"), Qt::LeftButton, {}, {700, 40});
        QVERIFY(driven.time().pinA() && driven.time().pinB());
        QVERIFY(*driven.time().pinA() < *driven.time().pinB());
        QVERIFY2(driven.lane("requests")->spokenText().startsWith(QStringLiteral("Δ ")),
                 qPrintable(driven.lane("requests")->spokenText()));
        QTest::keyClick(driven.window.get(), Qt::Key_Escape);
        QVERIFY(!driven.time().pinA());
    }

    void marksASpanWithShiftAndTellsItsMean()
    {
        const Driven driven;
        QVERIFY(driven.painted);
        const auto before = driven.time().spanMs();
        driven.drag(driven.lane("latency"), 400, 800, Qt::ShiftModifier);
        QVERIFY(driven.time().selection());
        QCOMPARE(driven.time().spanMs(), before);
        QVERIFY(driven.lane("requests")->spokenText().contains(QStringLiteral("mean")));
    }

    void zoomsWithADragAndGoesBack()
    {
        const Driven driven;
        QVERIFY(driven.painted);
        const auto before = driven.time().spanMs();
        driven.drag(driven.lane("latency"), 400, 800);
        QVERIFY(driven.time().spanMs() < before);
        QTest::keyClick(driven.window.get(), Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(driven.time().spanMs(), before);
    }

    void walksTheCrosshairByKeys()
    {
        const Driven driven;
        QVERIFY(driven.painted);
        LinePane* lane = driven.lane("latency");
        lane->setFocus();
        QTest::keyClick(lane, Qt::Key_Left);
        const auto one = driven.time().crosshairMs();
        QVERIFY(one);
        QTest::keyClick(lane, Qt::Key_Left, Qt::ShiftModifier);
        QCOMPARE(*one - *driven.time().crosshairMs(), 10 * lane->stepMs());
        QTest::keyClick(lane, Qt::Key_Space);
        QCOMPARE(driven.time().pinA(), driven.time().crosshairMs());
        QTest::keyClick(lane, Qt::Key_Down);
        QVERIFY(!lane->hasFocus());
    }

    void showsOneLaneAloneAndAllAgain()
    {
        const Driven driven;
        QVERIFY(driven.painted);
        driven.lane("errors")->setFocus();
        const int small = driven.lane("errors")->height();
        QTest::keyClick(driven.lane("errors"), Qt::Key_V);
        QVERIFY(!driven.lane("latency")->isVisible());
        QTRY_VERIFY(driven.lane("errors")->height() > 2 * small);
        QTest::keyClick(driven.window.get(), Qt::Key_Escape);
        QVERIFY(driven.lane("latency")->isVisible());
    }

    void collapsesALaneByItsName()
    {
        const Driven driven;
        QVERIFY(driven.painted);
        QTest::mouseClick(driven.lane("errors"), Qt::LeftButton, {}, {30, 10});
        QTRY_COMPARE(driven.lane("errors")->height(), TimePane::collapsedHeight);
        QTest::mouseClick(driven.lane("errors"), Qt::LeftButton, {}, {30, 10});
        QTRY_VERIFY(driven.lane("errors")->height() > TimePane::collapsedHeight);
    }

    void hasATableAsTwinOfTheChart()
    {
        const Driven driven;
        QVERIFY(driven.painted);
        driven.lane("latency")->setFocus();
        QTest::keyClick(driven.lane("latency"), Qt::Key_T, Qt::AltModifier);
        auto* dialog = driven.window->findChild<QDialog*>(QStringLiteral("tableDialog"));
        QVERIFY(dialog);
        const auto* table = dialog->findChild<QTableView*>();
        QVERIFY(table->model()->rowCount() > 10);
        QTest::mouseClick(dialog->findChild<QWidget*>(QStringLiteral("copyTable")), Qt::LeftButton);
        const QString text = QGuiApplication::clipboard()->text();
        QVERIFY2(text.startsWith(QStringLiteral("Time\t")), qPrintable(text.left(60)));
        QCOMPARE(text.count(QLatin1Char('\n')), table->model()->rowCount() + 1);
        dialog->close();
    }

    void copiesTheQueryOfALane()
    {
        const Driven driven;
        QVERIFY(driven.painted);
        const QMenu* menu = driven.openMenu(driven.lane("requests"));
        QVERIFY(menu);
        QAction* copy = Driven::entry(*menu, "Copy PromQL");
        QVERIFY(copy);
        copy->trigger();
        QVERIFY(!QGuiApplication::clipboard()->text().isEmpty());
        QAction* explore = Driven::entry(*menu, "Explore");
        QVERIFY(explore);
        explore->trigger();
        QCOMPARE(driven.window->context().navigator.place().view, QStringLiteral("explore"));
    }

    void asksForTheSpanBeforeToCompare()
    {
        const Driven driven;
        QVERIFY(driven.painted);
        QTest::mouseClick(driven.window->findChild<QWidget*>(QStringLiteral("compareButton")), Qt::LeftButton);
        const auto* menu = driven.window->findChild<QMenu*>(QStringLiteral("compareMenu"));
        QVERIFY(menu);
        const std::size_t alone = driven.lane("requests")->data().lines.size();
        Driven::entry(*menu, "The span before")->trigger();
        QTRY_COMPARE_WITH_TIMEOUT(driven.lane("requests")->data().lines.size(), alone + 1, patience);
        QVERIFY(driven.lane("requests")->data().lines.back().shiftMs >= driven.time().spanMs());
    }

    void savesLinesAsLines()
    {
        const Driven driven;
        QVERIFY(driven.painted);
        const QTemporaryDir directory;
        const QString path = directory.filePath(QStringLiteral("requests.svg"));
        QVERIFY(savePicture(*driven.lane("requests"), path).ok());
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray svg = file.readAll();
        QVERIFY(svg.contains("Requests</text>"));
        QVERIFY(svg.count("<polyline") + svg.count("<path") > 50);
        QVERIFY(!svg.contains("data:image"));
    }

    void takesTimeKeysAfterT()
    {
        const Driven driven;
        QVERIFY(driven.painted);
        const auto span = driven.time().spanMs();
        QTest::keyClick(driven.window.get(), Qt::Key_T);
        QTest::keyClick(driven.window.get(), Qt::Key_C);
        const QString copied = QGuiApplication::clipboard()->text();
        QVERIFY2(copied.startsWith(QStringLiteral("{\"from\"")), qPrintable(copied));
        QTest::keyClick(driven.window.get(), Qt::Key_T);
        QTest::keyClick(driven.window.get(), Qt::Key_Z);
        QCOMPARE(driven.time().spanMs(), 2 * span);
        QTest::keyClick(driven.window.get(), Qt::Key_T);
        QTest::keyClick(driven.window.get(), Qt::Key_V);
        QCOMPARE(driven.time().spanMs(), span);
    }

    void speaksToAScreenReader()
    {
        const Driven driven;
        QVERIFY(driven.painted);
        QAccessibleInterface* spoken = QAccessible::queryAccessibleInterface(driven.lane("latency"));
        QVERIFY(spoken);
        QCOMPARE(spoken->role(), QAccessible::Chart);
        QVERIFY(spoken->text(QAccessible::Name).startsWith(QStringLiteral("checkout")));
        QVERIFY(spoken->text(QAccessible::Description).contains(QStringLiteral("p99")));
        QAccessibleValueInterface* value = spoken->valueInterface();
        QVERIFY(value);
        QVERIFY(value->currentValue().toDouble() > 0);
    }
};

QTEST_MAIN(TestServiceLanes)
#include "tst_service_lanes.moc"
