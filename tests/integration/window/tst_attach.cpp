#include "tests/support/real_program.h"
#include "widgets/attached/alerts_view.h"
#include "widgets/attached/not_here_view.h"
#include "widgets/client/attach_probe.h"
#include "widgets/main_window/main_window.h"
#include "widgets/map/map_canvas.h"
#include "widgets/theme/state_page.h"

#include <QAbstractItemView>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QSettings>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <memory>

using namespace holdfast::widgets;
using namespace holdfast::test;

namespace {

constexpr int patience = 60'000;

QByteArray textOf(const QString& file)
{
    QFile read(file);
    return read.open(QIODevice::ReadOnly) ? read.readAll() : QByteArray();
}

void write(const QString& file, const QByteArray& text)
{
    QFile out(file);
    if (out.open(QIODevice::WriteOnly))
        out.write(text);
}

/// A prometheus.yml for the fleet's ports, with a job that nothing answers and rules of its own.
QByteArray prometheusConfig(const QByteArray& portsJson, const QByteArray& rules, std::uint16_t nobody)
{
    QByteArray text = "global: {scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 1s}\nrule_files: ["
                      + rules + "]\nscrape_configs:\n";
    const auto add = [&text](const QByteArray& job, const QByteArray& targets) {
        text += "- job_name: " + job + "\n  static_configs: [{targets: [" + targets + "]}]\n";
    };
    const QJsonObject ports = QJsonDocument::fromJson(portsJson).object();
    for (auto service = ports.begin(); service != ports.end(); ++service) {
        QByteArrayList targets;
        for (const auto& port : service.value().toArray())
            targets << "'127.0.0.1:" + QByteArray::number(port.toInt()) + "'";
        add(service.key().toUtf8(), targets.join(','));
    }
    add("gone", "'127.0.0.1:" + QByteArray::number(nobody) + "'");
    return text;
}

}  // namespace

