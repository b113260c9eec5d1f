#include "widgets/client/prometheus_names.h"

#include <array>

namespace holdfast::widgets {

namespace {

constexpr const char* httpErrors = R"(code=~"5..";status=~"5..";status_code=~"5..";http_status_code=~"5..")";

constexpr std::array<PrometheusNames, 8> conventions{{
    {"prometheus", "job", "http_requests_total", httpErrors, "http_request_duration_seconds_bucket", 1},
    {"micrometer", "job", "http_server_requests_seconds_count", R"(outcome="SERVER_ERROR")",
     "http_server_requests_seconds_bucket", 1},
    {"opentelemetry", "job", "http_server_request_duration_seconds_count", R"(http_response_status_code=~"5..")",
     "http_server_request_duration_seconds_bucket", 1},
    {"prometheus", "job", "http_request_duration_seconds_count", httpErrors, "http_request_duration_seconds_bucket", 1},
    {"grpc", "job", "grpc_server_handled_total",
     R"(grpc_code=~"Unknown|Internal|Unavailable|DataLoss|DeadlineExceeded|Unimplemented")",
     "grpc_server_handling_seconds_bucket", 1},
    {"prometheus server", "job", "prometheus_http_requests_total", R"(code=~"5..")",
     "prometheus_http_request_duration_seconds_bucket", 1},
    {"envoy", "envoy_cluster_name", "envoy_cluster_upstream_rq_completed", nullptr,
     "envoy_cluster_upstream_rq_time_bucket", 0.001},
    {"haproxy", "proxy", "haproxy_backend_http_requests_total", nullptr, nullptr, 1},
}};

/// The failed ones of conventions that count them under another name.
QString failedElsewhere(const PrometheusNames& names)
{
    if (QLatin1String(names.profile) == QLatin1String("envoy"))
        return QStringLiteral("envoy_cluster_upstream_rq_xx{envoy_response_code_class=\"5\"%1}");
    return QStringLiteral("haproxy_backend_http_responses_total{code=\"5xx\"%1}");
}

constexpr std::array<PrometheusResource, 5> resources{{
    {"pool", R"(max by (job) (avg_over_time(resilience_pool_in_use{job!=""%1}[%2])
        / (resilience_pool_capacity{job!=""%1} > 0)))"},
    {"pool", R"(max by (job) (avg_over_time(hikaricp_connections_active{job!=""%1}[%2])
        / (hikaricp_connections_max{job!=""%1} > 0)))"},
    {"threads", R"(max by (job) (avg_over_time(tomcat_threads_busy_threads{job!=""%1}[%2])
        / (tomcat_threads_config_max_threads{job!=""%1} > 0)))"},
    {"pool", R"(max by (job) (
        sum by (job, instance, pool_name) (avg_over_time(db_client_connections_usage{state="used"%1}[%2]))
        / (sum by (job, instance, pool_name) (db_client_connections_max{job!=""%1}) > 0)))"},
    {"file descriptors", R"(max by (job) (process_open_fds{job!=""%1} / (process_max_fds{job!=""%1} > 0)))"},
}};

constexpr std::array<PrometheusBreakers, 3> breakers{{
    {"resilience_circuitbreaker_state", "callee"},
    {"resilience4j_circuitbreaker_state", nullptr},
    {"circuit_state", nullptr},
}};

