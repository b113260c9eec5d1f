#include "app/fleet/conventions/shaping.h"

// A Node service: prom-client's default metrics, an HTTP histogram with the labels that express middlewares give it,
// and opossum's circuits. The counter is called circuit, without _total, as opossum-prometheus has it; circuit_state is
// the addition many services make.
// Not told: retries, flags, worker pools (Node has none), queues.

namespace holdfast::fleet {

namespace {

void circuits(Shaping& shape)
{
    const char* help = "A count of all circuit' events";
    const auto event = [&](const Metric& one, const char* name) {
        shape.counter("circuit", help, {{"name", labelOf(one, "name")}, {"event", name}}, one.counter.value);
    };
    for (const Metric& one : shape.of("resilience_circuitbreaker_calls_total")) {
        event(one, "fire");
        event(one, labelOf(one, "kind").ends_with("failed") ? "failure" : "success");
    }
    for (const Metric& one : shape.of("resilience_circuitbreaker_not_permitted_calls_total")) {
        event(one, "fire");
        event(one, "reject");
    }
    for (const Metric& one : shape.of("resilience_circuitbreaker_state")) {
        const std::string state = labelOf(one, "state");
        const std::string shown = state == "forced_open" ? "open" : state == "forced_closed" ? "closed" : state;
        shape.gauge("circuit_state", "1 for the current state", {{"name", labelOf(one, "name")}, {"state", shown}},
                    one.gauge.value);
    }
}

}  // namespace

Families asOpossum(const Families& plain, const MetricsOwner&)
{
    Shaping shape(plain, {});
    for (const Metric& one : shape.of("http_request_duration_seconds"))
        shape.histogram("http_request_duration_seconds", "Duration of HTTP requests in seconds",
                        {{"method", labelOf(one, "method")},
                         {"route", labelOf(one, "route")},
                         {"status_code", labelOf(one, "code")}},
                        one.histogram);
    circuits(shape);
    for (const char* shared : {"process_cpu_seconds_total", "process_resident_memory_bytes",
                               "process_start_time_seconds", "process_cpu_limit_cores", "process_memory_limit_bytes"})
        shape.keep(shared);
    shape.gauge("nodejs_heap_size_used_bytes", "Process heap size used from Node.js in bytes.", {},
                shape.value("process_resident_memory_bytes"));
    shape.summary("nodejs_gc_duration_seconds", "Garbage collection duration by kind.", {{"kind", "major"}},
                  static_cast<std::uint64_t>(shape.value("runtime_pauses_total")),
                  shape.value("runtime_pause_seconds_total"));
    shape.gauge("nodejs_active_requests_total", "Total number of active requests.", {},
                shape.value("http_requests_in_flight"));
    return shape.done();
}

}  // namespace holdfast::fleet
