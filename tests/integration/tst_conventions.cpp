#include "tests/integration/engine_process.h"
#include "tests/integration/fleet_process.h"

#include <QDateTime>
#include <QTest>

#include <cmath>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <optional>
#include <string>

using namespace holdfast;
using namespace holdfast::test;
using nlohmann::json;

namespace {

const char* const conventions[] = {"prometheus", "micrometer", "opentelemetry", "envoy", "opossum", "haproxy"};
const char* const services[] = {"gateway",   "checkout", "payments", "payments-db",
                                "inventory", "catalog",  "search",   "recommendations"};

/// One shop under load, with an error ratio and a breaker that is open in one instance of two; six engines, each of
/// which reads the same instances in another convention. Phases of scrapes differ by up to the interval of 2 s, the
/// window is 10 s: so rates of the same requests differ by some percent, and the tolerances are made for that.
class Shop {
public:
    bool start()
    {
        if (!m_fleet.start())
            return false;
        m_fleet.set("checkout", "fault-errors", "forced_on", 300);
        m_fleet.put(m_fleet.first("gateway"), "/breakers/recommendations", "forced_open", 300);
        for (const char* convention : conventions)
            if (!startEngine(convention))
                return false;
        // The window is full when the oldest sample is older than it, for every instance.
        for (const auto& [convention, engine] : m_engines)
            if (!eventually(
                    [&] {
                        const json rows = engine->query("min(count_over_time(up[14s]))");
                        return !rows.empty() && std::stod(rows[0]["value"][1].get<std::string>()) >= 7;
                    },
                    60'000))
                return false;
        const std::string at = std::to_string(QDateTime::currentMSecsSinceEpoch() - 500);
        for (const auto& [convention, engine] : m_engines)
            m_seen[convention] = engine->get("/holdfast/v1/fleet?at=" + at);
        return true;
    }

    [[nodiscard]] json row(const std::string& convention, const std::string& service) const
    {
        for (const json& one : m_seen.at(convention)["services"])
            if (one["name"] == service)
                return one;
        return json::object();
    }
    [[nodiscard]] json edge(const std::string& convention, const std::string& caller, const std::string& callee) const
    {
        for (const json& one : m_seen.at(convention)["edges"])
            if (one["caller"] == caller && one["callee"] == callee)
                return one;
        return json::object();
    }
    [[nodiscard]] std::optional<double> value(const std::string& convention, const std::string& expression) const
    {
        const json rows = m_engines.at(convention)->query(expression);
        if (rows.empty())
            return std::nullopt;
        return std::stod(rows[0]["value"][1].get<std::string>());
    }
    [[nodiscard]] RunningFleet& fleet() { return m_fleet; }

private:
    /// The fleet's own configuration with another path, and without what it says of dependencies: they are to be found.
    bool startEngine(const std::string& convention)
    {
        std::ifstream written(m_fleet.file("holdfast.yml"));
        const std::string path = m_fleet.file(("watch-" + convention + ".yml").c_str());
        std::ofstream config(path);
        for (std::string line; std::getline(written, line);) {
            if (line.find("depends_on") != std::string::npos)
                continue;
            config << line << '\n';
            if (line.find("job_name:") != std::string::npos)
                config << "    metrics_path: /metrics/" << convention << '\n';
        }
        config.close();
        auto engine = std::make_unique<EngineProcess>(m_fleet.folder.filePath((convention + ".db").c_str()),
                                                      QStringList{"--config", path.c_str()});
        const bool started = engine->start();
        if (!started)
            qWarning("%s", engine->output().constData());
        m_engines[convention] = std::move(engine);
        return started;
    }

    RunningFleet m_fleet;
    std::map<std::string, std::unique_ptr<EngineProcess>> m_engines;
    std::map<std::string, json> m_seen;
};

bool near(double a, double b, double share, double least)
{
    return std::abs(a - b) <= std::max(least, share * std::max(std::abs(a), std::abs(b)));
}

QByteArray both(const json& a, const json& b)
{
    return QByteArray::fromStdString(a.dump() + " / " + b.dump());
}

}  // namespace

class TestConventions : public QObject {
    Q_OBJECT
private:
    std::unique_ptr<Shop> m_shop;

