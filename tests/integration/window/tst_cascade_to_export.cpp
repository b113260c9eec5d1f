#include "tests/support/real_shop.h"
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
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTableWidget>
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
        QVERIFY2(m_shop.start(scenario.fileName(), 20), m_shop.words());
        m_window = m_shop.openWindow(QStringLiteral("fleet"), QSize(1400, 900));
    }

    void cleanupTestCase() { m_window.reset(); }

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
        QTRY_VERIFY_WITH_TIMEOUT(part("ackIncident")->isEnabled(), patience);  // a key before that does nothing
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
    [[nodiscard]] QString path(const char* name) const { return m_shop.path(name); }
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

    holdfast::test::RealShop m_shop;
    std::unique_ptr<MainWindow> m_window;
};

QTEST_MAIN(TestCascadeToExport)
#include "tst_cascade_to_export.moc"
