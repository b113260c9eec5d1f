#include "tests/support/loopback_server.h"
#include "tests/support/received_request.h"
#include "widgets/client/feed.h"
#include "widgets/client/fleet.h"
#include "widgets/fleet/fleet_model.h"
#include "widgets/main_window/main_window.h"
#include "widgets/map/map_canvas.h"

#include <QAction>
#include <QApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QLineEdit>
#include <QMenu>
#include <QProcess>
#include <QScrollBar>
#include <QSettings>
#include <QStandardPaths>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QWheelEvent>

#include <memory>
#include <string>

using namespace holdfast::widgets;
using holdfast::test::LoopbackServer;

namespace {

constexpr int patience = 120'000;  // a debug engine on a busy machine
constexpr int services = 200;
constexpr int calledByEach = 2;
const auto sick = QStringLiteral("svc-117");

QString nameOf(int service)
{
    return QStringLiteral("svc-%1").arg(service, 3, 10, QLatin1Char('0'));
}

/// What a service's page of metrics says `seconds` after its start: twenty requests a second, each with a breaker or
/// two to services behind it; the sick one answers every other request with an error.
std::string pageOf(int service, double seconds)
{
    const double all = 1000 + 20 * seconds;
    const double bad = nameOf(service) == sick ? all / 2 : 0;
    QByteArray page;
    const auto line = [&page](const char* series, double value) {
        page += series + QByteArray(" ") + QByteArray::number(value, 'f', 3) + "\n";
    };
    page += "# TYPE http_requests_total counter\n";
    line("http_requests_total{code=\"200\"}", all - bad);
    line("http_requests_total{code=\"500\"}", bad);
    page += "# TYPE http_request_duration_seconds histogram\n";
    line("http_request_duration_seconds_bucket{le=\"0.05\"}", all * 0.6);
    line("http_request_duration_seconds_bucket{le=\"0.25\"}", all * 0.995);
    line("http_request_duration_seconds_bucket{le=\"+Inf\"}", all);
    line("http_request_duration_seconds_count", all);
    line("http_request_duration_seconds_sum", all * 0.06);
    page += "# TYPE resilience_circuitbreaker_state gauge\n";
    for (int i = 1; i <= calledByEach; ++i) {
        const int callee = service * calledByEach + i;  // a tree: everybody but the first is called by one
        if (callee >= services)
            break;
        const QByteArray name = nameOf(callee).toUtf8();
        for (const char* state : {"closed", "half_open", "open"})
            page += "resilience_circuitbreaker_state{name=\"" + name + "\",callee=\"" + name + "\",state=\"" + state
                    + "\"} " + (qstrcmp(state, "closed") == 0 ? "1" : "0") + "\n";
    }
    return page.toStdString();
}

}  // namespace

