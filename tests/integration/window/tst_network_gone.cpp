#include "widgets/client/feed.h"
#include "widgets/client/fleet.h"
#include "widgets/main_window/main_window.h"

#include <QFile>
#include <QFileInfo>
#include <QLabel>
#include <QLineEdit>
#include <QProcess>
#include <QSettings>
#include <QStandardPaths>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <csignal>
#include <memory>

using namespace holdfast::widgets;

namespace {

constexpr int patience = 120'000;  // a debug engine and a fleet share a busy machine
constexpr int stateColumn = 1;
constexpr int ageColumn = 4;

}  // namespace

/// The network goes away under a window that is looked at, and comes back: every service stops answering at once, its
/// connections stay open and nothing comes, as behind a pulled cable. The real window, engine and fleet; the fleet's
/// process is stopped and goes on.
class TestNetworkGone : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(QStringLiteral("holdfast-test"));
        QCoreApplication::setApplicationName(QStringLiteral("network-gone"));
        QSettings().clear();
        const QString config = path("holdfast.yml");
        m_fleet.start(QStringLiteral(HOLDFAST_BIN_DIR "/holdfast-fleet"),
                      {"--port-base", "0", "--scenario", "calm", "--rate", "30", "--token-file", path("token"),
                       "--write-config", config});
        QTRY_VERIFY_WITH_TIMEOUT(QFileInfo::exists(config), patience);
        giveScrapesTime(config);
        m_engine.start(QStringLiteral(HOLDFAST_BIN_DIR "/holdfast"),
                       {"serve", "--config", config, "--db", path("h.db"), "--listen", "127.0.0.1:0"});
        WindowOptions options;
        options.source.engineFile = path("h.db.engine");
        options.view = QStringLiteral("targets");
        options.size = QSize(1400, 900);
        QTRY_VERIFY_WITH_TIMEOUT(QFileInfo::exists(options.source.engineFile), patience);
        m_window = std::make_unique<MainWindow>(options);
        m_window->start();
        m_window->show();
        m_window->activateWindow();
        m_table = m_window->findChild<QTableView*>(QStringLiteral("targetTable"));
        QVERIFY(m_table);
    }

    void cleanupTestCase()
    {
        resumeFleet();
        m_window.reset();
        for (QProcess* process : {&m_engine, &m_fleet}) {
            process->terminate();
            process->waitForFinished(15'000);
        }
    }

    void everythingIsUpAtFirst()
    {
        QTRY_VERIFY_WITH_TIMEOUT(rows() > 10 && rowsThatAre("up") == rows(), patience);
        QTRY_VERIFY_WITH_TIMEOUT(requestsOf("checkout") == ValueState::Value, patience);
        QVERIFY(!offlineBar()->isVisible());
    }

    void oneSentenceSaysItInsteadOfThirtyRows()
    {
        ::kill(static_cast<pid_t>(m_fleet.processId()), SIGSTOP);
        QTRY_VERIFY_WITH_TIMEOUT(offlineBar()->isVisible(), patience);
        QVERIFY(offlineWords().contains(QStringLiteral("You may be offline")));
        QTRY_VERIFY_WITH_TIMEOUT(rowsThatAre("DOWN") == rows(), patience);
        QVERIFY(m_window->context().link.connected());  // the engine itself is well
    }

    void ageIsSaidWhereANumberWouldLie()
    {
        const QString before = m_table->model()->index(0, ageColumn).data().toString();
        QTRY_VERIFY_WITH_TIMEOUT(m_table->model()->index(0, ageColumn).data().toString() != before, patience);
        QTRY_VERIFY_WITH_TIMEOUT(requestsOf("checkout") != ValueState::Value, patience);
        QTRY_VERIFY_WITH_TIMEOUT(m_window->context().fleet.latest()->services.front().requests.ageMs > 0, patience);
    }

    void noPageWaitsForWhatIsGone()
    {
        for (const char* view : {"fleet", "service", "map", "controls", "incidents", "explore", "targets"}) {
            m_window->context().navigator.go({QLatin1String(view), QStringLiteral("checkout"), {}});
            QTRY_VERIFY2_WITH_TIMEOUT(m_window->painted(), view, patience);
            QVERIFY(offlineBar()->isVisible());
        }
    }

    void itComesBackByItself()
    {
        resumeFleet();
        QTRY_VERIFY_WITH_TIMEOUT(rowsThatAre("up") == rows(), patience);
        QTRY_VERIFY_WITH_TIMEOUT(!offlineBar()->isVisible(), patience);
        QTRY_VERIFY_WITH_TIMEOUT(requestsOf("checkout") == ValueState::Value, patience);
    }

private:
    [[nodiscard]] QString path(const char* name) const { return m_folder.filePath(QLatin1String(name)); }
    /// Scrapes that a busy machine makes late are no lost network.
    static void giveScrapesTime(const QString& config)
    {
        QFile file(config);
        QVERIFY(file.open(QIODevice::ReadWrite));
        QByteArray text = file.readAll();
        text.replace("scrape_interval: 2s", "scrape_interval: 4s").replace("scrape_timeout: 1s", "scrape_timeout: 3s");
        QVERIFY(text.contains("scrape_timeout: 3s"));
        file.seek(0);
        file.write(text);
        file.resize(text.size());
    }
    void resumeFleet() const { ::kill(static_cast<pid_t>(m_fleet.processId()), SIGCONT); }
    [[nodiscard]] QWidget* offlineBar() const { return m_window->findChild<QWidget*>(QStringLiteral("offlineBar")); }
    [[nodiscard]] QString offlineWords() const
    {
        QString words;
        for (const QLabel* label : offlineBar()->findChildren<QLabel*>())
            words += label->text();
        return words;
    }
    [[nodiscard]] int rows() const { return m_table->model()->rowCount(); }
    [[nodiscard]] int rowsThatAre(const char* state) const
    {
        int count = 0;
        for (int row = 0; row < rows(); ++row)
            count += m_table->model()->index(row, stateColumn).data().toString() == QLatin1String(state) ? 1 : 0;
        return count;
    }
    [[nodiscard]] ValueState requestsOf(const char* service) const
    {
        const auto fleet = m_window->context().fleet.latest();
        if (!fleet)
            return ValueState::Absent;
        const auto found = std::ranges::find(fleet->services, QLatin1String(service), &FleetService::name);
        return found == fleet->services.end() ? ValueState::Absent : found->requests.state;
    }

    QTemporaryDir m_folder;
    QProcess m_fleet;
    QProcess m_engine;
    std::unique_ptr<MainWindow> m_window;
    QTableView* m_table = nullptr;
};

QTEST_MAIN(TestNetworkGone)
#include "tst_network_gone.moc"
