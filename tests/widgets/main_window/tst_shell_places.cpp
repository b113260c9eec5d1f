#include "tests/support/driven_window.h"
#include "widgets/main_window/incident_strip.h"
#include "widgets/settings/preferences.h"

#include <QAbstractButton>
#include <QMenu>
#include <QScrollArea>
#include <QSettings>
#include <QStackedWidget>
#include <QStandardPaths>
#include <QTest>

#include <algorithm>

using namespace holdfast::widgets;
using holdfast::test::DrivenWindow;

namespace {

constexpr int patience = 20'000;

struct Driven : DrivenWindow {
    explicit Driven(QSize size, const QString& view = QStringLiteral("fleet"))
        : DrivenWindow({.view = view, .size = size})
    {
        live = QTest::qWaitFor([this] { return window->painted() && part("stripAck") != nullptr; }, patience);
    }
    void press(int key, Qt::KeyboardModifiers modifiers = {}) const
    {
        QTest::keyClick(window->focusWidget() ? window->focusWidget() : window.get(), static_cast<Qt::Key>(key),
                        modifiers);
    }
    [[nodiscard]] QWidget* view() const { return window->findChild<QStackedWidget*>(); }

    bool live = false;
};

}  // namespace

/// Where the parts of the window stand: with little room, with large texts, and in the order of Tab.
class TestShellPlaces : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(QStringLiteral("holdfast-test-places"));
        QSettings().clear();
    }

    void putsTheStripsButtonsIntoAMenuWhereTheWindowIsNarrow()
    {
        const Driven driven(QSize(1366, 768));
        QVERIFY(driven.live);
        auto* strip = driven.window->findChild<IncidentStrip*>();
        auto* more = strip->findChild<QAbstractButton*>(QStringLiteral("overflow"));
        QTRY_VERIFY_WITH_TIMEOUT(more->isVisible(), patience);
        QVERIFY(!driven.part("stripAck")->isVisible());
        QTest::mouseClick(more, Qt::LeftButton);
        auto* menu = more->findChild<QMenu*>();
        QVERIFY(menu);
        const auto actions = menu->actions();
        const auto ack = std::ranges::find(actions, QStringLiteral("Ack"), &QAction::text);
        QVERIFY(ack != actions.end());
        (*ack)->trigger();
        QTRY_COMPARE_WITH_TIMEOUT(driven.engine.count(QStringLiteral("/holdfast/v1/incidents/142/ack")), 1, patience);
        menu->close();
    }

    void laysActHereOverANarrowWindowAndMovesNothing()
    {
        const Driven driven(QSize(1366, 768));
        QVERIFY(driven.live);
        QWidget* panel = driven.part("actHere");
        QVERIFY(!panel->isVisible());
        const QRect place = driven.view()->geometry();
        driven.press(Qt::Key_F4);
        QVERIFY(panel->isVisible());
        QCOMPARE(driven.view()->geometry(), place);
        QVERIFY(panel->geometry().right() < driven.part("actHereTab")->mapTo(driven.window.get(), QPoint(1, 0)).x());
        driven.press(Qt::Key_Escape);
        QVERIFY(!panel->isVisible());
        QTest::mouseClick(driven.part("actHereTab"), Qt::LeftButton);
        QVERIFY(panel->isVisible());
        driven.press(Qt::Key_F4);
        QVERIFY(!panel->isVisible());
    }

    void keepsTheNamesOfTheViewsWithLargeTexts_data()
    {
        QTest::addColumn<int>("percent");
        for (const int percent : {90, 110, 150, 200})
            QTest::addRow("%d %%", percent) << percent;
    }
    void keepsTheNamesOfTheViewsWithLargeTexts()
    {
        QFETCH(int, percent);
        const Driven driven(QSize(1920, 1080));
        QVERIFY(driven.live);
        driven.window->context().preferences->setTextPercent(percent);
        auto* button = driven.part("nav.incidents");
        QTRY_VERIFY_WITH_TIMEOUT(button->width() >= button->sizeHint().width(), patience);
        QVERIFY(button->width() > 100);
        // Nothing makes the window wider than the screen it is for.
        QVERIFY2(driven.window->minimumSizeHint().width() <= 1920,
                 qPrintable(QString::number(driven.window->minimumSizeHint().width())));
        QCOMPARE(driven.window->size(), QSize(1920, 1080));
    }

    void goesThroughTheRegionsInTheirOrderWithTab()
    {
        const Driven driven(QSize(1600, 900));
        QVERIFY(driven.live);
        QTRY_VERIFY_WITH_TIMEOUT(driven.part("environment")->isVisible(), patience);
        driven.part("environment")->setFocus(Qt::TabFocusReason);
        const std::vector<QWidget*> regions{driven.part("environment")->parentWidget(),
                                            driven.part("incidentStrip"),
                                            driven.part("nav.fleet")->parentWidget(),
                                            driven.view(),
                                            driven.part("actHere"),
                                            driven.part("versionCell")->parentWidget()};
        std::vector<std::size_t> order;
        std::vector<QWidget*> stops;
        for (int i = 0; i < 200; ++i) {
            QWidget* focused = driven.window->focusWidget();
            if (!stops.empty() && focused == stops.front())
                break;
            stops.push_back(focused);
            const auto in = std::ranges::find_if(
                regions, [&](const QWidget* each) { return each == focused || each->isAncestorOf(focused); });
            const auto region = static_cast<std::size_t>(in - regions.begin());
            if (order.empty() || order.back() != region)
                order.push_back(region);
            driven.press(Qt::Key_Tab);
        }
        QCOMPARE(order, (std::vector<std::size_t>{0, 1, 2, 3, 4, 5}));
        QVERIFY(stops.size() > 20);
        // And back the same way.
        driven.press(Qt::Key_Tab, Qt::ShiftModifier);
        QCOMPARE(driven.window->focusWidget(), stops.back());
    }

    void hasOneStopForAllLanes()
    {
        const Driven driven(QSize(1600, 900), QStringLiteral("service"));
        QVERIFY(driven.live);
        driven.part("incidentStrip")->setFocus(Qt::TabFocusReason);
        int lanes = 0;
        for (int i = 0; i < 60; ++i) {
            driven.press(Qt::Key_Tab);
            const QWidget* focused = driven.window->focusWidget();
            lanes += focused->inherits("holdfast::widgets::TimePane") ? 1 : 0;
            if (driven.part("actHere")->isAncestorOf(focused))
                break;
        }
        QCOMPARE(lanes, 1);
    }
};

QTEST_MAIN(TestShellPlaces)
#include "tst_shell_places.moc"
