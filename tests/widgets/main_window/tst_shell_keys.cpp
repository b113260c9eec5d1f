#include "tests/support/driven_window.h"
#include "widgets/main_window/go_to_palette.h"
#include "widgets/main_window/shortcut_sheet.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QInputDialog>
#include <QLineEdit>
#include <QSettings>
#include <QStandardPaths>
#include <QTest>

using namespace holdfast::widgets;
using holdfast::test::DrivenWindow;

namespace {

constexpr int patience = 20'000;

struct Driven : DrivenWindow {
    explicit Driven(const QString& view = QStringLiteral("fleet")) : DrivenWindow({.view = view})
    {
        live = QTest::qWaitFor([this] { return window->painted() && window->isActiveWindow(); }, patience);
    }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) const
    {
        QTest::keyClick(window->focusWidget() ? window->focusWidget() : window.get(), key, modifiers);
    }

    bool live = false;
};

}  // namespace

/// Keys that work wherever the focus is, and where Tab leads.
class TestShellKeys : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(QStringLiteral("holdfast-test-keys"));
        QSettings().clear();
    }

    void reachesTheDiagnosisWithTabAndCopiesItByKey()
    {
        const Driven driven(QStringLiteral("health"));
        QVERIFY(driven.live);
        auto* copy = driven.window->findChild<QWidget*>(QStringLiteral("copyDiagnosis"));
        QVERIFY(copy);
        for (int steps = 0; steps < 60 && !copy->hasFocus(); ++steps)
            driven.press(Qt::Key_Tab);
        QVERIFY(copy->hasFocus());
        QGuiApplication::clipboard()->clear();
        driven.press(Qt::Key_Space);
        QVERIFY(QGuiApplication::clipboard()->text().contains(QStringLiteral("Engine")));
        QGuiApplication::clipboard()->clear();
        driven.press(Qt::Key_C, Qt::ControlModifier);
        QVERIFY(QGuiApplication::clipboard()->text().contains(QStringLiteral("Engine")));
    }

    void opensThePaletteAndTheKeysFromWithinAText()
    {
        const Driven driven;
        QVERIFY(driven.live);
        driven.press(Qt::Key_Slash);
        auto* field = qobject_cast<QLineEdit*>(driven.window->focusWidget());
        QVERIFY(field);
        QTest::keyClicks(field, QStringLiteral("pay"));
        driven.press(Qt::Key_K, Qt::ControlModifier);
        QCOMPARE(field->text(), QStringLiteral("pay"));
        const auto palettes = driven.window->findChildren<GoToPalette*>();
        QCOMPARE(palettes.size(), 1);
        QTest::keyClick(palettes.front(), Qt::Key_Escape);
        QTRY_VERIFY_WITH_TIMEOUT(driven.window->findChildren<GoToPalette*>().isEmpty(), patience);
        driven.window->activateWindow();
        field->setFocus();
        QTRY_VERIFY_WITH_TIMEOUT(driven.window->isActiveWindow(), patience);
        QTest::keyClick(field, Qt::Key_F1);
        QCOMPARE(driven.window->findChildren<ShortcutSheet*>().size(), 1);
    }

    void clearsTheFilterWithEscape()
    {
        const Driven driven;
        QVERIFY(driven.live);
        driven.press(Qt::Key_Slash);
        auto* field = qobject_cast<QLineEdit*>(driven.window->focusWidget());
        QVERIFY(field);
        QTest::keyClicks(field, QStringLiteral("pay"));
        QTest::keyClick(field, Qt::Key_Escape);
        QCOMPARE(field->text(), QString());
    }

    void beginsANoteFromTheStrip()
    {
        const Driven driven;
        QVERIFY(driven.live);
        auto* strip = driven.window->findChild<QWidget*>(QStringLiteral("incidentStrip"));
        QTRY_VERIFY_WITH_TIMEOUT(strip->accessibleName().startsWith(QStringLiteral("Incident")), patience);
        strip->setFocus();
        QTest::keyClick(strip, Qt::Key_N);
        auto* dialog = driven.window->findChild<QInputDialog*>(QStringLiteral("noteDialog"));
        QVERIFY(dialog);
        dialog->setTextValue(QStringLiteral("calling DBA"));
        dialog->accept();
        const QString door = QStringLiteral("/holdfast/v1/incidents/142/note");
        QTRY_COMPARE_WITH_TIMEOUT(driven.engine.posted(door).value(QStringLiteral("text")).toString(),
                                  QStringLiteral("calling DBA"), patience);
    }
};

QTEST_MAIN(TestShellKeys)
#include "tst_shell_keys.moc"
