#include "widgets/controls/action_runner.h"
#include "widgets/incidents/report_dialog.h"
#include "widgets/main_window/main_window.h"
#include "widgets/replay/replay.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QCheckBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QProcess>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace holdfast::widgets;

namespace {

constexpr int patience = 90'000;    // a debug engine and a fleet share a busy machine
constexpr int cascadeMs = 120'000;  // metrics are read every 2 s, rules want a minute of evidence

}  // namespace

/// The real shop fails, the real engine sees it, and a person with mouse and keys goes all the way through it.
class TestCascadeToExport : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(QStringLiteral("holdfast-test"));
        QSettings().clear();
        qputenv("DBUS_SESSION_BUS_ADDRESS", "disabled:");
        qputenv("HOLDFAST_ACTOR", "ana");
        const QString fleet = QStringLiteral(HOLDFAST_BIN_DIR "/holdfast-fleet");
        const QString engine = QStringLiteral(HOLDFAST_BIN_DIR "/holdfast");
        if (!QFile::exists(fleet) || !QFile::exists(engine))
            QSKIP("engine and fleet are not built here");
        QFile scenario(path("soon.yml"));
        QVERIFY(scenario.open(QIODevice::WriteOnly));
        scenario.write("name: soon\nsteps:\n  - at: 15s\n    turn_on: payments-db/fault-slow\n    for: 120s\n");
        scenario.close();
        m_fleet.start(fleet, {"--port-base", "0", "--scenario", scenario.fileName(), "--rate", "20", "--token-file",
                              path("token"), "--write-config", path("holdfast.yml")});
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(path("holdfast.yml")), patience);
        m_engine.start(engine,
                       {"serve", "--config", path("holdfast.yml"), "--db", path("h.db"), "--listen", "127.0.0.1:0"});
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(path("h.db.engine")), patience);
        WindowOptions options;
        options.source.engineFile = path("h.db.engine");
        options.view = QStringLiteral("fleet");
        options.size = QSize(1400, 900);
        m_window = std::make_unique<MainWindow>(options);
        m_window->start();
        m_window->show();
        m_window->activateWindow();
    }

    void cleanupTestCase()
    {
        m_window.reset();
        m_engine.terminate();
        m_engine.waitForFinished(patience);
        m_fleet.terminate();
        m_fleet.waitForFinished(patience);
    }

    void theCascadeIsOneIncidentWithItsOrigin()
    {
        const Feed<IncidentList>& incidents = m_window->context().incidents;
        QTRY_VERIFY_WITH_TIMEOUT(incidents.latest() && !incidents.latest()->incidents.empty(), cascadeMs);
        QTest::keyClick(m_window.get(), Qt::Key_5);
        QTRY_VERIFY_WITH_TIMEOUT(part("incidentList")->isVisible(), patience);
        QTRY_VERIFY_WITH_TIMEOUT(part("ackIncident")->isVisible(), patience);
        QTRY_VERIFY_WITH_TIMEOUT(m_window->windowTitle().contains(QStringLiteral("INC-1")), patience);
    }

    void aKeyAcknowledgesIt()
    {
        QTest::keyClick(part("incidentList"), Qt::Key_A);
        QTRY_VERIFY_WITH_TIMEOUT(!part("ackIncident")->isEnabled(), patience);
        QTRY_COMPARE_WITH_TIMEOUT(latest().owner, QStringLiteral("ana"), patience);
    }

    void aTypedNoteIsInTheTimeline()
    {
        QTest::keyClick(part("incidentList"), Qt::Key_N);
        auto* note = m_window->findChild<QLineEdit*>(QStringLiteral("incidentNote"));
        QTRY_VERIFY_WITH_TIMEOUT(note->hasFocus(), patience);
        QTest::keyClicks(note, QStringLiteral("/impact orders are refused"));
        QTest::keyClick(note, Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(note->text().isEmpty(), patience);
        QTRY_VERIFY_WITH_TIMEOUT(inTimeline(QStringLiteral("orders are refused")), patience);
        part("incidentList")->setFocus();
    }

    void theReplayShowsWhatWasKnownThen()
    {
        QVERIFY(latest().ackedMs);
        const std::int64_t acked = *latest().ackedMs;
        QTest::mouseClick(part("replayIncident"), Qt::LeftButton);
        Replay& replay = m_window->context().replay;
        QVERIFY(replay.on());
        replay.seek(acked - 1);  // this person acknowledges within a second of the opening
        QVERIFY(part("replayBar")->isVisible());
        // The note came later: then nobody knew it.
        QTRY_VERIFY_WITH_TIMEOUT(!inTimeline(QStringLiteral("orders are refused")), patience);
        QTRY_COMPARE_WITH_TIMEOUT(latest().state, QStringLiteral("new"), patience);
        QVERIFY(!part("noteIncident")->isEnabled());
        // Before it opened there was none.
        replay.seek(replay.startMs());
        QTRY_VERIFY_WITH_TIMEOUT(part("noIncident")->isVisible(), patience);
        QTest::keyClick(m_window.get(), Qt::Key_Escape);
        QVERIFY(!replay.on());
        QTRY_VERIFY_WITH_TIMEOUT(inTimeline(QStringLiteral("orders are refused")), patience);
    }

    void itIsExportedInEveryFormatWithNamesTakenOut()
    {
        QTest::mouseClick(part("exportIncident"), Qt::LeftButton);
        auto* dialog = m_window->findChild<ReportDialog*>();
        QVERIFY(dialog);
        QTest::mouseClick(dialog->findChild<QCheckBox*>(QStringLiteral("people")), Qt::LeftButton, {}, QPoint(6, 8));
        const auto* replaced = dialog->findChild<QTableWidget*>(QStringLiteral("replacements"));
        QTRY_VERIFY_WITH_TIMEOUT(replaced->rowCount() > 0, patience);
        QCOMPARE(replaced->item(0, 0)->text(), QStringLiteral("ana"));
        for (const char* format : {"md", "html", "pdf", "holdfast"}) {
            const QString file = path("INC-1.") + QLatin1String(format);
            QSignalSpy saved(dialog, &ReportDialog::saved);
            dialog->save(QLatin1String(format), file);
            QTRY_COMPARE_WITH_TIMEOUT(saved.count(), 1, patience);
            QVERIFY2(QFile(file).size() > 500, format);
        }
        QVERIFY(read("INC-1.md").contains("orders are refused"));
        QVERIFY(!read("INC-1.md").contains("ana "));
        QVERIFY(read("INC-1.pdf").startsWith("%PDF"));
        dialog->reject();
    }

private:
    [[nodiscard]] QString path(const char* name) const { return m_folder.filePath(QLatin1String(name)); }
    [[nodiscard]] QWidget* part(const char* name) const { return m_window->findChild<QWidget*>(QLatin1String(name)); }
    [[nodiscard]] QByteArray read(const char* name) const
    {
        QFile file(path(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    [[nodiscard]] Incident latest() const
    {
        const auto list = m_window->context().incidents.latest();
        return list && !list->incidents.empty() ? list->incidents.back() : Incident();
    }
    [[nodiscard]] bool inTimeline(const QString& text) const
    {
        const auto* list = m_window->findChild<QAbstractItemView*>(QStringLiteral("incidentTimeline"));
        for (int row = 0; list && row < list->model()->rowCount(); ++row) {
            if (list->model()->index(row, 0).data().toString().contains(text))
                return true;
        }
        return false;
    }

    QTemporaryDir m_folder;
    QProcess m_fleet;
    QProcess m_engine;
    std::unique_ptr<MainWindow> m_window;
};

QTEST_MAIN(TestCascadeToExport)
#include "tst_cascade_to_export.moc"