    static void everyConvention()
    {
        QTest::addColumn<QString>("convention");
        for (const char* one : conventions)
            QTest::newRow(one) << QString(one);
    }
    [[nodiscard]] static std::string convention()
    {
        QFETCH(QString, convention);
        return convention.toStdString();
    }

private slots:
    void initTestCase()
    {
        curl_global_init(CURL_GLOBAL_DEFAULT);
        m_shop = std::make_unique<Shop>();
        QVERIFY2(m_shop->start(), m_shop->fleet().process.readAll());
    }
    void cleanupTestCase() { m_shop.reset(); }

    void findsTheServicesAndTheirInstances_data() { everyConvention(); }
    void findsTheServicesAndTheirInstances()
    {
        for (const char* service : services) {
            const json plain = m_shop->row("prometheus", service);
            const json row = m_shop->row(convention(), service);
            QVERIFY2(row.contains("profile"), service);
            if (convention() == "opossum")
                QVERIFY2(row["profile"] == "prometheus", row["profile"].dump().c_str());  // prom-client's names
            else
                QVERIFY2(row["profile"] == convention(), (service + row["profile"].dump()).c_str());
            // A sidecar's statistics belong to who is called: there are as many as callers, not as instances.
            if (convention() != "envoy") {
                QVERIFY2(row["instances"] == plain["instances"], both(row["instances"], plain["instances"]));
                QVERIFY2(row["instances_up"] == row["instances"], both(row, plain));
            }
        }
    }

    void countsTheSameRequests_data() { everyConvention(); }
    void countsTheSameRequests()
    {
        for (const char* service : services) {
            if (convention() == "envoy" && std::string(service) == "recommendations")
                continue;  // a call the breaker refuses is a request that failed, to a sidecar
            const json plain = m_shop->row("prometheus", service)["requests"];
            const json seen = m_shop->row(convention(), service)["requests"];
            QVERIFY2(seen["state"] == "value", service + both(seen, plain));
            QVERIFY2(near(seen["value"], plain["value"], 0.2, 2), service + both(seen, plain));
        }
    }

    void seesTheSameShareOfErrors_data() { everyConvention(); }
    void seesTheSameShareOfErrors()
    {
        const double broken = m_shop->row("prometheus", "checkout")["errors"]["value"];
        QVERIFY2(broken > 0.15 && broken < 0.45, QByteArray::number(broken).constData());
        for (const char* service : {"gateway", "checkout", "payments", "catalog"}) {
            const json plain = m_shop->row("prometheus", service)["errors"];
            const json seen = m_shop->row(convention(), service)["errors"];
            QVERIFY2(seen["state"] == "value", service + both(seen, plain));
            QVERIFY2(near(seen["value"], plain["value"], 0, 0.08), service + both(seen, plain));
        }
    }

    void findsTheSameQuantiles_data() { everyConvention(); }
    void findsTheSameQuantiles()
    {
        for (const char* service : services) {
            const json plain = m_shop->row("prometheus", service);
            const json row = m_shop->row(convention(), service);
            if (convention() == "haproxy") {
                QVERIFY2(row["p99"]["state"] == "absent", row["p99"].dump().c_str());
                continue;
            }
            QVERIFY2(row["p99"]["value"].is_number(), service + both(row["p99"], plain["p99"]));
            // The tail of a hundred requests is one or two of them. A sidecar measures at the caller, who on a busy
            // computer waits for its turn to hear the answer.
            const bool atCaller = convention() == "envoy";
            QVERIFY2(near(row["p50"], plain["p50"], 0.35, atCaller ? 0.05 : 0.01),
                     service + both(row["p50"], plain["p50"]));
            QVERIFY2(near(row["p99"]["value"], plain["p99"]["value"], 0.6, atCaller ? 0.3 : 0.08),
                     service + both(row["p99"], plain["p99"]));
        }
    }

