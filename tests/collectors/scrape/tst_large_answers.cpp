#include "tests/collectors/scrape/recording_appender.h"
#include "tests/collectors/scrape/scraping.h"
#include "tests/collectors/scrape/test_server.h"

#include <QTest>

#include <libdeflate.h>

#include <algorithm>
#include <atomic>
#include <set>

using namespace holdfast;
using namespace holdfast::scrape;
using namespace holdfast::tests;

namespace {

constexpr std::size_t many = 100'000;

std::string manySeries(std::size_t n)
{
    std::string body;
    for (std::size_t i = 0; i < n; ++i)
        body += "big{i=\"" + std::to_string(i) + "\"} " + std::to_string(i) + "\n";
    return body;
}

std::string gzipped(const std::string& text)
{
    libdeflate_compressor* compressor = libdeflate_alloc_compressor(6);
    std::string out(libdeflate_gzip_compress_bound(compressor, text.size()), '\0');
    out.resize(libdeflate_gzip_compress(compressor, text.data(), text.size(), out.data(), out.size()));
    libdeflate_free_compressor(compressor);
    return out;
}

std::string big(std::size_t i)
{
    return "big{i=\"" + std::to_string(i) + "\", instance=\"large\", job=\"large\"}";
}

/// A target of 100 000 series and a small one beside it.
struct Scene {
    std::atomic<int> requests = 0;
    std::string body = manySeries(many);
    TestServer large{[this](const TestServer::Request&, TestConnection& c) {
        ++requests;
        c.answer(body);
    }};
    TestServer small{[](const TestServer::Request&, TestConnection& c) { c.answer("a 1\n"); }};
    RecordingAppender store;
    Scraping scraping{store};

    void begin()
    {
        scraping.manager.applyConfig(configOf({jobOf("large", 1000, {{"large", large.address()}}), canary()}));
    }
    [[nodiscard]] config::ScrapeConfig canary() const { return jobOf("small", 100, {{"canary", small.address()}}); }
    [[nodiscard]] bool halfway() const { return store.lookups() > 1000 && store.lookups() < many; }
};

}  // namespace

/// Answers that take longer to take in than others should wait.
class TestLargeAnswers : public QObject {
    Q_OBJECT

private slots:
    void othersAreScrapedMeanwhileAndNothingIsStoredBeforeAllIs()
    {
        Scene scene;
        scene.begin();
        std::set<std::size_t> meanwhile;
        bool early = false;
        int mostRequests = 0;
        QVERIFY(scene.scraping.until([&] {
            if (scene.scraping.count("large") == 0 && scene.halfway()) {
                meanwhile.insert(scene.scraping.count("canary"));
                early = early || !scene.store.samples(big(0)).empty();
                mostRequests = std::max(mostRequests, scene.requests.load());
            }
            return scene.scraping.count("large") > 0;
        }));
        QVERIFY2(meanwhile.size() >= 2, std::to_string(meanwhile.size()).c_str());
        qInfo("%zu scrapes of the canary meanwhile", meanwhile.size());
        QVERIFY(!early);
        QCOMPARE(mostRequests, 1);
        scene.scraping.manager.stop();
        const std::int64_t at = scene.store.samples(big(0)).at(0).t;
        for (std::size_t i = 0; i < many; i += 997) {
            const Sample sample = scene.store.samples(big(i)).at(0);
            QCOMPARE(sample.t, at);
            QCOMPARE(sample.v, static_cast<double>(i));
        }
        QCOMPARE(scene.store.names("big{").size(), many);
    }

    void theNextScrapeComesWhenTheOneBeforeIsThroughAndKnowsItsLines()
    {
        Scene scene;
        scene.begin();
        QVERIFY(scene.scraping.until([&] { return scene.scraping.count("large") >= 2; }));
        scene.scraping.manager.stop();
        const auto samples = scene.store.samples(big(many - 1));
        QVERIFY(samples.size() >= 2);
        QVERIFY(samples[0].t < samples[1].t);
        QVERIFY(!isStaleMarker(samples[1].v));
        QCOMPARE(scene.store.samples("scrape_series_added{instance=\"large\", job=\"large\"}").at(1).v, 0.0);
    }

    void stoppingDoesNotWaitForItAndStoresNothingOfIt()
    {
        Scene scene;
        scene.begin();
        QVERIFY(scene.scraping.until([&] { return scene.halfway(); }));
        const std::int64_t begin = scene.scraping.clock.monotonicNs();
        scene.scraping.manager.stop();
        QVERIFY(scene.scraping.clock.monotonicNs() - begin < 1'000'000'000);
        QVERIFY(scene.store.lookups() < many);
        QVERIFY(scene.store.names("large").empty());
        QCOMPARE(scene.scraping.count("large"), std::size_t(0));
    }

    void aTargetThatLeavesMeanwhileIsGivenUp()
    {
        Scene scene;
        scene.begin();
        QVERIFY(scene.scraping.until([&] { return scene.halfway(); }));
        scene.scraping.manager.applyConfig(configOf({scene.canary()}));
        QVERIFY(scene.scraping.until([&] { return scene.scraping.manager.targets().active.size() == 1; }));
        QVERIFY(scene.scraping.scrapes("canary", 3));
        QVERIFY(scene.store.lookups() < many);
        QVERIFY(scene.store.names("large").empty());
        QCOMPARE(scene.scraping.count("large"), std::size_t(0));
    }

    void compressedAnswersBesideEachOtherKeepTheirOwnText()
    {
        constexpr std::size_t n = 30'000;
        const std::string text = gzipped(manySeries(n));
        const std::string other = gzipped("a 1\n" + std::string(100'000, '\n'));
        QVERIFY(text.size() < 200'000);
        const auto answerWith = [](const std::string& body) {
            return [&body](const TestServer::Request&, TestConnection& c) {
                c.answer(body, "Content-Type: text/plain; version=0.0.4\r\nContent-Encoding: gzip\r\n");
            };
        };
        TestServer large(answerWith(text));
        TestServer small(answerWith(other));
        RecordingAppender store;
        Scraping scraping(store);
        config::ScrapeConfig job = jobOf("large", 60'000, {{"large", large.address()}, {"second", large.address()}});
        scraping.manager.applyConfig(configOf({job, jobOf("small", 200, {{"canary", small.address()}})}));
        QVERIFY(scraping.until([&] { return scraping.count("large") > 0 && scraping.count("second") > 0; }));
        QCOMPARE(scraping.status("large").lastError, std::string());
        QCOMPARE(scraping.status("second").lastError, std::string());
        QCOMPARE(scraping.status("canary").lastError, std::string());
        QCOMPARE(store.names("big{").size(), 2 * n);
    }

    void aReloadMeanwhileLeavesTheScrapeAsItBegan()
    {
        Scene scene;
        scene.begin();
        QVERIFY(scene.scraping.until([&] { return scene.halfway(); }));
        config::ScrapeConfig job = jobOf("large", 60'000, {{"large", scene.large.address()}});
        job.labelLimit = 1;
        scene.scraping.manager.applyConfig(configOf({job, scene.canary()}));
        QVERIFY(scene.scraping.until([&] { return scene.scraping.count("large") > 0; }));
        const auto samples = scene.store.samples(big(many - 1));
        QVERIFY(!samples.empty());
        QCOMPARE(samples[0].v, static_cast<double>(many - 1));
    }
};

QTEST_GUILESS_MAIN(TestLargeAnswers)
#include "tst_large_answers.moc"
