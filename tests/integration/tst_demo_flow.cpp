#include "tests/integration/engine_process.h"

#include <QFileInfo>

#include <memory>
#include <optional>

using namespace holdfast::test;
using nlohmann::json;

/// The main job from end to end: the demo fleet, the engine, and everything a person does with both.
class TestDemoFlow : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        const QString config = m_dir.filePath("holdfast.yml");
        m_fleet.setProcessChannelMode(QProcess::MergedChannels);
        m_fleet.start(QStringLiteral(HOLDFAST_BIN_DIR "/holdfast-fleet"),
                      {"--port-base", "0", "--scenario", "calm", "--rate", "30", "--token-file",
                       m_dir.filePath("token"), "--write-config", config});
        QVERIFY2(eventually([&] { return QFileInfo::exists(config); }), m_fleet.readAll());
        m_engine = std::make_unique<EngineProcess>(m_dir.filePath("h.db"), QStringList{"--config", config});
        QVERIFY2(m_engine->start(), m_engine->output());
    }
    void cleanupTestCase()
    {
        if (m_engine)
            QCOMPARE(m_engine->stop(), 0);
        m_fleet.terminate();
        m_fleet.waitForFinished(5000);
    }

    void theFleetShowsLiveNumbers()
    {
        QVERIFY(eventually(
            [this] {
                int live = 0;
                const json now = fleet();
                for (const auto& service : now["services"])
                    live += service["requests"]["state"] == "value" && service["p99"]["value"].is_number() ? 1 : 0;
                return live >= 5;
            },
            60'000));
        QVERIFY(!fleet()["edges"].empty());
    }
    void aBreakerIsTrippedVerifiedAndComesBackByItself()
    {
        const auto control = usable("breaker");
        QVERIFY(control);
        const std::string id = (*control)["id"];
        const auto [status, action] = m_engine->ask("POST", "/holdfast/v1/actions",
                                                    {{"control", id},
                                                     {"to", "forced_open"},
                                                     {"hold_s", 15},
                                                     {"reason", "tried in a test"},
                                                     {"actor", "ana"},
                                                     {"typed_name", nameToType(id, "forced_open")}});
        QVERIFY2(status == 200, action.dump().c_str());
        const std::int64_t number = action["id"];
        QVERIFY2(eventually([&] { return actionState(number) == "verified"; }), actionState(number).c_str());
        const json done = m_engine->get("/holdfast/v1/actions/" + std::to_string(number));
        QCOMPARE(done["k"].get<int>(), done["n"].get<int>());
        QVERIFY(done["n"].get<int>() > 0);
        QVERIFY(eventually([&] { return find(id)["state"] == "forced_open"; }));
        QVERIFY(audited(number, "intent") && audited(number, "outcome"));
        QVERIFY2(eventually([&] { return find(id)["lease"].is_null() && find(id)["state"] != "forced_open"; }, 45'000),
                 find(id).dump().c_str());
    }
    void aFlagIsSwitchedAndReleased()
    {
        const auto control = usable("flag", "degradation");
        QVERIFY(control);
        const std::string id = (*control)["id"];
        const auto [status, action] = m_engine->ask("POST", "/holdfast/v1/actions",
                                                    {{"control", id},
                                                     {"to", "forced_on"},
                                                     {"hold_s", 600},
                                                     {"reason", "tried in a test"},
                                                     {"actor", "ana"},
                                                     {"typed_name", nameToType(id, "forced_on")}});
        QVERIFY2(status == 200, action.dump().c_str());
        QVERIFY(eventually([&] { return find(id)["state"] == "forced_on" && !find(id)["lease"].is_null(); }));
        const std::int64_t lease = find(id)["lease"]["id"];
        QCOMPARE(m_engine
                     ->ask("POST", "/holdfast/v1/leases/" + std::to_string(lease) + "/revert",
                           {{"actor", "ana"}, {"reason", "enough"}})
                     .first,
                 200);
        QVERIFY(eventually([&] { return find(id)["lease"].is_null() && find(id)["state"] != "forced_on"; }, 30'000));
    }
    void anActWithoutAReasonIsRefused()
    {
        const auto control = usable("breaker");
        QVERIFY(control);
        QCOMPARE(m_engine
                     ->ask("POST", "/holdfast/v1/actions",
                           {{"control", (*control)["id"]}, {"to", "forced_open"}, {"hold_s", 60}, {"actor", "ana"}})
                     .first,
                 400);
    }
    void aFaultOpensOneIncidentThatCanBeWorkedOn()
    {
        const auto fault = usable("flag", "fault");
        QVERIFY(fault);
        const std::string id = (*fault)["id"];
        const auto [status, action] = m_engine->ask("POST", "/holdfast/v1/actions",
                                                    {{"control", id},
                                                     {"to", "forced_on"},
                                                     {"hold_s", 900},
                                                     {"reason", "practice"},
                                                     {"actor", "ana"},
                                                     {"typed_name", nameToType(id, "forced_on")}});
        QVERIFY2(status == 200, action.dump().c_str());
        QVERIFY(eventually([this] { return !incidents().empty(); }, 150'000));
        QTest::qWait(10'000);  // the symptoms that follow must join it
        QCOMPARE(incidents().size(), std::size_t(1));
        const std::string path = "/holdfast/v1/incidents/" + std::to_string(incidents()[0]["id"].get<std::int64_t>());
        QCOMPARE(m_engine->ask("POST", path + "/ack", {{"actor", "ana"}, {"for_s", 1800}}).first, 200);
        QCOMPARE(m_engine->ask("POST", path + "/note", {{"actor", "ana"}, {"text", "calling the DBA"}}).first, 200);
        const json detail = m_engine->get(path);
        QCOMPARE(detail["state"].get<std::string>(), std::string("acked"));
        QCOMPARE(detail["owner"].get<std::string>(), std::string("ana"));
        QVERIFY(detail["timeline"].dump().find("calling the DBA") != std::string::npos);
        const auto text = markdown(path + "/export?format=md");
        QVERIFY2(text.find("calling the DBA") != std::string::npos, text.c_str());
    }

private:
    [[nodiscard]] json fleet() const { return m_engine->get("/holdfast/v1/fleet?range_s=60&points=10"); }
    [[nodiscard]] json incidents() const { return m_engine->get("/holdfast/v1/incidents?state=open")["incidents"]; }
    [[nodiscard]] json find(const std::string& id) const
    {
        const json all = m_engine->get("/holdfast/v1/controls");
        for (const auto& control : all["controls"])
            if (control["id"] == id)
                return control;
        return json::object();
    }
    [[nodiscard]] std::optional<json> usable(const std::string& kind, const std::string& flagKind = {}) const
    {
        std::optional<json> found;
        eventually([&] {
            const json all = m_engine->get("/holdfast/v1/controls?kind=" + kind);
            for (const auto& control : all["controls"])
                if (control["locked"] == "" && (flagKind.empty() || control["flag_kind"] == flagKind))
                    found = control;
            return found.has_value();
        });
        return found;
    }
    [[nodiscard]] std::string nameToType(const std::string& control, const std::string& to) const
    {
        const auto plan =
            m_engine->ask("POST", "/holdfast/v1/plan", {{"control", control}, {"to", to}, {"hold_s", 60}}).second;
        return plan.is_object() ? plan.value("type_name", "") : "";
    }
    [[nodiscard]] std::string actionState(std::int64_t number) const
    {
        return m_engine->get("/holdfast/v1/actions/" + std::to_string(number)).value("state", "");
    }
    [[nodiscard]] bool audited(std::int64_t action, const std::string& step) const
    {
        const json all = m_engine->get("/holdfast/v1/audit?limit=1000");
        for (const auto& row : all["audit"])
            if (row["action"] == action && row["step"] == step)
                return true;
        return false;
    }
    [[nodiscard]] std::string markdown(const std::string& path) const
    {
        holdfast::commands::HttpCall call;
        call.url = m_engine->file().privateUrl + path;
        call.token = m_engine->file().token;
        const auto reply = holdfast::commands::httpRequest(call);
        return reply.ok() ? reply->body : std::string();
    }

    QTemporaryDir m_dir;
    QProcess m_fleet;
    std::unique_ptr<EngineProcess> m_engine;
};

QTEST_GUILESS_MAIN(TestDemoFlow)
#include "tst_demo_flow.moc"
