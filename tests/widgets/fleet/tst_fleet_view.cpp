#include "tests/support/driven_window.h"
#include "widgets/fleet/fleet_delegate.h"
#include "widgets/fleet/fleet_model.h"
#include "widgets/time/time_cursor.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QSettings>
#include <QStandardPaths>
#include <QTableView>
#include <QTest>

#include <algorithm>

using namespace holdfast::widgets;
using holdfast::test::DrivenWindow;
using holdfast::test::FakeEngine;

namespace {

constexpr int patience = 8000;

struct Driven : DrivenWindow {
    Driven() : DrivenWindow({.service = {}})
    {
        painted = QTest::qWaitFor([this] { return window->painted(); }, patience);
        table = window->findChild<QTableView*>(QStringLiteral("fleetTable"));
    }

    QTableView* table = nullptr;
    bool painted = false;
};

}  // namespace

class TestFleetView : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(QStringLiteral("holdfast-test-fleet"));
        QSettings().clear();
    }

    void sharesTheInstantUnderThePointer()
    {
        const Driven driven;
        QVERIFY(driven.painted);
        const QRect cell = driven.table->visualRect(driven.table->model()->index(1, FleetModel::Errors));
        const QRectF spark = FleetDelegate::sparkRect(driven.window->context().theme, cell);
        QTest::mouseMove(driven.table->viewport(), spark.center().toPoint());
        QTRY_VERIFY(driven.window->context().time.crosshairMs());
        QTest::mouseMove(driven.table->viewport(), {3, 3});
        QTRY_VERIFY(!driven.window->context().time.crosshairMs());
    }

    void showsTheMomentAtWhichTheRangeIsHeld()
    {
        const Driven driven;
        QVERIFY(driven.painted);
        const auto says = [&](const QString& words) {
            const auto labels = driven.window->findChildren<QLabel*>();
            return std::any_of(labels.begin(), labels.end(),
                               [&](const QLabel* label) { return label->text().startsWith(words); });
        };
        TimeCursor& time = driven.window->context().time;
        time.setRange(time.nowMs() - 3'600'000, time.nowMs() - 1'800'000);
        QTRY_VERIFY_WITH_TIMEOUT(says(QStringLiteral("as of ")), patience);
        const QList<FakeEngine::Request>& asked = driven.engine.requests();
        QVERIFY(std::any_of(asked.begin(), asked.end(), [&](const FakeEngine::Request& request) {
            return request.path == QStringLiteral("/holdfast/v1/fleet")
                   && request.query.contains("at=" + QByteArray::number(time.endMs()));
        }));
        time.resumeLive();
        QTRY_VERIFY_WITH_TIMEOUT(!says(QStringLiteral("as of ")), patience);
    }

    void copiesARowWithoutUnits()
    {
        const Driven driven;
        QVERIFY(driven.painted);
        const QRect cell = driven.table->visualRect(driven.table->model()->index(0, FleetModel::Service));
        emit driven.table->customContextMenuRequested(cell.center());
        const auto* menu = driven.window->findChild<QMenu*>(QStringLiteral("fleetMenu"));
        QVERIFY(menu);
        for (QAction* action : menu->actions()) {
            if (action->text() == QLatin1String("Copy row"))
                action->trigger();
        }
        const QStringList cells = QGuiApplication::clipboard()->text().split(QLatin1Char('\t'));
        QCOMPARE(cells.size(), int(FleetModel::ColumnCount));
        QCOMPARE(cells[FleetModel::Service], driven.table->model()->index(0, FleetModel::Service).data().toString());
        bool number = false;
        (void)cells[FleetModel::Requests].toDouble(&number);
        QVERIFY2(number, qPrintable(cells[FleetModel::Requests]));
    }

    void everyColumnFitsWhereverThePanelStands_data()
    {
        QTest::addColumn<QSize>("size");
        for (const QSize& size :
             {QSize(1280, 720), QSize(1366, 768), QSize(1600, 900), QSize(1920, 1080), QSize(3840, 2160)})
            QTest::newRow(qPrintable(QString::number(size.width()))) << size;
    }
    void everyColumnFitsWhereverThePanelStands()
    {
        QFETCH(const QSize, size);
        const Driven driven;
        QVERIFY(driven.painted);
        driven.window->resize(size);
        auto* panel = driven.window->findChild<QWidget*>(QStringLiteral("actHere"));
        for (const bool open : {true, false, true}) {
            panel->setVisible(open);
            QCoreApplication::sendPostedEvents();
            const QHeaderView* header = driven.table->horizontalHeader();
            // Beyond 4K's left half the columns end, so that a number's remark stays beside it.
            QTRY_VERIFY(header->length() <= driven.table->viewport()->width());
            QVERIFY(header->sectionSize(FleetModel::Headroom) >= 150);
            QVERIFY(header->sectionSize(FleetModel::Headroom) <= 300);
        }
    }

    void theRowThatIsSelectedIsTheServiceOneActsOn()
    {
        const Driven driven;
        QVERIFY(driven.painted);
        Navigator& navigator = driven.window->context().navigator;
        driven.table->setCurrentIndex(driven.table->model()->index(1, FleetModel::Service));
        const auto selected = [&] { return driven.table->currentIndex().data(FleetModel::ServiceRole).toString(); };
        QCOMPARE(navigator.service(), selected());
        const QString other = driven.table->model()->index(2, 0).data(FleetModel::ServiceRole).toString();
        navigator.go({QStringLiteral("service"), other, {}});
        navigator.go({QStringLiteral("fleet"), {}, {}});
        QCOMPARE(selected(), other);
        navigator.selectService(driven.table->model()->index(0, 0).data(FleetModel::ServiceRole).toString());
        QCOMPARE(selected(), navigator.service());
    }

    void filtersWhileOneTypes()
    {
        const Driven driven;
        QVERIFY(driven.painted);
        QTest::keyClick(driven.window.get(), Qt::Key_Slash);
        auto* field = qobject_cast<QLineEdit*>(driven.window->focusWidget());
        QVERIFY(field);
        QTest::keyClicks(field, QStringLiteral("paym"));
        QTRY_COMPARE(driven.table->model()->rowCount(), 1);
        QTest::keyClicks(field, QStringLiteral("zzz"));
        QTRY_VERIFY(!driven.table->isVisible());
    }
};

QTEST_MAIN(TestFleetView)
#include "tst_fleet_view.moc"
