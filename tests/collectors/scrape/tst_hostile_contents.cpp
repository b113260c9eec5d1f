#include "app/model/sample.h"
#include "app/store/store.h"
#include "tests/collectors/scrape/scraping.h"
#include "tests/collectors/scrape/test_server.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <atomic>
#include <memory>

using namespace holdfast;
using namespace holdfast::scrape;
using namespace holdfast::tests;

namespace {

const std::vector<std::string> evil{"<script>alert(1)</script>",
                                    "<img src=x onerror=alert(1)>",
                                    "'; DROP TABLE series; --",
                                    "$(touch /tmp/holdfast-was-here)",
                                    "`id`",
                                    "\x1b[31mred\x1b[0m",
                                    "\x1b]0;title\x07",
                                    "{{ printf \"%s\" .Labels }}",
                                    "${jndi:ldap://127.0.0.1/a}",
                                    "%n%n%s%s",
                                    "../../etc/passwd",
                                    "a\nb 1\nup 0",
                                    "tab\tquote\"backslash\\end",
                                    "\xe2\x80\xae"
                                    "right to left"};

std::string escaped(const std::string& text)
{
    std::string out;
    for (const char c : text) {
        if (c == '\n')
            out += "\\n";
        else if (c == '"' || c == '\\')
            (out += '\\') += c;
        else
            out += c;
    }
    return out;
}

/// What the endpoint says at its nth scrape, from 0 on.
std::string bodyOf(const std::string& path, int n, std::int64_t nowMs)
{
    std::string body;
    const std::string i = std::to_string(n);
    if (path == "/far_future")
        return "future 1 " + std::to_string(nowMs + 366LL * 86'400'000) + "\nplain 1\n";
    if (path == "/far_past")
        return "past 1 86400000\nplain 1\n";
    if (path == "/ts_int64max")
        return "tsmax 1 9223372036854775807\nplain 1\n";
    if (path == "/dup_conflict")
        return "dup{a=\"1\"} 1\ndup{a=\"1\"} 2\n";
    if (path == "/counter_reset")
        return "# TYPE reset_total counter\nreset_total " + std::to_string(n % 3 * 10) + "\n";
    if (path == "/type_flip")
        return std::string("# TYPE flip ") + (n % 2 == 0 ? "counter" : "gauge") + "\nflip " + i + "\n";
    if (path == "/label_explosion") {
        for (int k = 0; k < 200; ++k)
            body += "explosion{l" + i + "_" + std::to_string(k) + "=\"x\"} 1\n";
    } else if (path == "/series_churn") {
        for (int k = 0; k < 5000; ++k)
            body += "churn{i=\"" + i + "_" + std::to_string(k) + "\"} 1\n";
    } else if (path == "/evil_labels") {
        for (std::size_t k = 0; k < evil.size(); ++k)
            body += "evil{n=\"" + std::to_string(k) + "\",text=\"" + escaped(evil[k]) + "\"} 1\n";
    }
    return body;
}

}  // namespace

