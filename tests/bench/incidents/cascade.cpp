#include "tests/bench/incidents/cascade.h"

#include <algorithm>
#include <set>

namespace holdfast::bench {

namespace {

constexpr std::int64_t kRampMs = 30'000;
constexpr std::int64_t kBreakerMs = 15'000;

double ramp(const Trouble* trouble, std::int64_t t)
{
    if (trouble == nullptr || t < trouble->onsetMs)
        return 0;
    return std::min(1.0, static_cast<double>(t - trouble->onsetMs) / kRampMs);
}

double mixed(double usual, double bad, double share)
{
    return usual + (bad - usual) * share;
}

}  // namespace

incident::Topology shop()
{
    incident::Topology out;
    out.edges = {{"gateway", "web"},    {"gateway", "api"},      {"gateway", "search"},   {"web", "checkout"},
                 {"web", "catalog"},    {"api", "checkout"},     {"api", "account"},      {"checkout", "payments"},
                 {"checkout", "stock"}, {"catalog", "prices"},   {"account", "sessions"}, {"payments", "payments-db"},
                 {"stock", "stock-db"}, {"prices", "prices-db"}, {"sessions", "cache"},   {"search", "index"},
                 {"index", "index-db"}, {"payments", "bank"}};
    std::ranges::sort(out.edges);
    out.tiers = {{"gateway", 1}};
    return out;
}

std::vector<std::string> servicesOf(const incident::Topology& topology)
{
    std::set<std::string> out;
    for (const auto& edge : topology.edges)
        out.insert({edge.caller, edge.callee});
    return {out.begin(), out.end()};
}

std::vector<Trouble> cascade(const incident::Topology& topology, const std::string& origin, std::int64_t atMs,
                             std::mt19937& random)
{
    const auto between = [&](int low, int high) { return std::uniform_int_distribution<int>(low, high)(random); };
    const auto share = [&](double low, double high) {
        return std::uniform_real_distribution<double>(low, high)(random);
    };
    Trouble first;
    first.service = origin;
    first.kind = static_cast<FaultKind>(between(0, 2));
    first.onsetMs = atMs;
    switch (first.kind) {
    case FaultKind::Errors: first.errors = share(0.3, 1.0); break;
    case FaultKind::Latency: first.p99 = share(1.5, 4.0); break;
    case FaultKind::Saturation:
        first.headroom = 0.0;
        first.p99 = share(1.5, 4.0);
        first.errors = share(0.0, 0.4);
        break;
    }
    std::vector<Trouble> out{first};
    std::vector<std::size_t> edge{0};  // the newest hop
    std::set<std::string> known{origin};
    while (!edge.empty()) {
        std::vector<std::size_t> next;
        for (const std::size_t at : edge)
            for (const auto& [caller, callee] : topology.edges) {
                if (callee != out[at].service || !known.insert(caller).second)
                    continue;
                Trouble hit;
                hit.service = caller;
                hit.kind = out[at].kind;
                hit.onsetMs = out[at].onsetMs + between(3'000, 12'000);
                hit.errors = out[at].errors * share(0.5, 0.95);
                hit.p99 = std::max(0.1, out[at].p99 * share(0.7, 1.0));
                if (out[at].p99 > 1 && share(0, 1) < 0.5)
                    hit.errors = std::max(hit.errors, share(0.1, 0.5));  // its time limit turns slow into failed
                if (share(0, 1) < 0.5)
                    hit.opensTowards = callee;
                out.push_back(hit);
                next.push_back(out.size() - 1);
            }
        edge = std::move(next);
    }
    return out;
}

std::vector<Point> signalsAt(const incident::Topology& topology, const std::vector<Trouble>& troubles, std::int64_t t,
                             std::int64_t beginMs, std::mt19937& random)
{
    std::normal_distribution<double> noise(1.0, 0.05);
    std::vector<Point> out;
    for (const std::string& service : servicesOf(topology)) {
        const auto found = std::ranges::find(troubles, service, &Trouble::service);
        const Trouble* const trouble = found == troubles.end() ? nullptr : &*found;
        const double bad = ramp(trouble, t);
        const double requests = 100 * noise(random);
        const double errors = std::clamp(mixed(0.001, trouble ? trouble->errors : 0, bad) * noise(random), 0.0, 1.0);
        const double p99 = mixed(0.1, trouble ? trouble->p99 : 0.1, bad) * noise(random);
        const double headroom = std::max(0.0, mixed(0.6, trouble ? trouble->headroom : 0.6, bad) * noise(random));
        const auto add = [&](const char* name, double value,
                             std::vector<std::pair<std::string, std::string>> more = {}) {
            more.emplace_back("service", service);
            out.push_back({name, std::move(more), value});
        };
        add("holdfast:requests:rate", requests);
        add("holdfast:errors:rate", requests * errors);
        add("holdfast:errors:ratio", errors);
        add("holdfast:latency:quantile", p99, {{"quantile", "0.99"}});
        add("holdfast:latency:slow_ratio", p99 > 0.5 ? 0.6 : 0.001);
        add("holdfast:latency_limit_seconds", 0.5);
        add("holdfast:slo_objective", 0.99);
        add("holdfast:latency_objective", 0.95);
        add("holdfast:headroom:ratio", headroom);
        add("holdfast:tier", service == "gateway" ? 1 : 2);
        add("holdfast_history_seconds", static_cast<double>(t - beginMs) / 1000);
    }
    for (const auto& [caller, callee] : topology.edges) {
        const auto above = std::ranges::find(troubles, caller, &Trouble::service);
        const auto below = std::ranges::find(troubles, callee, &Trouble::service);
        const Trouble* const hit = above == troubles.end() ? nullptr : &*above;
        const bool open = hit != nullptr && hit->opensTowards == callee && t >= hit->onsetMs + kBreakerMs;
        const std::vector<std::pair<std::string, std::string>> labels{{"service", caller}, {"callee", callee}};
        const double errors = below == troubles.end() ? 0.001 : mixed(0.001, below->errors, ramp(&*below, t));
        out.push_back({"holdfast:breaker:open", labels, open ? 2.0 : 0.0});
        out.push_back({"holdfast:edge:requests", labels, 50});
        out.push_back({"holdfast:edge:errors_ratio", labels, errors});
    }
    return out;
}

}  // namespace holdfast::bench
