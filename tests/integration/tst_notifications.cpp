#include "tests/integration/engine_process.h"
#include "tests/support/loopback_server.h"

#include <QDateTime>
#include <QElapsedTimer>
#include <QFile>
#include <QStandardPaths>
#include <QUrl>

#include <array>
#include <memory>

using namespace holdfast::test;
using nlohmann::json;

namespace {

/// A rule that fires at once, for a service nobody watches.
constexpr const char* kRules = R"(groups:
- name: trouble
  interval: 1s
  rules:
  - alert: Trouble
    expr: trouble > 0
    labels: {severity: page, signal: errors, service: shop}
    annotations: {summary: "the shop is in trouble"}
  - record: trouble
    expr: vector(1)
)";

std::string withFile(const QString& path, const QByteArray& text)
{
    QFile file(path);
    if (file.open(QIODevice::WriteOnly))
        file.write(text);
    return path.toStdString();
}

json body(const WebhookServer::Request& request)
{
    return json::parse(request.body, nullptr, false);
}

/// A client of the engine's stream: hears until an event of the kind came, and when; 0: it did not.
std::int64_t hearsOf(const std::string& kind, const holdfast::engine::EngineFile& engine, int withinS)
{
    const QUrl url(QString::fromStdString(engine.privateUrl));
    const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(static_cast<std::uint16_t>(url.port()));
    const timeval patience{.tv_sec = 12, .tv_usec = 0};  // a comment comes every 10 s
    (void)::setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
    std::int64_t heard = 0;
    if (::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0) {
        say(fd, "GET /holdfast/v1/stream HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(url.port())
                    + "\r\nAuthorization: Bearer " + engine.token + "\r\n\r\n");
        QElapsedTimer timer;
        timer.start();
        std::string got;
        std::array<char, 4096> bytes{};
        while (heard == 0 && timer.elapsed() < withinS * 1'000LL) {
            const ssize_t n = ::recv(fd, bytes.data(), bytes.size(), 0);
            if (n <= 0)
                break;
            got.append(bytes.data(), static_cast<std::size_t>(n));
            if (got.find("event: " + kind) != std::string::npos)
                heard = QDateTime::currentMSecsSinceEpoch();
        }
    }
    ::close(fd);
    return heard;
}

/// What a command says, and its exit code.
std::pair<int, std::string> commandSays(const QStringList& arguments)
{
    QProcess command;
    command.setProcessChannelMode(QProcess::MergedChannels);
    command.start(QStringLiteral(HOLDFAST_BIN_DIR "/holdfast"), arguments);
    command.waitForFinished(30'000);
    return {command.exitCode(), command.readAll().toStdString()};
}

/// A port nobody uses just now.
int freePort()
{
    const LoopbackServer probe([](int) {});
    return probe.port();
}

}  // namespace

/// The engine tells real receivers: a webhook, a relay, a program, Debian's Alertmanager; and a dead one beside them.
class TestNotifications : public QObject {
    Q_OBJECT

private slots:
    void init() { m_dir = std::make_unique<QTemporaryDir>(); }

