#include "app/fleet/conventions/shaping.h"

// What the sidecar of an instance says of the clusters it calls: counts, codes by class, times in milliseconds, limits.
// A service is thus measured by its callers; what a service is beside its calls (CPU, pools, own queue) is not told.
// While the application's breaker to a cluster is open, the sidecar's limit is shown as reached and the refused calls
// as overflow, as they are where the limit is the breaker.
// Source: Envoy documentation, "Cluster manager statistics", "Circuit breakers statistics"; codes of calls that ended
// without an answer: 504 timeout, 503 otherwise; a call that is refused counts with its 503.

namespace holdfast::fleet {

namespace {

constexpr double maxRequests = 1024;  // Envoy's default of max_requests

LabelPairs cluster(const std::string& name)
{
    return {{"envoy_cluster_name", name}};
}

void calls(Shaping& shape)
{
    for (const Metric& one : shape.of("http_client_calls_total")) {
        const LabelPairs of = cluster(labelOf(one, "callee"));
        LabelPairs withClass = of;
        withClass.insert(withClass.begin(), {"envoy_response_code_class", classOf(labelOf(one, "code")).substr(0, 1)});
        shape.counter("envoy_cluster_upstream_rq_completed", "", of, one.counter.value);
        shape.counter("envoy_cluster_upstream_rq_xx", "", withClass, one.counter.value);
    }
    for (const Metric& one : shape.of("http_client_requests_total"))
        shape.counter("envoy_cluster_upstream_rq_total", "", cluster(labelOf(one, "callee")), one.counter.value);
    for (const Metric& one : shape.of("http_client_retries_total"))
        shape.counter("envoy_cluster_upstream_rq_retry", "", cluster(labelOf(one, "callee")), one.counter.value);
    for (const Metric& one : shape.of("http_client_request_duration_seconds"))
        shape.histogram("envoy_cluster_upstream_rq_time", "", cluster(labelOf(one, "callee")), one.histogram, 1000);
}

void limits(Shaping& shape)
{
    for (const Metric& one : shape.of("http_client_requests_in_flight")) {
        const LabelPairs of = cluster(labelOf(one, "callee"));
        shape.gauge("envoy_cluster_upstream_rq_active", "", of, one.gauge.value);
        shape.gauge("envoy_cluster_upstream_rq_pending_active", "", of, 0);
        shape.gauge("envoy_cluster_circuit_breakers_default_remaining_rq", "", of, maxRequests - one.gauge.value);
    }
    for (const Metric& one : shape.of("resilience_circuitbreaker_state")) {
        const std::string state = labelOf(one, "state");
        shape.gauge("envoy_cluster_circuit_breakers_default_rq_open", "", cluster(labelOf(one, "callee")),
                    state == "open" || state == "forced_open" ? one.gauge.value : 0);
    }
    for (const Metric& one : shape.of("resilience_circuitbreaker_not_permitted_calls_total"))
        shape.counter("envoy_cluster_upstream_rq_pending_overflow", "", cluster(labelOf(one, "callee")),
                      one.counter.value);
}

}  // namespace

Families asEnvoy(const Families& plain, const MetricsOwner& owner)
{
    Shaping shape(plain, {});
    calls(shape);
    limits(shape);
    shape.gauge("envoy_server_live", "", {}, 1);
    shape.gauge("envoy_server_uptime", "", {}, static_cast<double>((owner.nowMs - owner.startedMs) / 1000));
    return shape.done();
}

}  // namespace holdfast::fleet
