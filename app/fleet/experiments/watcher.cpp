#include "app/fleet/experiments/watcher.h"

#include "app/fleet/http_client.h"
#include "app/fleet/nap.h"

#include <utility>

namespace holdfast::fleet {

namespace {

constexpr double windowS = 2;
constexpr double everyMs = 500;

double mean(const MetricsReading& reading)
{
    return reading.requests() > 0 ? reading.seconds / reading.requests() : 0;
}

}  // namespace

Watcher::Watcher(View view, const AddressBook& addresses, double calmS, std::function<void()> act, const Clock& clock)
    : m_view(view),
      m_addresses(addresses),
      m_calmS(calmS),
      m_act(std::move(act)),
      m_clock(clock),
      m_startNs(clock.monotonicNs()),
      m_thread([this](const std::stop_token& stop) { run(stop); })
{
}

std::optional<Finding> Watcher::found() const
{
    const MutexLock lock(m_mutex);
    return m_found;
}

void Watcher::run(const std::stop_token& stop)
{
    if (m_view == View::None)
        return;
    std::deque<Look> looks;
    std::string wrongBefore;
    while (nap(everyMs, stop)) {
        const double atS = static_cast<double>(m_clock.monotonicNs() - m_startNs) / 1e9;
        looks.push_back({atS, read()});
        if (atS <= m_calmS) {
            m_calm = looks.back().reading.since(looks.front().reading);
            m_calmOverS = atS - looks.front().atS;
            continue;
        }
        while (looks.size() > 2 && looks[1].atS <= atS - windowS)
            looks.pop_front();
        const std::string wrong = judge(looks.back().reading.since(looks.front().reading), atS - looks.front().atS);
        if (!wrong.empty() && !wrongBefore.empty()) {
            {
                const MutexLock lock(m_mutex);
                m_found = Finding{atS, wrong};
            }
            return m_act();
        }
        wrongBefore = wrong;
    }
}

MetricsReading Watcher::read() const
{
    HttpClient client;
    MetricsReading out;
    const auto ports = m_addresses.all();
    // The figures of the whole process are on the shoppers' page, everything else is the gateway's.
    for (const char* service : {"gateway", "shoppers"}) {
        const auto found = ports.find(service);
        if (found == ports.end())
            continue;
        for (const std::uint16_t port : found->second)
            if (const auto page = client.send({.port = port, .path = "/metrics"}))
                addMetrics(out, page->body);
    }
    return out;
}

std::string Watcher::judge(const MetricsReading& recent, double overS) const
{
    if (m_view == View::MeansAndCpu) {
        if (mean(recent) >= 2 * mean(m_calm))
            return "mean latency";
        return recent.cpuSeconds / overS >= 2 * m_calm.cpuSeconds / m_calmOverS ? "processor" : "";
    }
    if (recent.workers > 0 && recent.workersBusy >= 0.9 * recent.workers)
        return "saturation";
    for (const auto& [route, calm] : m_calm.pages) {
        const auto found = recent.pages.find(route);
        if (found == recent.pages.end())
            continue;
        const auto& page = found->second;
        if (page.errors >= 3 && page.errors >= 0.05 * page.requests)
            return "errors of " + route;
        const double p99 = quantile(page.buckets, 0.99);
        if (p99 > 0.25 && p99 >= 3 * quantile(calm.buckets, 0.99))
            return "p99 of " + route;
        if (calm.requests >= 20 && page.requests / overS < calm.requests / m_calmOverS / 3)
            return "throughput of " + route;
    }
    return "";
}

}  // namespace holdfast::fleet
