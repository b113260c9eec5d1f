#include "app/base/manual_clock.h"
#include "app/resilience/metrics.h"

#include <QTest>

#include <prometheus/text_serializer.h>

using namespace holdfast;
using namespace holdfast::resilience;

class TestMetrics : public QObject {
    Q_OBJECT
private slots:
    void namesEveryPieceAsTheProtocolSays()
    {
        ManualClock clock;
        CircuitBreaker breaker("payments", "payments", {}, clock);
        DegradationFlag flag({.name = "mail-later", .kind = FlagKind::Degradation, .effect = {}}, clock);
        RetryBudget budget(0.1, 7);
        CallCounters calls;
        calls.calls = 10;
        calls.attempts = 12;
        WorkQueue<int> queue("requests", 5, 1'000, clock);
        Bulkhead pool("db", 3, 8, clock);
        Registry registry;
        registry.add(breaker);
        registry.add(flag);
        registry.addCalls({"payments", "payments", &calls, &budget});
        registry.addQueue([&queue] { return queue.snapshot(); });
        registry.addPool(pool);

        breaker.setMode(BreakerMode::ForcedOpen);
        flag.setMode(FlagMode::ForcedOn);
        QVERIFY(!breaker.acquire());
        QVERIFY(queue.push(1));
        clock.advanceMs(1'500);
        const auto permit = pool.tryAcquire();

        const std::string text = prometheus::TextSerializer().Serialize(Metrics(registry).Collect());
        for (const char* line : {
                 R"(resilience_circuitbreaker_state{name="payments",callee="payments",state="forced_open"} 1)",
                 R"(resilience_circuitbreaker_state{name="payments",callee="payments",state="closed"} 0)",
                 R"(resilience_circuitbreaker_calls_total{name="payments",callee="payments",kind="slow_failed"} 0)",
                 R"(resilience_circuitbreaker_not_permitted_calls_total{name="payments",callee="payments"} 1)",
                 R"(resilience_calls_total{name="payments",callee="payments"} 10)",
                 R"(resilience_attempts_total{name="payments",callee="payments"} 12)",
                 R"(resilience_retry_budget_tokens{name="payments",callee="payments"} 7)",
                 R"(resilience_deadline_exceeded_total{name="payments",callee="payments"} 0)",
                 R"(resilience_flag_on{name="mail-later",kind="degradation"} 1)",
                 R"(resilience_flag_forced{name="mail-later",kind="degradation"} 1)",
                 R"(resilience_queue_depth{name="requests"} 1)",
                 R"(resilience_queue_capacity{name="requests"} 5)",
                 R"(resilience_queue_oldest_seconds{name="requests"} 1.5)",
                 R"(resilience_queue_shed_total{name="requests",reason="late"} 0)",
                 R"(resilience_pool_in_use{name="db"} 1)",
                 R"(resilience_pool_capacity{name="db"} 3)",
             })
            QVERIFY2(text.find(line) != std::string::npos, (std::string(line) + " is not in\n" + text).c_str());
    }

    void saysNothingOfWhatThereIsNot() { QVERIFY(Metrics(Registry()).Collect().empty()); }
};

QTEST_GUILESS_MAIN(TestMetrics)
#include "tst_metrics.moc"
