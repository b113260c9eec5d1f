#include "tests/support/driven_window.h"
#include "widgets/main_window/place_link.h"
#include "widgets/settings/preferences.h"

#include <QClipboard>
#include <QDialog>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QSet>
#include <QSettings>
#include <QStandardPaths>
#include <QTest>

using namespace holdfast::widgets;
using holdfast::test::DrivenWindow;

namespace {

constexpr int patience = 8000;

struct Driven : DrivenWindow {
    explicit Driven(const QString& view = QStringLiteral("fleet")) : DrivenWindow({.view = view})
    {
        live = QTest::qWaitFor([this] { return window->painted(); }, patience);
    }
    void press(int key, Qt::KeyboardModifiers modifiers = {}) const
    {
        QTest::keyClick(window->focusWidget() ? window->focusWidget() : window.get(), static_cast<Qt::Key>(key),
                        modifiers);
    }
    [[nodiscard]] QString hint() const { return window->findChild<QLabel*>(QStringLiteral("keyHint"))->text(); }

    bool live = false;
};

}  // namespace

/// What stands around the views: keys, the second window, links, what is kept.
class TestShell : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(QStringLiteral("holdfast-test-shell"));
        QSettings().clear();
    }

    void noSingleKeyChangesProduction()
    {
        const Driven driven(QStringLiteral("service"));
        QVERIFY(driven.live);
        for (const char* view : {"fleet", "service", "controls", "incidents"}) {
            driven.context().navigator.go({.view = QLatin1String(view), .service = {}, .item = {}});
            for (int key = Qt::Key_0; key <= Qt::Key_Z; ++key) {
                if (key > Qt::Key_9 && key < Qt::Key_A)
                    continue;
                driven.context().navigator.go({.view = QLatin1String(view), .service = {}, .item = {}});
                driven.press(key);
                for (auto* dialog : driven.window->findChildren<QDialog*>())
                    dialog->close();
            }
        }
        for (const auto& request : driven.engine.requests()) {
            if (request.method != "POST")
                continue;
            for (const char* door : {"/actions", "/arm", "/leases", "/revert_all"})
                QVERIFY2(!request.path.contains(QLatin1String(door)), qPrintable(request.path));
        }
    }

    void singleKeysCanBeSwitchedOff()
    {
        const Driven driven;
        QVERIFY(driven.live);
        driven.context().preferences->setSingleKeys(false);
        driven.press(Qt::Key_P);
        QCOMPARE(driven.context().time.mode(), TimeMode::Live);
        driven.context().preferences->setSingleKeys(true);
        driven.press(Qt::Key_P);
        QCOMPARE(driven.context().time.mode(), TimeMode::Paused);
    }

    void hintsAtTheSecondKey()
    {
        const Driven driven;
        QVERIFY(driven.live);
        const auto span = driven.context().time.spanMs();
        driven.press(Qt::Key_T);
        QVERIFY(driven.hint().contains(QStringLiteral("paste")));
        driven.press(Qt::Key_Z);
        QVERIFY(driven.hint().isEmpty());
        QCOMPARE(driven.context().time.spanMs(), span * 2);
    }

    void sharesTimeAndCrosshairWithTheSecondWindow()
    {
        const Driven driven;
        QVERIFY(driven.live);
        driven.press(Qt::Key_N, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(driven.window->second());
        QCOMPARE(&driven.window->second()->context().time, &driven.context().time);
        driven.window->second()->context().navigator.go(
            {.view = QStringLiteral("controls"), .service = {}, .item = {}});
        QCOMPARE(driven.context().navigator.place().view, QStringLiteral("fleet"));
    }

    void opensTheSecondWindowAgainAtTheNextStart()
    {
        {
            const Driven driven;
            driven.context().navigator.openBeside(
                {.view = QStringLiteral("controls"), .service = QStringLiteral("checkout"), .item = {}});
            driven.window->close();
        }
        const Driven again;
        QVERIFY(again.window->second());
        QCOMPARE(again.window->second()->context().navigator.place().view, QStringLiteral("controls"));
    }

    void saysThatTheEndBeforeWasUnexpected()
    {
        const Driven driven;
        const auto* note = driven.window->findChild<QWidget*>(QStringLiteral("noteBar"));
        QVERIFY(!note->isVisible());
        // What a crash leaves: the window never said that it closed.
        WindowOptions options;
        options.source.engineFile = driven.engine.engineFile();
        MainWindow after(options);
        after.start();
        after.show();
        QVERIFY(after.findChild<QWidget*>(QStringLiteral("noteBar"))->isVisible());
    }

    void opensALinkThatSomebodySent()
    {
        const Driven driven;
        QVERIFY(driven.live);
        const Place place{.view = QStringLiteral("service"), .service = QStringLiteral("payments"), .item = {}};
        const auto now = driven.context().time.nowMs();
        driven.press(Qt::Key_K, Qt::ControlModifier);
        auto* field = driven.window->findChild<QDialog*>()->findChild<QLineEdit*>();
        field->setText(linkText(place, TypedRange{false, now - 900'000, now - 300'000}));
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(driven.context().navigator.place().service, QStringLiteral("payments"));
        QCOMPARE(driven.context().time.mode(), TimeMode::Held);
    }

    void goesRoundTheRegionsWithF6()
    {
        const Driven driven;
        QVERIFY(driven.live);
        QSet<QWidget*> seen;
        for (int i = 0; i < 6; ++i) {
            driven.press(Qt::Key_F6);
            seen.insert(driven.window->focusWidget());
        }
        QVERIFY2(seen.size() >= 5, qPrintable(QString::number(seen.size())));
    }

    void asksForHalfThePointsWhenTheEngineIsOverloaded()
    {
        const Driven driven;
        driven.context().time.setSparing(true);
        QCOMPARE(driven.context().time.points(601), 301);
    }
};

QTEST_MAIN(TestShell)
#include "tst_shell.moc"
