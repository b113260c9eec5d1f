// Qt takes the word "signals" for itself: moc must not see the namespace, and the macro must not meet it.
#ifndef Q_MOC_RUN
#include "app/base/manual_clock.h"
#include "app/signals/signal_service.h"
#include "tests/support/memory_querier.h"
using namespace holdfast;
using namespace holdfast::signals;
#endif

#include <QTemporaryFile>
#include <QTest>

#include <map>

namespace {

constexpr std::int64_t kStart = 1'700'000'000'000;
constexpr std::int64_t kStep = 2'000;
constexpr int kScrapes = 90;
constexpr std::int64_t kNow = kStart + (kScrapes - 1) * kStep;

/// Writes into the querier that is asked, so that what was written is found again.
class MemoryAppender final : public store::Appender {
public:
    explicit MemoryAppender(tests::MemoryQuerier& querier) : m_querier(querier) {}
    Result<SeriesId> series(const LabelSet& labels) override
    {
        m_labels.push_back(labels);
        return m_labels.size() - 1;
    }
    Result<store::AppendReport> append(Batch batch) override
    {
        for (const BatchSample& sample : batch.samples)
            m_querier.add(m_labels[sample.series], sample.t, sample.v);
        return store::AppendReport{.stored = batch.samples.size()};
    }
    Result<store::AppendReport> appendDurably(Batch batch) override { return append(std::move(batch)); }

private:
    tests::MemoryQuerier& m_querier;
    std::vector<LabelSet> m_labels;
};

std::shared_ptr<const config::Config> configuration()
{
    auto config = std::make_shared<config::Config>();
    config->scrapeIntervalMs = kStep;
    auto& checkout = config->holdfast.services["checkout"];
    checkout.tier = 1;
    checkout.aliases = {"checkout-v2"};
    checkout.dependsOn = {"mail"};
    return config;
}

}  // namespace

class TestSignalService : public QObject {
    Q_OBJECT

    ManualClock m_clock{kNow};
    tests::MemoryQuerier m_querier;
    MemoryAppender m_appender{m_querier};
    promql::Engine m_engine{m_querier, m_clock, {}};

    static LabelSet labels(const std::string& name, std::map<std::string, std::string> more)
    {
        std::vector<Label> list{{"__name__", name}};
        for (auto& [label, value] : more)
            list.push_back({label, value});
        return LabelSet(std::move(list));
    }
    void counter(const std::string& name, const std::map<std::string, std::string>& more, double perSecond)
    {
        for (int i = 0; i < kScrapes; ++i)
            m_querier.add(labels(name, more), kStart + i * kStep, perSecond * i * kStep / 1000);
    }
    void gauge(const std::string& name, const std::map<std::string, std::string>& more, double value)
    {
        for (int i = 0; i < kScrapes; ++i)
            m_querier.add(labels(name, more), kStart + i * kStep, value);
    }
    void latency(const std::string& metric, const std::map<std::string, std::string>& more, double rate)
    {
        for (const auto& [le, share] :
             std::map<std::string, double>{{"0.1", 0.5}, {"0.5", 0.9}, {"1", 0.98}, {"2.5", 1.0}, {"+Inf", 1.0}}) {
            auto with = more;
            with["le"] = le;
            counter(metric + "_bucket", with, rate * share);
        }
        counter(metric + "_count", more, rate);
    }
    /// A service of two instances that serves 200/s, an eighth of it with errors.
    void aBusyCheckout()
    {
        for (const char* instance : {"a:1", "b:1"}) {
            gauge("up", {{"job", "checkout"}, {"instance", instance}}, 1);
            counter("http_requests_total", {{"job", "checkout"}, {"instance", instance}, {"code", "200"}}, 87.5);
            counter("http_requests_total", {{"job", "checkout"}, {"instance", instance}, {"code", "503"}}, 12.5);
            latency("http_request_duration_seconds", {{"job", "checkout"}, {"instance", instance}}, 100);
        }
    }
    std::shared_ptr<const FleetModel> evaluated(SignalService& service, std::int64_t t = kNow)
    {
        auto fleet = service.evaluate(t);
        if (!fleet.ok())
            qFatal("%s", fleet.error().message.c_str());
        return *fleet;
    }
    double newest(const LabelSet& wanted) const
    {
        const auto set = m_querier.select({}, {0, kNow + 1'000'000}, {}, {});
        for (const auto& series : set->series)
            if (*series.labels == wanted)
                return series.values.back();
        return -1;
    }

private slots:
    void init() { m_querier.clear(); }

