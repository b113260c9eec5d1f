// bench_incident_cascades [COUNT [FIRST_SEED]]: generated cascades, lived through by store, rules and incidents on a
// manual clock. Prints shares; nothing is asserted.

#include "app/base/fresh_folder.h"
#include "app/base/manual_clock.h"
#include "app/incident/incident_service.h"
#include "app/promql/engine.h"
#include "app/rules/rule_manager.h"
#include "app/store/store.h"
#include "tests/bench/incidents/cascade.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <set>
#include <unordered_map>

using namespace holdfast;
using bench::Trouble;

namespace {

constexpr std::int64_t kStart = 1'700'000'000'000;
constexpr std::int64_t kStepMs = 5'000;
constexpr std::int64_t kQuietMs = 240'000;  // before the fault
constexpr std::int64_t kAfterMs = 300'000;

/// The engine's parts, without its threads and its network.
class World {
public:
    static std::unique_ptr<World> make(const std::filesystem::path& file)
    {
        auto out = std::unique_ptr<World>(new World);
        store::StoreOptions options;
        options.path = file.string();
        auto opened = store::Store::open(options, out->m_clock, out->m_log);
        if (!opened.ok())
            return nullptr;
        out->m_store = std::move(*opened);
        out->m_engine = std::make_unique<promql::Engine>(*out->m_store, out->m_clock, promql::EngineOptions{});
        auto incidents = incident::IncidentService::open(*out->m_store, out->m_engine.get(), out->m_clock, out->m_log);
        if (!incidents.ok())
            return nullptr;
        out->m_incidents = std::move(*incidents);
        rules::RuleManagerOptions rules;
        rules.intervalMs = kStepMs;
        out->m_rules = std::make_unique<rules::RuleManager>(*out->m_engine, *out->m_store, out->m_clock, out->m_log,
                                                            std::move(rules));
        out->m_rules->setAfterEvaluation([world = out.get()](std::int64_t t, const rules::AlertSnapshot& alerts) {
            for (const rules::ActiveAlert& alert : *alerts)
                if (alert.state == rules::AlertState::Firing)
                    world->m_fired.insert(alert.labels.text());
            world->m_incidents->onEvaluation(t, *alerts);
        });
        (void)out->m_rules->loadFiles({}, true);
        return out;
    }

    void live(const incident::Topology& topology, const std::vector<Trouble>& troubles, std::int64_t untilMs,
              std::mt19937& random)
    {
        m_incidents->setTopology(topology);
        for (std::int64_t t = kStart; t <= untilMs; t += kStepMs) {
            Batch batch;
            batch.origin = "bench";
            for (bench::Point& point : bench::signalsAt(topology, troubles, t, kStart, random))
                batch.samples.push_back({.series = id(point), .t = t, .v = point.value});
            (void)m_store->append(std::move(batch));
            m_rules->evaluate(t);
            m_clock.advanceMs(kStepMs);
        }
    }
    /// `count` alerts at once; what each of three evaluations took, in ms.
    std::vector<double> flood(int count)
    {
        m_rules->load(rules::parseRuleFile("groups: [{name: flood, interval: 5s, rules: [{alert: A, expr: broken > 0, "
                                           "labels: {severity: page, signal: errors}}]}]",
                                           "flood.yml")
                          .groups);
        std::vector<double> out;
        for (int i = 0; i < 3; ++i) {
            Batch batch;
            batch.origin = "bench";
            for (int k = 0; k < count; ++k)
                batch.samples.push_back({.series = id({.name = "broken",
                                                       .labels = {{"service", "s" + std::to_string(k % 17)},
                                                                  {"instance", std::to_string(k)}},
                                                       .value = 1}),
                                         .t = m_clock.wallMs(),
                                         .v = 1});
            (void)m_store->append(std::move(batch));
            const auto begin = std::chrono::steady_clock::now();
            m_rules->evaluate(m_clock.wallMs());
            out.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count());
            m_clock.advanceMs(kStepMs);
        }
        return out;
    }
    [[nodiscard]] std::vector<incident::IncidentSummary> incidents() const { return m_incidents->list(true, 100); }
    [[nodiscard]] std::size_t fired() const { return m_fired.size(); }

private:
    World() = default;
    SeriesId id(const bench::Point& point)
    {
        std::vector<Label> labels{{std::string(kMetricName), point.name}};
        for (const auto& [name, value] : point.labels)
            labels.push_back({name, value});
        const LabelSet set(std::move(labels));
        const auto known = m_series.find(set);
        if (known != m_series.end())
            return known->second;
        const auto made = m_store->series(set);
        return m_series[set] = made.ok() ? *made : 0;
    }

    ManualClock m_clock{kStart};
    Log m_log{stderr, LogLevel::Error, m_clock};
    std::unique_ptr<store::Store> m_store;
    std::unique_ptr<promql::Engine> m_engine;
    std::unique_ptr<incident::IncidentService> m_incidents;
    std::unique_ptr<rules::RuleManager> m_rules;
    std::unordered_map<LabelSet, SeriesId> m_series;
    std::set<std::string> m_fired;
};

