// Acts on real systems through ControlCore: read back by API and by metrics, killed and restarted while held, drifted,
// expired, put back.
#include "app/control/adapters/redis_client.h"
#include "app/control/http_request.h"
#include "tests/support/real_core.h"
#include "tests/support/real_haproxy.h"
#include "tests/support/real_node.h"
#include "tests/support/real_redis.h"

#include <QTest>

#include <nlohmann/json.hpp>

#include <memory>

using namespace holdfast;
using namespace holdfast::test;
using control::Action;
using control::HttpRequest;
using control::sendOnce;

namespace {

config::ControlGroupConfig group(const std::string& adapter, const std::string& endpoint,
                                 std::map<std::string, std::string> settings = {})
{
    config::ControlGroupConfig made;
    made.adapter = adapter;
    made.endpoints = {endpoint};
    made.settings = std::move(settings);
    return made;
}

control::HttpAnswer ask(const std::string& method, const std::string& url, const std::string& body = {})
{
    HttpRequest request;
    request.method = method;
    request.url = url;
    request.body = body;
    return sendOnce(request);
}

/// Value of the sample that begins so, of a text exposition.
std::optional<double> sample(const std::string& text, const std::string& series)
{
    const auto at = ("\n" + text).find("\n" + series + " ");
    if (at == std::string::npos)
        return std::nullopt;
    const auto begin = at + series.size() + 1;
    return QByteArray::fromStdString(text.substr(begin, text.find('\n', begin) - begin)).toDouble();
}

std::string base64(const std::string& text)
{
    return QByteArray::fromStdString(text).toBase64().toStdString();
}

/// Compares the state of an action that is done, and shows its message where it is another one.
#define ENDED(action, expected)                                                                                        \
    do {                                                                                                               \
        const Action ended = (action);                                                                                 \
        QVERIFY2(ended.state == (expected), (ended.state + ": " + ended.message).c_str());                             \
    } while (false)

}  // namespace

class TestRealSystems : public QObject {
    Q_OBJECT

    /// HAProxy's exporter asked directly, as the engine's store would be after a scrape: `NAME{job="edge",…}`, and
    /// where it says so `== bool N`.
    static RealCore::MetricValue exporterOf(const RealHaproxy& haproxy)
    {
        return [port = haproxy.port()](const std::string& expr) -> std::optional<double> {
            std::string series = expr.substr(0, expr.find('}') + 1);
            if (const auto job = series.find("job=\"edge\","); job != std::string::npos)
                series.erase(job, 11);
            const auto value = sample(ask("GET", "http://127.0.0.1:" + std::to_string(port) + "/metrics").body, series);
            const auto compared = expr.find(" == bool ");
            if (!value || compared == std::string::npos)
                return value;
            return *value == std::stod(expr.substr(compared + 9)) ? 1.0 : 0.0;
        };
    }

private slots:
    void haproxyServerIsTakenOutProvenByMetricsAndPutBack()
    {
        if (!RealHaproxy::installed())
            QSKIP("HAProxy is not installed");
        RealHaproxy haproxy;
        QVERIFY2(haproxy.start(), haproxy.output().constData());
        RealCore core(group("haproxy", haproxy.socket(), {{"metrics", "job=\"edge\""}, {"service", "shop"}}),
                      exporterOf(haproxy));
        const std::string id = "shop/server/shop/s1";
        QCOMPARE(core.mode(id), std::string("ready"));
        const Action out = core.act(id, "maint", 900);
        ENDED(out, "verified");
        QCOMPARE(core.point(id).state, std::string("maint"));
        QCOMPARE(core.settled(out.id).proof, std::string("API ✓ metrics ✓"));
        QCOMPARE(core.leases().size(), std::size_t(1));
        QCOMPARE(core.leases()[0].keeper, std::string("engine"));
        const int before = haproxy.requestsOfOne();
        for (int i = 0; i < 4; ++i)
            QCOMPARE(ask("GET", "http://127.0.0.1:" + std::to_string(haproxy.port()) + "/").body, std::string("s2"));
        QCOMPARE(haproxy.requestsOfOne(), before);

        core.expire(900);
        core.poll();
        QCOMPARE(core.mode(id), std::string("ready"));
        QVERIFY(core.leases().empty());
    }

