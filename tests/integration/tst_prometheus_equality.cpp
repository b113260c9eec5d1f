#include "tests/integration/engine_process.h"

#include <QDateTime>
#include <QFile>
#include <QStandardPaths>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmath>
#include <map>
#include <memory>
#include <set>

using namespace holdfast::test;
using nlohmann::json;

namespace {

int freePort()
{
    const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    ::bind(fd, reinterpret_cast<sockaddr*>(&address), length);
    ::getsockname(fd, reinterpret_cast<sockaddr*>(&address), &length);
    ::close(fd);
    return ntohs(address.sin_port);
}

std::unique_ptr<QProcess> started(const QString& program, const QStringList& arguments, const QString& log)
{
    auto process = std::make_unique<QProcess>();
    process->setProcessChannelMode(QProcess::MergedChannels);
    process->setStandardOutputFile(log);
    process->start(program, arguments);
    return process->waitForStarted(5000) ? std::move(process) : nullptr;
}

void end(std::unique_ptr<QProcess>& process)
{
    if (!process)
        return;
    process->terminate();
    if (!process->waitForFinished(5000))
        process->kill();
    process->waitForFinished(5000);
}

/// Labels of each series as text → value.
std::map<std::string, double> valuesOf(const json& result)
{
    std::map<std::string, double> values;
    for (const auto& series : result)
        values[series["metric"].dump()] = QByteArray::fromStdString(series["value"][1].get<std::string>()).toDouble();
    return values;
}

std::set<std::string> keysOf(const std::map<std::string, double>& values)
{
    std::set<std::string> keys;
    for (const auto& entry : values)
        keys.insert(entry.first);
    return keys;
}

/// What only one of the two has.
QByteArray difference(const std::set<std::string>& a, const std::set<std::string>& b)
{
    QByteArray text;
    for (const std::string& key : a)
        if (!b.contains(key))
            text += "only Prometheus: " + QByteArray::fromStdString(key) + "\n";
    for (const std::string& key : b)
        if (!a.contains(key))
            text += "only Holdfast: " + QByteArray::fromStdString(key) + "\n";
    return text.left(4000);
}

}  // namespace