/// A window as guest: at a real Prometheus, and at a Holdfast engine's public port. Everything can be looked at,
/// nothing changed, and no page is empty without a word.
class TestAttach : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(QStringLiteral("holdfast-test"));
        QCoreApplication::setApplicationName(QStringLiteral("attach"));
        QSettings().clear();
        if (!QFile::exists(bin("holdfast")) || !QFile::exists(bin("holdfast-fleet")))
            QSKIP("the engine and the fleet are not built here");
        m_fleet = std::make_unique<RealProgram>(
            bin("holdfast-fleet"),
            QStringList{"--port-base", "0", "--rate", "60", "--scenario", "calm", "--convention", "mixed",
                        "--token-file", m_folder.filePath("token"), "--write-config", m_folder.filePath("holdfast.yml"),
                        "--write-ports", m_folder.filePath("ports.json")});
        QVERIFY2(m_fleet->start([this] { return QFile::exists(m_folder.filePath("ports.json")); }, patience),
                 m_fleet->output());
        write(m_folder.filePath("rules.yml"),
              "groups: [{name: own, rules: [{alert: TargetDown, expr: up == 0, labels: {severity: page}}]}]\n");
        write(m_folder.filePath("prometheus.yml"),
              prometheusConfig(textOf(m_folder.filePath("ports.json")), m_folder.filePath("rules.yml").toUtf8(),
                               freePort()));
    }

    void cleanupTestCase()
    {
        m_window.reset();
        m_prometheus.reset();
        m_engine.reset();
        m_fleet.reset();
    }

    void aPrometheusIsTakenForOne()
    {
        if (programPath("prometheus").isEmpty())
            QSKIP("not installed: prometheus");
        const std::uint16_t port = freePort();
        m_prometheus = std::make_unique<RealProgram>(
            "prometheus", QStringList{"--config.file=" + m_folder.filePath("prometheus.yml"),
                                      "--storage.tsdb.path=" + m_folder.filePath("tsdb"),
                                      "--web.listen-address=127.0.0.1:" + QString::number(port)});
        QVERIFY2(m_prometheus->startOn(port), m_prometheus->output());
        attachTo(QUrl(QStringLiteral("http://127.0.0.1:%1").arg(port)));
        QVERIFY(m_window);
        QVERIFY(m_window->context().link.attached());
        QTRY_VERIFY_WITH_TIMEOUT(m_window->context().link.connected(), patience);
    }

    void theFleetIsReadByEachConvention()
    {
        if (!m_window)
            QSKIP("no Prometheus");
        // A rate needs two scrapes; services of several conventions have one then.
        QTRY_VERIFY_WITH_TIMEOUT(profilesWithTraffic().size() >= 3, patience);
    }

    void theMapKnowsWhoCallsWhom()
    {
        if (!m_window)
            QSKIP("no Prometheus");
        m_window->context().navigator.go({QStringLiteral("map"), {}, {}});
        auto* canvas = m_window->findChild<MapCanvas*>();
        QVERIFY(canvas);
        QTRY_VERIFY_WITH_TIMEOUT(!canvas->graph().calls().empty(), patience);
        QTRY_VERIFY_WITH_TIMEOUT(
            std::ranges::any_of(canvas->graph().calls(),
                                [](const GraphCall& call) { return call.state == SwitchState::Closed; }),
            patience);
    }

    void theTargetThatIsDownSaysWhy()
    {
        if (!m_window)
            QSKIP("no Prometheus");
        m_window->context().navigator.go({QStringLiteral("targets"), {}, {}});
        QTRY_VERIFY_WITH_TIMEOUT(anyCellContains("Nothing listens on"), patience);
    }

    void itsOwnAlertsAreShown()
    {
        if (!m_window)
            QSKIP("no Prometheus");
        m_window->context().navigator.go({QStringLiteral("incidents"), {}, {}});
        QVERIFY(m_window->findChild<AlertsView*>());
        QTRY_VERIFY_WITH_TIMEOUT(anyCellContains("FIRING"), patience);
    }

    void whereAnEngineIsNeededThePageSaysSoAndShowsAWayOut()
    {
        if (!m_window)
            QSKIP("no Prometheus");
        m_window->context().navigator.go({QStringLiteral("controls"), {}, {}});
        auto* page = m_window->findChild<NotHereView*>()->findChild<StatePage*>();
        QVERIFY(page && page->isVisible());
        QVERIFY(!page->title().isEmpty());
        emit page->wayOutTaken();
        QCOMPARE(m_window->context().navigator.place().view, QStringLiteral("map"));
    }

    void aRemoteEngineShowsItsControlsLocked()
    {
        m_window.reset();
        const QString database = m_folder.filePath("h.db");
        const std::uint16_t port = freePort();
        m_engine = std::make_unique<RealProgram>(
            bin("holdfast"), QStringList{"serve", "--config", m_folder.filePath("holdfast.yml"), "--db", database,
                                         "--listen", "127.0.0.1:" + QString::number(port)});
        QVERIFY2(m_engine->startOn(port), m_engine->output());
        attachTo(QUrl(QStringLiteral("http://127.0.0.1:%1").arg(port)));
        QVERIFY(m_window);
        QVERIFY(!m_window->context().link.attached());
        QVERIFY(m_window->context().link.readOnly());
        QTRY_VERIFY_WITH_TIMEOUT(profilesWithTraffic().size() >= 3, patience);
        QTRY_VERIFY_WITH_TIMEOUT(m_window->context().controls.latest()
                                     && !m_window->context().controls.latest()->controls.empty(),
                                 patience);
        for (const Control& control : m_window->context().controls.latest()->controls)
            QVERIFY(!control.locked.isEmpty());
    }

    void aGuestCannotChangeARemoteEngine()
    {
        QVERIFY(m_window);
        RequestSlot slot;
        QString refused;
        m_window->context().api.post<bool>(
            slot, QStringLiteral("/holdfast/v1/revert_all"),
            {{QStringLiteral("actor"), QStringLiteral("guest")}, {QStringLiteral("reason"), QStringLiteral("no")}},
            [](const QByteArray&) -> holdfast::Result<bool> { return true; },
            [&refused](const auto& answer) {
                refused = answer ? QString() : QString::fromStdString(answer.error().message);
            });
        QTRY_VERIFY_WITH_TIMEOUT(refused.contains(QLatin1String("reading only")), patience);
    }

    void anEngineThatGoesAwayIsSaidAndComesBack()
    {
        QVERIFY(m_window);
        QTRY_VERIFY_WITH_TIMEOUT(m_window->context().link.connected(), patience);
        m_engine->kill();
        QTRY_VERIFY_WITH_TIMEOUT(m_window->context().link.state() == LinkState::Unreachable, patience);
        // The last picture stays, with its age; nothing pretends to be live.
        QVERIFY(m_window->context().fleet.latest());
        QVERIFY(!m_window->context().link.canStart());
        const QString address = m_window->context().link.publicUrl().toString();
        m_engine = std::make_unique<RealProgram>(
            bin("holdfast"), QStringList{"serve", "--config", m_folder.filePath("holdfast.yml"), "--db",
                                         m_folder.filePath("h.db"), "--listen", QUrl(address).authority()});
        QVERIFY2(m_engine->startOn(static_cast<std::uint16_t>(QUrl(address).port())), m_engine->output());
        QTRY_VERIFY_WITH_TIMEOUT(m_window->context().link.connected(), patience);
    }

private:
    static QString bin(const char* name) { return QStringLiteral(HOLDFAST_BIN_DIR "/") + QLatin1String(name); }

    void attachTo(const QUrl& address)
    {
        std::optional<bool> isEngine;
        AttachProbe probe(
            address, [&isEngine](bool engine) { isEngine = engine; }, nullptr);
        QTRY_VERIFY_WITH_TIMEOUT(isEngine.has_value(), patience);
        WindowOptions options;
        options.source.attach = address;
        options.source.attachIsEngine = *isEngine;
        options.size = QSize(1366, 768);
        m_window = std::make_unique<MainWindow>(options);
        m_window->start();
        m_window->show();
    }

    QStringList profilesWithTraffic()
    {
        QStringList profiles;
        if (const auto fleet = m_window->context().fleet.latest()) {
            for (const FleetService& service : fleet->services) {
                if (service.requests.value.value_or(0) > 0 && !profiles.contains(service.profile))
                    profiles << service.profile;
            }
        }
        return profiles;
    }

    bool anyCellContains(const char* text)
    {
        for (const auto* view : m_window->findChildren<QAbstractItemView*>()) {
            if (!view->isVisible() || !view->model())
                continue;
            for (int row = 0; row < view->model()->rowCount(); ++row) {
                for (int column = 0; column < view->model()->columnCount(); ++column) {
                    if (view->model()->index(row, column).data().toString().contains(QLatin1String(text)))
                        return true;
                }
            }
        }
        return false;
    }

    QTemporaryDir m_folder;
    std::unique_ptr<RealProgram> m_fleet;
    std::unique_ptr<RealProgram> m_prometheus;
    std::unique_ptr<RealProgram> m_engine;
    std::unique_ptr<MainWindow> m_window;
};

QTEST_MAIN(TestAttach)
#include "tst_attach.moc"
