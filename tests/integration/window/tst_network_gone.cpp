#include "tests/support/real_shop.h"
#include "widgets/client/feed.h"
#include "widgets/client/fleet.h"
#include "widgets/main_window/main_window.h"

#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QSettings>
#include <QStandardPaths>
#include <QTableView>
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
        QVERIFY2(m_shop.startFleet(QStringLiteral("calm"), 30), m_shop.words());
        giveScrapesTime(m_shop.path("holdfast.yml"));
        QVERIFY2(m_shop.startEngine(m_shop.path("holdfast.yml")), m_shop.words());
        m_window = m_shop.openWindow(QStringLiteral("targets"), QSize(1400, 900));
        m_table = m_window->findChild<QTableView*>(QStringLiteral("targetTable"));
        QVERIFY(m_table);
    }

    void cleanupTestCase()
    {
        resumeFleet();
        m_window.reset();
    }

    void everythingIsUpAtFirst()
    {
        QTRY_VERIFY_WITH_TIMEOUT(rows() > 10 && rowsThatAre("up") == rows(), patience);
        QTRY_VERIFY_WITH_TIMEOUT(requestsOf("checkout") == ValueState::Value, patience);
        QVERIFY(!offlineBar()->isVisible());
    }

    void oneSentenceSaysItInsteadOfThirtyRows()
    {
        ::kill(static_cast<pid_t>(m_shop.fleet().process().processId()), SIGSTOP);
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
    void resumeFleet() { ::kill(static_cast<pid_t>(m_shop.fleet().process().processId()), SIGCONT); }
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

    holdfast::test::RealShop m_shop;
    std::unique_ptr<MainWindow> m_window;
    QTableView* m_table = nullptr;
};

QTEST_MAIN(TestNetworkGone)
#include "tst_network_gone.moc"
