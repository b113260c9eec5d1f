#include "tests/support/driven_window.h"
#include "widgets/controls/action_dialog.h"
#include "widgets/controls/action_runner.h"
#include "widgets/fleet/fleet_model.h"

#include <QAbstractButton>
#include <QDialog>
#include <QJsonObject>
#include <QLabel>
#include <QLineEdit>
#include <QPointer>
#include <QRadioButton>
#include <QSettings>
#include <QStandardPaths>
#include <QTableView>
#include <QTest>

#include <algorithm>

using namespace holdfast::widgets;
using holdfast::test::DrivenWindow;

namespace {

constexpr int patience = 8000;

/// A window on a fake engine, driven as a person would.
struct Driven : DrivenWindow {
    explicit Driven(const QString& view = QStringLiteral("fleet"), const QString& service = QStringLiteral("checkout"))
        : DrivenWindow({.view = view, .service = service})
    {
    }

    /// The button of a control's card whose text begins so.
    [[nodiscard]] QAbstractButton* button(const char* control, const char* text) const
    {
        const QWidget* card = part(control);
        const auto buttons = card ? card->findChildren<QAbstractButton*>() : QList<QAbstractButton*>();
        const auto found = std::find_if(buttons.begin(), buttons.end(), [text](const QAbstractButton* button) {
            return button->text().startsWith(QLatin1String(text));
        });
        return found == buttons.end() ? nullptr : *found;
    }
    /// What a card says, all its labels together.
    [[nodiscard]] QString words(const char* control) const
    {
        QStringList words;
        const QWidget* card = part(control);
        for (const auto* label : card ? card->findChildren<QLabel*>() : QList<QLabel*>())
            words << (label->isHidden() ? QString() : label->text());
        return words.join(QLatin1Char('|'));
    }
    [[nodiscard]] QDialog* dialog() const { return window->findChild<QDialog*>(QStringLiteral("actionDialog")); }
    [[nodiscard]] QString view() const { return window->context().navigator.place().view; }
};

}  // namespace