    void oneIncidentIsOneNotificationForEachReceiverAndADeadOneDelaysNobody()
    {
        WebhookServer hook;
        const WebhookServer dead(0);
        const MailServer relay;
        const QString said = m_dir->filePath("said");
        const std::string yaml = "    receivers:\n"
                                 "    - {name: dead, webhook: {webhook_url: '"
                                 + dead.url()
                                 + "'}, timeout: 2s}\n"
                                   "    - {name: hook, webhook: {webhook_url: '"
                                 + hook.url()
                                 + "'}}\n"
                                   "    - {name: mail, email: {smarthost: '"
                                 + relay.address()
                                 + "', from: h@example.org, to: [oncall@example.org], require_tls: false}}\n"
                                   "    - {name: script, command: {argv: [/bin/sh, -c, 'cat > \"$0\"', '"
                                 + said.toStdString() + "']}}\n";
        EngineProcess engine(m_dir->filePath("h.db"), config(yaml));
        QVERIFY2(engine.start(), engine.output());
        QVERIFY2(eventually([&] { return !hook.requests().empty(); }, 90'000), engine.output());
        QVERIFY(eventually([&] { return !relay.mails().empty() && QFile::exists(said); }));
        QVERIFY(eventually([&] { return !dead.requests().empty(); }));
        QCOMPARE(hook.requests().size(), std::size_t(1));
        const json root = body(hook.requests()[0]);
        QCOMPARE(root["status"].get<std::string>(), std::string("firing"));
        QCOMPARE(root["holdfast"]["change"].get<std::string>(), std::string("opened"));
        QCOMPARE(root["alerts"][0]["labels"]["alertname"].get<std::string>(), std::string("Trouble"));
        QVERIFY(eventually(
            [&] { return receiver(engine.get("/holdfast/v1/notifications"), "hook")["sent"].get<int>() == 1; }));
        QVERIFY(eventually([&] {
            return receiver(engine.get("/holdfast/v1/notifications"), "dead")["last_error"].get<std::string>() != "";
        }));
        const auto [status, sent] =
            engine.ask("POST", "/holdfast/v1/notifications/test", {{"receiver", "hook"}, {"actor", "ana"}});
        QVERIFY2(status == 200, sent.dump().c_str());
        QCOMPARE(hook.requests().size(), std::size_t(2));
        QCOMPARE(engine.ask("POST", "/holdfast/v1/notifications/test", {{"receiver", "no"}, {"actor", "ana"}}).first,
                 404);
        QCOMPARE(engine.stop(), 0);
    }

    void anEngineKilledWhileItTellsTellsOnceMoreAndSaysSo()
    {
        WebhookServer hook(0);  // takes the request and never answers
        const std::string yaml =
            "    receivers:\n    - {name: hook, timeout: 60s, webhook: {webhook_url: '" + hook.url() + "'}}\n";
        {
            EngineProcess engine(m_dir->filePath("h.db"), config(yaml));
            QVERIFY2(engine.start(), engine.output());
            QVERIFY2(eventually([&] { return hook.requests().size() == 1; }, 90'000), engine.output());
            engine.kill();
        }
        hook.answerWith(200);
        EngineProcess engine(m_dir->filePath("h.db"), config(yaml));
        QVERIFY2(engine.start(), engine.output());
        QVERIFY2(eventually([&] { return hook.requests().size() == 2; }, 30'000), engine.output());
        const json first = body(hook.requests()[0]);
        const json second = body(hook.requests()[1]);
        QVERIFY(!first["holdfast"]["repeated"].get<bool>());
        QVERIFY(second["holdfast"]["repeated"].get<bool>());
        QVERIFY(second["holdfast"]["notification"] == first["holdfast"]["notification"]);
        QTest::qWait(5'000);  // nothing more may come
        QCOMPARE(hook.requests().size(), std::size_t(2));
        engine.kill();
        EngineProcess third(m_dir->filePath("h.db"), config(yaml));
        QVERIFY2(third.start(), third.output());
        QTest::qWait(5'000);
        QCOMPARE(hook.requests().size(), std::size_t(2));
    }

    void anImportantServicesTroubleIsHeardByAClientAsItFires()
    {
        WebhookServer hook;
        const WebhookServer watcher;
        const QString tags = m_dir->filePath("tags");
        (void)withFile(tags, "shop v1\n");
        const std::string yaml = "    heartbeat: {url: '" + watcher.url()
                                 + "', interval: 5s}\n    receivers:\n    - {name: hook, webhook: {webhook_url: '"
                                 + hook.url() + "'}}\n  deploys: {git_tag_file: '" + tags.toStdString() + "'}\n";
        const QString database = m_dir->filePath("h.db");
        EngineProcess engine(database, config(yaml));
        QVERIFY2(engine.start(), engine.output());
        const std::int64_t heard = hearsOf("incident", engine.file(), 60);
        QVERIFY2(heard > 0, engine.output());
        const json alerts = engine.get("/holdfast/v1/incidents/1")["signals_list"];
        QVERIFY2(alerts.is_array() && !alerts.empty(), alerts.dump().c_str());
        const auto late = heard - alerts[0]["fired_ms"].get<std::int64_t>();
        qInfo("a client heard of the incident %lld ms after its rule fired", static_cast<long long>(late));
        QVERIFY(late < 10'000);  // 2 s on a machine that has time
        QVERIFY(eventually([&] { return !hook.requests().empty() && !watcher.requests().empty(); }));

        (void)withFile(tags, "shop v2\n");
        QVERIFY(eventually([&] {
            const json events = engine.get("/holdfast/v1/events?kind=deploy")["events"];
            return events.is_array() && events.size() == 1 && events[0]["service"] == "shop"
                   && events[0]["text"].get<std::string>().find("v2") != std::string::npos;
        }));

        const auto [listed, list] = commandSays({"notify", "list", "--db", database});
        QVERIFY2(listed == 0 && list.find("hook") != std::string::npos && list.find("opened") != std::string::npos,
                 list.c_str());
        const auto before = hook.requests().size();
        const auto [tested, test] = commandSays({"notify", "test", "hook", "--db", database});
        QVERIFY2(tested == 0, test.c_str());
        QCOMPARE(hook.requests().size(), before + 1);
        const auto [unknown, why] = commandSays({"notify", "test", "pager", "--db", database});
        QVERIFY2(unknown != 0 && why.find("hook") != std::string::npos, why.c_str());
        QCOMPARE(engine.stop(), 0);
    }

    void debiansAlertmanagerTakesIncidentsAndAlerts()
    {
        const QString program = QStandardPaths::findExecutable("prometheus-alertmanager");
        if (program.isEmpty())
            QSKIP("prometheus-alertmanager is not installed");
        const std::string address = "127.0.0.1:" + std::to_string(freePort());
        const std::string file =
            withFile(m_dir->filePath("am.yml"), "route: {receiver: none}\nreceivers: [{name: none}]\n");
        QProcess manager;
        manager.setProcessChannelMode(QProcess::MergedChannels);
        manager.start(program, {"--config.file=" + QString::fromStdString(file),
                                "--cluster.listen-address=", "--storage.path=" + m_dir->filePath("am"),
                                "--web.listen-address=" + QString::fromStdString(address)});
        QVERIFY2(eventually([&] { return fetch("http://" + address + "/-/ready").first == 200; }), manager.readAll());
        m_alerting = "alerting: {alertmanagers: [{static_configs: [{targets: ['" + address + "']}]}]}\n";
        EngineProcess engine(
            m_dir->filePath("h.db"),
            config("    receivers:\n    - {name: am, alertmanager: {url: 'http://" + address + "'}}\n"));
        m_alerting.clear();
        QVERIFY2(engine.start(), engine.output());
        json alerts;
        QVERIFY2(eventually(
                     [&] {
                         alerts = json::parse(fetch("http://" + address + "/api/v2/alerts").second, nullptr, false);
                         return alerts.is_array() && named(alerts, "Trouble") && named(alerts, "HoldfastIncident");
                     },
                     90'000),
                 (alerts.dump() + engine.output().toStdString()).c_str());
        QCOMPARE(engine.stop(), 0);
        manager.terminate();
        manager.waitForFinished(5'000);
    }

private:
    QStringList config(const std::string& receivers)
    {
        const std::string rules = withFile(m_dir->filePath("rules.yml"), kRules);
        const std::string yaml =
            "global: {scrape_interval: 1s, evaluation_interval: 1s}\nrule_files: ['" + rules + "']\n" + m_alerting
            + "holdfast:\n  default_rules: false\n  services: {shop: {tier: 1}}\n  notify:\n" + receivers;
        return {"--config",
                QString::fromStdString(withFile(m_dir->filePath("h.yml"), QByteArray::fromStdString(yaml)))};
    }
    static json receiver(const json& root, const std::string& name)
    {
        for (const auto& one : root["receivers"])
            if (one["name"] == name)
                return one;
        return json::object();
    }
    static bool named(const json& alerts, const std::string& name)
    {
        for (const auto& alert : alerts)
            if (alert["labels"].value("alertname", "") == name)
                return true;
        return false;
    }
    static std::pair<int, std::string> fetch(const std::string& url)
    {
        holdfast::commands::HttpCall call;
        call.url = url;
        call.timeoutMs = 2'000;
        const auto reply = holdfast::commands::httpRequest(call);
        return reply.ok() ? std::pair(reply->status, reply->body) : std::pair(0, std::string());
    }

    std::unique_ptr<QTemporaryDir> m_dir;
    std::string m_alerting;
};

QTEST_GUILESS_MAIN(TestNotifications)
#include "tst_notifications.moc"