constexpr std::array<PrometheusCalls, 4> calls{{
    {"sum by (caller, callee) (label_replace(rate(resilience_calls_total{callee!=\"\"}[%1]), \"caller\", \"$1\", "
     "\"job\", \"(.+)\"))",
     "sum by (caller, callee) (label_replace(rate(resilience_circuitbreaker_calls_total{callee!=\"\","
     "kind=~\"failed|slow_failed\"}[%1]), \"caller\", \"$1\", \"job\", \"(.+)\"))"},
    {"sum by (caller, callee) (label_replace(label_replace("
     "rate(http_client_requests_seconds_count{client_name!~\"none|\"}[%1]), \"caller\", \"$1\", \"job\", \"(.+)\"), "
     "\"callee\", \"$1\", \"client_name\", \"(.+)\"))",
     "sum by (caller, callee) (label_replace(label_replace(rate(http_client_requests_seconds_count{client_name!~"
     "\"none|\",outcome=~\"SERVER_ERROR|UNKNOWN\"}[%1]), \"caller\", \"$1\", \"job\", \"(.+)\"), \"callee\", \"$1\", "
     "\"client_name\", \"(.+)\"))"},
    {"sum by (caller, callee) (label_replace(label_replace("
     "rate(http_client_request_duration_seconds_count{server_address!=\"\"}[%1]), \"caller\", \"$1\", \"job\", "
     "\"(.+)\"), \"callee\", \"$1\", \"server_address\", \"(.+)\"))",
     "sum by (caller, callee) (label_replace(label_replace(rate(http_client_request_duration_seconds_count{"
     "server_address!=\"\",error_type!=\"\",http_response_status_code!~\"4..\"}[%1]), \"caller\", \"$1\", \"job\", "
     "\"(.+)\"), \"callee\", \"$1\", \"server_address\", \"(.+)\"))"},
    {"sum by (caller, callee) (label_replace(label_replace("
     "rate(istio_requests_total{reporter=\"destination\"}[%1]), \"caller\", \"$1\", \"source_app\", \"(.+)\"), "
     "\"callee\", \"$1\", \"destination_app\", \"(.+)\"))",
     "sum by (caller, callee) (label_replace(label_replace(rate(istio_requests_total{reporter=\"destination\","
     "response_code=~\"5..\"}[%1]), \"caller\", \"$1\", \"source_app\", \"(.+)\"), \"callee\", \"$1\", "
     "\"destination_app\", \"(.+)\"))"},
}};

QString sumOf(const PrometheusNames& names, const QString& by, const QString& selector, const QString& window)
{
    return QStringLiteral("sum by (%1%2) (rate(%3[%4]))").arg(QLatin1String(names.label), by, selector, window);
}

QString failedExpr(const PrometheusNames& names, const QString& only, const QString& window)
{
    const QString more = only.isEmpty() ? QString() : QLatin1Char(',') + only;
    if (!names.errors)
        return sumOf(names, {}, failedElsewhere(names).arg(more), window);
    QStringList ways;
    for (const QString& matcher : QString::fromLatin1(names.errors).split(QLatin1Char(';')))
        ways << QStringLiteral("rate(%1{%2%3}[%4])").arg(QLatin1String(names.requests), matcher, more, window);
    return QStringLiteral("sum by (%1) (%2)").arg(QLatin1String(names.label), ways.join(QStringLiteral(" or ")));
}

}  // namespace

std::span<const PrometheusNames> prometheusNames()
{
    return conventions;
}

std::span<const PrometheusResource> prometheusResources()
{
    return resources;
}

std::span<const PrometheusBreakers> prometheusBreakers()
{
    return breakers;
}

std::span<const PrometheusCalls> prometheusCalls()
{
    return calls;
}

QString matcherText(const QString& label, const QString& value)
{
    QString quoted = value;
    quoted.replace(QLatin1Char('\\'), QLatin1String("\\\\")).replace(QLatin1Char('"'), QLatin1String("\\\""));
    return QStringLiteral("%1=\"%2\"").arg(label, quoted);
}

QString requestsExpr(const PrometheusNames& names, const QString& only, const QString& window)
{
    return sumOf(names, {}, QStringLiteral("%1{%2}").arg(QLatin1String(names.requests), only), window);
}

QString errorsExpr(const PrometheusNames& names, const QString& only, const QString& window)
{
    const QString all = requestsExpr(names, only, window);
    return QStringLiteral("((%1) or (%2) * 0) / ((%2) > 0)").arg(failedExpr(names, only, window), all);
}

QString quantileExpr(const PrometheusNames& names, const QString& quantile, const QString& only, const QString& window)
{
    if (!names.buckets)
        return {};
    const QString rates =
        sumOf(names, QStringLiteral(", le"), QStringLiteral("%1{%2}").arg(QLatin1String(names.buckets), only), window);
    const QString scale =
        names.toSeconds == 1 ? QString() : QStringLiteral(" * %1").arg(QString::number(names.toSeconds));
    return QStringLiteral("histogram_quantile(%1, %2)%3").arg(quantile, rates, scale);
}

QString heatmapExpr(const PrometheusNames& names, const QString& only)
{
    if (!names.buckets)
        return {};
    return QStringLiteral("sum by (le) (increase(%1{%2}[$step]))").arg(QLatin1String(names.buckets), only);
}

QString resourceExpr(const PrometheusResource& resource, const QString& only, const QString& window)
{
    QString text = QString::fromLatin1(resource.expr);
    text.replace(QLatin1String("%2"), window);
    return text.replace(QLatin1String("%1"), only.isEmpty() ? QString() : QLatin1Char(',') + only);
}

}  // namespace holdfast::widgets
