#include "app/config/job_entry.h"
#include "app/config/load_config.h"

#include <QTest>

using namespace holdfast;
using namespace holdfast::config;

namespace {

const NewJob shop{.name = "shop",
                  .scheme = "http",
                  .target = "127.0.0.1:8080",
                  .metricsPath = "/metrics",
                  .params = {},
                  .intervalMs = 5'000};

std::string added(const std::string& yaml, const NewJob& job = shop)
{
    const auto text = withJob(yaml, job);
    return text.ok() ? *text : "error: " + text.error().message;
}

/// "job: target target, job: target", as the configuration reads it.
std::string jobsOf(const std::string& yaml)
{
    const auto config = parseConfig(yaml, "h.yml");
    if (!config.ok())
        return config.error().message;
    std::string text;
    for (const ScrapeConfig& job : config->scrapeConfigs) {
        text += (text.empty() ? "" : ", ") + job.jobName + ":";
        for (const TargetGroup& group : job.staticConfigs)
            for (const std::string& target : group.targets)
                text += " " + target;
    }
    return text;
}

}  // namespace

class TestJobEntry : public QObject {
    Q_OBJECT

private slots:
    void beginsAFileWhereThereIsNone()
    {
        const auto config = parseConfig(added(""), "h.yml");
        QVERIFY2(config.ok(), config.ok() ? "" : config.error().message.c_str());
        QCOMPARE(config->scrapeConfigs.size(), std::size_t{1});
        QCOMPARE(config->scrapeConfigs[0].intervalMs, std::int64_t{5'000});
        QCOMPARE(config->scrapeConfigs[0].timeoutMs, std::int64_t{5'000});
        QCOMPARE(config->scrapeConfigs[0].staticConfigs[0].targets[0], std::string("127.0.0.1:8080"));
    }

    void standsBehindTheLastJobWhateverTheFileLooksLike_data()
    {
        QTest::addColumn<QString>("yaml");
        QTest::newRow("indented") << "scrape_configs:\n  - job_name: a\n    static_configs: [{targets: ['h:1']}]\n";
        QTest::newRow("not indented") << "scrape_configs:\n- job_name: a\n  static_configs:\n  - targets:\n    - h:1\n";
        QTest::newRow("keys behind it") << "scrape_configs:\n  - job_name: a\n    static_configs: [{targets: "
                                           "['h:1']}]\n\n# rules\nrule_files: []\n";
        QTest::newRow("no line end at the end") << "global: {scrape_interval: 9s}\nscrape_configs:\n  - job_name: a\n  "
                                                   "  static_configs: [{targets: ['h:1']}]";
        QTest::newRow("comments between") << "scrape_configs:  # all of them\n  # the first\n  - job_name: a\n    "
                                             "static_configs: [{targets: ['h:1']}]\n"
                                             "    # nothing more\n";
    }
    void standsBehindTheLastJobWhateverTheFileLooksLike()
    {
        QFETCH(QString, yaml);
        QCOMPARE(jobsOf(added(yaml.toStdString())), std::string("a: h:1, shop: 127.0.0.1:8080"));
    }

    void keepsEveryLineThatWasThere()
    {
        const std::string before =
            "# mine\nglobal:\n  scrape_interval: 7s   # slow\n\nscrape_configs:\n  - job_name: a\n"
            "    static_configs: [{targets: ['h:1']}]  # one\n\n# the end\nrule_files: []\n";
        std::string after = added(before);
        const std::string entry = after.substr(after.find("  - job_name: 'shop'"));
        const std::string own = entry.substr(0, entry.find("\n# the end"));
        after.replace(after.find(own), own.size(), "");
        QCOMPARE(QString::fromStdString(after).remove('\n'), QString::fromStdString(before).remove('\n'));
    }

    void fillsAnEmptyList_data()
    {
        QTest::addColumn<QString>("yaml");
        QTest::newRow("nothing") << "scrape_configs:\nrule_files: []\n";
        QTest::newRow("brackets") << "scrape_configs: []\nrule_files: []\n";
        QTest::newRow("other keys only") << "rule_files: []";
    }
    void fillsAnEmptyList()
    {
        QFETCH(QString, yaml);
        QCOMPARE(jobsOf(added(yaml.toStdString())), std::string("shop: 127.0.0.1:8080"));
    }

    void addsAnInstanceToTheJobOfThatName_data()
    {
        QTest::addColumn<QString>("targets");
        QTest::newRow("flow") << "['h:1']  # here\n";
        QTest::newRow("flow over lines") << "[\n          'h:1',  # ] one\n        ]\n";
        QTest::newRow("block") << "\n          - h:1\n";
        QTest::newRow("block at the end") << "\n          - 'h:1'";
    }
    void addsAnInstanceToTheJobOfThatName()
    {
        QFETCH(QString, targets);
        const std::string yaml =
            "scrape_configs:\n  - job_name: shop\n    static_configs:\n      - targets: " + targets.toStdString();
        const std::string text = added(yaml);
        // A comma before the bracket is allowed in YAML and leaves no empty entry.
        QCOMPARE(jobsOf(text), std::string("shop: h:1 127.0.0.1:8080"));
    }

    void refusesWhatIsScrapedAlready()
    {
        const auto twice = withJob(added(""), shop);
        QVERIFY(!twice.ok());
        QCOMPARE(twice.error().kind, ErrorKind::Conflict);
    }

    void refusesANameThatReadsAnotherPath()
    {
        NewJob other = shop;
        other.metricsPath = "/stats";
        const auto text = withJob(added(""), other);
        QVERIFY(!text.ok());
        QCOMPARE(text.error().kind, ErrorKind::Conflict);
    }

    void writesPathSchemeAndParameters()
    {
        NewJob probe = shop;
        probe.scheme = "https";
        probe.metricsPath = "/it's here";
        probe.params = {{"module", "http"}};
        const auto config = parseConfig(added("", probe), "h.yml");
        QVERIFY2(config.ok(), config.ok() ? "" : config.error().message.c_str());
        QCOMPARE(config->scrapeConfigs[0].scheme, std::string("https"));
        QCOMPARE(config->scrapeConfigs[0].metricsPath, std::string("/it's here"));
        QCOMPARE(config->scrapeConfigs[0].params.at("module").front(), std::string("http"));
    }

    void makesRelativePathsAbsolute()
    {
        const auto text = withAbsolutePaths("rule_files: ['rules/*.yml', /etc/own.yml]  # ours\nscrape_configs:\n"
                                            "  - job_name: a\n    file_sd_configs:\n      - files:\n"
                                            "          - targets/a.json\n    tls_config: {ca_file: \"ca.pem\"}\n",
                                            "/etc/prometheus");
        QVERIFY(text.ok());
        QCOMPARE(*text,
                 std::string("rule_files: ['/etc/prometheus/rules/*.yml', /etc/own.yml]  # ours\nscrape_configs:\n"
                             "  - job_name: a\n    file_sd_configs:\n      - files:\n"
                             "          - '/etc/prometheus/targets/a.json'\n"
                             "    tls_config: {ca_file: '/etc/prometheus/ca.pem'}\n"));
    }
};

QTEST_GUILESS_MAIN(TestJobEntry)
#include "tst_job_entry.moc"
