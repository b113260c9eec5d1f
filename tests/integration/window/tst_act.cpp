#include "widgets/controls/action_runner.h"
#include "widgets/main_window/main_window.h"

#include <QAbstractButton>
#include <QDialog>
#include <QFileInfo>
#include <QLabel>
#include <QLineEdit>
#include <QPointer>
#include <QProcess>
#include <QRegularExpression>
#include <QScrollArea>
#include <QSettings>
#include <QStandardPaths>
#include <QTabBar>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

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
        const QString config = m_folder.filePath(QStringLiteral("holdfast.yml"));
        m_fleet.start(QStringLiteral(HOLDFAST_BIN_DIR "/holdfast-fleet"),
                      {"--port-base", "0", "--scenario", "calm", "--rate", "30", "--token-file",
                       m_folder.filePath("token"), "--write-config", config});
        QTRY_VERIFY_WITH_TIMEOUT(QFileInfo::exists(config), patience);
        const QString database = m_folder.filePath(QStringLiteral("h.db"));
        m_engine.start(QStringLiteral(HOLDFAST_BIN_DIR "/holdfast"),
                       {"serve", "--config", config, "--db", database, "--listen", "127.0.0.1:0"});
        WindowOptions options;
        options.source.engineFile = database + QStringLiteral(".engine");
        options.view = QStringLiteral("service");
        options.service = QStringLiteral("checkout");
        options.size = QSize(1600, 900);
        QTRY_VERIFY_WITH_TIMEOUT(QFileInfo::exists(options.source.engineFile), patience);
        m_window = std::make_unique<MainWindow>(options);
        m_window->start();
        m_window->show();
        m_window->activateWindow();
        m_window->context().actions.setActor(QStringLiteral("ana"));
        QTRY_VERIFY_WITH_TIMEOUT(card(), patience);
    }

    void cleanupTestCase()
    {
        m_window.reset();
        for (QProcess* process : {&m_engine, &m_fleet}) {
            process->terminate();
            process->waitForFinished(15'000);
        }
    }

    void aBreakerIsTrippedFromTheScreenThatShowsTheTrouble()
    {
        // What is armed says so; what is not is armed here.
        auto* arm = buttonIn(m_window->findChild<QWidget*>(QStringLiteral("actHere")), QStringLiteral("Arm controls"));
        if (arm && arm->isVisible())
            QTest::mouseClick(arm, Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(buttonIn(card(), QStringLiteral("Open breaker"))
                                     && buttonIn(card(), QStringLiteral("Open breaker"))->isEnabled(),
                                 patience);
        QTest::mouseClick(buttonIn(card(), QStringLiteral("Open breaker")), Qt::LeftButton);
        auto* dialog = m_window->findChild<QDialog*>(QStringLiteral("actionDialog"));
        QVERIFY(dialog);
        auto* confirm = dialog->findChild<QAbstractButton*>(QStringLiteral("confirmAction"));
        auto* reason = dialog->findChild<QLineEdit*>(QStringLiteral("actionReason"));
        auto* name = dialog->findChild<QLineEdit*>(QStringLiteral("actionName"));
        QTest::keyClicks(reason, QStringLiteral("DB pool exhausted, shed load"));
        QTest::keyClicks(dialog->findChild<QLineEdit*>(QStringLiteral("holdUntil")), QStringLiteral("40 s"));
        QTRY_VERIFY_WITH_TIMEOUT(name->isVisible(), patience);
        QTest::keyClicks(name, QStringLiteral("payments"));
        QTRY_VERIFY_WITH_TIMEOUT(confirm->isEnabled(), patience);
        QVERIFY(confirm->text().startsWith(QStringLiteral("Open breaker on ")));
        QTest::keyClick(reason, Qt::Key_Return);
        QVERIFY(!dialog->findChild<QLabel*>(QStringLiteral("actionOutcome"))->isVisible());
        picture(*dialog, "dialog");
        const QPointer<QDialog> open(dialog);
        QString outcome;
        connect(&m_window->context().actions, &ActionRunner::progressed, this, [&](int ticket) {
            const auto action = m_window->context().actions.action(ticket);
            if (action && action->settled())
                outcome = action->state;
        });
        QTest::keyClick(dialog, Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE_WITH_TIMEOUT(outcome, QStringLiteral("verified"), patience);
        QTRY_VERIFY_WITH_TIMEOUT(!open, patience);  // it was read and closes itself
    }

    void theCardShowsWhatWasReadBackAndWhoHoldsIt()
    {
        QTRY_VERIFY_WITH_TIMEOUT(words(card()).contains(QStringLiteral("FORCED OPEN")), patience);
        QTRY_VERIFY_WITH_TIMEOUT(words(card()).contains(QStringLiteral("by ana · ends in")), patience);
        QVERIFY(words(card()).contains(QStringLiteral("DB pool exhausted")));
    }

    void itsEffectStandsAtTheFootOfThePanel()
    {
        const auto effects = [this] {
            return m_window->findChildren<QWidget*>(QRegularExpression(QStringLiteral("^effect\\.\\d+$")));
        };
        QTRY_VERIFY_WITH_TIMEOUT(!effects().isEmpty(), patience);
        QVERIFY(effects().front()->accessibleName().startsWith(QStringLiteral("Effect of FORCED OPEN")));
        QTRY_VERIFY_WITH_TIMEOUT(effects().front()->isVisible(), patience);
        auto* panel = m_window->findChild<QScrollArea*>(QStringLiteral("actHere"));
        const auto placeOf = [this](QWidget* part) {
            return QRect(part->mapTo(m_window.get(), QPoint()), part->size());
        };
        QVERIFY(!placeOf(effects().front()).intersects(placeOf(panel->viewport())));  // it covers no card
        picture(*m_window, "effect");
    }

    void itComesBackByItselfAndStandsInTheAudit()
    {
        QTRY_VERIFY_WITH_TIMEOUT(!words(card()).contains(QStringLiteral("FORCED OPEN")), patience);
        m_window->context().navigator.go({QStringLiteral("controls"), {}, {}});
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
        picture(*m_window, "audit");
    }

private:
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
    [[nodiscard]] static QString words(const QWidget* within)
    {
        QStringList all;
        for (const auto* label : within ? within->findChildren<QLabel*>() : QList<QLabel*>())
            all << (label->isHidden() ? QString() : label->text());
        return all.join(QLatin1Char('|'));
    }

    QTemporaryDir m_folder;
    QProcess m_fleet;
    QProcess m_engine;
    std::unique_ptr<MainWindow> m_window;
};

QTEST_MAIN(TestAct)
#include "tst_act.moc"
