// The whole engine over a real HAProxy: scraped, listed, taken out, proven by the scrape, put back at the hold's end.
#include "tests/integration/engine_process.h"
#include "tests/support/real_haproxy.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace holdfast::test;
using nlohmann::json;

namespace {

constexpr const char* kServer = "shop/server/shop/s1";

QString configuration(const RealHaproxy& haproxy)
{
    return QStringLiteral("global: {scrape_interval: 1s, evaluation_interval: 1s}\n"
                          "scrape_configs:\n"
                          "- job_name: edge\n"
                          "  static_configs: [{targets: ['127.0.0.1:%1']}]\n"
                          "holdfast:\n"
                          "  operator: ana\n"
                          "  controls:\n"
                          "  - name: edge\n"
                          "    adapter: haproxy\n"
                          "    endpoints: ['%2']\n"
                          "    armed: true\n"
                          "    settings: {service: backend, backends: [shop], metrics: 'job=\"edge\"'}\n")
        .arg(haproxy.port())
        .arg(QString::fromStdString(haproxy.socket()));
}

json controlOf(const EngineProcess& engine)
{
    const json answer = engine.get("/holdfast/v1/controls");
    if (answer.is_object())
        for (const json& control : answer.value("controls", json::array()))
            if (control.value("id", "") == kServer)
                return control;
    return json::object();
}

std::string modeOf(const EngineProcess& engine)
{
    const json control = controlOf(engine);
    if (!control.contains("instances") || control["instances"].empty())
        return {};
    return control["instances"][0].value("mode", "");
}

}  // namespace

class TestHaproxyHold : public QObject {
    Q_OBJECT

private slots:
    void isProvenByTheScrapeAndEndsInTime()
    {
        if (!RealHaproxy::installed())
            QSKIP("HAProxy is not installed");
        RealHaproxy haproxy;
        QVERIFY2(haproxy.start(), haproxy.output().constData());
        const QTemporaryDir dir;
        QFile file(dir.filePath("holdfast.yml"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(configuration(haproxy).toUtf8());
        file.close();
        EngineProcess engine(dir.filePath("test.db"), {"--config", file.fileName()});
        QVERIFY2(engine.start(), engine.output().constData());
        QVERIFY(eventually([&] { return modeOf(engine) == "ready"; }));

        const auto begun = engine.ask("POST", "/holdfast/v1/actions",
                                      {{"control", kServer},
                                       {"to", "maint"},
                                       {"hold_s", 12},
                                       {"reason", "its disk is full"},
                                       {"actor", "ana"},
                                       {"typed_name", "s1"}});
        QVERIFY2(begun.second.is_object() && begun.second.contains("id"), begun.second.dump().c_str());
        const std::string path = "/holdfast/v1/actions/" + std::to_string(begun.second["id"].get<int>());
        QVERIFY2(eventually([&] { return engine.get(path).value("state", "") == "verified"; }),
                 engine.get(path).dump().c_str());
        QVERIFY2(eventually([&] { return engine.get(path).value("proof", "") == "API ✓ metrics ✓"; }),
                 engine.get(path).dump().c_str());
        const json shown =
            EngineProcess::query(engine.file().publicUrl, "haproxy_server_status{server=\"s1\",state=\"MAINT\"} == 1");
        QCOMPARE(shown.size(), std::size_t(1));

        QVERIFY2(eventually([&] { return modeOf(engine) == "ready"; }, 60'000), controlOf(engine).dump().c_str());
        QVERIFY(eventually([&] {
            const json leases = engine.get("/holdfast/v1/leases");
            return leases.is_object() && leases.value("leases", json::array()).empty();
        }));
        QCOMPARE(engine.stop(), 0);
    }
};

QTEST_GUILESS_MAIN(TestHaproxyHold)
#include "tst_haproxy_hold.moc"
