#include "tests/collectors/scrape/recording_appender.h"
#include "tests/collectors/scrape/scraping.h"
#include "tests/collectors/scrape/test_server.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <memory>

using namespace holdfast;
using namespace holdfast::scrape;
using namespace holdfast::tests;

namespace {

std::string series(const std::string& name, const std::string& instance)
{
    return name + "{instance=\"" + instance + "\", job=\"j\"}";
}

std::size_t markers(const std::vector<Sample>& samples)
{
    return static_cast<std::size_t>(
        std::ranges::count_if(samples, [](const Sample& sample) { return isStaleMarker(sample.v); }));
}

/// Answers requests one after another with what stands in `body`; `down` resets them instead.
struct Endpoint {
    std::atomic<bool> down = false;
    std::atomic<int> requests = 0;
    std::mutex mutex;
    std::string body = "a 1\n";
    TestServer server{[this](const TestServer::Request&, TestConnection& c) {
        ++requests;
        if (down) {
            c.reset();
            return;
        }
        std::string text;
        {
            const std::lock_guard lock(mutex);
            text = body;
        }
        c.answer(text);
    }};
    void say(const std::string& text)
    {
        const std::lock_guard lock(mutex);
        body = text;
    }
    NamedTarget as(const std::string& instance) const { return {instance, server.address()}; }
};

}  // namespace

class TestScrapeManager : public QObject {
    Q_OBJECT

private slots:
    void aReloadLeavesEqualTargetsRunningEndsRemovedOnesAndBeginsNewOnes()
    {
        Endpoint endpoint;
        RecordingAppender store;
        Scraping scraping(store);
        scraping.manager.applyConfig(configOf({jobOf("j", 600, {endpoint.as("stays"), endpoint.as("goes")})}));
        QVERIFY(scraping.scrapes("stays", 2) && scraping.until([&] { return scraping.count("goes") >= 2; }));
        scraping.manager.applyConfig(configOf({jobOf("j", 600, {endpoint.as("stays"), endpoint.as("new")})}));
        QVERIFY(scraping.scrapes("new", 2) && scraping.scrapes("stays", 2));

        QVERIFY(isStaleMarker(store.samples(series("a", "goes")).back().v));
        QVERIFY(isStaleMarker(store.samples(series("up", "goes")).back().v));
        QCOMPARE(markers(store.samples(series("a", "stays"))), std::size_t(0));
        double added = 0;
        for (const Sample& sample : store.samples(series("scrape_series_added", "stays")))
            added += sample.v;
        QCOMPARE(added, 1.0);
        QCOMPARE(scraping.manager.targets().active.size(), std::size_t(2));
        QCOMPARE(scraping.status("new").health, TargetHealth::Up);
    }

