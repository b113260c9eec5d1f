#include "tests/support/real_program.h"
#include "tests/widgets/screens/layout_facts.h"
#include "widgets/main_window/language.h"
#include "widgets/main_window/main_window.h"
#include "widgets/main_window/stillness.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QSet>
#include <QSettings>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <memory>
#include <utility>

using namespace holdfast::widgets;
using holdfast::test::LayoutFacts;
using holdfast::test::RealProgram;

namespace {

constexpr int patience = 20'000;
constexpr int afterAsking = 6;    // looks; views put off what they ask by up to 250 ms
constexpr int afterPainting = 1;  // looks

/// How a view is looked at.
struct Look {
    const char* name;
    QSize size;
    int textPercent = 100;
    ThemeKind theme = ThemeKind::Dark;
};
// In an order in which little changes from one to the next: dressing all views anew is what takes the time.
constexpr Look looks[] = {
    {.name = "1280x720-light", .size = {1280, 720}, .theme = ThemeKind::Light},
    {.name = "1280x720-dark", .size = {1280, 720}},
    {.name = "1920x1080-dark", .size = {1920, 1080}},
    {.name = "1920x1080-200%-dark", .size = {1920, 1080}, .textPercent = 200},
    {.name = "3840x2160-200%-dark", .size = {3840, 2160}, .textPercent = 200},
    {.name = "3840x2160-light", .size = {3840, 2160}, .theme = ThemeKind::Light},
    {.name = "1920x1080-light", .size = {1920, 1080}, .theme = ThemeKind::Light},
};
constexpr Look usual = looks[2];
constexpr Look german = {.name = "1366x768-german", .size = {1366, 768}};
constexpr Look mirrored = {.name = "1366x768-right-to-left", .size = {1366, 768}, .theme = ThemeKind::Light};

}  // namespace

/// Every view on a recorded incident, in both themes and three sizes, with large texts, in German and from right to
/// left: facts of its layout, not its pixels.
class TestScreens : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(QStringLiteral("holdfast-test-screens"));
        QSettings().clear();
        QVERIFY(m_folder.isValid());
        const QString database = m_folder.filePath(QStringLiteral("replay.db"));
        m_engine = std::make_unique<RealProgram>(
            QStringLiteral(HOLDFAST_BIN_DIR "/holdfast"),
            QStringList{"serve", "--replay", QStringLiteral(HOLDFAST_SOURCE_DIR "/resources/demo/payments-db.holdfast"),
                        "--db", database, "--listen", "127.0.0.1:0"});
        const QString file = database + QStringLiteral(".engine");
        QVERIFY(m_engine->start([&] { return QFile::exists(file); }));
        m_engineFile = file;
        openWindow();
    }
    void cleanupTestCase()
    {
        m_stillness.reset();
        m_window.reset();
        m_engine.reset();
    }

    void isLaidOutWell_data()
    {
        QTest::addColumn<QString>("view");
        for (const ViewEntry& entry : builtViews())
            QTest::newRow(qPrintable(entry.id)) << entry.id;
    }
    void isLaidOutWell()
    {
        QFETCH(QString, view);
        go(view);
        QStringList faults;
        for (const Look& look : looks)
            faults += faultsOf(view, look);
        complain(faults);
    }

    void isWalkedThroughByTab_data() { isLaidOutWell_data(); }
    void isWalkedThroughByTab()
    {
        QFETCH(QString, view);
        go(view);
        dress(usual);
        QSet<QWidget*> visited;
        for (int i = 0; i < 300; ++i) {
            QWidget* at = QApplication::focusWidget();
            QVERIFY(at);
            if (visited.contains(at) && i > 2 && at == m_first)
                break;
            if (i == 1)
                m_first = at;
            visited << at;
            QTest::keyClick(at, Qt::Key_Tab);
        }
        QStringList left;
        for (QWidget* widget : LayoutFacts(*m_window).interactive()) {
            if (!visited.contains(widget) && !sharesAStop(*widget, visited))
                left << LayoutFacts::name(*widget);
        }
        QVERIFY2(left.isEmpty(), qPrintable(QStringLiteral("never reached:\n") + left.join(QLatin1Char('\n'))));
    }

    void isLaidOutWellFromRightToLeft_data() { isLaidOutWell_data(); }
    void isLaidOutWellFromRightToLeft()
    {
        if (QApplication::layoutDirection() == Qt::LeftToRight) {
            QApplication::setLayoutDirection(Qt::RightToLeft);
            openWindow();
        }
        QFETCH(QString, view);
        go(view);
        const QStringList faults = faultsOf(view, mirrored);
        complain(faults);
    }

    // Last: an application does not unlearn a language.
    void isLaidOutWellInGerman_data() { isLaidOutWell_data(); }
    void isLaidOutWellInGerman()
    {
        if (!m_german) {
            QApplication::setLayoutDirection(Qt::LeftToRight);
            useLanguage(*qApp, QStringLiteral("de"));
            m_german = true;
            openWindow();
        }
        QFETCH(QString, view);
        go(view);
        const QStringList faults = faultsOf(view, german);
        complain(faults);
    }

