#include "tests/support/driven_window.h"
#include "widgets/settings/preferences.h"
#include "widgets/theme/number_format.h"
#include "widgets/time/time_cursor.h"

#include <QAbstractButton>
#include <QButtonGroup>
#include <QDateTime>
#include <QFrame>
#include <QLabel>
#include <QLineEdit>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>

using namespace holdfast::widgets;
using holdfast::test::DrivenWindow;

namespace {

constexpr int patience = 20'000;

struct Driven : DrivenWindow {
    Driven()
    {
        live = QTest::qWaitFor([this] { return window->painted(); }, patience);
    }
    [[nodiscard]] QAbstractButton* button(const char* name) const
    {
        return window->findChild<QAbstractButton*>(QLatin1String(name));
    }
    [[nodiscard]] QString view() const { return window->context().navigator.place().view; }

    bool live = false;
};

}  // namespace

/// What the edge of the window says of the engine, where it leads, and the ranges that a person's day has.
class TestShellStatus : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(QStringLiteral("holdfast-test-status"));
        QSettings().clear();
    }

    void leadsFromEveryCellToItsPageByKey_data()
    {
        QTest::addColumn<QByteArray>("cell");
        QTest::addColumn<QString>("page");
        QTest::newRow("collecting") << QByteArray("collectingCell") << "targets";
        QTest::newRow("rules") << QByteArray("rulesCell") << "health";
        QTest::newRow("store") << QByteArray("storeCell") << "health";
        QTest::newRow("clocks") << QByteArray("clockCell") << "targets";
        QTest::newRow("controls") << QByteArray("armedCell") << "controls";
        QTest::newRow("version") << QByteArray("versionCell") << "health";
    }
    void leadsFromEveryCellToItsPageByKey()
    {
        QFETCH(QByteArray, cell);
        QFETCH(QString, page);
        const Driven driven;
        QVERIFY(driven.live);
        QAbstractButton* button = driven.button(cell.constData());
        QTRY_VERIFY_WITH_TIMEOUT(button->isVisible(), patience);
        button->setFocus(Qt::TabFocusReason);
        QTest::keyClick(button, Qt::Key_Space);
        QTRY_COMPARE_WITH_TIMEOUT(driven.view(), page, patience);
    }

    void saysThatRulesAreLateAndAClockIsOff()
    {
        Driven driven;
        QVERIFY(driven.live);
        driven.engine.rulesLateMs = 40'000;
        driven.engine.clockAheadMs = 41'000;
        QTRY_COMPARE_WITH_TIMEOUT(driven.button("rulesCell")->text(), QStringLiteral("rules 40\u202Fs late"), patience);
        QTRY_COMPARE_WITH_TIMEOUT(driven.button("clockCell")->text(), QStringLiteral("db-3:9100 is 41\u202Fs ahead"),
                                  patience);
        QVERIFY(driven.button("clockCell")->accessibleName().startsWith(QStringLiteral("Warning")));
        QTest::mouseClick(driven.button("clockCell"), Qt::LeftButton);
        QCOMPARE(driven.window->context().navigator.place().item, QStringLiteral("db-3:9100"));
    }

    void saysWhenTheStoreWillBeFull()
    {
        Driven driven;
        QVERIFY(driven.live);
        auto* bar = driven.window->findChild<QWidget*>(QStringLiteral("diskBar"));
        QVERIFY(!bar->isVisible());
        driven.engine.diskIsFull = true;
        QTRY_VERIFY_WITH_TIMEOUT(bar->isVisible(), patience);
        QVERIFY2(bar->accessibleName().startsWith(QStringLiteral("Store full in ≈ 3\u202Fh")),
                 qPrintable(bar->accessibleName()));
        QTest::mouseClick(bar->findChild<QAbstractButton*>(), Qt::LeftButton);
        QCOMPARE(driven.view(), QStringLiteral("settings"));
    }

    void knowsWhenTheShiftBegan()
    {
        Preferences preferences;
        const auto at = [](const char* text) {
            return QDateTime::fromString(QLatin1String(text), Qt::ISODate).toMSecsSinceEpoch();
        };
        preferences.setShift(8 * 60, 12);
        QCOMPARE(preferences.shiftBeganMs(at("2026-11-23T03:14:07Z")), at("2026-11-22T20:00:00Z"));
        QCOMPARE(preferences.shiftBeganMs(at("2026-11-23T08:00:00Z")), at("2026-11-23T08:00:00Z"));
        preferences.setShift(6 * 60 + 30, 8);
        QCOMPARE(preferences.shiftBeganMs(at("2026-11-23T14:29:59Z")), at("2026-11-23T06:30:00Z"));
        QCOMPARE(Preferences().shiftHours(), 8);
    }

    void showsTheTimeSinceTheLastDeployOfTheServiceInView()
    {
        Driven driven;
        QVERIFY(driven.live);
        const qint64 now = driven.window->context().time.nowMs();
        driven.engine.deploys = {
            QJsonObject{
                {"id", 1}, {"at_ms", now - 1'200'000}, {"kind", "deploy"}, {"service", "checkout"}, {"text", "4.18.3"}},
            QJsonObject{
                {"id", 2}, {"at_ms", now - 60'000}, {"kind", "deploy"}, {"service", "mail"}, {"text", "2.0.1"}}};
        QTest::mouseClick(driven.button("timeRangeButton"), Qt::LeftButton);
        auto* deploy = driven.button("sinceDeploy");
        QVERIFY(deploy);
        QTRY_VERIFY_WITH_TIMEOUT(deploy->isEnabled(), patience);
        QVERIFY2(deploy->text().startsWith(QStringLiteral("Since the deploy of checkout, 20\u202Fmin ago: 4.18.3")),
                 qPrintable(deploy->text()));
        QTest::mouseClick(deploy, Qt::LeftButton);
        const TimeCursor& time = driven.window->context().time;
        QCOMPARE(time.mode(), TimeMode::Live);
        QVERIFY(time.spanMs() >= 1'200'000 && time.spanMs() < 1'400'000);
    }

    void writesNumbersAsChosen()
    {
        Preferences preferences;
        preferences.setNumbers(NumberStyle::Comma);
        QCOMPARE(latencyText(1.84), QStringLiteral("1,84\u202Fs"));
        QCOMPARE(Preferences().numbers(), NumberStyle::Comma);
        preferences.setNumbers(NumberStyle::Point);
        QCOMPARE(latencyText(1.84), QStringLiteral("1.84\u202Fs"));
    }

    void takesARangeByItsNameOnceTheEngineKnowsIt()
    {
        Driven driven;
        QVERIFY(driven.live);
        const qint64 now = driven.window->context().time.nowMs();
        driven.engine.deploys = {QJsonObject{
            {"id", 1}, {"at_ms", now - 3'600'000}, {"kind", "deploy"}, {"service", "checkout"}, {"text", "4.18.3"}}};
        QTest::mouseClick(driven.button("timeRangeButton"), Qt::LeftButton);
        auto* field = driven.window->findChild<QLineEdit*>(QStringLiteral("typedRange"));
        QVERIFY(field);
        QTest::keyClicks(field, QStringLiteral("since deploy"));
        QTest::keyClick(field, Qt::Key_Return);
        const TimeCursor& time = driven.window->context().time;
        QTRY_VERIFY_WITH_TIMEOUT(time.spanMs() >= 3'600'000, patience);
        QCOMPARE(time.mode(), TimeMode::Live);
    }

    void saysHowItReadsARangeBeforeItIsTaken()
    {
        const Driven driven;
        QVERIFY(driven.live);
        QTest::mouseClick(driven.button("timeRangeButton"), Qt::LeftButton);
        auto* field = driven.window->findChild<QLineEdit*>(QStringLiteral("typedRange"));
        auto* means = driven.window->findChild<QLabel*>(QStringLiteral("typedRangeMeans"));
        QVERIFY(field && means);
        QTest::keyClicks(field, QStringLiteral("yesterday 9 to 10"));
        QVERIFY2(means->text().endsWith(QStringLiteral(": 1\u202Fh")), qPrintable(means->text()));
        QTest::keyClicks(field, QStringLiteral("x"));
        QTest::keyClick(field, Qt::Key_Return);
        QVERIFY2(means->text().startsWith(QStringLiteral("Cannot read")), qPrintable(means->text()));
    }

    void keepsTheLanguageThatWasChosenAndOffersToStartAgain()
    {
        const Driven driven;
        QVERIFY(driven.live);
        driven.window->context().navigator.go({.view = QStringLiteral("settings"), .service = {}, .item = {}});
        auto* choice = driven.window->findChild<QButtonGroup*>(QStringLiteral("languageChoice"));
        auto* again = driven.button("startAgain");
        QVERIFY(choice && again);
        QVERIFY(!again->isEnabled());
        choice->button(2)->click();
        QVERIFY(again->isEnabled());
        QCOMPARE(QSettings().value(QStringLiteral("window/language")).toString(), QStringLiteral("de"));
        QSignalSpy wanted(driven.window->context().preferences, &Preferences::restartWanted);
        again->click();
        QCOMPARE(wanted.size(), 1);
        QVERIFY(!driven.window->isVisible());
    }
};

QTEST_MAIN(TestShellStatus)
#include "tst_shell_status.moc"