class TestWindow : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(QStringLiteral("holdfast-test"));
        QSettings().clear();
    }

    void showsTheFleetOfTheEngine()
    {
        const Driven driven;
        QTRY_VERIFY_WITH_TIMEOUT(driven.window->painted(), patience);
        const auto* table = driven.window->findChild<QTableView*>(QStringLiteral("fleetTable"));
        QVERIFY(table);
        QCOMPARE(table->model()->rowCount(), 6);
    }

    void beginsAtTheFirstRow()
    {
        const Driven driven(QStringLiteral("fleet"), QString());
        QTRY_VERIFY_WITH_TIMEOUT(driven.window->painted(), patience);
        const auto* table = driven.window->findChild<QTableView*>(QStringLiteral("fleetTable"));
        QTRY_COMPARE(table->currentIndex().row(), 0);
        QCOMPARE(driven.window->context().navigator.service(),
                 table->model()->index(0, FleetModel::Service).data().toString());
    }

    void paintsEveryLaneOfTheServicePage()
    {
        const Driven driven(QStringLiteral("service"));
        QTRY_VERIFY_WITH_TIMEOUT(driven.window->painted(), patience);
        for (const char* lane :
             {"lane.latency", "lane.heatmap", "lane.errors", "lane.requests", "lane.headroom", "lane.queue"}) {
            QVERIFY2(driven.part(lane), lane);
            QVERIFY2(driven.part(lane)->isVisible() && driven.part(lane)->height() > 40, lane);
        }
    }

    void goesWithKeysFromFleetToServiceAndBack()
    {
        const Driven driven;
        QTRY_VERIFY_WITH_TIMEOUT(driven.window->painted(), patience);
        QTest::keyClick(driven.window.get(), Qt::Key_J);
        QTest::keyClick(driven.window.get(), Qt::Key_Return);
        QCOMPARE(driven.view(), QStringLiteral("service"));
        QTest::keyClick(driven.window.get(), Qt::Key_Backspace);
        QCOMPARE(driven.view(), QStringLiteral("fleet"));
        QTest::keyClick(driven.window.get(), Qt::Key_2);
        QCOMPARE(driven.view(), QStringLiteral("service"));
    }

    void pausesThePictureAndNothingElse()
    {
        const Driven driven(QStringLiteral("service"));
        QTRY_VERIFY_WITH_TIMEOUT(driven.window->painted(), patience);
        QTest::keyClick(driven.window.get(), Qt::Key_P);
        const TimeCursor& time = driven.window->context().time;
        QCOMPARE(time.mode(), TimeMode::Paused);
        const auto end = time.endMs();
        const int asked = driven.engine.count(QStringLiteral("/holdfast/v1/status"));
        QTRY_VERIFY_WITH_TIMEOUT(driven.engine.count(QStringLiteral("/holdfast/v1/status")) > asked, patience);
        QCOMPARE(time.endMs(), end);
        QTest::keyClick(driven.window.get(), Qt::Key_P);
        QCOMPARE(time.mode(), TimeMode::Live);
    }

    void movesOneCrosshairAndZoomsByDragging()
    {
        const Driven driven(QStringLiteral("service"));
        QTRY_VERIFY_WITH_TIMEOUT(driven.window->painted(), patience);
        QWidget* lane = driven.part("lane.errors");
        TimeCursor& time = driven.window->context().time;
        const auto span = time.spanMs();
        QTest::mouseMove(lane, QPoint(400, 30));
        QTRY_VERIFY(time.crosshairMs().has_value());
        QTest::mousePress(lane, Qt::LeftButton, {}, QPoint(400, 30));
        QTest::mouseMove(lane, QPoint(600, 30));
        QTest::mouseRelease(lane, Qt::LeftButton, {}, QPoint(600, 30));
        QCOMPARE(time.mode(), TimeMode::Held);
        QVERIFY(time.spanMs() < span / 2);
        QTest::keyClick(driven.window.get(), Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(time.spanMs(), span);
    }

    void saysAtOnceThatTheEngineIsGoneAndComesBack()
    {
        Driven driven(QStringLiteral("service"));
        QTRY_VERIFY_WITH_TIMEOUT(driven.window->painted(), patience);
        QVERIFY(!driven.part("linkBar")->isVisible());
        driven.engine.die();
        QTRY_VERIFY_WITH_TIMEOUT(driven.part("linkBar")->isVisible(), 20'000);
        QVERIFY(driven.part("startEngine")->isVisible());
        driven.engine.listen();
        QTRY_VERIFY_WITH_TIMEOUT(!driven.part("linkBar")->isVisible(), patience);
    }

    void opensABreakerOnlyWithReasonAndTypedName()
    {
        const Driven driven(QStringLiteral("service"));
        QTRY_VERIFY_WITH_TIMEOUT(driven.window->painted(), patience);
        QTRY_VERIFY_WITH_TIMEOUT(driven.part("control.checkout/breaker/payments"), patience);
        QAbstractButton* open = nullptr;
        for (auto* button : driven.part("control.checkout/breaker/payments")->findChildren<QAbstractButton*>()) {
            if (button->text().startsWith(QStringLiteral("Open breaker")))
                open = button;
        }
        QVERIFY(open);
        QTest::mouseClick(open, Qt::LeftButton);
        auto* dialog = driven.window->findChild<QDialog*>(QStringLiteral("actionDialog"));
        QVERIFY(dialog);
        auto* confirm = dialog->findChild<QAbstractButton*>(QStringLiteral("confirmAction"));
        auto* reason = dialog->findChild<QLineEdit*>(QStringLiteral("actionReason"));
        auto* name = dialog->findChild<QLineEdit*>(QStringLiteral("actionName"));
        QTRY_COMPARE_WITH_TIMEOUT(confirm->text(), QStringLiteral("Open breaker on 3 instances for 15 min"), patience);
        QTest::keyClicks(reason, QStringLiteral("DB pool exhausted"));
        QVERIFY(!confirm->isEnabled());
        QTest::keyClicks(name, QStringLiteral("payments"));
        QVERIFY(confirm->isEnabled());
        QTest::keyClick(reason, Qt::Key_Return);
        QCOMPARE(driven.engine.posted(QStringLiteral("/holdfast/v1/actions")), QJsonObject());
        QTest::keyClick(dialog, Qt::Key_Return, Qt::ControlModifier);
        const auto outcome = [&] {
            auto* label = dialog->findChild<QLabel*>(QStringLiteral("actionOutcome"));
            return label ? label->text() : QString();
        };
        QTRY_VERIFY_WITH_TIMEOUT(outcome().startsWith(QStringLiteral("VERIFIED 3/3 ✓")), patience);
        const QJsonObject sent = driven.engine.posted(QStringLiteral("/holdfast/v1/actions"));
        QCOMPARE(sent.value(QStringLiteral("to")).toString(), QStringLiteral("forced_open"));
        QCOMPARE(sent.value(QStringLiteral("reason")).toString(), QStringLiteral("DB pool exhausted"));
        QCOMPARE(sent.value(QStringLiteral("expected")).toString(), QStringLiteral("auto"));
        QCOMPARE(sent.value(QStringLiteral("hold_s")).toInt(), 900);
    }

    void keepsCardsWhereTheyAreWhenStatesChange()
    {
        Driven driven(QStringLiteral("service"));
        QTRY_VERIFY_WITH_TIMEOUT(driven.part("control.gateway/breaker/checkout"), patience);
        const auto gatewayBelow = [&] {
            return driven.part("control.gateway/breaker/checkout")->y()
                   > driven.part("control.checkout/breaker/payments")->y();
        };
        QTRY_VERIFY_WITH_TIMEOUT(gatewayBelow(), patience);  // payments is open and stands first
        driven.engine.gatewayOpens = true;
        driven.engine.paymentsOpens = false;
        driven.engine.hint("control", "{}");
        QTRY_VERIFY_WITH_TIMEOUT(
            driven.words("control.gateway/breaker/checkout").contains(QStringLiteral("OPEN –"))
                && driven.words("control.checkout/breaker/payments").contains(QStringLiteral("CLOSED –")),
            patience);
        QTest::qWait(50);  // the layout has had its turn
        QVERIFY(gatewayBelow());
    }

    void namesTheServiceOfAFlag()
    {
        const Driven driven(QStringLiteral("service"));
        QTRY_VERIFY_WITH_TIMEOUT(driven.words("control.checkout/flag/recommendations-off")
                                     .startsWith(QStringLiteral("checkout: recommendations-off|")),
                                 patience);
    }

    void showsTheStateOfNowWhileTheDialogIsOpen()
    {
        Driven driven(QStringLiteral("service"));
        driven.engine.paymentsOpens = false;
        QTRY_VERIFY_WITH_TIMEOUT(driven.button("control.checkout/breaker/payments", "Open breaker"), patience);
        QTest::mouseClick(driven.button("control.checkout/breaker/payments", "Open breaker"), Qt::LeftButton);
        QVERIFY(driven.dialog());
        const auto text = [&](const char* label) {
            return driven.dialog()->findChild<QLabel*>(QLatin1String(label))->text();
        };
        QTRY_VERIFY_WITH_TIMEOUT(text("planPreview").contains(QStringLiteral("42 calls/s will be refused at once")),
                                 patience);
        QVERIFY(text("stateNow").contains(QStringLiteral("now CLOSED")));
        driven.engine.paymentsOpens = true;
        driven.engine.hint("control", "{}");
        QTRY_VERIFY_WITH_TIMEOUT(text("stateNow").contains(QStringLiteral("now OPEN")), patience);
        // The sentence is the engine's: it was asked again.
        QTRY_VERIFY_WITH_TIMEOUT(text("planPreview").contains(QStringLiteral("2 of 3 instances refuse them already")),
                                 patience);
    }

    void asksNoTimeLimitForARelease()
    {
        Driven driven(QStringLiteral("service"));
        QTRY_VERIFY_WITH_TIMEOUT(driven.window->context().controls.latest(), patience);
        Control payments;
        for (const Control& control : driven.window->context().controls.latest()->controls) {
            if (control.id == QLatin1String("checkout/breaker/payments"))
                payments = control;
        }
        driven.window->context().actions.setActor(QStringLiteral("ana"));
        driven.engine.force(QStringLiteral("forced_open"));
        (new ActionDialog(driven.window->context(), payments, QStringLiteral("auto"), driven.window.get()))->open();
        const auto* confirm = driven.dialog()->findChild<QAbstractButton*>(QStringLiteral("confirmAction"));
        QTRY_COMPARE_WITH_TIMEOUT(confirm->text(), QStringLiteral("Release on 3 instances"), patience);
        for (const auto* hold : driven.dialog()->findChildren<QRadioButton*>())
            QVERIFY(!hold->isVisible());
        for (const auto* label : driven.dialog()->findChildren<QLabel*>())
            QVERIFY2(!label->isVisible() || !label->text().contains(QStringLiteral("Time limit")),
                     qPrintable(label->text()));
        const QString preview = driven.dialog()->findChild<QLabel*>(QStringLiteral("planPreview"))->text();
        QVERIFY2(!preview.contains(QStringLiteral("held forced open by ana")), qPrintable(preview));
    }

    void namesTheFlagInDialogAndButton()
    {
        const Driven driven(QStringLiteral("service"));
        QTRY_VERIFY_WITH_TIMEOUT(driven.window->context().controls.latest(), patience);
        for (const Control& control : driven.window->context().controls.latest()->controls) {
            if (control.kind == ControlKind::Flag)
                (new ActionDialog(driven.window->context(), control, QStringLiteral("forced_on"), driven.window.get()))
                    ->open();
        }
        QVERIFY(driven.dialog());
        QCOMPARE(driven.dialog()->windowTitle(), QStringLiteral("Switch on · checkout: recommendations-off"));
        const auto* confirm = driven.dialog()->findChild<QAbstractButton*>(QStringLiteral("confirmAction"));
        QTRY_VERIFY_WITH_TIMEOUT(
            confirm->text().startsWith(QStringLiteral("Switch recommendations-off on in 3 instances for 15")),
            patience);
    }

    void disablesEveryActionWhenTheEngineIsGone()
    {
        Driven driven(QStringLiteral("service"));
        QTRY_VERIFY_WITH_TIMEOUT(driven.button("control.checkout/breaker/payments", "Open breaker"), patience);
        QVERIFY(driven.button("control.checkout/breaker/payments", "Open breaker")->isEnabled());
        const QString before = driven.words("control.checkout/breaker/payments");
        driven.engine.die();
        QTRY_VERIFY_WITH_TIMEOUT(!driven.button("control.checkout/breaker/payments", "Open breaker")->isEnabled(),
                                 4000);
        QVERIFY(driven.button("control.checkout/breaker/payments", "Open breaker")
                    ->toolTip()
                    .contains(QStringLiteral("not reachable")));
        QTRY_VERIFY_WITH_TIMEOUT(driven.words("control.checkout/breaker/payments") != before, 20'000);  // ages go on
    }

    void knowsNotWhetherControlsAreArmedWhenTheEngineIsGone()
    {
        Driven driven;
        const auto said = [&] { return static_cast<QAbstractButton*>(driven.part("armedCell"))->text(); };
        QTRY_COMPARE_WITH_TIMEOUT(said(), QStringLiteral("Controls: armed"), patience);
        driven.engine.die();
        QTRY_COMPARE_WITH_TIMEOUT(said(), QStringLiteral("Controls: unknown"), 20'000);
    }

    void closesWhileADialogIsOpen()
    {
        Driven driven(QStringLiteral("service"));
        QTRY_VERIFY_WITH_TIMEOUT(driven.button("control.checkout/breaker/payments", "Open breaker"), patience);
        QTest::mouseClick(driven.button("control.checkout/breaker/payments", "Open breaker"), Qt::LeftButton);
        const QPointer<QDialog> dialog = driven.dialog();
        QVERIFY(dialog);
        driven.window.reset();
        QVERIFY(!dialog);
    }

    void acknowledgesTheIncidentInTheStrip()
    {
        const Driven driven;
        QTRY_VERIFY_WITH_TIMEOUT(driven.part("incidentStrip")
                                     ->accessibleName()
                                     .contains(QStringLiteral("Incident 142, critical, not acknowledged")),
                                 patience);
        driven.part("incidentStrip")->setFocus();
        QTest::keyClick(driven.part("incidentStrip"), Qt::Key_A);
        QTRY_VERIFY_WITH_TIMEOUT(driven.engine.count(QStringLiteral("/holdfast/v1/incidents/142/ack")) == 1, patience);
    }

    void saysWhatIsMissingInsteadOfAnEmptyPage()
    {
        Driven driven;
        driven.engine.anyService = false;
        const auto said = [&] {
            const QWidget* page = driven.part("statePage");
            return page && page->isVisible() ? page->accessibleName() : QString();
        };
        QTRY_COMPARE_WITH_TIMEOUT(said(), QStringLiteral("No service found yet"), patience);
    }

    void changesTheThemeWhileItRuns()
    {
        const Driven driven;
        QTRY_VERIFY_WITH_TIMEOUT(driven.window->painted(), patience);
        Theme& theme = driven.window->context().theme;
        const auto lightness = [&] { return driven.window->grab().toImage().pixelColor(5, 500).lightness(); };
        theme.apply(ThemeKind::Light);
        QTRY_VERIFY(lightness() > 180);
        theme.apply(ThemeKind::Dark);
        QTRY_VERIFY(lightness() < 60);
    }
};

QTEST_MAIN(TestWindow)
#include "tst_window.moc"
