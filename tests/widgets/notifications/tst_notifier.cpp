#include "tests/support/fake_engine.h"
#include "widgets/client/engine_link.h"
#include "widgets/main_window/incident_strip.h"
#include "widgets/main_window/main_window.h"
#include "widgets/notifications/message_bus.h"
#include "widgets/notifications/worst.h"
#include "widgets/replay/replay.h"

#include <QAbstractButton>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QJsonObject>
#include <QLabel>
#include <QProcess>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>
#include <QVariantMap>

using namespace holdfast::widgets;
using holdfast::test::FakeEngine;

namespace {

constexpr int patience = 20'000;

Incident open(std::int64_t id, const char* state, const char* severity)
{
    Incident incident;
    incident.id = id;
    incident.state = QLatin1String(state);
    incident.severity = QLatin1String(severity);
    return incident;
}

QJsonObject row(int id, const char* change)
{
    return {{"id", id},
            {"receiver", "desktop"},
            {"state", "sent"},
            {"change", change},
            {"kind", "incident"},
            {"subject", "incident/142"},
            {"incident", 142},
            {"severity", "sev1"},
            {"title", "payments failing → checkout"},
            {"text", "14 signals firing; likely origin payments"},
            {"at_ms", qint64{1'700'000'000'000}}};
}

/// org.freedesktop.Notifications as a desktop has it, on a bus of its own.
class Desktop : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Notifications")

public:
    QStringList titles;
    QStringList actions;
    QList<uint> replaced;
    QList<uint> closed;

public slots:
    Q_SCRIPTABLE QString GetServerInformation(QString& vendor, QString& version, QString& spec)
    {
        vendor = version = spec = QStringLiteral("1.2");
        return QStringLiteral("test");
    }
    Q_SCRIPTABLE uint Notify(const QString&, uint replaces, const QString&, const QString& title, const QString&,
                             const QStringList& offered, const QVariantMap&, int)
    {
        titles << title;
        actions = offered;
        replaced << replaces;
        return replaces > 0 ? replaces : 7;
    }
    Q_SCRIPTABLE void CloseNotification(uint id) { closed << id; }

signals:
    Q_SCRIPTABLE void ActionInvoked(uint id, const QString& action);
};

}  // namespace

