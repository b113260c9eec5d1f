#include "tests/support/real_shop.h"
#include "widgets/client/engine_link.h"
#include "widgets/client/stall_watch.h"
#include "widgets/main_window/main_window.h"
#include "widgets/navigator.h"
#include "widgets/theme/theme.h"
#include "widgets/view.h"

#include <QApplication>
#include <QKeySequence>
#include <QMouseEvent>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QRegularExpression>
#include <QSettings>
#include <QStandardPaths>
#include <QTest>
#include <QTimer>
#include <QWheelEvent>

#include <ctime>
#include <functional>
#include <memory>

using namespace holdfast::widgets;

namespace {

constexpr int patience = 90'000;
constexpr int untilWatchedMs = 7'000;  // the window does not count its first seconds
constexpr int betweenActsMs = 60;      // quicker than a person
constexpr int roundsOfAll = 3;         // the first opens every view, the others find them made
constexpr double restingLoad = 1.5;

std::int64_t threadCpuMs()
{
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return std::int64_t{now.tv_sec} * 1000 + now.tv_nsec / 1'000'000;
}

double loadNow()
{
    double load = 0;
    return ::getloadavg(&load, 1) == 1 ? load : 0;
}

}  // namespace

/// A person hurries through every view of the window, with mouse, wheel and keys, on the real engine and the real fleet
/// with a cascade in it: not once may the GUI thread be busy for more than 50 ms. Two watches look: one by the thread's
/// CPU time, which another program cannot stretch, and the window's own by the clock on the wall, which only says
/// something on a machine at rest.
class TestNoStalls : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(QStringLiteral("holdfast-test-stalls"));
        QSettings().clear();
        qputenv("DBUS_SESSION_BUS_ADDRESS", "disabled:");
        QVERIFY2(m_shop.start(QStringLiteral("payments-db"), 20), m_shop.words());
        m_window = m_shop.openWindow(QStringLiteral("fleet"), QSize(1920, 1080));
        QTRY_VERIFY_WITH_TIMEOUT(m_window->painted(), patience);
        QTest::qWait(untilWatchedMs);
        QVERIFY(m_window->context().stalls);
        connect(&m_cpuWatch, &StallWatch::stalled, this, [this](qint64 ms) { note("CPU", ms); });
        connect(m_window->context().stalls, &StallWatch::stalled, this, [this](qint64 ms) { note("wall", ms); });
        m_cpuWatch.watch();
    }

    void cleanupTestCase() { m_window.reset(); }

    void aHurriedPersonMeetsNoHitch()
    {
        const double load = loadNow();
        for (int round = 0; round < roundsOfAll; ++round) {
            for (const char* view : {"fleet", "service", "map", "controls", "incidents", "explore", "targets",
                                     "training", "health", "settings"})
                use(QLatin1String(view));
            useWindow();
        }
        qInfo("%d acts, load %.1f at the start; by CPU %lld stalls, by the wall %lld, longest %lld ms", m_acts, load,
              static_cast<long long>(m_cpuWatch.stalls()), static_cast<long long>(m_window->context().stalls->stalls()),
              static_cast<long long>(m_window->context().stalls->longestMs()));
        for (const QString& each : m_notes)
            qInfo("%s", qPrintable(each));
        QCOMPARE(m_cpuWatch.stalls(), std::int64_t(0));
        if (load < restingLoad)
            QCOMPARE(m_window->context().stalls->stalls(), std::int64_t(0));
    }

    void theEngineTellsTheSameCount()
    {
        QNetworkAccessManager network;
        const QUrl metrics = m_window->context().link.publicUrl().resolved(QUrl(QStringLiteral("/metrics")));
        qint64 told = -1;
        const auto ask = [&] {
            QNetworkReply* reply = network.get(QNetworkRequest(metrics));
            connect(reply, &QNetworkReply::finished, this, [reply, &told] {
                const auto found = QRegularExpression(QStringLiteral("^holdfast_window_stalls_total (\\d+)"),
                                                      QRegularExpression::MultilineOption)
                                       .match(QString::fromUtf8(reply->readAll()));
                told = found.hasMatch() ? found.captured(1).toLongLong() : -1;
                reply->deleteLater();
            });
        };
        QTimer again;
        connect(&again, &QTimer::timeout, this, ask);
        again.start(500);
        QTRY_COMPARE_WITH_TIMEOUT(told, qint64{m_window->context().stalls->stalls()}, patience);
    }

