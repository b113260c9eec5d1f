#include "tests/support/driven_window.h"
#include "widgets/controls/action_runner.h"
#include "widgets/main_window/incident_strip.h"
#include "widgets/navigator.h"
#include "widgets/replay/replay.h"
#include "widgets/theme/flat_button.h"

#include <QDateTime>
#include <QJsonObject>
#include <QLabel>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>
#include <QUrlQuery>

#include <algorithm>
#include <memory>

using namespace holdfast::widgets;
using holdfast::test::DrivenWindow;
using holdfast::test::FakeEngine;

namespace {

constexpr int patience = 30'000;

/// A window on a fake engine in which the last ten minutes are replayed.
struct Replayed : DrivenWindow {
    Replayed() : DrivenWindow({.service = {}, .size = QSize(1400, 800)}) {}
    [[nodiscard]] Replay& replay() const { return window->context().replay; }
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

    /// How often it was asked what is open at the present.
    [[nodiscard]] int askedAboutNow() const
    {
        return static_cast<int>(std::ranges::count_if(engine.requests(), [](const FakeEngine::Request& request) {
            const QUrlQuery query(QString::fromUtf8(request.query));
            return request.path == QLatin1String("/holdfast/v1/incidents")
                   && query.queryItemValue(QStringLiteral("state")) == QLatin1String("open")
                   && !query.hasQueryItem(QStringLiteral("at"));
        }));
    }
    [[nodiscard]] QString words(const char* name) const
    {
        const auto* button = qobject_cast<FlatButton*>(part(name));
        return button ? button->text() : QString();
    }
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

    void nothingCanBePressedThatActs()
    {
        const Replayed shown;
        QTRY_VERIFY_WITH_TIMEOUT(shown.window->painted(), patience);
        QTest::keyClick(shown.window.get(), Qt::Key_4);
        QTRY_VERIFY_WITH_TIMEOUT(shown.part("armControls")->isEnabled(), patience);
        QTest::keyClick(shown.window.get(), Qt::Key_5);
        QTRY_VERIFY_WITH_TIMEOUT(shown.part("noteIncident")->isEnabled(), patience);
        shown.begin();
        for (const char* name :
             {"armControls", "revertAll", "mergeIncident", "ackIncident", "noteIncident", "incidentNote"}) {
            QVERIFY2(shown.part(name), name);
            QVERIFY2(!shown.part(name)->isEnabled(), name);
            QVERIFY2(shown.part(name)->toolTip().contains(QStringLiteral("Esc")), name);
        }
        QCOMPARE(shown.words("armControls"), QStringLiteral("Locked"));
        shown.replay().stop();
        QVERIFY(shown.part("armControls")->isEnabled());
        QTRY_VERIFY_WITH_TIMEOUT(shown.part("noteIncident")->isEnabled(), patience);
    }

    void theStatusBarTellsThePresentApart()
    {
        const Replayed shown;
        QTRY_VERIFY_WITH_TIMEOUT(shown.window->painted(), patience);
        QTRY_VERIFY_WITH_TIMEOUT(shown.words("collectingCell").startsWith(QStringLiteral("Collecting")), patience);
        shown.begin();
        QVERIFY(shown.words("collectingCell").startsWith(QStringLiteral("LIVE: Collecting")));
        QCOMPARE(shown.words("armedCell"), QStringLiteral("Controls: locked"));
        QVERIFY(!shown.part("rulesCell")->isVisible());
        shown.replay().stop();
        QVERIFY(shown.words("collectingCell").startsWith(QStringLiteral("Collecting")));
    }

    void whatOpensMeanwhileIsToldInTheStripWithTheWayBack()
    {
        Replayed shown;
        shown.engine.paymentsFail = false;
        QTRY_VERIFY_WITH_TIMEOUT(shown.window->painted(), patience);
        shown.begin();
        QTRY_VERIFY_WITH_TIMEOUT(shown.askedAboutNow() == 1, patience);  // until here it was not open
        shown.engine.paymentsFail = true;
        shown.engine.hint("incident", "{}");
        const auto* strip = shown.window->findChild<IncidentStrip*>();
        QTRY_VERIFY_WITH_TIMEOUT(strip->text().contains(QStringLiteral("INC-142")), patience);
        QVERIFY(strip->accessibleName().startsWith(QStringLiteral("LIVE")));
        QVERIFY(shown.replay().on());
        QTest::mouseClick(shown.part("stripExitReplay"), Qt::LeftButton);
        QVERIFY(!shown.replay().on());
        QCOMPARE(shown.window->context().navigator.place().view, QStringLiteral("incidents"));
        QCOMPARE(shown.window->context().navigator.place().item, QStringLiteral("142"));
        QTRY_VERIFY_WITH_TIMEOUT(strip->text().startsWith(QStringLiteral("payments failing")), patience);
    }

    void aMomentGivenAtTheStartIsReplayed()
    {
        const FakeEngine engine;
        WindowOptions options;
        options.source.engineFile = engine.engineFile();
        options.view = QStringLiteral("fleet");
        const qint64 second = QDateTime::currentSecsSinceEpoch() - 60;
        options.at = QDateTime::fromSecsSinceEpoch(second, Qt::UTC).toString(Qt::ISODate);
        MainWindow window(options);
        window.start();
        window.show();
        const Replay& replay = window.context().replay;
        QTRY_VERIFY_WITH_TIMEOUT(replay.on(), patience);
        QCOMPARE(replay.atMs(), second * 1000);
        QVERIFY(!replay.bundle());
    }

    void whatMayBeChangedIsToldInOnePlace()
    {
        const Replayed shown;
        QTRY_VERIFY_WITH_TIMEOUT(shown.window->painted(), patience);
        const Acting& acting = shown.window->context().actions.acting();
        QTRY_VERIFY_WITH_TIMEOUT(acting.allowed(), patience);
        QSignalSpy changed(&acting, &Acting::changed);
        shown.begin();
        QVERIFY(!acting.allowed());
        QVERIFY(acting.why().contains(QStringLiteral("Esc")));
        shown.replay().stop();
        QVERIFY(acting.allowed());
        QCOMPARE(changed.count(), 2);
    }
};

QTEST_MAIN(TestReplay)
#include "tst_replay.moc"
