#include "tests/integration/engine_process.h"
#include "tests/support/loopback_server.h"

#include <QFile>
#include <QFileInfo>

using namespace holdfast::test;
using nlohmann::json;

namespace {

constexpr const char* kScenario = R"(name: one-cascade
description: A database that runs full, becomes slow and then refuses half of what it is asked.
steps:
  - at: 40s
    turn_on: payments-db/fault-slow
    for: 240s
  - at: 60s
    turn_on: payments-db/fault-errors
    for: 220s
)";

}  // namespace

/// The real shop: a database runs full, and beside it something breaks that has nothing to do with it.
class TestOneCascade : public QObject {
    Q_OBJECT

private slots:
    void aFullDatabaseIsOneIncidentAndOneNotificationAndAnotherFaultIsAnother()
    {
        const WebhookServer hook;
        const QString config = m_dir.filePath("holdfast.yml");
        QFile scenario(m_dir.filePath("scenario.yml"));
        QVERIFY(scenario.open(QIODevice::WriteOnly));
        scenario.write(kScenario);
        scenario.close();
        m_fleet.setProcessChannelMode(QProcess::MergedChannels);
        m_fleet.start(QStringLiteral(HOLDFAST_BIN_DIR "/holdfast-fleet"),
                      {"--port-base", "0", "--scenario", scenario.fileName(), "--token-file", m_dir.filePath("token"),
                       "--write-config", config});
        QVERIFY2(eventually([&] { return QFileInfo::exists(config); }), m_fleet.readAll());
        addToConfig(config, hook.url());
        EngineProcess engine(m_dir.filePath("h.db"), {"--config", config});
        QVERIFY2(engine.start(), engine.output());

        json cascade;
        json other;
        const auto look = [&] {
            const json incidents = engine.get("/holdfast/v1/incidents?state=all");
            if (!incidents.is_object())
                return false;
            for (const auto& one : incidents["incidents"])
                (one["services"].dump().find("warehouse") != std::string::npos ? other : cascade) = one;
            return !other.is_null() && !cascade.is_null() && cascade["signals"].get<int>() >= 10
                   && cascade["origin"] == "payments-db";
        };
        const bool complete = eventually(look, 240'000);
        qInfo("%s; %s", cascade.dump().c_str(), other.dump().c_str());
        QVERIFY(complete);
        const json all = engine.get("/holdfast/v1/incidents?state=all");
        QCOMPARE(all["incidents"].size(), std::size_t(2));
        QVERIFY(other["services"] == json{"warehouse"});
        const auto told = [&](const json& incident) {
            int count = 0;
            for (const auto& request : hook.requests())
                count += json::parse(request.body, nullptr, false)["holdfast"]["incident"] == incident["id"] ? 1 : 0;
            return count;
        };
        QVERIFY(eventually([&] { return told(cascade) > 0 && told(other) > 0; }));
        QCOMPARE(told(cascade), 1);
        QCOMPARE(told(other), 1);
        QCOMPARE(engine.stop(), 0);
        m_fleet.terminate();
        m_fleet.waitForFinished(5'000);
    }

private:
    /// A receiver, and a job that has nothing to do with the shop and that nobody answers for.
    static void addToConfig(const QString& path, const std::string& url)
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadWrite));
        QByteArray text = file.readAll();
        text.replace("\nholdfast:\n",
                     QByteArray::fromStdString("\nholdfast:\n  notify:\n    receivers:\n    - {name: hook, "
                                               "webhook: {webhook_url: '"
                                               + url + "'}}\n"));
        text.replace("\nscrape_configs:\n", "\nscrape_configs:\n  - job_name: warehouse\n    static_configs:\n"
                                            "      - targets: ['127.0.0.1:1']\n");
        file.seek(0);
        file.write(text);
    }

    QTemporaryDir m_dir;
    QProcess m_fleet;
};

QTEST_GUILESS_MAIN(TestOneCascade)
#include "tst_one_cascade.moc"
