#include "tests/support/fake_engine.h"
#include "widgets/main_window/main_window.h"
#include "widgets/replay/replay.h"

#include <QJsonObject>
#include <QLabel>
#include <QSettings>
#include <QStandardPaths>
#include <QTest>
#include <QUrlQuery>

using namespace holdfast::widgets;
using holdfast::test::FakeEngine;

namespace {

constexpr int patience = 8000;

/// A window on a fake engine in which the last ten minutes are replayed.
struct Replayed {
    Replayed()
    {
        WindowOptions options;
        options.source.engineFile = engine.engineFile();
        options.view = QStringLiteral("fleet");
        options.size = QSize(1400, 800);
        window = std::make_unique<MainWindow>(options);
        window->start();
        window->show();
        window->activateWindow();
    }
    [[nodiscard]] Replay& replay() const { return window->context().replay; }
    [[nodiscard]] QWidget* part(const char* name) const { return window->findChild<QWidget*>(QLatin1String(name)); }
    void begin() const
    {
        const qint64 now = window->context().link.presentMs();
        replay().start(now - 600'000, now, now - 300'000, 142);
    }
    /// The value of `at` in the newest question to `path`, or 0.
    [[nodiscard]] qint64 askedAt(const QString& path) const
    {
        for (auto it = engine.requests().crbegin(); it != engine.requests().crend(); ++it) {
            if (it->path == path)
                return QUrlQuery(QString::fromUtf8(it->query)).queryItemValue(QStringLiteral("at")).toLongLong();
        }
        return 0;
    }

    FakeEngine engine;
    std::unique_ptr<MainWindow> window;
};

}  // namespace

class TestReplay : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(QStringLiteral("holdfast-test"));
        QSettings().clear();
    }

    void everyFeedAsksForTheInstant()
    {
        const Replayed shown;
        QTRY_VERIFY_WITH_TIMEOUT(shown.window->painted(), patience);
        shown.begin();
        const qint64 at = shown.replay().atMs();
        for (const char* door : {"fleet", "controls", "incidents"})
            QTRY_COMPARE_WITH_TIMEOUT(shown.askedAt(QStringLiteral("/holdfast/v1/") + QLatin1String(door)), at,
                                      patience);
        QCOMPARE(shown.window->context().link.engineNowMs(), at);
        QCOMPARE(shown.window->context().time.endMs(), at);
    }

    void theBarTakesThePlaceOfTheTimeBarAndEscLeaves()
    {
        const Replayed shown;
        QTRY_VERIFY_WITH_TIMEOUT(shown.window->painted(), patience);
        QVERIFY(!shown.part("replayBar")->isVisible());
        const qint64 span = shown.window->context().time.spanMs();
        shown.begin();
        QVERIFY(shown.part("replayBar")->isVisible());
        QVERIFY(shown.part("replayFrame")->isVisible());
        QVERIFY(!shown.part("timeRangeButton")->isVisible());
        QTest::keyClick(shown.window.get(), Qt::Key_Escape);
        QVERIFY(!shown.replay().on());
        QVERIFY(!shown.part("replayBar")->isVisible());
        QVERIFY(shown.part("timeRangeButton")->isVisible());
        QVERIFY(shown.window->context().time.mode() == TimeMode::Live);
        QCOMPARE(shown.window->context().time.spanMs(), span);
        QTRY_COMPARE_WITH_TIMEOUT(shown.askedAt(QStringLiteral("/holdfast/v1/fleet")), 0, patience);
    }

    void arrowsGoFiveSecondsAndFromEventToEvent()
    {
        const Replayed shown;
        QTRY_VERIFY_WITH_TIMEOUT(shown.window->painted(), patience);
        shown.begin();
        QTRY_VERIFY_WITH_TIMEOUT(!shown.replay().events().empty(), patience);
        const qint64 at = shown.replay().atMs();
        QTest::keyClick(shown.window.get(), Qt::Key_Right);
        QCOMPARE(shown.replay().atMs(), at + 5'000);
        QTest::keyClick(shown.window.get(), Qt::Key_Left);
        QCOMPARE(shown.replay().atMs(), at);
        shown.replay().seek(0);
        QCOMPARE(shown.replay().atMs(), shown.replay().startMs());
        shown.replay().seek(shown.replay().endMs() + 1);
        QCOMPARE(shown.replay().atMs(), shown.replay().endMs());
    }

    void spacePlaysAndStopsAtTheEnd()
    {
        const Replayed shown;
        QTRY_VERIFY_WITH_TIMEOUT(shown.window->painted(), patience);
        shown.begin();
        QTest::keyClick(shown.window.get(), Qt::Key_Space);
        QVERIFY(shown.replay().playing());
        const qint64 at = shown.replay().atMs();
        QTRY_VERIFY_WITH_TIMEOUT(shown.replay().atMs() > at, patience);
        shown.replay().seek(shown.replay().endMs() - 1);
        QTRY_VERIFY_WITH_TIMEOUT(!shown.replay().playing(), patience);
        QCOMPARE(shown.replay().atMs(), shown.replay().endMs());
    }

    void nothingIsSentThatChangesThePresent()
    {
        const Replayed shown;
        QTRY_VERIFY_WITH_TIMEOUT(shown.window->painted(), patience);
        shown.begin();
        RequestSlot slot;
        QString why;
        shown.window->context().api.post<QByteArray>(
            slot, QStringLiteral("/holdfast/v1/incidents/142/ack"), {{QStringLiteral("actor"), QStringLiteral("ana")}},
            [](const QByteArray& body) -> holdfast::Result<QByteArray> { return body; },
            [&why](const auto& answer) { why = QString::fromStdString(answer.error().message); });
        QTRY_VERIFY_WITH_TIMEOUT(!why.isEmpty(), patience);
        QVERIFY(why.contains(QStringLiteral("replay")));
        QCOMPARE(shown.engine.count(QStringLiteral("/holdfast/v1/incidents/142/ack")), 0);
    }
};

QTEST_MAIN(TestReplay)
#include "tst_replay.moc"
