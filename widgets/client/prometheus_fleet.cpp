#include "widgets/client/prometheus_fleet.h"

#include "app/base/number_text.h"
#include "widgets/client/json_fields.h"

#include <QJsonArray>

#include <algorithm>
#include <cmath>

namespace holdfast::widgets {

namespace {

const auto requestRate = QStringLiteral("sum by (job) (rate(http_requests_total%1[1m]))");
const auto errorRatio = QStringLiteral("(sum by (job) (rate(http_requests_total%2[1m])) or sum by (job) "
                                       "(rate(http_requests_total%1[1m])) * 0) / (sum by (job) "
                                       "(rate(http_requests_total%1[1m])) > 0)");
const auto quantile =
    QStringLiteral("histogram_quantile(%2, sum by (job, le) (rate(http_request_duration_seconds_bucket%1[1m])))");

QString tagged(const QString& expr, const char* tag)
{
    return QStringLiteral("label_replace(%1, \"holdfast\", \"%2\", \"\", \"\")").arg(expr, QLatin1String(tag));
}

QString selector(const QString& job, const QString& more = {})
{
    QString quoted = job;
    quoted.replace(QLatin1Char('\\'), QLatin1String("\\\\")).replace(QLatin1Char('"'), QLatin1String("\\\""));
    return QStringLiteral("{job=\"%1\"%2}").arg(quoted, more);
}

SignalValue valueOf(double value)
{
    SignalValue signal;
    signal.state = std::isfinite(value) ? ValueState::Value : ValueState::NoTraffic;
    if (std::isfinite(value))
        signal.value = value;
    return signal;
}

FleetService& serviceOf(Fleet& fleet, const QString& job)
{
    const auto found = std::find_if(fleet.services.begin(), fleet.services.end(),
                                    [&](const FleetService& service) { return service.name == job; });
    if (found != fleet.services.end())
        return *found;
    fleet.services.emplace_back();
    fleet.services.back().name = job;
    return fleet.services.back();
}

void take(FleetService& service, const QString& tag, double value)
{
    if (tag == QLatin1String("instances"))
        service.instances = std::llround(value);
    else if (tag == QLatin1String("up"))
        service.instancesUp = std::llround(value);
    else if (tag == QLatin1String("requests"))
        service.requests = valueOf(value);
    else if (tag == QLatin1String("errors"))
        service.errors = valueOf(value);
    else if (tag == QLatin1String("p99"))
        service.p99 = valueOf(value);
}

LaneSpec lane(const char* id, const char* title, LaneUnit unit, std::vector<LaneQuery> queries)
{
    LaneSpec spec;
    spec.id = QLatin1String(id);
    spec.title = QLatin1String(title);
    spec.unit = unit;
    spec.queries = std::move(queries);
    return spec;
}

}  // namespace

QString prometheusFleetQuery()
{
    const QString all;
    return QStringList{tagged(QStringLiteral("count by (job) (up)"), "instances"),
                       tagged(QStringLiteral("sum by (job) (up)"), "up"), tagged(requestRate.arg(all), "requests"),
                       tagged(errorRatio.arg(all, QStringLiteral("{code=~\"5..\"}")), "errors"),
                       tagged(quantile.arg(all, QStringLiteral("0.99")), "p99")}
        .join(QStringLiteral(" or "));
}

Result<Fleet> decodePrometheusFleet(const QByteArray& body)
{
    HF_TRY(const QJsonObject root, jsonObject(body));
    if (textField(root, "status") != QLatin1String("success"))
        return Error{textField(root, "error").toStdString(), ErrorKind::BadInput};
    Fleet fleet;
    for (const auto& item : objectField(root, "data").value(QLatin1String("result")).toArray()) {
        const QJsonObject series = item.toObject();
        const QJsonObject metric = objectField(series, "metric");
        const QJsonArray sample = series.value(QLatin1String("value")).toArray();
        const auto value = parseDouble(sample.at(1).toString().toStdString());
        if (sample.size() != 2 || !value)
            continue;
        const auto atMs = static_cast<std::int64_t>(std::llround(sample.at(0).toDouble() * 1000));
        fleet.atMs = std::max(fleet.atMs, atMs);
        FleetService& service = serviceOf(fleet, textField(metric, "job"));
        take(service, textField(metric, "holdfast"), *value);
        service.lastSampleMs = atMs;
    }
    for (FleetService& service : fleet.services) {
        if (service.instancesUp < service.instances)
            service.severity = service.instancesUp == 0 ? Severity::Critical : Severity::Warning;
    }
    return fleet;
}

Result<ServicePage> decodePrometheusPage(const QByteArray& body, const QString& job)
{
    HF_TRY(Fleet fleet, decodePrometheusFleet(body));
    ServicePage page;
    page.now = serviceOf(fleet, job);
    const QString own = selector(job);
    const auto percentile = [&](const char* name, const char* q, LineRole role) {
        return LaneQuery{QLatin1String(name), quantile.arg(own, QLatin1String(q)), role};
    };
    page.lanes.push_back(lane("latency", "Latency", LaneUnit::Seconds,
                              {percentile("p99", "0.99", LineRole::Main), percentile("p90", "0.9", LineRole::Second),
                               percentile("p50", "0.5", LineRole::Third)}));
    LaneSpec heat = lane("heatmap", "Latency heatmap", LaneUnit::Seconds, {});
    heat.heatmapExpr = QStringLiteral("sum by (le) (increase(http_request_duration_seconds_bucket%1[$step]))").arg(own);
    page.lanes.push_back(std::move(heat));
    page.lanes.push_back(
        lane("errors", "Errors", LaneUnit::Ratio,
             {{QStringLiteral("errors"), errorRatio.arg(own, selector(job, QStringLiteral(",code=~\"5..\""))),
               LineRole::Main}}));
    page.lanes.push_back(lane("requests", "Requests", LaneUnit::PerSecond,
                              {{QStringLiteral("requests"), requestRate.arg(own), LineRole::Main}}));
    page.lanes.push_back(lane("up", "Instances up", LaneUnit::Count,
                              {{QStringLiteral("up"), QStringLiteral("sum(up%1)").arg(own), LineRole::Main}}));
    LaneSpec headroom = lane("headroom", "Headroom", LaneUnit::Ratio, {});
    headroom.missing = QStringLiteral("Needs a Holdfast engine, which knows the ceilings.");
    page.lanes.push_back(std::move(headroom));
    return page;
}

}  // namespace holdfast::widgets
