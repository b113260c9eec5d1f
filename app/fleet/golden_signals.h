#pragma once

#include <prometheus/counter.h>
#include <prometheus/family.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/metric_family.h>
#include <prometheus/registry.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace holdfast::fleet {

/// Requests, errors and latency by route and callee, named as the Prometheus client libraries name them. Thread-safe.
class GoldenSignals {
public:
    /// startedMs: wall clock
    GoldenSignals(const std::string& version, std::int64_t startedMs);

    void served(const std::string& method, const std::string& route, int status, double seconds);
    /// code: the status, or "timeout", "unreachable" where no answer came
    void called(const std::string& callee, const std::string& code, double seconds);
    /// A call with all its attempts is over. code: of the last one; "503" when a breaker refused.
    void finished(const std::string& callee, const std::string& code, int retries);
    void callBegins(const std::string& callee) { m_clientInFlight.Add({{"callee", callee}}).Increment(); }
    void callEnds(const std::string& callee) { m_clientInFlight.Add({{"callee", callee}}).Decrement(); }
    void enter() { m_inFlight->Increment(); }
    void leave() { m_inFlight->Decrement(); }
    /// Makes the series of failures exist before the first one: a counter that appears at 1 has no increase to see.
    void expectRoute(const std::string& method, const std::string& route);
    void expectCallee(const std::string& callee);

    [[nodiscard]] prometheus::Registry& registry() { return *m_registry; }
    [[nodiscard]] std::vector<prometheus::MetricFamily> collect() const { return m_registry->Collect(); }

private:
    std::unique_ptr<prometheus::Registry> m_registry;
    prometheus::Family<prometheus::Counter>& m_requests;
    prometheus::Family<prometheus::Histogram>& m_durations;
    prometheus::Family<prometheus::Counter>& m_clientRequests;
    prometheus::Family<prometheus::Histogram>& m_clientDurations;
    prometheus::Family<prometheus::Counter>& m_clientCalls;
    prometheus::Family<prometheus::Counter>& m_clientRetries;
    prometheus::Family<prometheus::Gauge>& m_clientInFlight;
    prometheus::Gauge* m_inFlight;
};

}  // namespace holdfast::fleet
