#include "app/fleet/golden_signals.h"

namespace holdfast::fleet {

namespace {

/// Go client's default buckets with more of them around the objectives of 250 ms to 2 s.
const prometheus::Histogram::BucketBoundaries& buckets()
{
    static const prometheus::Histogram::BucketBoundaries bounds{
        0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.25, 0.35, 0.5, 0.75, 1, 1.5, 2, 2.5, 3, 4, 5, 10};
    return bounds;
}

}  // namespace

GoldenSignals::GoldenSignals(const std::string& version, std::int64_t startedMs)
    : m_registry(std::make_unique<prometheus::Registry>()),
      m_requests(prometheus::BuildCounter().Name("http_requests_total").Help("Requests served").Register(*m_registry)),
      m_durations(prometheus::BuildHistogram()
                      .Name("http_request_duration_seconds")
                      .Help("From the last byte of the request to the answer, waiting included")
                      .Register(*m_registry)),
      m_clientRequests(
          prometheus::BuildCounter().Name("http_client_requests_total").Help("Attempts made").Register(*m_registry)),
      m_clientDurations(prometheus::BuildHistogram()
                            .Name("http_client_request_duration_seconds")
                            .Help("Duration of one attempt as its caller sees it")
                            .Register(*m_registry)),
      m_clientCalls(prometheus::BuildCounter()
                        .Name("http_client_calls_total")
                        .Help("Calls with all their attempts, by the code of the last one")
                        .Register(*m_registry)),
      m_clientRetries(prometheus::BuildCounter()
                          .Name("http_client_retries_total")
                          .Help("Attempts beyond the first of a call")
                          .Register(*m_registry)),
      m_clientInFlight(prometheus::BuildGauge()
                           .Name("http_client_requests_in_flight")
                           .Help("Attempts under way")
                           .Register(*m_registry)),
      m_inFlight(&prometheus::BuildGauge()
                      .Name("http_requests_in_flight")
                      .Help("Requests that wait or are worked on")
                      .Register(*m_registry)
                      .Add({}))
{
    prometheus::BuildGauge()
        .Name("app_build_info")
        .Help("1; the version is its label")
        .Register(*m_registry)
        .Add({{"version", version}}, 1);
    prometheus::BuildGauge()
        .Name("process_start_time_seconds")
        .Help("Start of this instance, seconds since the epoch")
        .Register(*m_registry)
        .Add({}, static_cast<double>(startedMs) / 1000);
}

void GoldenSignals::served(const std::string& method, const std::string& route, int status, double seconds)
{
    m_requests.Add({{"code", std::to_string(status)}, {"method", method}, {"route", route}}).Increment();
    m_durations.Add({{"code", std::to_string(status)}, {"method", method}, {"route", route}}, buckets())
        .Observe(seconds);
}

void GoldenSignals::called(const std::string& callee, const std::string& code, double seconds)
{
    m_clientRequests.Add({{"callee", callee}, {"code", code}}).Increment();
    m_clientDurations.Add({{"callee", callee}, {"code", code}}, buckets()).Observe(seconds);
}

void GoldenSignals::finished(const std::string& callee, const std::string& code, int retries)
{
    m_clientCalls.Add({{"callee", callee}, {"code", code}, {"retried", retries > 0 ? "yes" : "no"}}).Increment();
    if (retries > 0)
        m_clientRetries.Add({{"callee", callee}}).Increment(retries);
}

void GoldenSignals::expectRoute(const std::string& method, const std::string& route)
{
    m_requests.Add({{"code", "503"}, {"method", method}, {"route", route}});
    m_durations.Add({{"code", "200"}, {"method", method}, {"route", route}}, buckets());
}

void GoldenSignals::expectCallee(const std::string& callee)
{
    m_clientRequests.Add({{"callee", callee}, {"code", "503"}});
    m_clientRequests.Add({{"callee", callee}, {"code", "timeout"}});
    m_clientDurations.Add({{"callee", callee}, {"code", "200"}}, buckets());
    m_clientCalls.Add({{"callee", callee}, {"code", "200"}, {"retried", "no"}});
    m_clientCalls.Add({{"callee", callee}, {"code", "503"}, {"retried", "no"}});
    m_clientRetries.Add({{"callee", callee}});
    m_clientInFlight.Add({{"callee", callee}});
}

}  // namespace holdfast::fleet
