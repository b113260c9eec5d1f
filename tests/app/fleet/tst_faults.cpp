#include "app/base/number_text.h"
#include "app/fleet/fleet.h"
#include "app/fleet/services/work.h"

#include <QTest>

#include <curl/curl.h>

#include <atomic>
#include <cstdint>
#include <memory>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

using namespace holdfast;
using namespace holdfast::fleet;
using resilience::FlagMode;

namespace {

/// The sum of the series of a metric whose line holds all of `parts`.
double sumIn(const std::string& body, const std::string& metric, const std::vector<std::string>& parts = {})
{
    double sum = 0;
    std::istringstream lines(body);
    for (std::string line; std::getline(lines, line);) {
        bool fits = line.starts_with(metric + "{") || line.starts_with(metric + " ");
        for (const std::string& part : parts)
            fits = fits && line.find(part) != std::string::npos;
        if (fits)
            sum += parseDouble(line.substr(line.rfind(' ') + 1)).value_or(0);
    }
    return sum;
}

std::string metricsAt(std::uint16_t port)
{
    HttpClient client;
    const auto answer = client.send({.port = port, .path = "/metrics", .timeoutMs = 3'000});
    return answer ? answer->body : std::string();
}

class Quick final : public Service {
public:
    std::vector<Route> routes() override
    {
        return {{"GET", "/work", [](const Visit&) { return json(200, "{}"); }}};
    }
};

/// One instance with one fault; ticks when the test says so.
struct One {
    const SystemClock clock;
    const AddressBook addresses;
    HttpClient client;
    std::unique_ptr<Instance> instance;

    One(FaultKind kind, double amount)
    {
        InstanceConfig config{.service = "one", .name = "one-1", .version = "1.0.0", .workers = 2};
        config.pauseEveryS = 1e9;
        config.faults = {{kind, amount, ""}};
        instance = std::make_unique<Instance>(
            config, [](Parts&) { return std::make_unique<Quick>(); }, addresses, "", 1, clock);
        if (!instance->listen(0))
            instance.reset();
    }
    void set(FaultKind kind, FlagMode mode)
    {
        instance->registry().flag(nameOf(kind))->setMode(mode);
        instance->tick();
    }
    [[nodiscard]] Result<ClientAnswer> ask(std::int64_t timeoutMs = 20'000)
    {
        return client.send(
            {.port = instance->port(), .path = "/work", .deadline = std::to_string(timeoutMs), .timeoutMs = timeoutMs});
    }
    [[nodiscard]] std::string metrics() const { return metricsAt(instance->port()); }
};

}  // namespace

class TestFaults : public QObject {
    Q_OBJECT
private:
    const SystemClock m_clock;

    std::unique_ptr<Fleet> shop(double perSecond, Practices practices = {}) const
    {
        auto fleet = Fleet::start(
            {.portBase = 0, .token = "t", .load = {.perSecond = perSecond}, .practices = practices}, m_clock);
        return fleet ? std::move(*fleet) : nullptr;
    }
    static double sumOver(const Fleet& fleet, const std::string& service, const std::string& metric,
                          const std::vector<std::string>& parts = {})
    {
        double sum = 0;
        const auto ports = fleet.addresses().all();
        for (const std::uint16_t port : ports.at(service))
            sum += sumIn(metricsAt(port), metric, parts);
        return sum;
    }

private slots:
    void initTestCase() { curl_global_init(CURL_GLOBAL_DEFAULT); }

    void slowIsSeenInTheDuration()
    {
        One one(FaultKind::Slow, 80);
        one.set(FaultKind::Slow, FlagMode::ForcedOn);
        QVERIFY(one.ask());
        QVERIFY(sumIn(one.metrics(), "http_request_duration_seconds_sum") > 0.04);
    }

    void errorsAndDownAreSeenInTheCodes_data()
    {
        QTest::addColumn<int>("kind");
        QTest::newRow("errors") << static_cast<int>(FaultKind::Errors);
        QTest::newRow("down") << static_cast<int>(FaultKind::Down);
    }
    void errorsAndDownAreSeenInTheCodes()
    {
        QFETCH(int, kind);
        One one(static_cast<FaultKind>(kind), 1);
        QCOMPARE(one.ask().value().status, 200);
        one.set(static_cast<FaultKind>(kind), FlagMode::ForcedOn);
        QCOMPARE(one.ask().value().status, 500);
        const std::string body = one.metrics();
        QCOMPARE(sumIn(body, "http_requests_total", {"code=\"500\""}), 1.0);
        QCOMPARE(sumIn(body, "http_request_duration_seconds_count", {"code=\"500\""}), 1.0);
        QCOMPARE(sumIn(body, "resilience_flag_on", {"kind=\"fault\""}), 1.0);
    }

    void aStallLastsUntilTheCallerLeavesAndHoldsAWorker()
    {
        One one(FaultKind::Stall, 0);
        one.set(FaultKind::Stall, FlagMode::ForcedOn);
        std::atomic<bool> timedOut{false};
        const std::jthread caller([&] {
            const auto answer = one.ask(4'000);
            timedOut = !answer && answer.error().kind == ErrorKind::Timeout;
        });
        QTRY_COMPARE_WITH_TIMEOUT(sumIn(one.metrics(), "resilience_pool_in_use"), 1.0, 30'000);
        QTRY_VERIFY_WITH_TIMEOUT(timedOut, 30'000);
        QTRY_COMPARE_WITH_TIMEOUT(sumIn(one.metrics(), "http_requests_total", {"code=\"504\""}), 1.0, 30'000);
    }

    void refusedConnectionsAreSeenByNobodyAndByTheCaller()
    {
        One one(FaultKind::Refuse, 0);
        one.set(FaultKind::Refuse, FlagMode::ForcedOn);
        const auto answer = one.ask();
        QVERIFY(!answer);
        QVERIFY(answer.error().kind == ErrorKind::Unavailable);
        QVERIFY(one.metrics().empty());
        one.set(FaultKind::Refuse, FlagMode::Auto);
        QVERIFY(one.ask());
    }

    void flappingIsDownAndWellInTurns()
    {
        One one(FaultKind::Flap, 1);
        one.set(FaultKind::Flap, FlagMode::ForcedOn);
        QCOMPARE(one.ask().value().status, 500);
        QTRY_COMPARE_WITH_TIMEOUT(one.ask().value().status, 200, 30'000);
        QTRY_COMPARE_WITH_TIMEOUT(one.ask().value().status, 500, 30'000);
    }

    void grownMemoryIsResidentBoundedAndGivenBack()
    {
        constexpr double mib = 1 << 20;
        One one(FaultKind::Memory, 4'096);
        const double before = sumIn(one.metrics(), "process_resident_memory_bytes");
        one.set(FaultKind::Memory, FlagMode::ForcedOn);
        const double once = sumIn(one.metrics(), "process_resident_memory_bytes");
        QVERIFY2(once - before > 3 * mib, QByteArray::number(once - before).constData());
        for (int i = 0; i < 30; ++i)
            one.instance->tick();
        const std::string body = one.metrics();
        QVERIFY(sumIn(body, "process_resident_memory_bytes") - before <= static_cast<double>(mostGrownBytes) + 4 * mib);
        QCOMPARE(sumIn(body, "process_memory_limit_bytes"), static_cast<double>(memoryLimitBytes));
        one.set(FaultKind::Memory, FlagMode::Auto);
        QVERIFY(sumIn(one.metrics(), "process_resident_memory_bytes") - before < 8 * mib);
    }

    void aPauseHoldsEveryRequestAndIsCounted()
    {
        One one(FaultKind::Pause, 150);
        one.set(FaultKind::Pause, FlagMode::ForcedOn);
        QVERIFY(one.ask());
        const std::string body = one.metrics();
        QVERIFY(sumIn(body, "http_request_duration_seconds_sum") > 0.05);
        QCOMPARE(sumIn(body, "runtime_pauses_total"), 1.0);
        QVERIFY(sumIn(body, "runtime_pause_seconds_total") > 0.05);
    }

    void aRestartChangesTheStartTimeAndResetsTheCounters()
    {
        const auto fleet = shop(0);
        QVERIFY(fleet);
        const std::uint16_t port = fleet->addresses().all().at("mail").front();
        HttpClient client;
        QVERIFY(client.send({.method = "POST", .port = port, .path = "/mail", .body = "x"}));
        const std::string before = metricsAt(port);
        QCOMPARE(sumIn(before, "http_requests_total", {"code=\"202\""}), 1.0);
        QVERIFY(fleet->force("mail", "fault-restart", FlagMode::ForcedOn, 60'000));
        QTRY_VERIFY_WITH_TIMEOUT(
            sumIn(metricsAt(port), "process_start_time_seconds") > sumIn(before, "process_start_time_seconds"), 15'000);
        QCOMPARE(sumIn(metricsAt(port), "http_requests_total", {"code=\"202\""}), 0.0);
        QCOMPARE(sumIn(metricsAt(port), "resilience_flag_on", {"fault-restart"}), 0.0);
    }

    void aBadDeployChangesTheVersionFailsAndIsRolledBack()
    {
        const auto fleet = shop(60);
        QVERIFY(fleet);
        const auto running = [&](const char* version) {
            return sumOver(*fleet, "checkout", "app_build_info", {std::string("version=\"") + version});
        };
        QCOMPARE(running("4.18.2"), 3.0);
        QVERIFY(fleet->force("checkout", "fault-bad-deploy", FlagMode::ForcedOn, 120'000));
        QTRY_COMPARE_WITH_TIMEOUT(running("4.19.0"), 3.0, 40'000);
        QTRY_VERIFY_WITH_TIMEOUT(sumOver(*fleet, "checkout", "http_requests_total", {"code=\"500\""}) > 3, 20'000);
        QVERIFY(fleet->force("checkout", "fault-bad-deploy", FlagMode::Auto));
        QTRY_COMPARE_WITH_TIMEOUT(running("4.18.2"), 3.0, 40'000);
    }

    void leakedConnectionsExhaustThePool()
    {
        const auto fleet = shop(0);
        QVERIFY(fleet);
        const auto taken = [&] { return sumOver(*fleet, "payments", "resilience_pool_in_use", {"name=\"db\""}); };
        QVERIFY(fleet->force("payments", "fault-leak-connections", FlagMode::ForcedOn, 60'000));
        QTRY_COMPARE_WITH_TIMEOUT(taken(), 9.0, 15'000);
        QVERIFY(fleet->force("payments", "fault-leak-connections", FlagMode::Auto));
        QTRY_COMPARE_WITH_TIMEOUT(taken(), 0.0, 10'000);
    }

    void aSpikeAndARetryStormAreSeenInWhatShoppersAsk()
    {
        const auto fleet = shop(40);
        QVERIFY(fleet);
        const auto counted = [&](const char* what) { return sumOver(*fleet, "shoppers", what); };
        QTRY_VERIFY_WITH_TIMEOUT(counted("resilience_calls_total") > 20, 10'000);
        QCOMPARE(counted("http_client_retries_total"), 0.0);
        QVERIFY(fleet->force("shoppers", "retry-storm", FlagMode::ForcedOn, 60'000));
        QVERIFY(fleet->force("catalog", "fault-errors", FlagMode::ForcedOn, 60'000));
        QTRY_VERIFY_WITH_TIMEOUT(counted("http_client_retries_total") > 5, 20'000);
        QVERIFY(counted("resilience_attempts_total") > counted("resilience_calls_total"));
        QVERIFY(fleet->force("shoppers", "traffic-spike", FlagMode::ForcedOn, 60'000));
        const double from = counted("resilience_calls_total");
        const std::int64_t fromMs = m_clock.monotonicMs();
        QTRY_VERIFY_WITH_TIMEOUT(counted("resilience_calls_total") - from > 150, 20'000);
        const double perSecond =
            (counted("resilience_calls_total") - from) * 1000 / static_cast<double>(m_clock.monotonicMs() - fromMs);
        QVERIFY2(perSecond > 60, QByteArray::number(perSecond).constData());
    }

    void withoutAPracticeTheShopIsBuiltWithoutIt()
    {
        const auto fleet = shop(0, {.breakers = false, .boundedQueues = false, .bulkheads = false, .capacity = 2});
        QVERIFY(fleet);
        const std::string payments = metricsAt(fleet->addresses().all().at("payments").front());
        QCOMPARE(sumIn(payments, "resilience_circuitbreaker_state", {"state=\"disabled\""}), 1.0);
        QCOMPARE(sumIn(payments, "resilience_queue_capacity", {"name=\"requests\""}), 100'000.0);
        QCOMPARE(sumIn(payments, "resilience_pool_capacity", {"name=\"db\""}), 10'000.0);
        QCOMPARE(sumIn(payments, "resilience_pool_capacity", {"name=\"workers\""}), 16.0);
    }
};

QTEST_GUILESS_MAIN(TestFaults)
#include "tst_faults.moc"
