#include "app/config/load_config.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace holdfast;
using namespace holdfast::config;

namespace {

/// The fixtures of Prometheus, where they are laid beside the project; not part of it.
QString fixtures()
{
    const QString set = qEnvironmentVariable("HOLDFAST_PEER_FIXTURES");
    return set.isEmpty() ? QString() : set + "/config";
}

QString errorOf(const char* yaml)
{
    const Result<Config> config = parseConfig(yaml, "holdfast.yml");
    return config ? QString("accepted") : QString::fromStdString(config.error().message);
}

}  // namespace

class TestLoadConfig : public QObject {
    Q_OBJECT

private slots:
    void fillsInTheDefaultsOfPrometheus()
    {
        const auto config = parseConfig("scrape_configs:\n- job_name: a\n", "f.yml");
        QVERIFY(config.ok());
        const ScrapeConfig& scrape = config->scrapeConfigs.at(0);
        QCOMPARE(scrape.intervalMs, 60'000);
        QCOMPARE(scrape.timeoutMs, 10'000);
        QCOMPARE(scrape.metricsPath, std::string("/metrics"));
        QCOMPARE(scrape.bodySizeLimit, 64ULL << 20U);
        QCOMPARE(scrape.sampleLimit, 200'000ULL);
    }

    void readsEveryKeyOfTheExampleWithoutAWarning()
    {
        const auto config = loadConfig(HOLDFAST_SOURCE_DIR "/resources/example.yml");
        QVERIFY2(config.ok(), config.ok() ? "" : config.error().message.c_str());
        QCOMPARE(config->warnings.size(), std::size_t(0));
        QCOMPARE(config->holdfast.notify.receivers.size(), std::size_t(4));
        QCOMPARE(config->holdfast.services.at("checkout").latencyMs, std::int64_t(500));
    }
    void acceptsAnEmptyFile() { QVERIFY(parseConfig("", "f.yml").ok()); }

    void shortensTheTimeoutToAShorterInterval()
    {
        const auto config = parseConfig("scrape_configs:\n- job_name: a\n  scrape_interval: 2s\n", "f.yml");
        QVERIFY(config.ok());
        QCOMPARE(config->scrapeConfigs.at(0).timeoutMs, 2'000);
    }

    void jobsInheritGlobalLimits()
    {
        const auto config = parseConfig("global: {sample_limit: 7, body_size_limit: 1MB, scrape_interval: 5s}\n"
                                        "scrape_configs:\n- job_name: a\n- job_name: b\n  sample_limit: 9\n",
                                        "f.yml");
        QVERIFY(config.ok());
        QCOMPARE(config->scrapeConfigs.at(0).sampleLimit, 7ULL);
        QCOMPARE(config->scrapeConfigs.at(0).bodySizeLimit, 1ULL << 20U);
        QCOMPARE(config->scrapeConfigs.at(0).intervalMs, 5'000);
        QCOMPARE(config->scrapeConfigs.at(1).sampleLimit, 9ULL);
    }

    void saysWhereAndWhatIsWrong_data()
    {
        QTest::addColumn<QString>("yaml");
        QTest::addColumn<QString>("error");
        const auto row = [](const char* name, const char* yaml, const char* error) {
            QTest::newRow(name) << yaml << error;
        };
        row("unknown key", "global:\n  scrap_interval: 5s\n",
            "holdfast.yml:2:3: unknown key \"scrap_interval\" in global; did you mean \"scrape_interval\"?");
        row("bad duration", "global:\n  scrape_interval: 5 s\n",
            "holdfast.yml:2:3: global.scrape_interval: not a duration: \"5 s\"; write it like 30s, 5m, 1h30m or 2d");
        row("no YAML", "global: [\n", "holdfast.yml:2:1: not readable as YAML: end of sequence flow not found");
        row("list instead of mapping", "global: [1]\n",
            "holdfast.yml:1:1: global: expected a mapping (key: value), found a list");
        row("twice", "global: {}\nglobal: {}\n", "holdfast.yml:2:1: key \"global\" stands twice in the file");
        row("job without name", "scrape_configs:\n- scheme: http\n",
            "holdfast.yml:2:3: scrape_configs[0].job_name: every scrape configuration needs a name");
        row("size without unit", "scrape_configs:\n- job_name: a\n  body_size_limit: 100\n",
            "holdfast.yml:3:3: scrape_configs[0].body_size_limit: not a size: \"100\"; write it like 64MB, 512KiB or "
            "1.5GB");
        row("binary that is none", "global:\n  external_labels:\n    a: !!binary \"\xff\xff\xff\xff\"\n",
            "holdfast.yml:3:5: external_labels.a: expected a text");
        row("own key", "holdfast:\n  services:\n    shop: {teir: 1}\n",
            "holdfast.yml:3:12: unknown key \"teir\" in holdfast.services.shop; did you mean \"tier\"?");
        row("share", "holdfast:\n  services:\n    shop:\n      availability: 99\n",
            "holdfast.yml:4:7: holdfast.services.shop.availability: expected a share above 0 and at most 1, like 0.99");
    }
    void saysWhereAndWhatIsWrong()
    {
        QFETCH(QString, yaml);
        QFETCH(QString, error);
        QCOMPARE(errorOf(yaml.toUtf8().constData()), error);
    }

    void namesWhatItUnderstandsButDoesNotDo()
    {
        const auto config = parseConfig("scrape_configs:\n"
                                        "- job_name: a\n"
                                        "  consul_sd_configs: [{server: 'localhost:1'}]\n"
                                        "remote_write: [{url: 'http://x/'}]\n",
                                        "f.yml");
        QVERIFY(config.ok());
        QCOMPARE(config->warnings.size(), std::size_t(2));
        QCOMPARE(config->warnings[0].line, 3);
        QVERIFY(config->warnings[0].message.find("scrape_configs[0].consul_sd_configs") == 0);
        QCOMPARE(config->warnings[1].line, 4);
    }

    void warnsOfEveryKeyThatChangesNothing_data()
    {
        QTest::addColumn<QString>("yaml");
        QTest::addColumn<QString>("key");
        const auto job = [](const char* key, const char* text) {
            QTest::newRow(key) << QString("scrape_configs:\n- job_name: a\n  ") + text + "\n" << QString(key);
        };
        job("keep_dropped_targets", "keep_dropped_targets: 5");
        job("scrape_failure_log_file", "scrape_failure_log_file: f.log");
        job("extra_scrape_metrics", "extra_scrape_metrics: true");
        job("metric_name_escaping_scheme", "metric_name_escaping_scheme: dots");
        job("native_histogram_bucket_limit", "native_histogram_bucket_limit: 5");
        job("native_histogram_min_bucket_factor", "native_histogram_min_bucket_factor: 1.1");
        job("scrape_native_histograms", "scrape_native_histograms: true");
        job("enable_http2", "enable_http2: false");
        job("min_version", "tls_config: {min_version: TLS13}");
        job("track_timestamps_staleness", "track_timestamps_staleness: true");
        job("oauth2", "oauth2: {client_id: a, token_url: 'http://x/'}");
        QTest::newRow("runtime") << "runtime: {gogc: 75}\n"
                                 << "runtime";
        QTest::newRow("storage") << "storage: {tsdb: {out_of_order_time_window: 5m}}\n"
                                 << "storage";
    }
    void warnsOfEveryKeyThatChangesNothing()
    {
        QFETCH(QString, yaml);
        QFETCH(QString, key);
        const auto config = parseConfig(yaml.toStdString(), "f.yml");
        QVERIFY2(config.ok(), config ? "" : config.error().message.c_str());
        QCOMPARE(config->warnings.size(), std::size_t(1));
        QVERIFY2(QString::fromStdString(config->warnings[0].message).contains(key),
                 config->warnings[0].message.c_str());
    }

    void takesTextsAndListsAsSettingsOfAControlGroup()
    {
        const auto config = parseConfig("holdfast: {controls: [{name: c, jobs: a, settings: {x: y, n: 5, l: [/bin/a, "
                                        "'say \"b c\"']}}]}\n",
                                        "f.yml");
        QVERIFY2(config.ok(), config ? "" : config.error().message.c_str());
        const auto& settings = config->holdfast.controls[0].settings;
        QCOMPARE(settings.at("x"), std::string("y"));
        QCOMPARE(settings.at("n"), std::string("5"));
        QCOMPARE(settings.at("l"), std::string("[\"/bin/a\",\"say \\\"b c\\\"\"]"));
        QVERIFY(!parseConfig("holdfast: {controls: [{name: c, jobs: a, settings: {x: {y: z}}}]}\n", "f.yml").ok());
    }

    void doesNotWarnWhereTheDefaultIsWrittenDown()
    {
        const auto config = parseConfig("scrape_configs:\n- job_name: a\n  enable_http2: true\n"
                                        "  metric_name_escaping_scheme: allow-utf-8\n",
                                        "f.yml");
        QVERIFY(config.ok());
        QVERIFY(config->warnings.empty());
    }

    void takesAnyUtf8NameForALabelOfATarget()
    {
        const auto config = parseConfig("scrape_configs:\n- job_name: a\n  static_configs:\n"
                                        "  - {targets: ['a:1'], labels: {'zone.name': x, größe: y}}\n",
                                        "f.yml");
        QVERIFY2(config.ok(), config ? "" : config.error().message.c_str());
        QCOMPARE(config->scrapeConfigs.at(0).staticConfigs.at(0).labels.get("zone.name"), std::string_view("x"));
        QVERIFY(errorOf("scrape_configs:\n- job_name: a\n  static_configs:\n"
                        "  - {targets: ['a:1'], labels: {\"a\": \"\xff\"}}\n")
                    .contains("no valid UTF-8"));
        QCOMPARE(errorOf("global: {external_labels: {'zone.name': x}}\n"),
                 QString("holdfast.yml:1:28: \"zone.name\" is no label name; expected letters, digits and _, not "
                         "beginning with a digit"));
    }

    void readsTheHoldfastKey()
    {
        const auto config =
            parseConfig("holdfast:\n"
                        "  environment: PROD\n"
                        "  storage: {retention: 30d, retention_size: 10GB}\n"
                        "  services:\n"
                        "    checkout:\n"
                        "      {tier: 1, depends_on: [payments], latency: 300ms, ceilings: {cpu: 0.8}}\n"
                        "  controls:\n"
                        "  - {name: shop, jobs: 'shop-.*', act_token_file: token, max_hold: 1h}\n",
                        "/etc/holdfast/holdfast.yml");
        QVERIFY2(config.ok(), config ? "" : config.error().message.c_str());
        QCOMPARE(config->holdfast.environment, std::string("PROD"));
        QCOMPARE(config->holdfast.storage.retentionMs, 30LL * 86'400'000);
        QCOMPARE(config->holdfast.services.at("checkout").latencyMs, 300);
        QCOMPARE(config->holdfast.services.at("checkout").ceilings.at("cpu"), 0.8);
        QCOMPARE(config->holdfast.controls.at(0).actToken.file, std::string("/etc/holdfast/token"));
        QCOMPARE(config->holdfast.controls.at(0).maxHoldMs, 3'600'000);
        QCOMPARE(config->holdfast.controls.at(0).line, 8);
    }

    void neverShowsSecretsInTheRedactedText()
    {
        const auto config = parseConfig("scrape_configs:\n"
                                        "- job_name: a\n"
                                        "  basic_auth: {username: u, password: hunter2}\n"
                                        "  proxy_url: http://u:hunter3@proxy:1/\n"
                                        "  http_headers: {X-Key: {secrets: [hunter4]}}\n"
                                        "- job_name: b\n"
                                        "  bearer_token: hunter5\n"
                                        "holdfast: {controls: [{name: c, jobs: a, act_token: hunter6}]}\n",
                                        "f.yml");
        QVERIFY2(config.ok(), config ? "" : config.error().message.c_str());
        QVERIFY(config->redactedYaml.find("hunter") == std::string::npos);
        QVERIFY(config->redactedYaml.find("<secret>") != std::string::npos);
    }

    void expandsTheEnvironmentInExternalLabels()
    {
        qputenv("HOLDFAST_TEST_ZONE", "north");
        const auto config =
            parseConfig("global: {external_labels: {a: '${HOLDFAST_TEST_ZONE}-1', b: 'x$$y'}}\n", "f.yml");
        QVERIFY(config.ok());
        QCOMPARE(config->externalLabels.text(), std::string("{a=\"north-1\", b=\"x$y\"}"));
    }

    void resolvesMergeKeys()
    {
        const auto config = parseConfig("scrape_configs:\n"
                                        "- &base {job_name: a, scrape_interval: 5s}\n"
                                        "- {<<: *base, job_name: b}\n",
                                        "f.yml");
        QVERIFY2(config.ok(), config ? "" : config.error().message.c_str());
        QCOMPARE(config->scrapeConfigs.at(1).jobName, std::string("b"));
        QCOMPARE(config->scrapeConfigs.at(1).intervalMs, 5'000);
    }

    void readsASecretFromItsFile()
    {
        QTemporaryDir dir;
        QFile file(dir.filePath("token"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("s3cret\n");
        file.close();
        const auto text = secretText({"", file.fileName().toStdString()});
        QVERIFY(text.ok());
        QCOMPARE(*text, std::string("s3cret"));
        QVERIFY(!secretText({"", dir.filePath("none").toStdString()}).ok());
    }

    void agreesWithPrometheusOnItsFixtures()
    {
        if (fixtures().isEmpty() || !QDir(fixtures()).exists())
            QSKIP("HOLDFAST_PEER_FIXTURES names no folder with Prometheus's fixtures");
        QStringList wrong;
        for (const QString& name : QDir(fixtures()).entryList({"*.yml", "*.yaml"}, QDir::Files)) {
            const bool good = !name.contains(".bad.") && !name.startsWith("bad_");
            const auto config = loadConfig((fixtures() + "/" + name).toStdString());
            if (config.ok() != good)
                wrong << name + (config ? ": accepted" : ": " + QString::fromStdString(config.error().message));
        }
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join("\n")));
    }
};

QTEST_GUILESS_MAIN(TestLoadConfig)
#include "tst_load_config.moc"
