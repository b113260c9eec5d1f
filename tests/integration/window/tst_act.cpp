#include "tests/support/real_shop.h"
#include "widgets/client/feed.h"
#include "widgets/client/fleet.h"
#include "widgets/controls/action_runner.h"
#include "widgets/main_window/main_window.h"
#include "widgets/theme/theme.h"
#include "widgets/table/row_model.h"

#include <QAbstractButton>
#include <QApplication>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMap>
#include <QPointer>
#include <QRegularExpression>
#include <QScrollArea>
#include <QSettings>
#include <QStandardPaths>
#include <QTabBar>
#include <QTableView>
#include <QTest>

#include <algorithm>
#include <memory>

using namespace holdfast::widgets;

namespace {

constexpr int patience = 90'000;  // a debug engine and a fleet share a busy machine
const auto breaker = QStringLiteral("checkout/breaker/payments");

}  // namespace

/// A person at the window, on the real engine and the real fleet: trip with reason and hold, read-back, effect, and the
/// end of the hold.
class TestAct : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(QStringLiteral("holdfast-test"));
        QSettings().clear();
        QVERIFY2(m_shop.start(QStringLiteral("calm"), 30), m_shop.words());
        m_window = m_shop.openWindow(QStringLiteral("service"), QSize(1600, 900), QStringLiteral("checkout"));
        m_window->context().actions.setActor(QStringLiteral("ana"));
        QTRY_VERIFY_WITH_TIMEOUT(card(), patience);
        // An effect is against what was before: two scrapes must have told it.
        const auto measured = [this] {
            const auto fleet = m_window->context().fleet.latest();
            return fleet && std::ranges::any_of(fleet->services, [](const FleetService& service) {
                       return service.name == QLatin1String("checkout") && service.errors.value.has_value();
                   });
        };
        QTRY_VERIFY_WITH_TIMEOUT(measured(), patience);
    }

    void cleanupTestCase() { m_window.reset(); }

    void aBreakerIsTrippedFromTheScreenThatShowsTheTrouble()
    {
        // What is armed says so; what is not is armed here.
        auto* arm = buttonIn(m_window->findChild<QWidget*>(QStringLiteral("actHere")), QStringLiteral("Arm controls"));
        if (arm && arm->isVisible())
            QTest::mouseClick(arm, Qt::LeftButton);
        QString outcome;
        trip(QStringLiteral("DB pool exhausted, shed load"), QStringLiteral("40 min"), outcome);
        QTRY_COMPARE_WITH_TIMEOUT(outcome, QStringLiteral("verified"), patience);
        QTRY_VERIFY_WITH_TIMEOUT(!m_dialog, patience);  // it was read and closes itself
    }

    void theCardShowsWhatWasReadBackAndWhoHoldsIt()
    {
        QTRY_VERIFY_WITH_TIMEOUT(words(card()).contains(QStringLiteral("FORCED OPEN")), patience);
        QTRY_VERIFY_WITH_TIMEOUT(words(card()).contains(QStringLiteral("by ana · ends in")), patience);
        QVERIFY(words(card()).contains(QStringLiteral("DB pool exhausted")));
    }

    void itsEffectStandsAtTheFootOfThePanel()
    {
        QTRY_VERIFY_WITH_TIMEOUT(!effects().isEmpty(), patience);
        QVERIFY(effects().front()->accessibleName().startsWith(QStringLiteral("Effect of FORCED OPEN")));
        QTRY_VERIFY_WITH_TIMEOUT(effects().front()->isVisible(), patience);
        // Numbers from the first answer on, and no verdict before there can be one.
        QTRY_VERIFY2_WITH_TIMEOUT(saidOfEffect().contains(QStringLiteral("of 90 s)")), qPrintable(saidOfEffect()),
                                  patience);
        QTRY_VERIFY2_WITH_TIMEOUT(effects().front()->accessibleName().contains(QStringLiteral("… too early")),
                                  qPrintable(effects().front()->accessibleName()), patience);
        auto* panel = m_window->findChild<QScrollArea*>(QStringLiteral("actHere"));
        const auto placeOf = [this](QWidget* part) {
            return QRect(part->mapTo(m_window.get(), QPoint()), part->size());
        };
        QVERIFY(!placeOf(effects().front()).intersects(placeOf(panel->viewport())));  // it covers no card
        picture(*m_window, "effect");
    }

    void nothingInTheListsMovesWhenSomethingIsSwitched()
    {
        press(Qt::Key_4);
        QTRY_VERIFY_WITH_TIMEOUT(table("Breakers") && rowOf("catalog/breaker/inventory") >= 0, patience);
        QTRY_VERIFY_WITH_TIMEOUT(inForce() == 1, patience);  // checkout → payments, from above
        const auto before = places();
        QVERIFY(before.size() > 5);
        QTableView* breakers = table("Breakers");
        const QModelIndex cell = breakers->model()->index(rowOf("catalog/breaker/inventory"), 8);
        const QPoint open(breakers->visualRect(cell).left() + 24, breakers->visualRect(cell).center().y());
        QTest::mouseClick(breakers->viewport(), Qt::LeftButton, {}, open);
        auto* undo = m_window->findChild<QWidget*>(QStringLiteral("undoButton"));
        QTRY_VERIFY(undo->isVisible());
        QVERIFY(cell.data().toString().startsWith(QStringLiteral("sends in")));
        QCOMPARE(places(), before);
        auto* reason = m_window->findChild<QLineEdit*>(QStringLiteral("undoReason"));
        QTest::keyClicks(reason, QStringLiteral("stock is slow"));
        QTest::keyClick(reason, Qt::Key_Return);
        QVERIFY(!QApplication::activePopupWidget());  // Enter went to the reason, not to the row
        QTRY_COMPARE_WITH_TIMEOUT(inForce(), 2, patience);
        QTRY_VERIFY_WITH_TIMEOUT(
            cell.siblingAtColumn(2).data().toString().contains(QStringLiteral("FORCED OPEN by ana")), patience);
        QCOMPARE(places(), before);
        picture(*m_window, "controls");
    }

    void theFilterNeverHidesWhatIsInForceAndEndsWithTheVisit()
    {
        auto* filter = m_window->findChild<QLineEdit*>(QStringLiteral("controlFilter"));
        QTest::keyClicks(filter, QStringLiteral("mail"));
        QTRY_VERIFY(rowOf("search/breaker/catalog") < 0);
        QVERIFY(rowOf("catalog/breaker/inventory") >= 0);
        QCOMPARE(inForce(), 2);
        QVERIFY(m_window->findChild<QAbstractButton*>(QStringLiteral("hiddenByFilter"))
                    ->text()
                    .contains(QStringLiteral("hidden by “mail”")));
        press(Qt::Key_2);
        press(Qt::Key_4);
        QVERIFY(filter->text().isEmpty());
        QTRY_VERIFY(rowOf("search/breaker/catalog") >= 0);
    }

    void oneClickOnTheScreenOfTheTroublePutsItBack()
    {
        m_window->context().navigator.go({QStringLiteral("service"), QStringLiteral("checkout"), {}});
        QTRY_VERIFY_WITH_TIMEOUT(buttonIn(card(), QStringLiteral("Release")), patience);
        QTest::mouseClick(buttonIn(card(), QStringLiteral("Release")), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(!words(card()).contains(QStringLiteral("FORCED OPEN")), patience);
        QTRY_VERIFY_WITH_TIMEOUT(buttonIn(card(), QStringLiteral("Open breaker")), patience);
        // The card of its effect does not go on as if it were in force.
        QTRY_VERIFY_WITH_TIMEOUT(!effects().isEmpty(), patience);
        QTRY_VERIFY2_WITH_TIMEOUT(saidOfEffect().startsWith(QStringLiteral("Reverted at ")), qPrintable(saidOfEffect()),
                                  patience);
        QVERIFY2(saidOfEffect().contains(QStringLiteral("by ana; while it held")), qPrintable(saidOfEffect()));
        picture(*m_window, "released");
    }

    void itComesBackByItselfAndStandsInTheAudit()
    {
        QString outcome;
        trip(QStringLiteral("for a moment"), QStringLiteral("12 s"), outcome);
        QTRY_COMPARE_WITH_TIMEOUT(outcome, QStringLiteral("verified"), patience);
        QTRY_VERIFY2_WITH_TIMEOUT(saidOfEffect().startsWith(QStringLiteral("Ended by itself at ")),
                                  qPrintable(saidOfEffect()), patience);
        QTRY_VERIFY_WITH_TIMEOUT(!words(card()).contains(QStringLiteral("FORCED OPEN")), patience);
        picture(*m_window, "ended");
        press(Qt::Key_4);
        auto* tabs = m_window->findChild<QTabBar*>(QStringLiteral("controlTabs"));
        QVERIFY(tabs);
        QTest::mouseClick(tabs, Qt::LeftButton, {}, tabs->tabRect(4).center());
        auto* every = m_window->findChild<QAbstractButton*>(QStringLiteral("everyStep"));
        QTRY_VERIFY(every->isVisible());
        QTest::mouseClick(every, Qt::LeftButton);
        const auto steps = [this] {
            for (auto* table : m_window->findChildren<QTableView*>()) {
                if (table->accessibleName() == QStringLiteral("Audit, every step"))
                    return table->model()->rowCount();
            }
            return 0;
        };
        QTRY_VERIFY_WITH_TIMEOUT(steps() >= 4, patience);  // intent and outcome, of the act and of its end
        QVERIFY(!m_window->findChild<QWidget*>(QStringLiteral("controlsEmpty"))->isVisible());
        picture(*m_window, "audit");
    }

    void withTextsTwiceAsLargeNothingOfItIsCut()
    {
        m_window->context().navigator.go({QStringLiteral("service"), QStringLiteral("checkout"), {}});
        m_window->context().theme.setTextPercent(200);
        m_window->resize(1280, 720);
        if (!m_window->findChild<QWidget*>(QStringLiteral("actHere"))->isVisible())
            press(Qt::Key_F4);
        const auto open = [this] { return buttonIn(card(), QStringLiteral("Open breaker")); };
        QTRY_VERIFY_WITH_TIMEOUT(open() && open()->isVisible() && open()->isEnabled(), patience);
        QTRY_VERIFY2_WITH_TIMEOUT(cutIn(*card()).isEmpty(), qPrintable(cutIn(*card())), patience);
        // The effect leaves the cards their room.
        auto* panel = m_window->findChild<QScrollArea*>(QStringLiteral("actHere"));
        QTRY_VERIFY_WITH_TIMEOUT(panel->viewport()->height() > panel->height() / 3, patience);
        QTest::mouseClick(open(), Qt::LeftButton);
        m_dialog = m_window->findChild<QDialog*>(QStringLiteral("actionDialog"));
        QVERIFY(m_dialog);
        auto* name = m_dialog->findChild<QLineEdit*>(QStringLiteral("actionName"));
        QTRY_VERIFY_WITH_TIMEOUT(name->isVisible(), patience);  // the plan is there
        QTRY_VERIFY2_WITH_TIMEOUT(cutIn(*m_dialog).isEmpty(), qPrintable(cutIn(*m_dialog)), patience);
        QVERIFY(m_dialog->height() <= m_window->height());
        for (const char* button : {"confirmAction", "whyNotConfirm"}) {
            const auto* part = m_dialog->findChild<QWidget*>(QLatin1String(button));
            QVERIFY(m_dialog->rect().contains(QRect(part->mapTo(m_dialog, QPoint()), part->size())));
        }
        picture(*m_window, "large");
        auto* reason = m_dialog->findChild<QLineEdit*>(QStringLiteral("actionReason"));
        QTest::keyClicks(reason, QStringLiteral("seen while typed"));
        QVERIFY(!reason->visibleRegion().isEmpty());
        picture(*m_dialog, "large-dialog");
        QTest::keyClick(m_dialog, Qt::Key_Escape);
        QTRY_VERIFY_WITH_TIMEOUT(!m_dialog, patience);
    }

private:
    /// The first text or button that has less room than it needs, or nothing.
    [[nodiscard]] static QString cutIn(const QWidget& within)
    {
        for (const auto* label : within.findChildren<QLabel*>()) {
            const bool cut = label->wordWrap() ? label->heightForWidth(label->width()) > label->height() + 1
                                               : label->sizeHint().width() > label->width() + 1;
            if (label->isVisible() && !label->text().isEmpty() && cut)
                return label->text();
        }
        for (const auto* button : within.findChildren<QAbstractButton*>()) {
            if (button->isVisible() && button->sizeHint().width() > button->width() + 1)
                return button->text();
        }
        return {};
    }
    /// Through the dialog of the card, as a hand does it; `outcome` is how it ended.
    void trip(const QString& why, const QString& until, QString& outcome)
    {
        const auto open = [this] { return buttonIn(card(), QStringLiteral("Open breaker")); };
        QTRY_VERIFY_WITH_TIMEOUT(open() && open()->isEnabled(), patience);
        QTest::mouseClick(open(), Qt::LeftButton);
        m_dialog = m_window->findChild<QDialog*>(QStringLiteral("actionDialog"));
        QVERIFY(m_dialog);
        auto* confirm = m_dialog->findChild<QAbstractButton*>(QStringLiteral("confirmAction"));
        auto* reason = m_dialog->findChild<QLineEdit*>(QStringLiteral("actionReason"));
        auto* name = m_dialog->findChild<QLineEdit*>(QStringLiteral("actionName"));
        QTRY_VERIFY_WITH_TIMEOUT(name->isVisible(), patience);
        QVERIFY(!confirm->isEnabled());
        QTest::keyClicks(reason, why);
        QTest::keyClicks(m_dialog->findChild<QLineEdit*>(QStringLiteral("holdUntil")), until);
        QTest::keyClicks(name, QStringLiteral("payments"));
        QTRY_VERIFY_WITH_TIMEOUT(confirm->isEnabled(), patience);
        QVERIFY(confirm->text().startsWith(QStringLiteral("Open breaker on ")));
        QTest::keyClick(reason, Qt::Key_Return);
        QVERIFY(!m_dialog->findChild<QLabel*>(QStringLiteral("actionOutcome"))->isVisible());
        picture(*m_dialog, "dialog");
        connect(&m_window->context().actions, &ActionRunner::progressed, m_dialog, [this, &outcome](int ticket) {
            const auto action = m_window->context().actions.action(ticket);
            if (action && action->settled())
                outcome = action->state;
        });
        QTest::keyClick(m_dialog, Qt::Key_Return, Qt::ControlModifier);
    }
    /// A key for the window, as soon as it is the one that has the keyboard.
    void press(Qt::Key key)
    {
        m_window->activateWindow();
        QTRY_VERIFY_WITH_TIMEOUT(m_window->isActiveWindow(), patience);
        QTest::keyClick(m_window.get(), key);
    }
    [[nodiscard]] QString saidOfEffect() const
    {
        return effects().isEmpty() ? QString() : effects().front()->accessibleDescription();
    }
    /// For who wants to look: HOLDFAST_PICTURES names a folder.
    static void picture(QWidget& of, const char* name)
    {
        if (const QString folder = qEnvironmentVariable("HOLDFAST_PICTURES"); !folder.isEmpty())
            of.grab().save(QStringLiteral("%1/%2.png").arg(folder, QLatin1String(name)));
    }
    [[nodiscard]] QWidget* card() const { return m_window->findChild<QWidget*>(QStringLiteral("control.") + breaker); }
    [[nodiscard]] static QAbstractButton* buttonIn(const QWidget* within, const QString& text)
    {
        for (auto* button : within ? within->findChildren<QAbstractButton*>() : QList<QAbstractButton*>()) {
            if (button->text().startsWith(text))
                return button;
        }
        return nullptr;
    }
    [[nodiscard]] QList<QWidget*> effects() const
    {
        return m_window->findChildren<QWidget*>(QRegularExpression(QStringLiteral("^effect\\.\\d+$")));
    }
    [[nodiscard]] QTableView* table(const char* name) const
    {
        for (auto* each : m_window->findChildren<QTableView*>()) {
            if (each->accessibleName() == QLatin1String(name) && each->isVisible())
                return each;
        }
        return nullptr;
    }
    [[nodiscard]] int rowOf(const char* control) const
    {
        const QTableView* breakers = table("Breakers");
        for (int row = 0; breakers && row < breakers->model()->rowCount(); ++row) {
            if (breakers->model()->index(row, 1).data(RowRole::key).toString() == QLatin1String(control))
                return row;
        }
        return -1;
    }
    [[nodiscard]] int inForce() const
    {
        const QTableView* strip = table("In force");
        return strip ? strip->model()->rowCount() : -1;
    }
    /// Where every row's buttons stand, by control, and where the strip ends.
    [[nodiscard]] QMap<QString, QRect> places() const
    {
        QMap<QString, QRect> all;
        for (const char* name : {"Breakers", "In force"})
            all.insert(QLatin1String(name), QRect(table(name)->mapTo(m_window.get(), QPoint()), table(name)->size()));
        const QTableView* breakers = table("Breakers");
        for (int row = 0; row < breakers->model()->rowCount(); ++row) {
            const QModelIndex cell = breakers->model()->index(row, 8);
            const QRect box = breakers->visualRect(cell);
            all.insert(cell.data(RowRole::key).toString(),
                       QRect(breakers->viewport()->mapTo(m_window.get(), box.topLeft()), box.size()));
        }
        return all;
    }
    [[nodiscard]] static QString words(const QWidget* within)
    {
        QStringList all;
        for (const auto* label : within ? within->findChildren<QLabel*>() : QList<QLabel*>())
            all << (label->isHidden() ? QString() : label->text());
        return all.join(QLatin1Char('|'));
    }

    holdfast::test::RealShop m_shop;
    std::unique_ptr<MainWindow> m_window;
    QPointer<QDialog> m_dialog;
};

QTEST_MAIN(TestAct)
#include "tst_act.moc"