    void haproxyRestartDuringAHoldIsSeenAsDrift()
    {
        if (!RealHaproxy::installed())
            QSKIP("HAProxy is not installed");
        RealHaproxy haproxy;
        QVERIFY2(haproxy.start(), haproxy.output().constData());
        RealCore core(group("haproxy", haproxy.socket(), {{"service", "shop"}}));
        const std::string id = "shop/limit/shop/s1:weight";
        ENDED(core.act(id, "3", 900), "verified");
        QCOMPARE(core.mode(id), std::string("3"));
        haproxy.kill();
        core.poll();
        QVERIFY(!core.point(id).instances.empty());
        QVERIFY(!core.point(id).instances.front().error.empty());
        QVERIFY2(haproxy.start(), haproxy.output().constData());
        core.poll();
        QCOMPARE(core.mode(id), std::string("10"));
        QVERIFY(core.happened("drift"));
        QCOMPARE(core.leases().at(0).drifted, 1);

        core.expire(900);
        QVERIFY(core.leases().empty());
        core.poll();
        QCOMPARE(core.mode(id), std::string("10"));
    }

    void haproxyLimitIsPutBackToWhatWasRead()
    {
        if (!RealHaproxy::installed())
            QSKIP("HAProxy is not installed");
        RealHaproxy haproxy;
        QVERIFY2(haproxy.start(), haproxy.output().constData());
        RealCore core(group("haproxy", haproxy.socket(), {{"service", "shop"}}));
        const std::string id = "shop/limit/shop/s1:maxconn";
        const Action act = core.act(id, "5", 900);
        ENDED(act, "verified");
        QCOMPARE(core.mode(id), std::string("5"));
        ENDED(core.revert(core.leases().at(0).id), "reverted");
        QCOMPARE(core.mode(id), std::string("30"));
    }

    void redisEndsTheHoldOfAnAbsentKeyItself()
    {
        if (!RealRedis::installed())
            QSKIP("redis-server is not installed");
        RealRedis redis;
        QVERIFY(redis.start());
        auto config = group("redis", redis.address(), {{"keys", "flag:lean"}});
        config.readToken.text = config.actToken.text = "secret";
        RealCore core(config);
        const std::string id = "redis/flag/flag:lean";
        ENDED(core.act(id, "on", 900), "verified");
        QCOMPARE(core.leases().at(0).keeper, std::string("service"));
        QCOMPARE(tell(redis, {"GET", "flag:lean"}).text, std::string("on"));
        QVERIFY(tell(redis, {"TTL", "flag:lean"}).integer > 890);

        // Without persistence a restart forgets it: drift.
        redis.kill();
        QVERIFY(redis.start());
        core.poll();
        QCOMPARE(core.mode(id), std::string("(no key)"));
        QVERIFY(core.happened("drift"));
        core.expire(900);
        QVERIFY(core.leases().empty());
    }

    void redisValueThatWasThereIsPutBackByTheEngine()
    {
        if (!RealRedis::installed())
            QSKIP("redis-server is not installed");
        RealRedis redis;
        QVERIFY(redis.start());
        tell(redis, {"SET", "flag:lean", "off"});
        auto config = group("redis", redis.address(), {{"keys", "flag:*"}});
        config.readToken.text = config.actToken.text = "secret";
        RealCore core(config);
        const std::string id = "redis/flag/flag:lean";
        ENDED(core.act(id, "on", 900), "verified");
        QCOMPARE(core.leases().at(0).keeper, std::string("engine"));
        QCOMPARE(tell(redis, {"TTL", "flag:lean"}).integer, std::int64_t(-1));
        core.expire(900);
        QCOMPARE(tell(redis, {"GET", "flag:lean"}).text, std::string("off"));
        QVERIFY(core.leases().empty());
    }