    void countsNoInstanceThatNobodyScrapesAnyMore()
    {
        aBusyCheckout();
        for (int i = 0; i < kScrapes - 10; ++i)
            m_querier.add(labels("up", {{"job", "checkout"}, {"instance", "old:1"}}), kStart + i * kStep, 1);
        auto config = std::make_shared<config::Config>(*configuration());
        SignalService unknown(m_engine, nullptr, m_clock, config);
        QCOMPARE(evaluated(unknown)->find("checkout")->instances, 3);  // how often others write is not known
        config::ScrapeConfig job;
        job.jobName = "checkout";
        job.intervalMs = kStep;
        config->scrapeConfigs.push_back(job);
        SignalService service(m_engine, nullptr, m_clock, config);
        QCOMPARE(evaluated(service)->find("checkout")->instances, 2);
    }
    void tellsTheGoldenSignalsOfAService()
    {
        aBusyCheckout();
        SignalService service(m_engine, nullptr, m_clock, configuration());
        const auto fleet = evaluated(service);
        QVERIFY2(fleet->profileGaps.empty(), fleet->profileGaps.empty() ? "" : fleet->profileGaps.front().c_str());
        const ServiceRow* row = fleet->find("checkout");
        QVERIFY(row != nullptr);
        QCOMPARE(row->tier, 1);
        QCOMPARE(row->profile, std::string("prometheus"));
        QCOMPARE(row->instances, 2);
        QCOMPARE(row->instancesUp, 2);
        QCOMPARE(*row->lastSampleMs, kNow);
        QVERIFY(std::abs(*row->requests.value - 200) < 0.01);
        QVERIFY(std::abs(*row->errors.value - 0.125) < 1e-6);
        QCOMPARE(row->errors.severity, Severity::Critical);
        QVERIFY(std::abs(*row->p99.value - 1.75) < 1e-6);  // half of the way from 1 s to 2.5 s
        QCOMPARE(row->p99.state, ValueState::Value);       // 2000 requests in 10 s
        QCOMPARE(row->p99.severity, Severity::Critical);
        QVERIFY(std::abs(*row->slowRatio - 0.1) < 1e-6);
        QCOMPARE(row->severity, Severity::Critical);
    }
    void countsAServiceWithoutErrorSeriesAsFaultless()
    {
        gauge("up", {{"job", "mail"}, {"instance", "m:1"}}, 1);
        counter("http_requests_total", {{"job", "mail"}, {"instance", "m:1"}, {"code", "200"}}, 5);
        SignalService service(m_engine, nullptr, m_clock, configuration());
        const auto fleet = evaluated(service);
        const ServiceRow* row = fleet->find("mail");
        QVERIFY(row != nullptr);
        QCOMPARE(row->errors.state, ValueState::Value);
        QCOMPARE(*row->errors.value, 0.0);
        QCOMPARE(row->p99.state, ValueState::Absent);
        QVERIFY(!row->p99.value);
        QCOMPARE(fleet->profileGaps.front(), std::string("mail: no latency histogram"));
    }
    void hasNoErrorRatioWithoutTraffic()
    {
        gauge("up", {{"job", "batch"}, {"instance", "m:1"}}, 1);
        counter("http_requests_total", {{"job", "batch"}, {"instance", "m:1"}, {"code", "200"}}, 0);
        latency("http_request_duration_seconds", {{"job", "batch"}, {"instance", "m:1"}}, 0);
        SignalService service(m_engine, &m_appender, m_clock, configuration());
        const auto fleet = evaluated(service);
        const ServiceRow* row = fleet->find("batch");
        QCOMPARE(row->errors.state, ValueState::NoTraffic);
        QVERIFY(!row->errors.value);
        QCOMPARE(row->p99.state, ValueState::NoTraffic);
        QCOMPARE(*row->requests.value, 0.0);
        QCOMPARE(newest(labels("holdfast:errors:ratio", {{"service", "batch"}})), -1.0);
        QCOMPARE(newest(labels("holdfast:requests:rate", {{"service", "batch"}})), 0.0);
    }
    void tellsFewSamplesApart()
    {
        gauge("up", {{"job", "rare"}, {"instance", "m:1"}}, 1);
        latency("http_request_duration_seconds", {{"job", "rare"}, {"instance", "m:1"}}, 5);
        SignalService service(m_engine, nullptr, m_clock, configuration());
        const auto fleet = evaluated(service);
        QCOMPARE(fleet->find("rare")->p99.state, ValueState::Few);
        QCOMPARE(*fleet->find("rare")->p99.count, 50.0);
    }
    void knowsAServiceThatIsDown()
    {
        gauge("up", {{"job", "dead"}, {"instance", "d:1"}}, 0);
        SignalService service(m_engine, nullptr, m_clock, configuration());
        const auto fleet = evaluated(service);
        QCOMPARE(fleet->find("dead")->instancesUp, 0);
        QCOMPARE(fleet->find("dead")->severity, Severity::Critical);
        QCOMPARE(fleet->find("dead")->requests.state, ValueState::Absent);
    }
    void keepsTheLastKnownValueOfAServiceThatStopped()
    {
        aBusyCheckout();
        SignalService service(m_engine, &m_appender, m_clock, configuration());
        (void)evaluated(service);
        const std::int64_t later = kNow + 60'000;
        for (const char* instance : {"a:1", "b:1"})
            m_querier.add(labels("up", {{"job", "checkout"}, {"instance", instance}}), later, 0);
        const auto set = m_querier.select({}, {0, later}, {}, {});
        const auto fleet = evaluated(service, later);
        const ServiceRow* row = fleet->find("checkout");
        QCOMPARE(row->errors.state, ValueState::Stale);
        QVERIFY(std::abs(*row->errors.value - 0.125) < 1e-6);
        QCOMPARE(*row->errors.ageMs, std::int64_t{60'000});
        QVERIFY(isStaleMarker(newest(labels("holdfast:errors:ratio", {{"service", "checkout"}}))));
    }
    void readsBreakersFlagsPoolsAndRetries()
    {
        aBusyCheckout();
        gauge("up", {{"job", "payments"}, {"instance", "p:1"}}, 1);
        for (const auto& [instance, open] : std::map<std::string, bool>{{"a:1", true}, {"b:1", false}})
            for (const char* state : {"closed", "open", "half_open"})
                gauge("resilience_circuitbreaker_state",
                      {{"job", "checkout"},
                       {"instance", instance},
                       {"name", "payments"},
                       {"callee", "payments"},
                       {"state", state}},
                      (state == std::string(open ? "open" : "closed")) ? 1 : 0);
        counter("resilience_circuitbreaker_calls_total",
                {{"job", "checkout"},
                 {"instance", "b:1"},
                 {"name", "payments"},
                 {"callee", "payments"},
                 {"kind", "failed"}},
                2);
        counter("resilience_circuitbreaker_calls_total",
                {{"job", "checkout"},
                 {"instance", "b:1"},
                 {"name", "payments"},
                 {"callee", "payments"},
                 {"kind", "successful"}},
                6);
        counter("resilience_circuitbreaker_not_permitted_calls_total",
                {{"job", "checkout"}, {"instance", "a:1"}, {"name", "payments"}, {"callee", "payments"}}, 4);
        gauge("resilience_flag_on",
              {{"job", "checkout"}, {"instance", "a:1"}, {"name", "lean"}, {"kind", "degradation"}}, 1);
        gauge("resilience_pool_in_use", {{"job", "checkout"}, {"instance", "a:1"}, {"name", "db"}}, 8);
        gauge("resilience_pool_capacity", {{"job", "checkout"}, {"instance", "a:1"}, {"name", "db"}}, 10);
        counter("resilience_calls_total", {{"job", "checkout"}, {"instance", "a:1"}, {"name", "payments"}}, 10);
        counter("resilience_attempts_total", {{"job", "checkout"}, {"instance", "a:1"}, {"name", "payments"}}, 13);
        SignalService service(m_engine, &m_appender, m_clock, configuration());
        const auto fleet = evaluated(service);
        QVERIFY2(fleet->profileGaps.empty(), fleet->profileGaps.empty() ? "" : fleet->profileGaps.front().c_str());
        QCOMPARE(fleet->breakers.size(), std::size_t{1});
        const BreakerReading& breaker = fleet->breakers.front();
        QCOMPARE(breaker.state, BreakerState::Open);
        QCOMPARE(breaker.open, 1);
        QCOMPARE(breaker.instances, 2);
        QVERIFY(std::abs(*breaker.failureRatio - 0.25) < 1e-6);
        QVERIFY(std::abs(*breaker.refusedPerS - 4) < 1e-6);
        QVERIFY(std::abs(*breaker.callsPerS - 12) < 1e-6);
        const ServiceRow* row = fleet->find("checkout");
        QCOMPARE(row->breakers.open, 1);
        QCOMPARE(row->flagsOn, 1);
        QVERIFY(std::abs(*row->headroom.value - (1 - 0.8 / 0.9)) < 1e-6);
        QCOMPARE(row->headroom.resource, std::string("pool db"));
        QVERIFY(std::abs(*row->retryAmplification - 1.3) < 1e-6);
        QCOMPARE(newest(labels("holdfast:breaker:state",
                               {{"service", "checkout"}, {"breaker", "payments"}, {"callee", "payments"}})),
                 2.0);
        QCOMPARE(newest(labels("holdfast:flag:on", {{"service", "checkout"}, {"flag", "lean"}})), 1.0);
        QCOMPARE(newest(labels("holdfast:tier", {{"service", "checkout"}})), 1.0);
        QVERIFY(newest(labels("holdfast_history_seconds", {{"service", "checkout"}})) > 100);
    }
    void drawsEdgesFromBreakersAndConfiguration()
    {
        aBusyCheckout();
        gauge("up", {{"job", "payments"}, {"instance", "p:1"}}, 1);
        gauge("resilience_circuitbreaker_state",
              {{"job", "checkout"},
               {"instance", "a:1"},
               {"name", "payments"},
               {"callee", "payments"},
               {"state", "closed"}},
              1);
        SignalService service(m_engine, nullptr, m_clock, configuration());
        const auto fleet = evaluated(service);
        QCOMPARE(fleet->edges.size(), std::size_t{2});
        QCOMPARE(fleet->edges[0].callee, std::string("mail"));
        QCOMPARE(fleet->edges[0].source, std::string("config"));
        QCOMPARE(fleet->edges[1].callee, std::string("payments"));
        QCOMPARE(fleet->edges[1].source, std::string("breaker"));
        QCOMPARE(fleet->edges[1].breaker, std::string("checkout/breaker/payments"));
        const auto page = service.service("payments", std::nullopt);
        QVERIFY(page.ok());
        QCOMPARE(page->callers, std::vector<std::string>{"checkout"});
    }
    void makesAPageWhoseExpressionsCanBeAsked()
    {
        aBusyCheckout();
        SignalService service(m_engine, &m_appender, m_clock, configuration());
        (void)evaluated(service);
        const auto page = service.service("checkout", std::nullopt);
        QVERIFY(page.ok());
        QCOMPARE(page->lanes.size(), std::size_t{7});
        for (const Lane& lane : page->lanes) {
            QVERIFY(!lane.queries.empty() || !lane.missing.empty() || !lane.heatmapExpr.empty());
            for (const LaneQuery& query : lane.queries) {
                const auto answer = m_engine.range(query.expr, kNow - 10'000, kNow, 2'000);
                QVERIFY2(answer.ok(), query.expr.c_str());
            }
        }
        const auto p99 = m_engine.instant(page->lanes[0].queries[0].expr, kNow);
        const auto& vector = std::get<promql::InstantVector>(p99->value);
        QCOMPARE(vector.size(), std::size_t{1});
        QVERIFY(std::abs(vector.front().sample.v - 1.75) < 1e-6);
        QCOMPARE(page->instances.size(), std::size_t{2});
    }
    void doesNotKnowAServiceThatDoesNotExist()
    {
        SignalService service(m_engine, nullptr, m_clock, configuration());
        (void)evaluated(service);
        const auto page = service.service("nobody", std::nullopt);
        QVERIFY(!page.ok());
        QCOMPARE(page.error().kind, ErrorKind::NotFound);
    }
    void replaysThePastWithTheSameCode()
    {
        aBusyCheckout();
        SignalService service(m_engine, nullptr, m_clock, configuration());
        const auto then = service.fleetAt(kNow - 30'000, 0, 0);
        QVERIFY(then.ok());
        QCOMPARE((*then)->atMs, kNow - 30'000);
        QVERIFY(std::abs(*(*then)->find("checkout")->requests.value - 200) < 0.01);
        const auto before = service.fleetAt(kStart - 600'000, 0, 0);
        QVERIFY(before.ok());
        QCOMPARE((*before)->find("checkout")->requests.state, ValueState::Absent);
    }
    void drawsSparksFromWhatItWrote()
    {
        aBusyCheckout();
        SignalService service(m_engine, &m_appender, m_clock, configuration());
        for (std::int64_t t = kNow - 60'000; t <= kNow; t += kStep)
            (void)evaluated(service, t);
        const auto fleet = service.fleetAt(std::nullopt, 120'000, 12);
        QVERIFY(fleet.ok());
        const auto& spark = (*fleet)->find("checkout")->requests.spark;
        QCOMPARE(spark.size(), std::size_t{12});
        QVERIFY(!spark.front());
        QVERIFY(spark.back() && std::abs(*spark.back() - 200) < 0.01);
    }
    void callsAServiceByItsOneName()
    {
        gauge("up", {{"job", "checkout-v2"}, {"instance", "x:1"}}, 1);
        counter("http_requests_total", {{"job", "checkout-v2"}, {"instance", "x:1"}, {"code", "200"}}, 5);
        SignalService service(m_engine, nullptr, m_clock, configuration());
        const auto fleet = evaluated(service);
        QVERIFY(fleet->find("checkout-v2") == nullptr);
        QVERIFY(fleet->find("checkout")->requests.value);
    }
    void readsMicrometerByItsApplication()
    {
        const std::map<std::string, std::string> base{
            {"job", "spring"}, {"instance", "s:1"}, {"application", "orders"}};
        gauge("up", {{"job", "spring"}, {"instance", "s:1"}}, 1);
        auto ok = base;
        ok["outcome"] = "SUCCESS";
        counter("http_server_requests_seconds_count", ok, 9);
        auto bad = base;
        bad["outcome"] = "SERVER_ERROR";
        counter("http_server_requests_seconds_count", bad, 1);
        auto forced = base;
        forced["name"] = "backendA";
        forced["state"] = "forced_open";
        gauge("resilience4j_circuitbreaker_state", forced, 1);
        SignalService service(m_engine, nullptr, m_clock, configuration());
        const auto fleet = evaluated(service);
        const ServiceRow* row = fleet->find("orders");
        QVERIFY(row != nullptr);
        QVERIFY(fleet->find("spring") == nullptr);
        QCOMPARE(row->instances, 1);
        QVERIFY(std::abs(*row->errors.value - 0.1) < 1e-6);
        QCOMPARE(fleet->breakers.front().state, BreakerState::ForcedOpen);
        const auto page = service.service("orders", std::nullopt);
        QVERIFY(page->lanes[3].queries[0].expr.find("application=\"orders\"") != std::string::npos);
    }
    void readsHaproxyBackendsAndServers()
    {
        gauge("up", {{"job", "haproxy"}, {"instance", "h:1"}}, 1);
        gauge("haproxy_backend_status", {{"job", "haproxy"}, {"instance", "h:1"}, {"proxy", "be_api"}, {"state", "UP"}},
              1);
        counter("haproxy_backend_http_requests_total", {{"job", "haproxy"}, {"instance", "h:1"}, {"proxy", "be_api"}},
                20);
        counter("haproxy_backend_http_responses_total",
                {{"job", "haproxy"}, {"instance", "h:1"}, {"proxy", "be_api"}, {"code", "5xx"}}, 2);
        for (const auto& [state, value] : std::map<std::string, double>{{"UP", 0}, {"MAINT", 1}, {"DOWN", 0}})
            gauge("haproxy_server_status",
                  {{"job", "haproxy"}, {"instance", "h:1"}, {"proxy", "be_api"}, {"server", "s1"}, {"state", state}},
                  value);
        SignalService service(m_engine, nullptr, m_clock, configuration());
        const auto fleet = evaluated(service);
        const ServiceRow* row = fleet->find("be_api");
        QVERIFY(row != nullptr);
        QVERIFY(std::abs(*row->errors.value - 0.1) < 1e-6);
        QCOMPARE(fleet->breakers.front().name, std::string("s1"));
        QCOMPARE(fleet->breakers.front().state, BreakerState::ForcedOpen);
    }
    void readsEnvoyInSeconds()
    {
        gauge("up", {{"job", "envoy"}, {"instance", "e:1"}}, 1);
        counter("envoy_cluster_upstream_rq_completed",
                {{"job", "envoy"}, {"instance", "e:1"}, {"envoy_cluster_name", "pay"}}, 200);
        for (const auto& [le, share] : std::map<std::string, double>{{"100", 0.5}, {"500", 1.0}, {"+Inf", 1.0}})
            counter("envoy_cluster_upstream_rq_time_bucket",
                    {{"job", "envoy"}, {"instance", "e:1"}, {"envoy_cluster_name", "pay"}, {"le", le}}, 200 * share);
        SignalService service(m_engine, nullptr, m_clock, configuration());
        const auto fleet = evaluated(service);
        QVERIFY(std::abs(*fleet->find("pay")->p99.value - 0.492) < 1e-6);
    }
    void readsLimitsOutliersAndMaintenanceOfEnvoy()
    {
        const std::map<std::string, std::string> cluster{
            {"job", "shop"}, {"instance", "e:1"}, {"envoy_cluster_name", "pay"}};
        gauge("up", {{"job", "shop"}, {"instance", "e:1"}}, 1);
        counter("envoy_cluster_upstream_rq_completed", cluster, 200);
        gauge("envoy_cluster_circuit_breakers_default_rq_open", cluster, 0);
        gauge("envoy_cluster_outlier_detection_ejections_active", cluster, 2);
        counter("envoy_cluster_upstream_rq_maintenance_mode", cluster, 1);
        SignalService service(m_engine, nullptr, m_clock, configuration());
        const auto fleet = evaluated(service);
        std::map<std::string, BreakerState> states;
        for (const BreakerReading& breaker : fleet->breakers)
            states[breaker.name] = breaker.state;
        QCOMPARE(states["limits"], BreakerState::Closed);
        QCOMPARE(states["outliers"], BreakerState::Open);
        QCOMPARE(states["maintenance"], BreakerState::ForcedOpen);
        QCOMPARE(fleet->edges.back().caller, std::string("shop"));
        QCOMPARE(fleet->edges.back().callee, std::string("pay"));
    }

    void readsOpenTelemetryByItsServiceName()
    {
        const std::map<std::string, std::string> own{
            {"job", "collector"}, {"instance", "c:1"}, {"service_name", "search"}};
        const auto with = [&own](std::map<std::string, std::string> more) {
            more.insert(own.begin(), own.end());
            return more;
        };
        gauge("up", {{"job", "collector"}, {"instance", "c:1"}}, 1);
        latency("http_server_request_duration_seconds", with({{"http_response_status_code", "200"}}), 90);
        latency("http_server_request_duration_seconds", with({{"http_response_status_code", "503"}}), 10);
        gauge("target_info", with({{"service_version", "1.12.0"}}), 1);
        counter("http_client_request_duration_seconds_count", with({{"server_address", "catalog"}}), 40);
        counter("http_client_request_duration_seconds_count",
                with({{"server_address", "catalog"}, {"error_type", "timeout"}}), 10);
        counter("process_cpu_time_seconds_total", with({{"cpu_mode", "user"}}), 0.3);
        gauge("k8s_container_cpu_limit", own, 0.5);
        SignalService service(m_engine, nullptr, m_clock, configuration());
        const auto fleet = evaluated(service);
        const ServiceRow* row = fleet->find("search");
        QVERIFY(row != nullptr);
        QCOMPARE(row->profile, std::string("opentelemetry"));
        QCOMPARE(row->version, std::string("1.12.0"));
        QVERIFY(std::abs(*row->errors.value - 0.1) < 1e-6);
        QVERIFY(std::abs(row->utilisation.at("cpu") - 0.6) < 1e-6);
        QCOMPARE(row->headroom.resource, std::string("cpu"));
        const Edge& edge = fleet->edges.back();
        QCOMPARE(edge.caller + ">" + edge.callee, std::string("search>catalog"));
        QVERIFY(std::abs(*edge.errors - 0.2) < 1e-6);
    }

    void readsCircuitsOfOpossumBesidePromClient()
    {
        const std::map<std::string, std::string> own{{"job", "node"}, {"instance", "n:1"}};
        const auto with = [&own](std::map<std::string, std::string> more) {
            more.insert(own.begin(), own.end());
            return more;
        };
        gauge("up", own, 1);
        counter("http_request_duration_seconds_count", with({{"status_code", "200"}}), 75);
        counter("http_request_duration_seconds_count", with({{"status_code", "500"}}), 25);
        for (const auto& [event, rate] :
             std::map<std::string, double>{{"fire", 50}, {"success", 30}, {"failure", 10}, {"reject", 10}})
            counter("circuit", with({{"name", "payments"}, {"event", event}}), rate);
        gauge("circuit_state", with({{"name", "payments"}, {"state", "open"}}), 1);
        gauge("circuit_state", with({{"name", "payments"}, {"state", "closed"}}), 0);
        SignalService service(m_engine, nullptr, m_clock, configuration());
        const auto fleet = evaluated(service);
        QVERIFY(std::abs(*fleet->find("node")->errors.value - 0.25) < 1e-6);
        const BreakerReading& circuit = fleet->breakers.front();
        QCOMPARE(circuit.state, BreakerState::Open);
        QVERIFY(std::abs(*circuit.callsPerS - 50) < 1e-6);
        QVERIFY(std::abs(*circuit.refusedPerS - 10) < 1e-6);
        QVERIFY(std::abs(*circuit.failureRatio - 0.25) < 1e-6);
    }

    void readsHostsOfTheNodeExporter()
    {
        const std::map<std::string, std::string> own{{"job", "node"}, {"instance", "n:1"}};
        gauge("up", own, 1);
        counter("node_cpu_seconds_total", {{"job", "node"}, {"instance", "n:1"}, {"cpu", "0"}, {"mode", "idle"}}, 0.4);
        gauge("node_memory_MemTotal_bytes", own, 100);
        gauge("node_memory_MemAvailable_bytes", own, 30);
        SignalService service(m_engine, nullptr, m_clock, configuration());
        const auto fleet = evaluated(service);
        const ServiceRow* row = fleet->find("node");
        QVERIFY(std::abs(row->utilisation.at("cpu") - 0.6) < 1e-6);
        QVERIFY(std::abs(row->utilisation.at("memory") - 0.7) < 1e-6);
        QCOMPARE(row->headroom.resource, std::string("memory"));
        QCOMPARE(row->requests.state, ValueState::Absent);
    }

    void hasNoHeadroomWhileSomebodyWaitsForAConnection()
    {
        const std::map<std::string, std::string> pool{
            {"job", "app"}, {"instance", "a:1"}, {"application", "orders"}, {"pool", "db"}};
        gauge("up", {{"job", "app"}, {"instance", "a:1"}}, 1);
        counter("http_server_requests_seconds_count",
                {{"job", "app"}, {"instance", "a:1"}, {"application", "orders"}, {"outcome", "SUCCESS"}}, 10);
        gauge("hikaricp_connections_active", pool, 1);
        gauge("hikaricp_connections_max", pool, 10);
        gauge("hikaricp_connections_pending", pool, 3);
        SignalService service(m_engine, nullptr, m_clock, configuration());
        const auto fleet = evaluated(service);
        QCOMPARE(fleet->find("orders")->headroom.value, std::optional(0.0));
        QCOMPARE(fleet->find("orders")->headroom.resource, std::string("pool db"));
    }

    void amplifiesNothingWhereNoCallWasRetried()
    {
        gauge("up", {{"job", "app"}, {"instance", "a:1"}}, 1);
        counter("http_server_requests_seconds_count",
                {{"job", "app"}, {"instance", "a:1"}, {"application", "orders"}, {"outcome", "SUCCESS"}}, 10);
        counter("resilience4j_retry_calls_total",
                {{"job", "app"}, {"instance", "a:1"}, {"application", "orders"}, {"kind", "successful_without_retry"}},
                10);
        SignalService service(m_engine, nullptr, m_clock, configuration());
        QCOMPARE(evaluated(service)->find("orders")->retryAmplification, std::optional(1.0));
    }

    void tellsNoErrorRatioWhereErrorsAreNotCounted()
    {
        QTemporaryFile file;
        QVERIFY(file.open());
        file.write("profile: plain\ntitle: Plain\nprecedence: 5\nservice: [job]\ndetect: [handled_total]\n"
                   "requests: sum by ($by) (rate(handled_total{$match}[$window]))\n");
        file.flush();
        gauge("up", {{"job", "batch"}, {"instance", "b:1"}}, 1);
        counter("handled_total", {{"job", "batch"}, {"instance", "b:1"}}, 10);
        SignalService service(m_engine, nullptr, m_clock, configuration());
        auto config = std::make_shared<config::Config>(*configuration());
        config->holdfast.signalProfiles = {file.fileName().toStdString()};
        QVERIFY(service.configure(config).ok());
        const auto fleet = evaluated(service);
        QCOMPARE(fleet->find("batch")->requests.state, ValueState::Value);
        QCOMPARE(fleet->find("batch")->errors.state, ValueState::Absent);
    }

    void refusesAConfigurationWithABrokenProfileAndKeepsTheOldOne()
    {
        SignalService service(m_engine, nullptr, m_clock, configuration());
        auto broken = std::make_shared<config::Config>();
        broken->holdfast.signalProfiles = {"/nonexistent/profile.yml"};
        QVERIFY(!service.configure(broken).ok());
        QVERIFY(evaluated(service)->find("checkout") != nullptr);
    }
};

QTEST_GUILESS_MAIN(TestSignalService)
#include "tst_signal_service.moc"