/// The window with a fleet as large as a company has: a real engine scrapes two hundred services over HTTP, and a
/// person looks for the one that is sick.
class TestTwoHundredServices : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(QStringLiteral("holdfast-test-200"));
        QSettings().clear();
        qputenv("DBUS_SESSION_BUS_ADDRESS", "disabled:");
        m_sinceStart.start();
        m_exporter = std::make_unique<LoopbackServer>([this](int connection) { answer(connection); });
        QFile config(path("holdfast.yml"));
        QVERIFY(config.open(QIODevice::WriteOnly));
        config.write("global: {scrape_interval: 5s, scrape_timeout: 5s}\nscrape_configs:\n");
        for (int i = 0; i < services; ++i)
            config.write(QStringLiteral("  - {job_name: %1, metrics_path: /%2, static_configs: [{targets: ['%3']}]}\n")
                             .arg(nameOf(i))
                             .arg(i)
                             .arg(QString::fromStdString(m_exporter->address()))
                             .toUtf8());
        config.close();
        m_engine.setProcessChannelMode(QProcess::MergedChannels);
        m_engine.start(QStringLiteral(HOLDFAST_BIN_DIR "/holdfast"),
                       {"serve", "--config", path("holdfast.yml"), "--db", path("h.db"), "--listen", "127.0.0.1:0"});
        WindowOptions options;
        options.source.engineFile = path("h.db.engine");
        options.view = QStringLiteral("fleet");
        options.size = QSize(1600, 900);
        QTRY_VERIFY2_WITH_TIMEOUT(QFile::exists(options.source.engineFile), m_engine.readAll(), patience);
        m_window = std::make_unique<MainWindow>(options);
        m_window->start();
        m_window->show();
        m_window->activateWindow();
        m_table = m_window->findChild<QTableView*>(QStringLiteral("fleetTable"));
        QVERIFY(m_table);
    }

    void cleanupTestCase()
    {
        m_window.reset();
        m_engine.terminate();
        m_engine.waitForFinished(15'000);
        m_exporter.reset();
    }

    void allOfThemStandInTheTable()
    {
        QTRY_COMPARE_WITH_TIMEOUT(rowsOfTheFleet(), services, patience);
        // Rates need two scrapes; then every one has numbers.
        QTRY_VERIFY_WITH_TIMEOUT(rowsWithNumbers() == services, patience);
    }

    void theSickOneComesUpWhenSorted()
    {
        QTRY_VERIFY_WITH_TIMEOUT(severityOf(sick) == Severity::Critical, patience);
        QTest::keyClick(m_window.get(), Qt::Key_S);
        // At the top; only the engine itself may be as badly off on a busy machine.
        QTRY_VERIFY_WITH_TIMEOUT(nameAt(0) == sick || nameAt(1) == sick, patience);
    }

    void aTypedNameLeavesOnlyItsOwn()
    {
        QTest::keyClick(m_window.get(), Qt::Key_Slash);
        auto* filter = qobject_cast<QLineEdit*>(m_window->focusWidget());
        QVERIFY(filter);
        QTest::keyClicks(filter, QStringLiteral("svc-11"));
        QTRY_COMPARE_WITH_TIMEOUT(m_table->model()->rowCount(), 10, patience);
        QTest::keyClick(filter, Qt::Key_Escape);
        QTRY_COMPARE_WITH_TIMEOUT(rowsOfTheFleet(), services, patience);
    }

    void onlyTheAbnormalAreLeftOnAKey()
    {
        QTest::keyClick(m_window.get(), Qt::Key_O);
        QTRY_VERIFY_WITH_TIMEOUT(m_table->model()->rowCount() < services / 2 && shown(sick), patience);
        QTest::keyClick(m_window.get(), Qt::Key_O);
        QTRY_COMPARE_WITH_TIMEOUT(rowsOfTheFleet(), services, patience);
    }

    void theWheelReachesTheLastOne()
    {
        QScrollBar* bar = m_table->verticalScrollBar();
        QVERIFY(bar->maximum() > 0);
        for (int i = 0; i < 400 && bar->value() < bar->maximum(); ++i) {
            const QPoint middle = m_table->viewport()->rect().center();
            QWheelEvent wheel(middle, m_table->viewport()->mapToGlobal(QPointF(middle)), {}, QPoint(0, -120),
                              Qt::NoButton, {}, Qt::NoScrollPhase, false);
            QApplication::sendEvent(m_table->viewport(), &wheel);
        }
        const QRect last = m_table->visualRect(m_table->model()->index(m_table->model()->rowCount() - 1, 1));
        QVERIFY(m_table->viewport()->rect().contains(last.center()));
    }

    void theMapShowsAllAndThenThoseAroundOne()
    {
        QTest::keyClick(m_window.get(), Qt::Key_3);
        auto* canvas = m_window->findChild<MapCanvas*>();
        QVERIFY(canvas);
        QTRY_VERIFY_WITH_TIMEOUT(static_cast<int>(canvas->graph().nodes().size()) >= services, patience);
        QTRY_VERIFY_WITH_TIMEOUT(static_cast<int>(canvas->graph().calls().size()) >= services - 1, patience);
        const qreal far = QLineF(canvas->placeOf(nameOf(0)), canvas->placeOf(nameOf(1))).length();
        QTest::mouseClick(canvas, Qt::LeftButton, {}, canvas->placeOf(nameOf(0)).toPoint());
        QTRY_VERIFY_WITH_TIMEOUT(canvas->accessibleDescription().contains(nameOf(0)), patience);
        QTest::mouseClick(m_window->findChild<QWidget*>(QStringLiteral("mapHops")), Qt::LeftButton);
        auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
        QVERIFY(menu);
        QVERIFY(menu->actions().size() > 1);
        QTest::keyClick(menu, Qt::Key_Down);
        QTest::keyClick(menu, Qt::Key_Down);
        QTest::keyClick(menu, Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(canvas->hops(), 1, patience);
        // Three boxes fill what two hundred had to share.
        const qreal near = QLineF(canvas->placeOf(nameOf(0)), canvas->placeOf(nameOf(1))).length();
        QVERIFY(near > far * 2);
        QVERIFY(canvas->rect().contains(canvas->placeOf(nameOf(0)).toPoint()));
        QVERIFY(canvas->rect().contains(canvas->placeOf(nameOf(1)).toPoint()));
        QVERIFY(canvas->rect().contains(canvas->placeOf(nameOf(2)).toPoint()));
    }

private:
    void answer(int connection) const
    {
        const std::string request = holdfast::test::receivedRequest(connection);
        const auto slash = request.find('/');
        if (slash == std::string::npos)
            return;
        const int service = QByteArray::fromStdString(request.substr(slash + 1, 4)).split(' ').front().toInt();
        const std::string page = pageOf(service, static_cast<double>(m_sinceStart.elapsed()) / 1000);
        holdfast::test::say(connection,
                            "HTTP/1.1 200 OK\r\nContent-Type: text/plain; version=0.0.4\r\nConnection: close\r\n"
                            "Content-Length: "
                                + std::to_string(page.size()) + "\r\n\r\n" + page);
    }

    [[nodiscard]] QString path(const char* name) const { return m_folder.filePath(QLatin1String(name)); }
    [[nodiscard]] QString nameAt(int row) const
    {
        return m_table->model()->index(row, FleetModel::Service).data(FleetModel::ServiceRole).toString();
    }
    /// The engine itself is a service too, and no one of these.
    [[nodiscard]] int rowsOfTheFleet() const
    {
        int count = 0;
        for (int row = 0; row < m_table->model()->rowCount(); ++row)
            count += nameAt(row).startsWith(QStringLiteral("svc-"));
        return count;
    }
    [[nodiscard]] bool shown(const QString& name) const
    {
        for (int row = 0; row < m_table->model()->rowCount(); ++row) {
            if (nameAt(row) == name)
                return true;
        }
        return false;
    }
    [[nodiscard]] Severity severityOf(const QString& name) const
    {
        const auto fleet = m_window->context().fleet.latest();
        if (fleet) {
            for (const FleetService& service : fleet->services) {
                if (service.name == name)
                    return service.severity;
            }
        }
        return Severity::Unknown;
    }
    [[nodiscard]] int rowsWithNumbers() const
    {
        int count = 0;
        for (int row = 0; row < m_table->model()->rowCount(); ++row)
            count += nameAt(row).startsWith(QStringLiteral("svc-"))
                     && m_table->model()->index(row, FleetModel::Requests).data().toString() != QStringLiteral("–");
        return count;
    }

    QTemporaryDir m_folder;
    QElapsedTimer m_sinceStart;
    std::unique_ptr<LoopbackServer> m_exporter;
    QProcess m_engine;
    std::unique_ptr<MainWindow> m_window;
    QTableView* m_table = nullptr;
};

QTEST_MAIN(TestTwoHundredServices)
#include "tst_two_hundred_services.moc"