    void etcdKeyOutlivesARestartAndSomebodyElsesValueIsLeftAlone()
    {
        if (programPath("etcd").isEmpty())
            QSKIP("etcd is not installed");
        const QTemporaryDir dir;
        const auto port = freePort();
        const QString client = QStringLiteral("http://127.0.0.1:%1").arg(port);
        const QString peer = QStringLiteral("http://127.0.0.1:%1").arg(freePort());
        RealProgram etcd("etcd", {"--data-dir", dir.filePath("data"), "--listen-client-urls", client,
                                  "--advertise-client-urls", client, "--listen-peer-urls", peer,
                                  "--initial-advertise-peer-urls", peer, "--initial-cluster", "default=" + peer});
        const auto healthy = [&] { return ask("GET", client.toStdString() + "/health").status == 200; };
        QVERIFY2(etcd.start(healthy, 60'000), etcd.output().constData());
        const auto put = [&](const std::string& value) {
            return ask("POST", client.toStdString() + "/v3/kv/put",
                       nlohmann::json{{"key", base64("flags/lean")}, {"value", base64(value)}}.dump())
                .status;
        };
        const auto stored = [&] {
            const auto answer = ask("POST", client.toStdString() + "/v3/kv/range",
                                    nlohmann::json{{"key", base64("flags/lean")}}.dump());
            const auto body = nlohmann::json::parse(answer.body, nullptr, false);
            if (!body.is_object() || !body.contains("kvs"))
                return std::string();
            return QByteArray::fromBase64(QByteArray::fromStdString(body["kvs"][0]["value"].get<std::string>()))
                .toStdString();
        };
        QCOMPARE(put("off"), 200);
        RealCore core(group("etcd", client.toStdString(), {{"prefix", "flags/"}}));
        const auto all = core.points();
        const auto found =
            std::ranges::find_if(all, [](const auto& entry) { return entry.second.name == "flags/lean"; });
        QVERIFY(found != all.end());
        const std::string id = found->first;
        ENDED(core.act(id, "on", 900), "verified");
        QCOMPARE(stored(), std::string("on"));

        etcd.kill();
        core.poll();
        QVERIFY(!core.point(id).instances.front().error.empty());
        QVERIFY2(etcd.start(healthy, 60'000), etcd.output().constData());
        core.poll();
        QCOMPARE(core.mode(id), std::string("on"));
        QVERIFY(!core.happened("drift"));

        QCOMPARE(put("half"), 200);
        core.poll();
        QVERIFY(core.happened("foreign_change") || core.happened("drift"));
        core.expire(900);
        QCOMPARE(stored(), std::string("half"));
    }

    void alertmanagerKeepsASilenceAndExpiresIt()
    {
        if (programPath("prometheus-alertmanager").isEmpty())
            QSKIP("prometheus-alertmanager is not installed");
        const QTemporaryDir dir;
        QFile file(dir.filePath("alertmanager.yml"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("route: {receiver: none}\nreceivers: [{name: none}]\n");
        file.close();
        const auto port = freePort();
        const std::string url = "http://127.0.0.1:" + std::to_string(port);
        RealProgram alertmanager("prometheus-alertmanager",
                                 {"--config.file", file.fileName(), "--storage.path", dir.filePath("data"),
                                  "--web.listen-address", QStringLiteral("127.0.0.1:%1").arg(port),
                                  "--cluster.listen-address="});
        const auto ready = [&] { return ask("GET", url + "/-/ready").status == 200; };
        const auto raise = [&] {
            return ask("POST", url + "/api/v2/alerts", R"([{"labels":{"alertname":"CheckoutSlow"}}])").status;
        };
        QVERIFY2(alertmanager.start(ready, 60'000), alertmanager.output().constData());
        QCOMPARE(raise(), 200);
        RealCore core(group("alertmanager-silences", url));
        const auto all = core.points();
        const auto found =
            std::ranges::find_if(all, [](const auto& entry) { return entry.second.name == "CheckoutSlow"; });
        QVERIFY(found != all.end());
        const std::string id = found->first;
        const auto active = [&] {
            return sample(ask("GET", url + "/metrics").body, "alertmanager_silences{state=\"active\"}").value_or(-1);
        };
        ENDED(core.act(id, "silenced", 900), "verified");
        QCOMPARE(active(), 1.0);
        const auto silences = nlohmann::json::parse(ask("GET", url + "/api/v2/silences").body);
        QCOMPARE(silences.size(), std::size_t(1));
        QCOMPARE(silences[0]["createdBy"].get<std::string>(), std::string("ana"));
        QCOMPARE(core.leases().at(0).keeper, std::string("service"));

        // Killed hard it loses what it had not yet written; what it knows again decides, and the alert is raised again.
        alertmanager.kill();
        core.poll();
        QVERIFY2(alertmanager.start(ready, 60'000), alertmanager.output().constData());
        QCOMPARE(raise(), 200);
        core.poll();
        QCOMPARE(core.mode(id), std::string("auto"));
        QVERIFY(core.happened("drift"));

        ENDED(core.revert(core.leases().at(0).id), "reverted");
        ENDED(core.act(id, "silenced", 900), "verified");
        ENDED(core.revert(core.leases().at(0).id), "reverted");
        QCOMPARE(active(), 0.0);
    }

    void opossumFadesUnlessItsServiceHoldsIt_data()
    {
        QTest::addColumn<bool>("holds");
        QTest::newRow("fades") << false;
        QTest::newRow("holds") << true;
    }
    void opossumFadesUnlessItsServiceHoldsIt()
    {
        QFETCH(bool, holds);
        QString why;
        const QString source = QStringLiteral(HOLDFAST_SOURCE_DIR "/tests/integration/control/opossum");
        const QString packages = npmPackages(source, why);
        if (packages.isEmpty())
            QSKIP(qPrintable(why));
        QFile::remove(packages + "/service.js");
        QVERIFY(QFile::copy(source + "/service.js", packages + "/service.js"));
        const auto port = freePort();
        const std::string url = "http://127.0.0.1:" + std::to_string(port);
        QStringList arguments{packages + "/service.js", QString::number(port), "2000"};
        if (holds)
            arguments << "hold";
        RealProgram service("node", arguments);
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert("CONTROL_TOKEN", "secret");
        service.process().setProcessEnvironment(environment);
        QVERIFY2(service.startOn(port), service.output().constData());
        auto config = group("own-service", url);
        config.readToken.text = config.actToken.text = "secret";
        RealCore core(config);
        const auto all = core.points();
        const auto found = std::ranges::find_if(all, [](const auto& entry) { return entry.second.name == "payments"; });
        QVERIFY(found != all.end());
        const std::string id = found->first;
        const auto metric = [&](const std::string& name) {
            return sample(ask("GET", url + "/metrics").body, name + "{name=\"payments\"}").value_or(-1);
        };
        QCOMPARE(ask("GET", url + "/call/payments").status, 200);
        QCOMPARE(metric("backend_calls_total"), 1.0);
        ENDED(core.act(id, "forced_open", 900), "verified");
        QCOMPARE(metric("circuit_open"), 1.0);
        QCOMPARE(ask("GET", url + "/call/payments").status, 503);
        QCOMPARE(metric("circuit_rejected_total"), 1.0);
        QCOMPARE(metric("backend_calls_total"), 1.0);

        if (!holds) {
            QVERIFY(soon([&] { return metric("circuit_open") == 0.0; }));
            core.poll();
            QCOMPARE(core.mode(id), std::string("auto"));
            QVERIFY(core.happened("drift"));
        }
        service.kill();
        core.poll();
        QVERIFY(!core.point(id).instances.front().error.empty());
        QVERIFY2(service.startOn(port), service.output().constData());
        core.poll();
        QCOMPARE(core.mode(id), std::string("auto"));
        QVERIFY(core.happened("drift"));
        core.expire(900);
        QVERIFY(core.leases().empty());
        QCOMPARE(ask("GET", url + "/call/payments").status, 200);
    }

private:
    static control::RedisReply tell(const RealRedis& redis, const std::vector<std::string>& words)
    {
        auto client = control::RedisClient::connect(*control::socketAddress(redis.address()),
                                                    {.user = {}, .password = "secret"}, 2'000);
        if (!client.ok())
            qFatal("%s", client.error().message.c_str());
        auto answer = client->command(words);
        if (!answer.ok())
            qFatal("%s", answer.error().message.c_str());
        return std::move(*answer);
    }
};

QTEST_GUILESS_MAIN(TestRealSystems)
#include "tst_real_systems.moc"