private:
    void note(const char* clock, qint64 ms)
    {
        m_notes << QStringLiteral("%1 ms of %2 at: %3").arg(ms).arg(QLatin1String(clock), m_doing);
    }

    /// As an event of the loop, where the watches see it.
    void act(const QString& what, const std::function<void()>& deed)
    {
        ++m_acts;
        QMetaObject::invokeMethod(
            this,
            [this, what, deed] {
                m_doing = what;
                deed();
            },
            Qt::QueuedConnection);
        QTest::qWait(betweenActsMs);
    }

    void press(Qt::Key key, Qt::KeyboardModifiers with = {})
    {
        const QString name = QKeySequence(QKeyCombination(with, key)).toString();
        act(m_view + QStringLiteral(": ") + name, [this, key, with] {
            QWidget* target = QApplication::activeModalWidget() ? QApplication::activeModalWidget() : m_window.get();
            if (QWidget* focus = target->focusWidget())
                target = focus;
            QTest::keyClick(target, key, with);
        });
    }

    void sweep(QWidget& over)
    {
        for (int i = 0; i < 16; ++i) {
            const QPoint at(over.width() * (i * 7 % 16 + 1) / 18, over.height() * (i + 1) / 18);
            act(m_view + QStringLiteral(": mouse"), [this, &over, at] {
                QWidget* child = over.childAt(at);
                QWidget* target = child ? child : &over;
                const QPoint local = target->mapFrom(&over, at);
                QMouseEvent move(QEvent::MouseMove, local, target->mapToGlobal(QPointF(local)), Qt::NoButton,
                                 Qt::NoButton, {});
                QApplication::sendEvent(target, &move);
            });
        }
        for (const int turn : {-120, -120, -240, 120, 480}) {
            act(m_view + QStringLiteral(": wheel"), [&over, turn] {
                const QPoint middle = over.rect().center();
                QWidget* target = over.childAt(middle) ? over.childAt(middle) : &over;
                QWheelEvent wheel(target->mapFrom(&over, middle), over.mapToGlobal(QPointF(middle)), {},
                                  QPoint(0, turn), Qt::NoButton, {}, Qt::NoScrollPhase, false);
                QApplication::sendEvent(target, &wheel);
            });
        }
    }

    void use(const QString& view)
    {
        m_view = view;
        act(view + QStringLiteral(": open"), [this, view] {
            m_window->context().navigator.go({.view = view, .service = QStringLiteral("checkout"), .item = {}});
        });
        QTest::qWait(600);  // its first answers come
        QWidget* shown = m_window->focusWidget();
        for (QWidget* each = shown; each && each != m_window.get(); each = each->parentWidget()) {
            if (qobject_cast<View*>(each))
                shown = each;
        }
        sweep(shown ? *shown : *m_window);
        for (const Qt::Key key : {Qt::Key_J, Qt::Key_J, Qt::Key_K, Qt::Key_O, Qt::Key_O, Qt::Key_S})
            press(key);
        for (const Qt::Key key : {Qt::Key_Tab, Qt::Key_Tab, Qt::Key_Right, Qt::Key_Right, Qt::Key_Left, Qt::Key_Down})
            press(key);
        press(Qt::Key_Escape);
        if (view == QLatin1String("explore")) {
            act(QStringLiteral("explore: an example"), [this] {
                if (auto* example = m_window->findChild<QWidget*>(QStringLiteral("example")))
                    QTest::mouseClick(example, Qt::LeftButton);
            });
            QTest::qWait(800);
        }
    }

    /// What belongs to no view.
    void useWindow()
    {
        m_view = QStringLiteral("window");
        press(Qt::Key_1);
        for (int i = 0; i < 2; ++i) {
            press(Qt::Key_K, Qt::ControlModifier);
            act(QStringLiteral("palette: typing"), [] {
                if (QWidget* palette = QApplication::activeModalWidget(); palette && palette->focusWidget())
                    QTest::keyClicks(palette->focusWidget(), QStringLiteral("pay"));
            });
            press(Qt::Key_Escape);
        }
        press(Qt::Key_Question);
        press(Qt::Key_Escape);
        press(Qt::Key_2);
        for (const Qt::Key key : {Qt::Key_T, Qt::Key_Z, Qt::Key_T, Qt::Key_Z, Qt::Key_T, Qt::Key_Left, Qt::Key_T,
                                  Qt::Key_L, Qt::Key_P, Qt::Key_P})
            press(key);
        QTest::qWait(1500);
        for (const QSize size : {QSize(1280, 720), QSize(1600, 900), QSize(1920, 1080)})
            act(QStringLiteral("resize"), [this, size] { m_window->resize(size); });
        for (int i = 0; i < 2; ++i)
            act(QStringLiteral("theme"), [this] {
                Theme& theme = m_window->context().theme;
                theme.apply(theme.kind() == ThemeKind::Dark ? ThemeKind::Light : ThemeKind::Dark);
            });
    }

    holdfast::test::RealShop m_shop;
    std::unique_ptr<MainWindow> m_window;
    StallWatch m_cpuWatch{threadCpuMs};
    QString m_view;
    QString m_doing;
    QStringList m_notes;
    int m_acts = 0;
};

QTEST_MAIN(TestNoStalls)
#include "tst_no_stalls.moc"
