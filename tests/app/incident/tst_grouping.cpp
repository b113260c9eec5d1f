// A field is called signals, which is a keyword of Qt otherwise.
#define QT_NO_KEYWORDS
#include "app/incident/incident_book.h"
#include "app/incident/origin_ranking.h"

#include <QElapsedTimer>
#include <QtTest>

#include <random>

using namespace holdfast;
using namespace holdfast::incident;

namespace {

constexpr std::int64_t kStart = 1'700'000'000'000;

/// A shop of 17 services in five layers: a gateway, three edges, five services, four workers, four stores.
Topology shop()
{
    Topology out;
    out.edges = {{"gateway", "web"},    {"gateway", "api"},      {"gateway", "search"},   {"web", "checkout"},
                 {"web", "catalog"},    {"api", "checkout"},     {"api", "account"},      {"checkout", "payments"},
                 {"checkout", "stock"}, {"catalog", "prices"},   {"account", "sessions"}, {"payments", "payments-db"},
                 {"stock", "stock-db"}, {"prices", "prices-db"}, {"sessions", "cache"},   {"search", "index"},
                 {"index", "index-db"}, {"payments", "bank"}};
    out.tiers = {{"gateway", 1}};
    return out;
}

struct Fault {
    std::string service;
    std::int64_t atMs = 0;
};

/// What a fault does to the alerts: its service and, hop by hop, those that call it; each with one to three signals,
/// whose alerts fire 10 to 40 s after the series changed. `jitterMs`: error of the onset that is found.
struct Planned {
    rules::ActiveAlert alert;
    std::int64_t onsetMs = 0;
};

std::vector<Planned> plan(const Topology& topology, const Fault& fault, std::mt19937& random, double jitterMs)
{
    std::vector<Planned> out;
    std::normal_distribution<double> jitter(0, jitterMs);
    const auto between = [&](int low, int high) { return std::uniform_int_distribution<int>(low, high)(random); };
    std::map<std::string, int> hops = topology.callers(fault.service, 16);
    hops[fault.service] = 0;
    for (const auto& [service, distance] : hops) {
        const std::int64_t onset = fault.atMs + std::int64_t{distance} * between(3'000, 12'000);
        const int count = between(1, 3);
        constexpr const char* kKinds[] = {"errors", "latency", "breaker"};
        for (int i = 0; i < count; ++i) {
            if (distance == 0 && i == 2)
                continue;  // a leaf has nobody to open a breaker towards
            Planned planned;
            planned.alert.state = rules::AlertState::Firing;
            planned.alert.labels = LabelSet{{"alertname", std::string("A") + kKinds[i]},
                                            {"service", service},
                                            {"severity", "page"},
                                            {"signal", kKinds[i]}};
            planned.alert.firedAt = onset + between(10'000, 40'000);
            planned.alert.activeAt = planned.alert.firedAt;
            planned.onsetMs = onset + static_cast<std::int64_t>(jitter(random));
            out.push_back(std::move(planned));
        }
    }
    return out;
}

/// Lives through the plan at 5 s an evaluation; the book afterwards.
IncidentBook live(const Topology& topology, const std::vector<Planned>& planned)
{
    IncidentBook book({}, {});
    book.setTopology(topology);
    std::unordered_map<std::string, std::int64_t> onsets;
    for (const auto& p : planned)
        onsets[p.alert.labels.text()] = p.onsetMs;
    for (std::int64_t t = kStart; t < kStart + 900'000; t += 5'000) {
        std::vector<rules::ActiveAlert> alerts;
        for (const auto& p : planned) {
            if (p.alert.firedAt <= t)
                alerts.push_back(p.alert);
        }
        (void)book.evaluate(t, alerts, onsets, {});
    }
    return book;
}

std::vector<const Record*> openOnes(const IncidentBook& book)
{
    std::vector<const Record*> out;
    for (const auto& [id, record] : book.records()) {
        if (record.isOpen())
            out.push_back(&record);
    }
    return out;
}

std::vector<std::string> services(const Topology& topology)
{
    std::set<std::string> out;
    for (const auto& edge : topology.edges)
        out.insert({edge.caller, edge.callee});
    return {out.begin(), out.end()};
}

}  // namespace

class GroupingTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aLaterFaultBesideTheCascadeDoesNotBecomeItsOrigin()
    {
        Record record;
        const auto add = [&record](const char* service, std::int64_t onsetMs, const char* kind) {
            IncidentSignal signal;
            signal.service = service;
            signal.alert = kind;
            signal.fingerprint = std::string(kind) + service;
            signal.kind = kind;
            signal.onsetMs = onsetMs;
            signal.firedMs = onsetMs + 10'000;
            record.add(signal);
        };
        add("payments-db", kStart + 5'000, "latency");
        add("payments", kStart + 10'000, "latency");
        add("checkout", kStart, "latency");  // its onset was found a little too early
        add("gateway", kStart + 20'000, "errors");
        // Three minutes later another leaf below the gateway runs full.
        add("search", kStart + 180'000, "headroom");
        QCOMPARE(rankOrigins(record, shop(), {}).front().service, std::string("payments-db"));
    }

    void aCascadeIsOneIncidentAndItsOriginIsFirst()
    {
        const Topology topology = shop();
        const auto names = services(topology);
        int one = 0;
        int first = 0;
        std::size_t signalCount = 0;
        constexpr int kRuns = 200;
        for (int seed = 0; seed < kRuns; ++seed) {
            std::mt19937 random(static_cast<unsigned>(seed));
            const auto& origin = names[random() % names.size()];
            const auto planned = plan(topology, {origin, kStart + 60'000}, random, 2'000);
            signalCount += planned.size();
            const auto book = live(topology, planned);
            const auto open = openOnes(book);
            one += open.size() == 1 ? 1 : 0;
            first += !open.empty() && open.front()->origin == origin ? 1 : 0;
        }
        qInfo("%d cascades of %.1f signals: one incident %.1f %%, true origin first %.1f %%", kRuns,
              static_cast<double>(signalCount) / kRuns, 100.0 * one / kRuns, 100.0 * first / kRuns);
        QVERIFY(one >= kRuns * 99 / 100);
        QVERIFY(first >= kRuns * 90 / 100);
    }

    void anIndependentFaultOfASiblingStaysApartMostly()
    {
        const Topology topology = shop();
        const auto names = services(topology);
        int apart = 0;
        int runs = 0;
        for (unsigned seed = 0; runs < 200; ++seed) {
            std::mt19937 random(1'000 + seed);
            const auto& origin = names[random() % names.size()];
            const auto& sibling = names[random() % names.size()];
            const auto above = topology.callers(origin, 16);
            const auto siblingAbove = topology.callers(sibling, 16);
            // A sibling: neither calls the other, and they share a caller.
            if (origin == sibling || above.contains(sibling) || siblingAbove.contains(origin) || above.empty()
                || siblingAbove.empty())
                continue;
            ++runs;
            auto planned = plan(topology, {origin, kStart + 60'000}, random, 2'000);
            // The sibling's callers are failing already; only its own signals are new.
            const std::int64_t later = static_cast<std::int64_t>(random() % 300'000);
            for (auto& p : plan(topology, {sibling, kStart + 60'000 + later}, random, 2'000)) {
                if (p.alert.labels.get("service") == sibling)
                    planned.push_back(std::move(p));
            }
            const auto book = live(topology, planned);
            bool together = false;
            for (const Record* record : openOnes(book))
                together |= record->onsets.contains(origin) && record->onsets.contains(sibling);
            apart += together ? 0 : 1;
        }
        qInfo("%d independent faults of a sibling within 5 min: kept apart %.1f %%", runs, 100.0 * apart / runs);
        QVERIFY(apart >= runs * 70 / 100);
    }

    void tenThousandAlertsAtOnceDoNotHoldUpTheEngine()
    {
        Topology topology = shop();
        std::vector<rules::ActiveAlert> alerts;
        for (int i = 0; i < 10'000; ++i) {
            rules::ActiveAlert alert;
            alert.state = rules::AlertState::Firing;
            alert.activeAt = kStart;
            alert.firedAt = kStart;
            alert.labels = LabelSet{{"alertname", "A"},
                                    {"service", "payments"},
                                    {"severity", "page"},
                                    {"signal", "errors"},
                                    {"instance", std::to_string(i)}};
            alerts.push_back(std::move(alert));
        }
        IncidentBook book({}, {});
        book.setTopology(topology);
        QElapsedTimer timer;
        timer.start();
        (void)book.evaluate(kStart, alerts, {}, {});
        (void)book.evaluate(kStart + 60'000, alerts, {}, {});
        qInfo("10 000 alerts in one evaluation: %lld ms for two evaluations", static_cast<long long>(timer.elapsed()));
        QCOMPARE(openOnes(book).size(), 1U);
        QVERIFY(timer.elapsed() < 20'000);
    }
};

QTEST_GUILESS_MAIN(GroupingTest)
#include "tst_grouping.moc"