    void aReloadDoesNotInterruptAScrapeThatIsRunning()
    {
        std::mutex mutex;
        std::condition_variable changed;
        bool asked = false;
        bool answer = false;
        TestServer server([&](const TestServer::Request&, TestConnection& c) {
            std::unique_lock lock(mutex);
            asked = true;
            changed.notify_all();
            changed.wait_for(lock, std::chrono::seconds(10), [&] { return answer; });
            c.answer("a 1\n");
        });
        Endpoint other;
        RecordingAppender store;
        Scraping scraping(store);
        const NamedTarget slow{"slow", server.address()};
        config::ScrapeConfig job = jobOf("j", 20'000, {slow});
        scraping.manager.applyConfig(configOf({job}));
        {
            std::unique_lock lock(mutex);
            QVERIFY(changed.wait_for(lock, std::chrono::seconds(25), [&] { return asked; }));
        }
        job.honorTimestamps = false;
        scraping.manager.applyConfig(configOf({job, jobOf("k", 600, {other.as("other")})}));
        QVERIFY(scraping.scrapes("other", 1));
        {
            const std::lock_guard lock(mutex);
            answer = true;
            changed.notify_all();
        }
        QVERIFY(scraping.until([&] { return scraping.count("slow") == 1; }));
        QCOMPARE(scraping.status("slow").health, TargetHealth::Up);
        QCOMPARE(store.samples(series("a", "slow")).size(), std::size_t(1));
    }

    void aRemovedJobEndsWithItsScrapeUnderWay()
    {
        std::atomic<bool> silentAsked = false;
        TestServer silent([&](const TestServer::Request&, TestConnection& c) {
            silentAsked = true;
            c.stall();
        });
        Endpoint other;
        RecordingAppender store;
        Scraping scraping(store);
        const config::ScrapeConfig kept = jobOf("k", 600, {other.as("other")});
        scraping.manager.applyConfig(configOf({jobOf("j", 20'000, {{"silent", silent.address()}}), kept}));
        QVERIFY(scraping.until([&] { return silentAsked.load(); }));
        scraping.manager.applyConfig(configOf({kept}));
        QVERIFY(scraping.until([&] { return scraping.manager.targets().active.size() == 1; }));
        QVERIFY(scraping.scrapes("other", 2));
        QCOMPARE(scraping.count("silent"), std::size_t(0));
    }

    void aCanaryIsScrapedOnTimeBesideHostileTargets()
    {
        TestServer hostile([](const TestServer::Request& request, TestConnection& c) {
            if (request.path == "/silent")
                return c.stall();
            c.send("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nConnection: close\r\n\r\n");
            const std::string text = request.path == "/comments" ? std::string(4000, '#') + "\n"
                                     : request.path == "/line"   ? std::string(4000, 'x')
                                                                 : "many{a=\"1\"} 1\nmany{a=\"2\"} 1\n";
            while (c.send(text)) {
            }
        });
        Endpoint canary;
        RecordingAppender store;
        Scraping scraping(store);
        std::vector<NamedTarget> bad;
        for (const std::string path : {"/silent", "/comments", "/line", "/samples"})
            bad.push_back({path, hostile.address(), path});
        scraping.manager.applyConfig(configOf({jobOf("bad", 2'000, bad), jobOf("j", 800, {canary.as("canary")})}));
        QVERIFY(scraping.scrapes("canary", 8));
        QVERIFY(scraping.until([&] { return scraping.count("/line") > 0 && scraping.count("/samples") > 0; }));
        const auto samples = store.samples(series("a", "canary"));
        std::vector<std::int64_t> distances;
        for (std::size_t i = 1; i < samples.size(); ++i)
            distances.push_back(samples[i].t - samples[i - 1].t);
        std::ranges::sort(distances);
        // One may be late on a busy computer; behind a hostile target all would wait for its timeout.
        QVERIFY2(distances[distances.size() / 2] < 1'500, qPrintable(QString::number(distances[distances.size() / 2])));
        QCOMPARE(markers(samples), std::size_t(0));
        QVERIFY(store.names("many").empty());
        for (const NamedTarget& target : bad) {
            QCOMPARE(scraping.status(target.instance).health, TargetHealth::Down);
            QVERIFY(!scraping.status(target.instance).lastErrorWords.empty());
        }
    }

    void aBatchThatTheStoreRefusesIsCountedAndLeavesAGap()
    {
        Endpoint endpoint;
        endpoint.say("a 1\nb 1\n");
        RecordingAppender store;
        Scraping scraping(store);
        scraping.manager.applyConfig(configOf({jobOf("j", 600, {endpoint.as("x")})}));
        QVERIFY(scraping.scrapes("x", 2));
        store.refuse(true);
        endpoint.say("a 2\n");
        QVERIFY(scraping.until([&] { return scraping.manager.counters().batchesRefused >= 3; }));
        const TargetStatus status = scraping.status("x");
        QCOMPARE(status.health, TargetHealth::Up);
        QCOMPARE(status.lastError, std::string("append: the queue is full"));
        QVERIFY(status.lastErrorWords.find("There is a gap") != std::string::npos);
        store.refuse(false);
        QVERIFY(scraping.until([&] { return scraping.status("x").lastError.empty(); }));

        const auto samples = store.samples(series("a", "x"));
        std::int64_t widest = 0;
        for (std::size_t i = 1; i < samples.size(); ++i)
            widest = std::max(widest, samples[i].t - samples[i - 1].t);
        QVERIFY2(widest >= 1'500, qPrintable(QString::number(widest)));
        QCOMPARE(samples.back().v, 2.0);
        // b ended in a scrape that was refused; it has ended all the same.
        QVERIFY(isStaleMarker(store.samples(series("b", "x")).back().v));
    }

    void aBreakerStopsAskingWhileUpZeroGoesOnBeingWritten()
    {
        Endpoint endpoint;
        endpoint.down = true;
        RecordingAppender store;
        Scraping scraping(store);
        scraping.manager.applyConfig(configOf({jobOf("j", 600, {endpoint.as("x")})}));
        QVERIFY(scraping.until([&] { return scraping.manager.counters().breakerSkipped >= 4; }));
        const auto reports = store.samples(series("up", "x"));
        QVERIFY(reports.size() >= 9);
        QVERIFY(std::ranges::all_of(reports, [](const Sample& sample) { return sample.v == 0; }));
        QVERIFY(!scraping.status("x").lastError.empty());
        QVERIFY(scraping.status("x").breaker != "closed");
        endpoint.down = false;
        QVERIFY(scraping.until([&] { return scraping.status("x").health == TargetHealth::Up; }));
        QVERIFY(scraping.until([&] { return scraping.status("x").breaker == "closed"; }));
        QCOMPARE(store.samples(series("up", "x")).back().v, 1.0);
    }

    void suspectsThisComputerWhenMostTargetsVanishTogether()
    {
        Endpoint one;
        Endpoint most;
        RecordingAppender store;
        Scraping scraping(store);
        scraping.manager.applyConfig(
            configOf({jobOf("j", 600, {one.as("1"), most.as("2"), most.as("3"), most.as("4")})}));
        QVERIFY(scraping.until([&] { return scraping.manager.counters().targetsUp == 4; }));
        one.down = true;
        QVERIFY(scraping.until([&] { return scraping.manager.counters().targetsUp == 3; }));
        QVERIFY(!scraping.manager.targets().offlineSuspected);
        most.down = true;
        QVERIFY(scraping.until([&] { return scraping.manager.targets().offlineSuspected; }));
        one.down = false;
        most.down = false;
        QVERIFY(scraping.until([&] { return scraping.manager.counters().targetsUp == 4; }));
        QVERIFY(!scraping.manager.targets().offlineSuspected);
    }

    void scrapesATargetOutOfTurn()
    {
        Endpoint endpoint;
        RecordingAppender store;
        Scraping scraping(store);
        scraping.manager.applyConfig(configOf({jobOf("j", 3'600'000, {endpoint.as("x")})}));
        QVERIFY(scraping.until([&] { return scraping.count("x") == 1; }));
        QVERIFY(scraping.manager.scrapeNow("j", "x").ok());
        QVERIFY(scraping.until([&] { return scraping.count("x") == 2; }));
        const auto samples = store.samples(series("a", "x"));
        QCOMPARE(samples.size(), std::size_t(2));
        QVERIFY(samples[0].t < samples[1].t);
        QCOMPARE(scraping.manager.scrapeNow("j", "y").error().kind, ErrorKind::NotFound);
    }

    void aDisabledTargetIsLeftAloneUntilItIsEnabledAgain()
    {
        Endpoint endpoint;
        RecordingAppender store;
        Scraping scraping(store);
        scraping.manager.applyConfig(configOf({jobOf("j", 200, {endpoint.as("broken"), endpoint.as("other")})}));
        QVERIFY(scraping.scrapes("broken", 1));
        const std::int64_t later = scraping.clock.wallMs() + 3'600'000;
        QVERIFY(scraping.manager.pause("j", "broken", {later, "ana", "disk is replaced"}).ok());
        // Its series end, as if it had gone: nothing alerts on it.
        QVERIFY(scraping.until([&] { return isStaleMarker(store.samples(series("up", "broken")).back().v); }));
        QVERIFY(scraping.until([&] { return scraping.status("broken").health == TargetHealth::Unknown; }));
        QCOMPARE(scraping.status("broken").pause.reason, std::string("disk is replaced"));
        const std::size_t before = scraping.count("broken");
        QVERIFY(scraping.scrapes("other", 3));
        QCOMPARE(scraping.count("broken"), before);
        QCOMPARE(scraping.manager.scrapeNow("j", "broken").error().kind, ErrorKind::Conflict);

        QVERIFY(scraping.manager.pause("j", "broken", {}).ok());
        QVERIFY(scraping.scrapes("broken", 2));
        QCOMPARE(store.samples(series("up", "broken")).back().v, 1.0);
    }

    void nobodyDisablesATargetForEver()
    {
        Endpoint endpoint;
        RecordingAppender store;
        Scraping scraping(store);
        scraping.manager.applyConfig(configOf({jobOf("j", 600, {endpoint.as("x")})}));
        QVERIFY(scraping.scrapes("x", 1));
        const std::int64_t tooLate = scraping.clock.wallMs() + 2 * 86'400'000;
        QCOMPARE(scraping.manager.pause("j", "x", {tooLate, "ana", "why"}).error().kind, ErrorKind::BadInput);
        QCOMPARE(scraping.manager.pause("j", "y", {}).error().kind, ErrorKind::NotFound);
    }

    void followsAChangedTargetFileWithinSeconds()
    {
        Endpoint endpoint;
        QTemporaryDir dir;
        const auto write = [&](const std::string& instance) {
            QFile file(dir.filePath("targets.json.new"));
            if (!file.open(QIODevice::WriteOnly))
                qFatal("cannot write");
            file.write(("[{\"targets\": [\"" + endpoint.server.address() + "\"], \"labels\": {\"instance\": \""
                        + instance + "\"}}]")
                           .c_str());
            file.close();
            QFile::remove(dir.filePath("targets.json"));
            QFile::rename(dir.filePath("targets.json.new"), dir.filePath("targets.json"));
        };
        write("first");
        RecordingAppender store;
        Scraping scraping(store);
        config::ScrapeConfig job = jobOf("j", 600, {endpoint.as("canary")});
        job.fileSdConfigs.push_back({{dir.filePath("*.json").toStdString()}, 300'000});
        scraping.manager.applyConfig(configOf({job}));
        QVERIFY(scraping.until([&] { return scraping.count("first") > 0; }));
        write("second");
        QVERIFY(scraping.until([&] { return scraping.count("second") > 0; }));
        QVERIFY(isStaleMarker(store.samples(series("up", "first")).back().v));
        QFile file(dir.filePath("targets.json"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("[{");
        file.close();
        QVERIFY(scraping.until([&] { return !scraping.manager.targets().discoveryErrors.empty(); }));
        QVERIFY(scraping.scrapes("second", 1));
    }

    void stopsWithinASecondWhateverIsUnderWay()
    {
        TestServer silent([](const TestServer::Request&, TestConnection& c) { c.stall(); });
        Endpoint canary;
        RecordingAppender store;
        Scraping scraping(store);
        scraping.manager.applyConfig(
            configOf({jobOf("bad", 60'000, {{"silent", silent.address()}}), jobOf("j", 600, {canary.as("x")})}));
        QVERIFY(scraping.until([&] { return scraping.manager.counters().inFlight > 0 && scraping.count("x") > 0; }));
        const std::int64_t begin = scraping.clock.monotonicNs();
        scraping.manager.stop();
        QVERIFY(scraping.clock.monotonicNs() - begin < 30'000'000'000);
        QCOMPARE(markers(store.samples(series("a", "x"))), std::size_t(0));
    }
};

QTEST_GUILESS_MAIN(TestScrapeManager)
#include "tst_scrape_manager.moc"
