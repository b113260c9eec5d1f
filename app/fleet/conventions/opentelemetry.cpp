#include "app/fleet/conventions/shaping.h"
#include "app/fleet/instance_figures.h"

// HTTP server and client, database client pool and process metrics of OpenTelemetry's semantic conventions, as a
// collector with resource_to_telemetry_conversion or Prometheus with promoted resource attributes stores them: the
// resource's service.name is a label of every series, and all of the resource is in target_info.
// Source: OpenTelemetry semantic conventions 1.2x, "HTTP metrics", "Database client metrics"; "Prometheus and
// OpenMetrics Compatibility".
// Not told: breakers, retries, flags, queues but requests in flight, worker pools: there is no convention for them.

namespace holdfast::fleet {

namespace {

bool answered(const std::string& code)
{
    return code.size() == 3;
}

}  // namespace

Families asOpenTelemetry(const Families& plain, const MetricsOwner& owner)
{
    Shaping shape(plain, {{"service_name", owner.service}});
    shape.gauge("target_info", "Target metadata",
                {{"service_instance_id", owner.instance},
                 {"service_version", owner.version},
                 {"telemetry_sdk_language", "cpp"}},
                1);
    for (const Metric& one : shape.of("http_request_duration_seconds")) {
        const std::string code = labelOf(one, "code");
        LabelPairs labels{{"http_request_method", labelOf(one, "method")},
                          {"http_response_status_code", code},
                          {"http_route", labelOf(one, "route")},
                          {"network_protocol_version", "1.1"},
                          {"url_scheme", "http"}};
        if (classOf(code) == "5xx")
            labels.insert(labels.begin(), {"error_type", code});
        shape.histogram("http_server_request_duration_seconds", "Duration of HTTP server requests.", labels,
                        one.histogram);
    }
    shape.gauge("http_server_active_requests", "Number of active HTTP server requests.", {{"url_scheme", "http"}},
                shape.value("http_requests_in_flight"));
    for (const Metric& one : shape.of("http_client_request_duration_seconds")) {
        const std::string code = labelOf(one, "code");
        LabelPairs labels{{"server_address", labelOf(one, "callee")}};
        if (answered(code))
            labels.emplace_back("http_response_status_code", code);
        if (!answered(code) || classOf(code) == "5xx")
            labels.insert(labels.begin(), {"error_type", code});
        shape.histogram("http_client_request_duration_seconds", "Duration of HTTP client requests.", labels,
                        one.histogram);
    }
    for (const Metric& one : shape.of("resilience_pool_in_use")) {
        const std::string name = labelOf(one, "name");
        if (name != "db")
            continue;
        const double most = shape.value("resilience_pool_capacity", name);
        shape.gauge("db_client_connections_usage", "Connections by state", {{"pool_name", name}, {"state", "used"}},
                    one.gauge.value);
        shape.gauge("db_client_connections_usage", "Connections by state", {{"pool_name", name}, {"state", "idle"}},
                    most - one.gauge.value);
        shape.gauge("db_client_connections_max", "Most open connections allowed", {{"pool_name", name}}, most);
        shape.gauge("db_client_connections_pending_requests", "Requests that wait for a connection",
                    {{"pool_name", name}}, shape.value("resilience_queue_depth", name));
    }
    if (!shape.of("process_cpu_limit_cores").empty()) {
        shape.counter("process_cpu_time_seconds_total", "CPU time", {{"cpu_mode", "user"}},
                      shape.value("process_cpu_seconds_total"));
        shape.gauge("k8s_container_cpu_limit", "Limit of the container, cores", {}, cpuLimitCores);
        shape.gauge("process_memory_usage_bytes", "Resident memory", {}, shape.value("process_resident_memory_bytes"));
        shape.gauge("k8s_container_memory_limit_bytes", "Limit of the container", {},
                    static_cast<double>(memoryLimitBytes));
    }
    return shape.done();
}

}  // namespace holdfast::fleet
