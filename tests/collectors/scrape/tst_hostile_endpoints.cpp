#include "app/base/clock.h"
#include "collectors/scrape/scrape_manager.h"
#include "tests/collectors/scrape/recording_appender.h"
#include "tests/collectors/scrape/test_server.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTest>

#include <libdeflate.h>

#include <cstdio>

using namespace holdfast;
using namespace holdfast::scrape;
using namespace holdfast::tests;

namespace {

const std::string plain = "Content-Type: text/plain; version=0.0.4\r\n";
const std::string openMetrics = "Content-Type: application/openmetrics-text; version=1.0.0\r\n";
const std::string good = "# TYPE good gauge\ngood{a=\"1\"} 1\ngood{a=\"2\"} 2\n";

std::string gzipped(const std::string& text)
{
    libdeflate_compressor* compressor = libdeflate_alloc_compressor(6);
    std::string out(libdeflate_gzip_compress_bound(compressor, text.size()), '\0');
    out.resize(libdeflate_gzip_compress(compressor, text.data(), text.size(), out.data(), out.size()));
    libdeflate_free_compressor(compressor);
    return out;
}

void endless(TestConnection& connection, const std::string& piece)
{
    const std::string chunk = [&] {
        char size[20];
        std::snprintf(size, sizeof size, "%zx\r\n", piece.size());
        return size + piece + "\r\n";
    }();
    connection.send("HTTP/1.1 200 OK\r\n" + plain + "Transfer-Encoding: chunked\r\n\r\n");
    while (connection.send(chunk)) {
    }
}

void drip(TestConnection& connection, const std::string& text, int everyMs)
{
    for (const char c : text) {
        if (!connection.send({&c, 1}) || !connection.pause(everyMs))
            return;
    }
    connection.stall();
}

/// What the endpoint at each path does.
void misbehave(const TestServer::Request& request, TestConnection& c)
{
    const std::string& path = request.path;
    const auto head = [&](const std::string& more) { c.send("HTTP/1.1 200 OK\r\n" + plain + more + "\r\n"); };
    if (path == "/ok" || path == "/slow_ok") {
        if (path == "/slow_ok") {
            head("Content-Length: " + std::to_string(good.size()) + "\r\n");
            for (std::size_t at = 0; at < good.size() && c.pause(30); at += 10)
                c.send(std::string_view(good).substr(at, 10));
        } else {
            c.answer(good);
        }
    } else if (path == "/ok_gzip") {
        c.answer(gzipped(good), plain + "Content-Encoding: gzip\r\n");
    } else if (path == "/ok_no_length") {
        c.send("HTTP/1.0 200 OK\r\n" + plain + "\r\n" + good);
    } else if (path == "/never_answer") {
        c.stall();
    } else if (path == "/reset_mid_header") {
        c.send("HTTP/1.1 200 OK\r\nContent-Ty");
        c.reset();
    } else if (path == "/reset_mid_body") {
        head("Content-Length: 5000\r\n");
        c.send(good);
        c.reset();
    } else if (path == "/stall_mid_body") {
        head("Content-Length: 5000\r\n");
        c.send(good);
        c.stall();
    } else if (path == "/drip_body") {
        head("Content-Length: 5000\r\n");
        drip(c, good, 50);
    } else if (path == "/drip_header") {
        drip(c, "HTTP/1.1 200 OK\r\n" + plain, 50);
    } else if (path == "/drip_1xx") {
        while (c.send("HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n") && c.pause(10)) {
        }
    } else if (path == "/infinite_body") {
        endless(c, std::string(1000, '#') + "\n");
    } else if (path == "/infinite_line") {
        endless(c, std::string(1000, 'x'));
    } else if (path == "/infinite_samples") {
        std::string piece;
        while (piece.size() < 60'000)
            piece += "many{i=\"" + std::to_string(piece.size()) + "\"} 1\n";
        endless(c, piece);
    } else if (path == "/gzip_bomb_2g") {
        const std::string member = gzipped(std::string(4'000'000, '#') + "\n");
        c.send("HTTP/1.0 200 OK\r\n" + plain + "Content-Encoding: gzip\r\n\r\n");
        for (int i = 0; i < 500 && c.send(member); ++i) {
        }
    } else if (path == "/gzip_bomb_samples") {
        std::string text;
        for (int i = 0; i < 100'000; ++i)
            text += "many{i=\"1\"} 1\n";
        const std::string member = gzipped(text);
        c.send("HTTP/1.0 200 OK\r\n" + plain + "Content-Encoding: gzip\r\n\r\n");
        for (int i = 0; i < 1000 && c.send(member); ++i) {
        }
    } else if (path == "/length_10g_lie") {
        head("Content-Length: 10000000000\r\n");
        c.send(good);
    } else if (path == "/gzip_bomb") {
        c.answer(gzipped(std::string(20U << 20U, '#')), plain + "Content-Encoding: gzip\r\n");
    } else if (path == "/gzip_double") {
        c.answer(gzipped(gzipped(good)), plain + "Content-Encoding: gzip\r\n");
    } else if (path == "/gzip_damaged") {
        c.answer(gzipped(good).substr(0, 20), plain + "Content-Encoding: gzip\r\n");
    } else if (path == "/encoding_br") {
        c.answer("\x0b\x02\x80", plain + "Content-Encoding: br\r\n");
    } else if (path == "/header_10mb") {
        c.send("HTTP/1.1 200 OK\r\nX: ");
        for (int i = 0; i < 10'000 && c.send(std::string(1000, 'x')); ++i) {
        }
    } else if (path == "/many_series") {
        std::string body;
        for (int i = 0; i < 3000; ++i)
            body += "many{i=\"" + std::to_string(i) + "\"} 1\n";
        c.answer(body);
    } else if (path == "/chunk_huge") {
        head("Transfer-Encoding: chunked\r\n");
        c.send("ffffffffffffffff\r\n" + good);
        c.pause(100);
    } else if (path == "/two_lengths") {
        c.send("HTTP/1.1 200 OK\r\n" + plain + "Content-Length: 10\r\nContent-Length: " + std::to_string(good.size())
               + "\r\n\r\n" + good);
    } else if (path == "/switching_101") {
        c.send("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n" + good);
        c.stall();
    } else if (path == "/status_304") {
        c.answer(good, plain, "304 Not Modified");
    } else if (path == "/status_500") {
        c.answer(good, plain, "500 Internal Server Error");
    } else if (path == "/status_401") {
        c.answer("no", plain, "401 Unauthorized");
    } else if (path == "/retry_after_429") {
        c.answer(good, plain + "Retry-After: 3600\r\n", "429 Too Many Requests");
    } else if (path == "/redirect_loop") {
        c.answer("", "Location: /redirect_loop\r\n", "302 Found");
    } else if (path.substr(0, 15) == "/redirect_chain") {
        const int n = path.size() > 15 ? std::stoi(path.substr(15)) : 0;
        n < 30 ? c.answer("", "Location: /redirect_chain" + std::to_string(n + 1) + "\r\n", "302 Found")
               : c.answer(good);
    } else if (path == "/redirect_gopher") {
        c.answer("", "Location: gopher://127.0.0.1/\r\n", "302 Found");
    } else if (path == "/redirect_login") {
        c.answer("", "Location: /login\r\n", "302 Found");
    } else if (path == "/login") {
        c.answer("<html><title>Sign in</title></html>", "Content-Type: text/html\r\n");
    } else if (path == "/ct_html_valid") {
        c.answer(good, "Content-Type: text/html\r\n");
    } else if (path == "/ct_missing") {
        c.answer(good, "");
    } else if (path == "/html_as_text") {
        c.answer("<html><title>Grafana</title></html>");
    } else if (path == "/om_without_eof") {
        c.answer("good 1\n", openMetrics);
    } else if (path == "/om_data_after_eof") {
        c.answer("good 1\n# EOF\ngood 2\n", openMetrics);
    } else if (path == "/text_with_exemplar") {
        c.answer("good_total 1 # {a=\"b\"} 1\n");
    } else if (path == "/empty_body") {
        c.answer("");
    } else if (path == "/bad_utf8") {
        c.answer("bad{a=\"\xff\"} 1\n");
    } else if (path == "/bom") {
        c.answer("\xef\xbb\xbfgood 1\n");
    } else if (path == "/bad_after_good") {
        std::string body;
        for (int i = 0; i < 1000; ++i)
            body += "partial{i=\"" + std::to_string(i) + "\"} 1\n";
        c.answer(body + "}malformed\n");
    } else if (path == "/dup") {
        c.answer("dup 1\ndup 2\n");
    } else if (path == "/ts_overflow") {
        c.answer("late 1 99999999999999999999\n");
    } else if (path == "/nan_payload") {
        c.answer("odd NaN(0x1)\n");
    } else if (path == "/digits") {
        c.answer("digits " + std::string(500'000, '9') + "\n");
    } else if (path == "/reserved_labels") {
        c.answer("res{job=\"evil\",instance=\"evil\",exported_instance=\"x\"} 1\n");
    } else if (path == "/spoof_up") {
        c.answer("up 7\nscrape_duration_seconds 5000\nreal 1\n");
    } else if (path == "/plain_is_tls") {
        c.send("\x15\x03\x01\x00\x02\x02\x46");
    } else {
        c.answer("not here", plain, "404 Not Found");
    }
}

}  // namespace

class TestHostileEndpoints : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_server = std::make_unique<TestServer>(misbehave);
        m_silent = TestServer::listenOnLoopback(m_silentPort);
        int port = 0;
        const int closed = TestServer::listenOnLoopback(port);
        ::close(closed);
        m_closed = "127.0.0.1:" + std::to_string(port);
    }
    void cleanupTestCase() { ::close(m_silent); }

    void endsAsItShould_data()
    {
        QTest::addColumn<bool>("up");
        QTest::addColumn<QString>("words");
        QTest::addColumn<QString>("stored");
        QTest::addColumn<int>("series");
        const auto row = [](const char* path, bool up, const char* words, const char* stored = "good{", int n = 0) {
            QTest::newRow(path) << up << words << stored << n;
        };
        row("ok", true, "", "good{", 2);
        row("ok_gzip", true, "", "good{", 2);
        row("ok_no_length", true, "", "good{", 2);
        row("slow_ok", true, "", "good{", 2);
        row("never_answer", false, "sent no answer within 2s");
        row("reset_mid_header", false, "closed the connection");
        row("reset_mid_body", false, "closed the connection");
        row("stall_mid_body", false, "began to answer, but its answer was not complete within 2s");
        row("drip_body", false, "not complete within 2s");
        row("drip_header", false, "within 2s");
        row("drip_1xx", false, "within 2s");
        row("infinite_body", false, "larger than body_size_limit");
        row("infinite_line", false, "larger than body_size_limit");
        row("length_10g_lie", false, "larger than body_size_limit");
        row("gzip_bomb", false, "larger than body_size_limit");
        row("gzip_double", false, "cannot be read");
        row("gzip_damaged", false, "damaged or cut short");
        row("encoding_br", false, "\"br\", which was not asked for");
        row("header_10mb", false, "header of the answer");
        row("many_series", false, "sample limit exceeded", "many{");
        row("chunk_huge", false, "correct HTTP");
        row("two_lengths", false, "two different Content-Length");
        row("switching_101", false, "101");
        row("status_304", false, "redirect (304)");
        row("status_500", false, "failed while it made its metrics");
        row("status_401", false, "asks for credentials");
        row("retry_after_429", false, "asked too often");
        row("redirect_loop", false, "redirects in circles");
        row("redirect_chain", false, "redirects in circles");
        row("redirect_gopher", false, "not http or https");
        row("redirect_login", false, "web page instead of metrics (\"Sign in\"), after a redirect to /login");
        row("ct_html_valid", false, "web page instead of metrics");
        row("ct_missing", false, "fallback_scrape_protocol");
        row("html_as_text", false, "a web page, not metrics (\"Grafana\")");
        row("om_without_eof", false, "does not end with # EOF", "good");
        row("om_data_after_eof", false, "unexpected data after # EOF", "good");
        row("text_with_exemplar", false, "expected a timestamp", "good");
        row("empty_body", true, "");
        row("bad_utf8", false, "invalid UTF-8", "bad{");
        row("bom", false, "expected a metric name", "good");
        row("bad_after_good", false, "line 1001", "partial{");
        row("dup", true, "", "dup{", 1);
        row("ts_overflow", false, "does not fit 64 bits", "late{");
        row("nan_payload", false, "expected a number", "odd{");
        row("digits", false, "expected a number", "digits{");
        row("reserved_labels", true, "",
            "res{exported_exported_instance=\"evil\", exported_instance=\"x\", exported_job=\"evil\"", 1);
        row("spoof_up", true, "", "real{", 1);
        row("plain_is_tls", false, "correct HTTP");
        row("missing", false, "has nothing at /missing (404)");
        row("refused", false, "Nothing listens on");
        row("never_accept", false, "within 2s");
    }
    void endsAsItShould()
    {
        QFETCH(bool, up);
        QFETCH(QString, words);
        QFETCH(QString, stored);
        QFETCH(int, series);
        const std::string path = QTest::currentDataTag();
        const TargetStatus status = scrapeOnce(path, words.contains("2s") ? 2'000 : 5'000);
        QCOMPARE(status.health, up ? TargetHealth::Up : TargetHealth::Down);
        QVERIFY2(QString::fromStdString(status.lastErrorWords).contains(words), status.lastErrorWords.c_str());
        QCOMPARE(status.lastError.empty(), up);
        QCOMPARE(static_cast<int>(m_store->names(stored.toStdString()).size()), series);
        const auto reported = m_store->samples("up{instance=\"" + status.instance + "\", job=\"bad\"}");
        QVERIFY(!reported.empty());
        QCOMPARE(reported.front().v, up ? 1.0 : 0.0);
    }

    void costsLittleMemoryHoweverLargeTheAnswer_data()
    {
        QTest::addColumn<QString>("words");
        QTest::newRow("infinite_body") << "16 MiB without a sample";
        QTest::newRow("infinite_line") << "16 MiB without a sample";
        QTest::newRow("infinite_samples") << "sample limit exceeded: more than 200000";
        QTest::newRow("gzip_bomb_2g") << "16 MiB without a sample";
        QTest::newRow("gzip_bomb_samples") << "sample limit exceeded";
    }
    void costsLittleMemoryHoweverLargeTheAnswer()
    {
#ifdef __SANITIZE_ADDRESS__
        QSKIP("the address sanitizer keeps freed memory");
#endif
        QFETCH(QString, words);
        config::Config config = configFor("bad", m_server->address(), std::string("/") + QTest::currentDataTag());
        const config::ScrapeConfig defaults;
        config.scrapeConfigs[0].bodySizeLimit = defaults.bodySizeLimit;
        config.scrapeConfigs[0].sampleLimit = defaults.sampleLimit;
        if (QFile reset("/proc/self/clear_refs"); reset.open(QIODevice::WriteOnly))
            reset.write("5");  // VmHWM from now on; proc(5)
        const auto before = kilobytes("VmRSS:");
        const TargetStatus status = run(config);
        const auto growth = kilobytes("VmHWM:") - before;
        QCOMPARE(status.health, TargetHealth::Down);
        QVERIFY2(QString::fromStdString(status.lastErrorWords).contains(words), status.lastErrorWords.c_str());
        QVERIFY2(growth < 48 * 1024, qPrintable(QString::number(growth)));
    }

    void neverSendsCredentialsToAnotherHost()
    {
        std::mutex mutex;
        std::string leaked;
        TestServer other([&](const TestServer::Request& request, TestConnection& c) {
            const std::lock_guard lock(mutex);
            leaked += request.head;
            c.answer(good);
        });
        std::string sent;
        TestServer first([&](const TestServer::Request& request, TestConnection& c) {
            const std::lock_guard lock(mutex);
            sent += request.head;
            c.answer("", "Location: http://" + other.address() + "/metrics\r\n", "302 Found");
        });
        config::Config config = configFor("bad", first.address(), "/");
        config.scrapeConfigs[0].http.basicAuth = config::BasicAuth{"user", {"hunter2", ""}};
        run(config);
        const std::lock_guard lock(mutex);
        QVERIFY(sent.find("Authorization: Basic dXNlcjpodW50ZXIy") != std::string::npos);
        QVERIFY(leaked.find("GET /metrics") != std::string::npos);
        QVERIFY(leaked.find("Authorization") == std::string::npos);
    }

private:
    /// A figure of this process; proc(5).
    static qint64 kilobytes(const QByteArray& key)
    {
        QFile file("/proc/self/status");
        if (!file.open(QIODevice::ReadOnly))
            return 0;
        for (const QByteArray& line : file.readAll().split('\n')) {
            if (line.startsWith(key))
                return line.mid(key.size()).trimmed().split(' ').first().toLongLong();
        }
        return 0;
    }
    config::Config configFor(const std::string& job, const std::string& address, const std::string& path)
    {
        config::Config config;
        config::ScrapeConfig scrape;
        scrape.jobName = job;
        scrape.intervalMs = scrape.timeoutMs = 5'000;
        scrape.metricsPath = path;
        scrape.bodySizeLimit = 1U << 20U;
        scrape.sampleLimit = 2000;
        scrape.staticConfigs.push_back({"static/0", {address}, {}});
        config.scrapeConfigs.push_back(scrape);
        return config;
    }

    TargetStatus scrapeOnce(const std::string& path, std::int64_t timeoutMs)
    {
        const std::string address = path == "refused"        ? m_closed
                                    : path == "never_accept" ? "127.0.0.1:" + std::to_string(m_silentPort)
                                                             : m_server->address();
        config::Config config = configFor("bad", address, "/" + path);
        config.scrapeConfigs[0].timeoutMs = timeoutMs;
        return run(config);
    }

    TargetStatus run(const config::Config& config)
    {
        m_store = std::make_unique<RecordingAppender>();
        std::FILE* const sink = std::fopen("/dev/null", "w");
        Log log(sink, LogLevel::Error, m_clock);
        TargetStatus status;
        {
            ScrapeManager manager(*m_store, m_clock, log);
            if (!manager.start())
                return status;
            manager.applyConfig(config);
            QElapsedTimer timer;
            timer.start();
            while (timer.elapsed() < 60'000) {
                const TargetsSnapshot targets = manager.targets();
                if (!targets.active.empty() && targets.active[0].lastScrapeMs > 0) {
                    status = targets.active[0];
                    break;
                }
                QTest::qWait(10);
            }
            manager.stop();
        }
        std::fclose(sink);
        return status;
    }

    SystemClock m_clock;
    std::unique_ptr<TestServer> m_server;
    std::unique_ptr<RecordingAppender> m_store;
    int m_silent = -1;
    int m_silentPort = 0;
    std::string m_closed;
};

QTEST_GUILESS_MAIN(TestHostileEndpoints)
#include "tst_hostile_endpoints.moc"