class TestNotifier : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(QStringLiteral("holdfast-test"));
        QSettings().clear();
        qputenv("DBUS_SESSION_BUS_ADDRESS", "disabled:");
    }

    void theTitleNamesTheWorstAndHowMany()
    {
        const std::vector<Incident> two{open(141, "acked", "sev1"), open(142, "new", "sev2")};
        QCOMPARE(stateTitle(two, false, "Fleet", "PROD"), QString("■2 INC-142 – Holdfast PROD"));
        QCOMPARE(stateTitle({open(9, "new", "sev3")}, false, "Fleet", ""), QString("▲1 INC-9 – Holdfast"));
        QCOMPARE(stateTitle({}, false, "Fleet", "PROD"), QString("Fleet – Holdfast PROD"));
        QCOMPARE(stateTitle(two, true, "Fleet", "PROD"), QString("▨ not collecting – Holdfast PROD"));
    }

    void withoutTrayAndServiceItIsToldInTheWindowOnce()
    {
        FakeEngine engine;
        engine.notifications = {row(1, "opened")};  // told before the window came
        WindowOptions options;
        options.source.engineFile = engine.engineFile();
        options.view = QStringLiteral("fleet");
        options.size = QSize(1600, 900);
        MainWindow window(options);
        window.start();
        window.show();
        auto* strip = window.findChild<IncidentStrip*>();
        QTRY_VERIFY_WITH_TIMEOUT(engine.count(QStringLiteral("/holdfast/v1/notifications")) > 0, patience);
        QTRY_VERIFY_WITH_TIMEOUT(window.windowTitle().startsWith(QStringLiteral("■1 INC-142")), patience);
        const auto button = [strip](const char* name) {
            return strip->findChild<QAbstractButton*>(QLatin1String(name));
        };
        QVERIFY(!button("stripSnooze")->isVisible());
        const QRect place = strip->geometry();

        engine.notifications.prepend(row(2, "worse"));
        engine.hint("notification", "{\"id\":2}");
        QTRY_VERIFY_WITH_TIMEOUT(button("stripSnooze")->isVisible(), patience);
        QCOMPARE(strip->geometry(), place);
        QTest::mouseClick(button("stripOpen"), Qt::LeftButton);
        QCOMPARE(window.context().navigator.place().view, QStringLiteral("incidents"));
        QTRY_VERIFY_WITH_TIMEOUT(!button("stripSnooze")->isVisible(), patience);

        engine.notifications.prepend(row(3, "reopened"));
        engine.hint("notification", "{\"id\":3}");
        QTRY_VERIFY_WITH_TIMEOUT(button("stripSnooze")->isVisible(), patience);
        QTest::mouseClick(button("stripAck"), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(engine.count(QStringLiteral("/holdfast/v1/incidents/142/ack")), 1, patience);
        QTRY_VERIFY_WITH_TIMEOUT(!button("stripSnooze")->isVisible(), patience);
        QCOMPARE(strip->geometry(), place);
    }

    void tellsInAReplayWhatHappensNow()
    {
        FakeEngine engine;
        WindowOptions options;
        options.source.engineFile = engine.engineFile();
        options.view = QStringLiteral("fleet");
        options.size = QSize(1600, 900);
        MainWindow window(options);
        window.start();
        window.show();
        auto* strip = window.findChild<IncidentStrip*>();
        QTRY_VERIFY_WITH_TIMEOUT(engine.count(QStringLiteral("/holdfast/v1/notifications")) > 0, patience);
        QTRY_VERIFY_WITH_TIMEOUT(window.painted(), patience);
        Replay& replay = window.context().replay;
        const auto now = window.context().link.presentMs();
        replay.start(now - 600'000, now - 300'000, now - 400'000, 0);
        auto* exit = strip->findChild<QAbstractButton*>(QStringLiteral("stripExitReplay"));
        QVERIFY(!exit->isVisible());
        engine.notifications.prepend(row(2, "opened"));
        engine.hint("notification", "{\"id\":2}");
        QTRY_VERIFY_WITH_TIMEOUT(exit->isVisible(), patience);
        QVERIFY2(strip->text().startsWith(QStringLiteral("new incident INC-142 payments failing")),
                 qPrintable(strip->text()));
        QTest::mouseClick(exit, Qt::LeftButton);
        QVERIFY(!replay.on());
        QVERIFY(!exit->isVisible());
    }

    void aServiceOnTheBusShowsItWithItsButtons()
    {
        QProcess daemon;
        daemon.start(QStringLiteral("dbus-daemon"),
                     {QStringLiteral("--session"), QStringLiteral("--nofork"), QStringLiteral("--print-address=1")});
        if (!daemon.waitForStarted())
            QSKIP("dbus-daemon is not installed");
        QVERIFY(daemon.waitForReadyRead(patience));
        const QString address = QString::fromUtf8(daemon.readLine()).trimmed();
        QDBusConnection bus = QDBusConnection::connectToBus(address, QStringLiteral("desktop"));
        Desktop desktop;
        QVERIFY(bus.registerObject(QStringLiteral("/org/freedesktop/Notifications"), &desktop,
                                   QDBusConnection::ExportScriptableContents));
        QVERIFY(bus.registerService(QStringLiteral("org.freedesktop.Notifications")));

        MessageBus messages(address);
        QTRY_VERIFY_WITH_TIMEOUT(messages.ready(), patience);
        Notice notice;
        notice.incident = 142;
        notice.subject = QStringLiteral("incident/142");
        notice.severity = QStringLiteral("sev1");
        notice.title = QStringLiteral("payments failing");
        messages.show(notice);
        QTRY_COMPARE_WITH_TIMEOUT(desktop.titles, QStringList{QStringLiteral("payments failing")}, patience);
        for (const char* action : {"open", "ack", "snooze"})
            QVERIFY(desktop.actions.contains(QLatin1String(action)));

        QSignalSpy chosen(&messages, &MessageBus::chosen);
        // The service's answer with its number may still be underway.
        QTRY_VERIFY_WITH_TIMEOUT((emit desktop.ActionInvoked(7, QStringLiteral("ack")), !chosen.isEmpty()), patience);
        QCOMPARE(chosen.first().at(0).toString(), notice.subject);
        QCOMPARE(chosen.first().at(1).toString(), QStringLiteral("ack"));

        messages.show(notice);  // worse: takes the place of the first
        QTRY_COMPARE_WITH_TIMEOUT(desktop.replaced, (QList<uint>{0, 7}), patience);
        messages.close(notice.subject);
        QTRY_COMPARE_WITH_TIMEOUT(desktop.closed, QList<uint>{7}, patience);

        bus.unregisterService(QStringLiteral("org.freedesktop.Notifications"));
        QSignalSpy failed(&messages, &MessageBus::failed);
        messages.show(notice);
        QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 1, patience);
        QDBusConnection::disconnectFromBus(QStringLiteral("desktop"));
        daemon.terminate();
        daemon.waitForFinished();
    }
};

QTEST_MAIN(TestNotifier)
#include "tst_notifier.moc"