struct Figures {
    int runs = 0;
    int visible = 0;  ///< at least one alert fired
    int one = 0;
    int first = 0;
    std::size_t fired = 0;
    int siblings = 0;
    int apart = 0;
};

bool isSibling(const incident::Topology& topology, const std::string& a, const std::string& b)
{
    const auto above = topology.callers(a, 16);
    const auto other = topology.callers(b, 16);
    return a != b && !above.contains(b) && !other.contains(a) && !above.empty() && !other.empty();
}

void aCascade(const incident::Topology& topology, const std::filesystem::path& file, unsigned seed, Figures& figures)
{
    std::mt19937 random(seed);
    const auto names = bench::servicesOf(topology);
    const std::string origin = names[random() % names.size()];
    const auto troubles = bench::cascade(topology, origin, kStart + kQuietMs, random);
    const auto world = World::make(file);
    if (!world)
        return;
    world->live(topology, troubles, kStart + kQuietMs + kAfterMs, random);
    const auto open = world->incidents();
    ++figures.runs;
    figures.fired += world->fired();
    figures.visible += open.empty() ? 0 : 1;
    figures.one += open.size() == 1 ? 1 : 0;
    figures.first += !open.empty() && open.back().origin == origin ? 1 : 0;
    if (open.size() != 1 || open.front().origin != origin) {
        std::printf("  seed %u: origin %s, %zu incidents:", seed, origin.c_str(), open.size());
        for (const auto& one : open)
            std::printf(" [%s, %zu signals]", one.origin.c_str(), one.signals);
        std::printf("\n");
    }
}

void aSibling(const incident::Topology& topology, const std::filesystem::path& file, unsigned seed, Figures& figures)
{
    std::mt19937 random(seed);
    const auto names = bench::servicesOf(topology);
    std::string origin;
    std::string sibling;
    do {
        origin = names[random() % names.size()];
        sibling = names[random() % names.size()];
    } while (!isSibling(topology, origin, sibling));
    auto troubles = bench::cascade(topology, origin, kStart + kQuietMs, random);
    const std::int64_t later = static_cast<std::int64_t>(random() % 180) * 1'000;
    // Its callers that fail already show nothing new; the others do.
    for (Trouble& trouble : bench::cascade(topology, sibling, kStart + kQuietMs + later, random))
        if (std::ranges::find(troubles, trouble.service, &Trouble::service) == troubles.end())
            troubles.push_back(std::move(trouble));
    const auto world = World::make(file);
    if (!world)
        return;
    world->live(topology, troubles, kStart + kQuietMs + later + kAfterMs, random);
    ++figures.siblings;
    bool together = false;
    for (const auto& one : world->incidents())
        together = together
                   || (std::ranges::find(one.services, origin) != one.services.end()
                       && std::ranges::find(one.services, sibling) != one.services.end());
    figures.apart += together ? 0 : 1;
}

double percent(int part, int whole)
{
    return whole == 0 ? 0 : 100.0 * part / whole;
}

}  // namespace

int main(int argc, char** argv)
{
    const int count = argc > 1 ? std::atoi(argv[1]) : 200;                                // NOLINT(cert-err34-c)
    const unsigned firstSeed = argc > 2 ? static_cast<unsigned>(std::atoi(argv[2])) : 1;  // NOLINT(cert-err34-c)
    const auto fresh = freshFolder("cascades");
    if (!fresh.ok())
        return 2;
    const std::filesystem::path folder = *fresh;
    const incident::Topology topology = bench::shop();
    Figures figures;
    const auto begin = std::chrono::steady_clock::now();
    for (int i = 0; i < count; ++i) {
        const unsigned seed = firstSeed + static_cast<unsigned>(i);
        aCascade(topology, folder / ("c" + std::to_string(i) + ".db"), seed, figures);
        aSibling(topology, folder / ("s" + std::to_string(i) + ".db"), seed + 1'000'000, figures);
        std::error_code ignored;
        for (const auto& entry : std::filesystem::directory_iterator(folder))
            std::filesystem::remove(entry.path(), ignored);
    }
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    std::printf("%d cascades, %.1f alerts each, %d with an incident; %.0f s\n", figures.runs,
                static_cast<double>(figures.fired) / std::max(figures.runs, 1), figures.visible, took.count());
    std::printf("one incident            %5.1f %%  (aim 99)\n", percent(figures.one, figures.runs));
    std::printf("true origin first       %5.1f %%  (aim 90)\n", percent(figures.first, figures.runs));
    std::printf("sibling's fault apart   %5.1f %%  (aim 70)\n", percent(figures.apart, figures.siblings));
    if (const auto world = World::make(folder / "flood.db")) {
        const auto flood = world->flood(10'000);
        std::printf("10 000 alerts at once: %.0f, %.0f, %.0f ms an evaluation with its incidents\n", flood[0], flood[1],
                    flood[2]);
    }
    std::error_code ignored;
    std::filesystem::remove_all(folder, ignored);
    return 0;
}
