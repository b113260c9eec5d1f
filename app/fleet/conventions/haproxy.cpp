#include "app/fleet/conventions/shaping.h"

#include <array>

// What HAProxy's built-in exporter (2.x) would say if one stood in front of each instance: the service is a backend
// with this one server. Times are means only. Breakers, pools, retries of the application are not told. Source of
// names: HAProxy "doc/management.txt" and addons/promex/README; compared with the body of a real 2.6.

namespace holdfast::fleet {

namespace {

constexpr std::array serverStates{"DOWN", "UP", "MAINT", "DRAIN", "NOLB"};
constexpr std::array backendStates{"DOWN", "UP"};

}  // namespace

Families asHAProxy(const Families& plain, const MetricsOwner& owner)
{
    const LabelPairs backend{{"proxy", owner.service}};
    LabelPairs server = backend;
    server.emplace_back("server", owner.instance);
    const auto with = [](LabelPairs labels, const char* name, const std::string& value) {
        labels.emplace_back(name, value);
        return labels;
    };

    Shaping shape(plain, {});
    double count = 0;
    double seconds = 0;
    for (const char* codes : {"1xx", "2xx", "3xx", "4xx", "5xx", "other"})
        shape.counter("haproxy_backend_http_responses_total", "Total number of HTTP responses.",
                      with(backend, "code", codes), 0);
    for (const Metric& one : shape.of("http_request_duration_seconds")) {
        const auto requests = static_cast<double>(one.histogram.sample_count);
        count += requests;
        seconds += one.histogram.sample_sum;
        shape.counter("haproxy_backend_http_responses_total", "", with(backend, "code", classOf(labelOf(one, "code"))),
                      requests);
    }
    shape.counter("haproxy_backend_http_requests_total", "Total number of HTTP requests processed by this object.",
                  backend, count);
    // Since the start, where HAProxy takes the last 1024.
    shape.gauge("haproxy_backend_total_time_average_seconds", "Avg. total time for last 1024 successful connections.",
                backend, count > 0 ? seconds / count : 0);
    const double waiting = shape.value("resilience_queue_depth", "requests");
    const double busy = shape.value("resilience_pool_in_use", "workers");
    shape.gauge("haproxy_backend_current_queue", "Number of current queued connections.", backend, waiting);
    shape.gauge("haproxy_backend_current_sessions", "Number of current sessions on this object.", backend,
                shape.value("http_requests_in_flight"));
    shape.gauge("haproxy_server_current_sessions", "Number of current sessions on this object.", server, busy);
    shape.gauge("haproxy_server_limit_sessions", "Sessions limit.", server,
                shape.value("resilience_pool_capacity", "workers"));
    shape.counter("haproxy_backend_retry_warnings_total", "Total number of retry warnings.", backend, 0);
    for (const char* state : backendStates)
        shape.gauge("haproxy_backend_status", "Current status of the service, per state label value.",
                    with(backend, "state", state), std::string_view(state) == "UP" ? 1 : 0);
    for (const char* state : serverStates)
        shape.gauge("haproxy_server_status", "Current status of the service, per state label value.",
                    with(server, "state", state), std::string_view(state) == "UP" ? 1 : 0);
    return shape.done();
}

}  // namespace holdfast::fleet