/// The same targets, scraped by Prometheus and by Holdfast at the same time.
class TestPrometheusEquality : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        for (const char* program : {"prometheus", "prometheus-node-exporter", "haproxy"})
            if (QStandardPaths::findExecutable(program, {"/usr/bin", "/usr/sbin"}).isEmpty())
                QSKIP((QByteArray("not installed: ") + program).constData());
        const int node = freePort();
        const int haproxy = freePort();
        const int prometheus = freePort();
        writeFile("haproxy.cfg", "global\n  maxconn 50\ndefaults\n  mode http\n  timeout connect 1s\n"
                                 "  timeout client 5s\n  timeout server 5s\nfrontend stats\n  bind 127.0.0.1:"
                                     + QByteArray::number(haproxy)
                                     + "\n  http-request use-service prometheus-exporter if { path /metrics }\n");
        const auto job = [](const char* name, int port) {
            return "- job_name: " + QByteArray(name)
                   + "\n  static_configs:\n  - targets: [\"127.0.0.1:" + QByteArray::number(port) + "\"]\n";
        };
        writeFile("prometheus.yml", "global:\n  scrape_interval: 1s\n  scrape_timeout: 1s\nscrape_configs:\n"
                                        + job("node", node) + job("prometheus", prometheus) + job("haproxy", haproxy));
        const QString listen = "127.0.0.1:" + QString::number(prometheus);
        m_prometheusUrl = "http://" + listen.toStdString();
        m_node = started(find("prometheus-node-exporter"), {"--web.listen-address=127.0.0.1:" + QString::number(node)},
                         m_dir.filePath("node.log"));
        m_haproxy =
            started(find("haproxy"), {"-db", "-f", m_dir.filePath("haproxy.cfg")}, m_dir.filePath("haproxy.log"));
        m_prometheus = started(find("prometheus"),
                               {"--config.file=" + m_dir.filePath("prometheus.yml"),
                                "--storage.tsdb.path=" + m_dir.filePath("data"), "--web.listen-address=" + listen},
                               m_dir.filePath("prometheus.log"));
        m_engine = std::make_unique<EngineProcess>(m_dir.filePath("h.db"),
                                                   QStringList{"--config", m_dir.filePath("prometheus.yml")});
        QVERIFY2(m_engine->start(), m_engine->output());
        QVERIFY(eventually([this] { return enough(m_prometheusUrl) && enough(m_engine->file().publicUrl); }, 60'000));
    }
    void cleanupTestCase()
    {
        m_engine.reset();
        end(m_prometheus);
        end(m_haproxy);
        end(m_node);
    }

    void hasTheSameSeries_data() { jobs(); }
    void hasTheSameSeries()
    {
        QFETCH(QByteArray, job);
        QByteArray why;
        // A series that began between two scrapes is there a second later on both sides.
        const bool same = eventually([&] {
            const std::string selector = at("{job=\"" + job.toStdString() + "\"}", 3);
            const auto theirs = keysOf(valuesOf(EngineProcess::query(m_prometheusUrl, selector)));
            why = difference(theirs, keysOf(valuesOf(m_engine->query(selector))));
            return why.isEmpty() && theirs.size() > 20;
        });
        QVERIFY2(same, why);
    }

    void countersAreWithinOneScrape_data() { jobs(); }
    void countersAreWithinOneScrape()
    {
        QFETCH(QByteArray, job);
        const std::string selector = "{job=\"" + job.toStdString() + "\",__name__=~\".+_total|.+_count\"}";
        const qint64 now = QDateTime::currentMSecsSinceEpoch() / 1000 - 6;
        const auto on = [&](qint64 t) { return selector + " @ " + std::to_string(t); };
        const auto before = valuesOf(EngineProcess::query(m_prometheusUrl, on(now - 2)));
        const auto ours = valuesOf(m_engine->query(on(now)));
        const auto after = valuesOf(EngineProcess::query(m_prometheusUrl, on(now + 2)));
        int compared = 0;
        for (const auto& [series, value] : ours) {
            if (!before.contains(series) || !after.contains(series))
                continue;
            ++compared;
            QVERIFY2(before.at(series) <= value && value <= after.at(series),
                     (series + ": " + std::to_string(before.at(series)) + " " + std::to_string(value) + " "
                      + std::to_string(after.at(series)))
                         .c_str());
        }
        QVERIFY2(compared > 5, ("compared " + std::to_string(compared) + " of " + std::to_string(before.size()) + ", "
                                + std::to_string(ours.size()) + ", " + std::to_string(after.size()))
                                   .c_str());
    }

private:
    static void jobs()
    {
        QTest::addColumn<QByteArray>("job");
        QTest::newRow("node exporter") << QByteArray("node");
        QTest::newRow("Prometheus") << QByteArray("prometheus");
        QTest::newRow("HAProxy") << QByteArray("haproxy");
    }
    static QString find(const char* program)
    {
        return QStandardPaths::findExecutable(program, {"/usr/bin", "/usr/sbin"});
    }
    static std::string at(const std::string& selector, int secondsAgo)
    {
        return selector + " @ " + std::to_string(QDateTime::currentMSecsSinceEpoch() / 1000 - secondsAgo);
    }
    static bool enough(const std::string& url)
    {
        const auto up = EngineProcess::query(url, "sum_over_time(up{job=~\"node|prometheus|haproxy\"}[1m]) >= 12");
        return up.size() == 3;
    }
    void writeFile(const char* name, const QByteArray& text)
    {
        QFile file(m_dir.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }

    QTemporaryDir m_dir;
    std::string m_prometheusUrl;
    std::unique_ptr<QProcess> m_node, m_haproxy, m_prometheus;
    std::unique_ptr<EngineProcess> m_engine;
};

QTEST_GUILESS_MAIN(TestPrometheusEquality)
#include "tst_prometheus_equality.moc"