/// Bodies that are well-formed and mean harm, into a real store.
class TestHostileContents : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        m_asked = 0;
        store::StoreOptions options;
        options.path = m_dir->filePath("h.db").toStdString();
        m_store = store::Store::open(options, m_clock, m_log).value();
    }
    void cleanup()
    {
        m_scraping.reset();
        m_store.reset();
    }

    void leavesOutAndCountsSamplesOfAnotherTime_data()
    {
        QTest::addColumn<QString>("name");
        QTest::newRow("/far_future") << "future";
        QTest::newRow("/far_past") << "past";
        QTest::newRow("/ts_int64max") << "tsmax";
    }
    void leavesOutAndCountsSamplesOfAnotherTime()
    {
        QFETCH(QString, name);
        begin(QTest::currentDataTag());
        QVERIFY(m_scraping->scrapes("x", 2));
        QCOMPARE(m_scraping->status("x").health, TargetHealth::Up);
        QVERIFY(m_scraping->manager.counters().samplesOutOfBounds >= 2);
        QCOMPARE(lines(name.toStdString()), std::size_t(0));
        QVERIFY(values("plain").size() >= 2);
        QVERIFY(m_store->stats().newestMs <= m_clock.wallMs() + 1000);
    }

    void keepsTheFirstOfTwoValuesAndCountsTheOther()
    {
        begin("/dup_conflict");
        QVERIFY(m_scraping->scrapes("x", 2));
        for (const double value : values("dup"))
            QCOMPARE(value, 1.0);
        QVERIFY(m_scraping->manager.counters().samplesConflicting >= 2);
        QCOMPARE(m_scraping->status("x").health, TargetHealth::Up);
    }

    void storesACounterThatFallsBackAsItIs()
    {
        begin("/counter_reset");
        QVERIFY(m_scraping->scrapes("x", 4));
        const auto all = values("reset_total");
        QVERIFY(all.size() >= 4);
        for (std::size_t i = 0; i < 4; ++i)
            QCOMPARE(all[i], static_cast<double>(i % 3) * 10);
    }

    void followsATypeThatChanges()
    {
        begin("/type_flip");
        QVERIFY(m_scraping->scrapes("x", 4));
        QCOMPARE(lines("flip"), std::size_t(1));
        const auto said = m_store->metadata("flip");
        QVERIFY(!said.empty());
        QVERIFY(said.back().type == MetricType::Counter || said.back().type == MetricType::Gauge);
    }

    void aLimitStopsAnExplosionOfNames()
    {
        config::ScrapeConfig job = jobOf("j", 100, {{"x", m_server.address(), "/label_explosion"}});
        job.sampleLimit = 100;
        begin(job);
        QVERIFY(m_scraping->scrapes("x", 2));
        QCOMPARE(m_scraping->status("x").lastError, std::string("sample limit exceeded: more than 100"));
        QCOMPARE(lines("explosion"), std::size_t(0));
        QVERIFY(m_scraping->manager.counters().sampleLimitHits >= 2);
    }

    void endsOldSeriesAtOnceWhenAllAreNew()
    {
        begin("/series_churn");
        QVERIFY(m_scraping->scrapes("x", 3));
        m_scraping->manager.stop();
        QVERIFY(m_store->flush().ok());
        std::size_t alive = 0;
        const store::SeriesSet all = select("churn");
        for (const store::SeriesView& view : all.series)
            alive += isStaleMarker(view.values.back()) ? 0 : 1;
        QCOMPARE(alive, std::size_t(5000));
        QVERIFY(all.series.size() >= 15'000);
    }

    void keepsHostileTextByteForByte()
    {
        begin("/evil_labels");
        QVERIFY(m_scraping->scrapes("x", 1));
        const store::SeriesSet all = select("evil");
        QCOMPARE(all.series.size(), evil.size());
        for (const store::SeriesView& view : all.series) {
            const auto n = static_cast<std::size_t>(std::stoi(std::string(view.labels->get("n"))));
            QCOMPARE(std::string(view.labels->get("text")), evil.at(n));
        }
    }

    void endsSeriesInBetweenWhenATargetFlaps()
    {
        begin("/flapping");
        QVERIFY(m_scraping->scrapes("x", 4));
        m_scraping->manager.stop();
        const auto flags = values("flapping");
        QVERIFY(flags.size() >= 4);
        for (std::size_t i = 0; i < 4; ++i)
            QCOMPARE(isStaleMarker(flags.at(i)), i % 2 == 1);
        const auto up = values("up");
        QVERIFY(up.size() >= 4);
        for (std::size_t i = 0; i < 4; ++i)
            QCOMPARE(up.at(i), i % 2 == 0 ? 1.0 : 0.0);
    }

private:
    void begin(const std::string& path) { begin(jobOf("j", 800, {{"x", m_server.address(), path}})); }
    void begin(const config::ScrapeConfig& job)
    {
        m_scraping = std::make_unique<Scraping>(*m_store);
        m_scraping->manager.applyConfig(configOf({job}));
    }
    [[nodiscard]] store::SeriesSet select(const std::string& name) const
    {
        const std::vector<LabelMatcher> matchers{{MatchType::Equal, "__name__", name}};
        return m_store->select(matchers, {0, INT64_MAX}, {}, {}).value();
    }
    [[nodiscard]] std::size_t lines(const std::string& name) const { return select(name).series.size(); }
    /// Of the one series of this name.
    [[nodiscard]] std::vector<double> values(const std::string& name) const
    {
        const store::SeriesSet all = select(name);
        return all.series.size() != 1 ? std::vector<double>()
                                      : std::vector<double>(all.series[0].values.begin(), all.series[0].values.end());
    }

    SystemClock m_clock;
    Log m_log{stderr, LogLevel::Error, m_clock};
    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<store::Store> m_store;
    std::atomic<int> m_asked = 0;
    TestServer m_server{[this](const TestServer::Request& request, TestConnection& c) {
        const int n = m_asked++;
        if (request.path == "/flapping")
            c.answer("flapping 1\n", "Content-Type: text/plain\r\n", n % 2 == 0 ? "200 OK" : "500 Oops");
        else
            c.answer(bodyOf(request.path, n, m_clock.wallMs()));
    }};
    std::unique_ptr<Scraping> m_scraping;
};

QTEST_GUILESS_MAIN(TestHostileContents)
#include "tst_hostile_contents.moc"