private:
    /// One line a fault: a failure's own text is cut after a few hundred letters.
    static void complain(const QStringList& faults)
    {
        for (const QString& fault : faults)
            qWarning("%s", qPrintable(fault));
        QCOMPARE(faults.size(), 0);
    }
    void openWindow()
    {
        WindowOptions options;
        options.source.engineFile = m_engineFile;
        options.view = QStringLiteral("fleet");
        options.service = QStringLiteral("checkout");
        options.size = usual.size;
        options.theme = usual.theme;
        m_stillness.reset();
        m_window.reset();
        m_window = std::make_unique<MainWindow>(options);
        m_textPercent = 100;
        m_stillness = std::make_unique<Stillness>(*m_window, afterAsking);
        m_window->start();
        m_window->show();
        m_window->activateWindow();
    }
    void go(const QString& view)
    {
        m_window->context().navigator.go({.view = view, .service = QStringLiteral("checkout"), .item = {}});
        m_asks = true;
    }
    void dress(const Look& look)
    {
        // Painted once, not after each of the three.
        m_window->setUpdatesEnabled(false);
        Theme& theme = m_window->context().theme;
        m_asks = m_asks || m_window->size() != look.size || m_textPercent != look.textPercent;
        theme.setTextPercent(m_textPercent = look.textPercent);
        if (theme.kind() != look.theme)
            theme.apply(look.theme);
        m_window->resize(look.size);
        m_window->setUpdatesEnabled(true);
        settle(std::exchange(m_asks, false) ? afterAsking : afterPainting);
    }
    [[nodiscard]] QStringList faultsOf(const QString& view, const Look& look)
    {
        dress(look);
        QStringList out;
        for (const QString& fault : LayoutFacts(*m_window).faults())
            out << QStringLiteral("%1: %2").arg(QLatin1String(look.name), fault);
        keepPicture(view, look);
        return out;
    }
    void settle(int looks)
    {
        m_stillness->disturb(looks);
        QElapsedTimer since;
        since.start();
        while (!m_stillness->look() && since.elapsed() < patience)
            QTest::qWait(Stillness::everyMs);
    }
    /// Arrow keys go on inside a group of choices: one of them is enough.
    [[nodiscard]] static bool sharesAStop(const QWidget& widget, const QSet<QWidget*>& visited)
    {
        const auto* button = qobject_cast<const QAbstractButton*>(&widget);
        if (!button || !button->autoExclusive())
            return false;
        const auto siblings = widget.parentWidget()->findChildren<QAbstractButton*>();
        return std::any_of(siblings.begin(), siblings.end(),
                           [&](QAbstractButton* one) { return visited.contains(one); });
    }
    /// For people: HOLDFAST_SCREENS names a folder for the pictures.
    void keepPicture(const QString& view, const Look& look) const
    {
        const QString folder = qEnvironmentVariable("HOLDFAST_SCREENS");
        if (!folder.isEmpty())
            m_window->grab().save(QStringLiteral("%1/%2-%3.png").arg(folder, view, QLatin1String(look.name)));
    }

    QTemporaryDir m_folder;
    std::unique_ptr<RealProgram> m_engine;
    std::unique_ptr<MainWindow> m_window;
    std::unique_ptr<Stillness> m_stillness;
    QWidget* m_first = nullptr;
    QString m_engineFile;
    int m_textPercent = 100;
    bool m_asks = true;  ///< what is to be shown next has to be asked for
    bool m_german = false;
};

QTEST_MAIN(TestScreens)
#include "tst_screens.moc"
