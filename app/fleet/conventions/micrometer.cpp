#include "app/fleet/conventions/shaping.h"
#include "app/fleet/instance_figures.h"

// Spring Boot's http.server.requests and http.client.requests with percentiles-histogram, Tomcat's threads, HikariCP's
// connections, executors, JVM memory and pauses, and Resilience4j's circuit breakers and retries, as Micrometer's
// Prometheus registry writes them.
// Source of names: Micrometer reference "Prometheus"; resilience4j-micrometer tagged/*MetricNames.
// Not told: flags (there is no convention), forced_closed (Resilience4j lacks it; shown as disabled), versions.

#include <algorithm>

namespace holdfast::fleet {

namespace {

std::string outcomeOf(const std::string& code)
{
    const std::string family = classOf(code);
    if (family == "2xx")
        return "SUCCESS";
    if (family == "4xx")
        return "CLIENT_ERROR";
    return family == "5xx" ? "SERVER_ERROR" : "INFORMATIONAL";
}

void requests(Shaping& shape)
{
    for (const Metric& one : shape.of("http_request_duration_seconds")) {
        const std::string code = labelOf(one, "code");
        shape.histogram("http_server_requests_seconds", "",
                        {{"error", "none"},
                         {"exception", "none"},
                         {"method", labelOf(one, "method")},
                         {"outcome", outcomeOf(code)},
                         {"status", code},
                         {"uri", labelOf(one, "route")}},
                        one.histogram);
    }
    for (const Metric& one : shape.of("http_client_request_duration_seconds")) {
        const std::string code = labelOf(one, "code");
        const bool answered = code.size() == 3;
        shape.histogram("http_client_requests_seconds", "",
                        {{"client_name", labelOf(one, "callee")},
                         {"error", answered ? "none" : "IOException"},
                         {"outcome", answered ? outcomeOf(code) : "UNKNOWN"},
                         {"status", answered ? code : "IO_ERROR"}},
                        one.histogram);
    }
}

void breakers(Shaping& shape)
{
    for (const Metric& one : shape.of("resilience_circuitbreaker_state")) {
        const std::string state = labelOf(one, "state");
        shape.gauge("resilience4j_circuitbreaker_state", "The states of the circuit breaker",
                    {{"group", "none"},
                     {"name", labelOf(one, "name")},
                     {"state", state == "forced_closed" ? "disabled" : state}},
                    one.gauge.value);
    }
    for (const Metric& one : shape.of("resilience_circuitbreaker_calls_total")) {
        std::string kind = labelOf(one, "kind");
        if (kind.starts_with("slow_"))
            kind.erase(0, 5);
        // A timer; its sum is not kept by kind here, and no profile reads it.
        shape.summary("resilience4j_circuitbreaker_calls_seconds", "Total number of calls by kind",
                      {{"group", "none"}, {"kind", kind}, {"name", labelOf(one, "name")}},
                      static_cast<std::uint64_t>(one.counter.value), 0);
    }
    for (const Metric& one : shape.of("resilience_circuitbreaker_not_permitted_calls_total"))
        shape.counter("resilience4j_circuitbreaker_not_permitted_calls_total", "Total number of not permitted calls",
                      {{"group", "none"}, {"kind", "not_permitted"}, {"name", labelOf(one, "name")}},
                      one.counter.value);
    for (const Metric& one : shape.of("http_client_calls_total")) {
        const bool good = classOf(labelOf(one, "code")) != "5xx";
        shape.counter("resilience4j_retry_calls_total", "The number of calls",
                      {{"kind", std::string(good ? "successful_" : "failed_")
                                    + (labelOf(one, "retried") == "yes" ? "with_retry" : "without_retry")},
                       {"name", labelOf(one, "callee")}},
                      one.counter.value);
    }
}

/// Workers are Tomcat's threads, the database's connections Hikari's; every other pool and every queue an executor's.
void pools(Shaping& shape)
{
    for (const Metric& one : shape.of("resilience_pool_in_use")) {
        const std::string name = labelOf(one, "name");
        const double used = one.gauge.value;
        const double most = shape.value("resilience_pool_capacity", name);
        if (name == "workers") {
            shape.gauge("tomcat_threads_busy_threads", "", {{"name", "http-nio-8080"}}, used);
            shape.gauge("tomcat_threads_current_threads", "", {{"name", "http-nio-8080"}}, most);
            shape.gauge("tomcat_threads_config_max_threads", "", {{"name", "http-nio-8080"}}, most);
        } else if (name == "db") {
            shape.gauge("hikaricp_connections", "Total connections", {{"pool", name}}, most);
            shape.gauge("hikaricp_connections_active", "Active connections", {{"pool", name}}, used);
            shape.gauge("hikaricp_connections_idle", "Idle connections", {{"pool", name}}, most - used);
            shape.gauge("hikaricp_connections_max", "Max connections", {{"pool", name}}, most);
            shape.gauge("hikaricp_connections_pending", "Pending threads", {{"pool", name}},
                        shape.value("resilience_queue_depth", name));
        } else {
            shape.gauge("executor_active_threads", "", {{"name", name}}, used);
            shape.gauge("executor_pool_max_threads", "", {{"name", name}}, most);
        }
    }
    for (const Metric& one : shape.of("resilience_queue_depth")) {
        const std::string name = labelOf(one, "name");
        if (name == "db")
            continue;
        const double depth = one.gauge.value;
        shape.gauge("executor_queued_tasks", "", {{"name", name}}, depth);
        shape.gauge("executor_queue_remaining_tasks", "", {{"name", name}},
                    shape.value("resilience_queue_capacity", name) - depth);
    }
}

void process(Shaping& shape, const MetricsOwner& owner)
{
    const double upS = std::max(1.0, static_cast<double>(owner.nowMs - owner.startedMs) / 1000);
    if (shape.of("process_cpu_limit_cores").empty())
        return;
    shape.gauge("process_cpu_usage", "The \"recent cpu usage\" for the process", {},
                shape.value("process_cpu_recent_cores") / cpuLimitCores);
    shape.gauge("process_start_time_seconds", "Start time of the process since unix epoch.", {},
                static_cast<double>(owner.startedMs) / 1000);
    shape.gauge("process_uptime_seconds", "The uptime of the process", {}, upS);
    shape.gauge("jvm_memory_used_bytes", "The amount of used memory", {{"area", "heap"}, {"id", "G1 Old Gen"}},
                shape.value("process_resident_memory_bytes"));
    shape.gauge("jvm_memory_max_bytes", "The maximum amount of memory", {{"area", "heap"}, {"id", "G1 Old Gen"}},
                static_cast<double>(memoryLimitBytes));
    shape.summary("jvm_gc_pause_seconds", "Time spent in GC pause",
                  {{"action", "end of major GC"}, {"cause", "G1 Evacuation Pause"}},
                  static_cast<std::uint64_t>(shape.value("runtime_pauses_total")),
                  shape.value("runtime_pause_seconds_total"));
}

}  // namespace

Families asMicrometer(const Families& plain, const MetricsOwner& owner)
{
    Shaping shape(plain, {{"application", owner.service}});
    requests(shape);
    breakers(shape);
    pools(shape);
    process(shape, owner);
    return shape.done();
}

}  // namespace holdfast::fleet
