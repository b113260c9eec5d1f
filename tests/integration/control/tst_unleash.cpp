// A real Unleash server (npm) on Debian's PostgreSQL: the second stage, label `heavy`.
#include "app/control/http_request.h"
#include "tests/support/real_core.h"
#include "tests/support/real_node.h"
#include "tests/support/real_postgres.h"

#include <QTest>

#include <nlohmann/json.hpp>

using namespace holdfast;
using namespace holdfast::test;

namespace {

constexpr const char* kAdmin = "*:*.holdfast-test-admin-token";
constexpr const char* kClient = "default:production.holdfast-test-client-token";

control::HttpAnswer ask(const std::string& method, const std::string& url, const std::string& token,
                        const std::string& body = {})
{
    control::HttpRequest request;
    request.method = method;
    request.url = url;
    request.body = body;
    request.headers = {{.name = "Authorization", .value = token, .secret = true}};
    return control::sendOnce(request);
}

}  // namespace

class TestUnleash : public QObject {
    Q_OBJECT

private slots:
    void flagIsSwitchedReadBackThroughARestartAndPutBack()
    {
        RealPostgres postgres;
        if (!postgres.installed())
            QSKIP("PostgreSQL is not installed");
        QString why;
        const QString packages =
            npmPackages(QStringLiteral(HOLDFAST_SOURCE_DIR "/tests/integration/control/unleash"), why, 600'000);
        if (packages.isEmpty())
            QSKIP(qPrintable(why));
        QVERIFY2(postgres.start(), postgres.output().constData());
        const auto port = freePort();
        const std::string url = "http://127.0.0.1:" + std::to_string(port);
        RealProgram unleash("node", {packages + "/node_modules/unleash-server/dist/server.js"});
        auto environment = QProcessEnvironment::systemEnvironment();
        const auto set = [&environment](const char* name, const QString& value) { environment.insert(name, value); };
        set("DATABASE_URL", postgres.url());
        set("DATABASE_SSL", "false");
        set("HTTP_HOST", "127.0.0.1");
        set("HTTP_PORT", QString::number(port));
        set("CHECK_VERSION", "false");
        set("SEND_TELEMETRY", "false");
        set("INIT_ADMIN_API_TOKENS", kAdmin);
        set("INIT_CLIENT_API_TOKENS", kClient);
        unleash.process().setProcessEnvironment(environment);
        const auto healthy = [&] { return ask("GET", url + "/health", {}).status == 200; };
        QVERIFY2(unleash.start(healthy, 120'000), unleash.output().constData());
        const std::string flags = url + "/api/admin/projects/default/features";
        QCOMPARE(ask("POST", flags, kAdmin, R"({"name":"degrade.recommendations","type":"kill-switch"})").status, 201);

        config::ControlGroupConfig group;
        group.adapter = "unleash";
        group.endpoints = {url};
        group.readToken.text = group.actToken.text = kAdmin;
        RealCore core(group);
        const auto all = core.points();
        const auto found =
            std::ranges::find_if(all, [](const auto& entry) { return entry.second.name == "degrade.recommendations"; });
        QVERIFY(found != all.end());
        const std::string id = found->first;
        QCOMPARE(core.mode(id), std::string("off"));
        const auto on = core.act(id, "on", 900);
        QVERIFY2(on.state == "verified", on.message.c_str());
        const auto told = [&] {
            const auto body =
                nlohmann::json::parse(ask("GET", url + "/api/client/features", kClient).body, nullptr, false);
            if (!body.is_object() || !body.contains("features"))
                return std::string("nothing");
            for (const auto& flag : body["features"])
                if (flag["name"] == "degrade.recommendations")
                    return std::string(flag["enabled"].get<bool>() ? "on" : "off");
            return std::string("absent");
        };
        QVERIFY(soon([&] { return told() == "on"; }, 20'000));
        // Its metrics follow the event after a moment.
        const auto counted = [&] {
            const auto metrics = ask("GET", url + "/internal-backstage/prometheus", {}).body;
            return metrics.find("feature_toggle_update_total{toggle=\"degrade.recommendations\"") != std::string::npos;
        };
        QVERIFY(soon(counted, 60'000));

        // The database holds it: a crash of the server forgets nothing.
        unleash.kill();
        core.poll();
        QVERIFY(!core.point(id).instances.front().error.empty());
        QVERIFY2(unleash.start(healthy, 120'000), unleash.output().constData());
        core.poll();
        QCOMPARE(core.mode(id), std::string("on"));
        QVERIFY(!core.happened("drift"));

        core.expire(900);
        core.poll();
        QCOMPARE(core.mode(id), std::string("off"));
        QVERIFY(core.leases().empty());
        QVERIFY(soon([&] { return told() == "off"; }, 20'000));

        // A wrong token is denied, in words.
        group.actToken.text = "*:*.wrong";
        RealCore denied(group);
        const auto refused = denied.act(id, "on", 900);
        QVERIFY2(refused.state == "failed", refused.state.c_str());
        QVERIFY(!refused.instances.empty());
        QCOMPARE(refused.instances[0].state, std::string("denied"));
    }
};

QTEST_GUILESS_MAIN(TestUnleash)
#include "tst_unleash.moc"