    void showsABreakerOpenInOneInstanceOfTwo_data() { everyConvention(); }
    void showsABreakerOpenInOneInstanceOfTwo()
    {
        if (convention() == "opentelemetry" || convention() == "haproxy") {
            // There is no name for it: absent, not "0 of 2".
            QVERIFY(!m_shop->value(convention(), "holdfast:breaker:instances{breaker=\"recommendations\"}"));
            return;
        }
        const std::string of = convention() == "envoy" ? "{service=\"recommendations\",breaker=\"limits\"}"
                                                       : "{service=\"gateway\",breaker=\"recommendations\"}";
        QCOMPARE(m_shop->value(convention(), "holdfast:breaker:open" + of), std::optional(1.0));
        QCOMPARE(m_shop->value(convention(), "holdfast:breaker:instances" + of), std::optional(2.0));
    }

    void findsCallersAndCallees_data() { everyConvention(); }
    void findsCallersAndCallees()
    {
        if (convention() == "haproxy")
            return;  // a proxy knows no callers
        const std::pair<const char*, const char*> calls[] = {{"gateway", "catalog"},   {"gateway", "checkout"},
                                                             {"checkout", "payments"}, {"payments", "payments-db"},
                                                             {"catalog", "inventory"}, {"search", "catalog"}};
        for (const auto& [caller, callee] : calls) {
            const json plain = m_shop->edge("prometheus", caller, callee);
            const json seen = m_shop->edge(convention(), caller, callee);
            QVERIFY2(seen.contains("requests") && seen["requests"].is_number(), both(seen, plain));
            QVERIFY2(near(seen["requests"], plain["requests"], 0.25, 3), both(seen, plain));
        }
        QVERIFY(!m_shop->edge(convention(), "inventory", "payments").contains("caller"));
    }

    void namesTheScarcestResource_data() { everyConvention(); }
    void namesTheScarcestResource()
    {
        const std::map<std::string, std::string> workers{
            {"prometheus", "pool workers"}, {"micrometer", "threads"}, {"haproxy", "server checkout-1"}};
        for (const char* service : services) {
            const json headroom = m_shop->row(convention(), service)["headroom"];
            QVERIFY2(headroom["state"] == "value", service + both(headroom, {}));
            QVERIFY2(headroom["value"] > 0.2 && headroom["value"] <= 1.0, service + both(headroom, {}));
            QVERIFY2(!headroom["resource"].get<std::string>().empty(), service + both(headroom, {}));
        }
        if (const auto name = workers.find(convention()); name != workers.end()) {
            const json plain = m_shop->row("prometheus", "checkout")["utilisation"]["pool workers"];
            const json seen = m_shop->row(convention(), "checkout")["utilisation"][name->second];
            QVERIFY2(seen.is_number(), m_shop->row(convention(), "checkout")["utilisation"].dump().c_str());
            QVERIFY2(near(seen, plain, 0, 0.15), both(seen, plain));
        }
        if (convention() == "micrometer" || convention() == "opentelemetry") {
            const json plain = m_shop->row("prometheus", "payments")["utilisation"]["pool db"];
            const json seen = m_shop->row(convention(), "payments")["utilisation"]["pool db"];
            QVERIFY2(seen.is_number() && near(seen, plain, 0, 0.3), both(seen, plain));
        }
        if (convention() == "opossum" || convention() == "opentelemetry" || convention() == "micrometer") {
            const json plain = m_shop->row("prometheus", "gateway")["utilisation"]["cpu"];
            const json seen = m_shop->row(convention(), "gateway")["utilisation"]["cpu"];
            QVERIFY2(seen.is_number() && near(seen, plain, 0.4, 0.1), both(seen, plain));
        }
    }

    void countsRetriesWhereTheConventionDoes_data() { everyConvention(); }
    void countsRetriesWhereTheConventionDoes()
    {
        const json retries = m_shop->row(convention(), "catalog")["retries"];
        if (convention() == "prometheus" || convention() == "micrometer" || convention() == "envoy"
            || convention() == "haproxy")
            QVERIFY2(retries.is_number() && near(retries, 1, 0, 0.15), retries.dump().c_str());
        else
            QVERIFY2(retries.is_null(), retries.dump().c_str());
    }
};

QTEST_GUILESS_MAIN(TestConventions)
#include "tst_conventions.moc"
