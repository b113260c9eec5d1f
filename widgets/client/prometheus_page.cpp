#include "widgets/client/prometheus_page.h"

#include "widgets/client/prometheus_fleet.h"
#include "widgets/client/prometheus_names.h"

#include <QCoreApplication>

#include <algorithm>

namespace holdfast::widgets {

namespace {

constexpr double errorLimit = 0.01;  // as in the fleet
constexpr double latencyLimitS = 0.5;
constexpr double headroomLimit = 0.15;

QString words(const char* text)
{
    return QCoreApplication::translate("PrometheusPage", text);
}

LaneSpec lane(const char* id, const QString& title, LaneUnit unit, std::vector<LaneQuery> queries)
{
    LaneSpec spec;
    spec.id = QLatin1String(id);
    spec.title = title;
    spec.unit = unit;
    spec.queries = std::move(queries);
    return spec;
}

const PrometheusNames* namesOf(const FleetService& service)
{
    const auto all = prometheusNames();
    const auto found = std::ranges::find_if(
        all, [&](const PrometheusNames& names) { return service.profile == QLatin1String(names.profile); });
    return found == all.end() ? nullptr : &*found;
}

/// Numbers for the states as the lanes know them: 0 closed, 1 half-open, 2 open, 3 and 4 by hand, 5 disabled.
QString stateExpr(const QString& metric, const QString& only)
{
    const QStringList states{QStringLiteral("closed|CLOSED"), QStringLiteral("half_open|HALF_OPEN"),
                             QStringLiteral("open|OPEN"),     QStringLiteral("forced_open|FORCED_OPEN"),
                             QStringLiteral("forced_closed"), QStringLiteral("disabled|DISABLED|metrics_only")};
    QStringList parts;
    for (qsizetype i = 0; i < states.size(); ++i)
        parts << QStringLiteral("(%1{%2,state=~\"%3\"} == 1) * %4").arg(metric, only, states[i], QString::number(i));
    return QStringLiteral("max(%1)").arg(parts.join(QStringLiteral(" or ")));
}

/// The breakers' metrics in one selector: a service has those of one library.
QString breakerSelector(const QString& only, const QString& more)
{
    QStringList names;
    for (const PrometheusBreakers& breaker : prometheusBreakers())
        names << QLatin1String(breaker.metric);
    return QStringLiteral("{__name__=~\"%1\",%2%3}").arg(names.join(QLatin1Char('|')), only, more);
}

BreakerLaneSpec breakerLane(const FleetEdge& edge, const QString& only)
{
    BreakerLaneSpec spec;
    spec.control = edge.breaker;
    spec.name = edge.breaker.section(QLatin1Char('/'), 2);
    spec.callee = edge.callee;
    const QString mine = only + QLatin1Char(',') + matcherText(QStringLiteral("name"), spec.name);
    QStringList states;
    for (const PrometheusBreakers& breaker : prometheusBreakers())
        states << stateExpr(QLatin1String(breaker.metric), mine);
    spec.stateExpr = states.join(QStringLiteral(" or "));
    const QString open = breakerSelector(mine, QStringLiteral(",state=~\"(forced_)?open|(FORCED_)?OPEN\""));
    spec.instancesExpr = QStringLiteral("count(%1 == 1)").arg(breakerSelector(mine, {}));
    spec.openExpr = QStringLiteral("count(%1 == 1) or %2 * 0").arg(open, spec.instancesExpr);
    return spec;
}

LaneSpec headroomLane(const FleetService& service, const QString& only, const QString& window)
{
    LaneSpec spec = lane("headroom", words("Headroom"), LaneUnit::Ratio, {});
    QStringList used;
    for (const PrometheusResource& resource : prometheusResources()) {
        if (service.headroom.resource == QLatin1String(resource.name))
            used << resourceExpr(resource, only, window);
    }
    if (used.isEmpty()) {
        spec.missing =
            words("No pool, thread or file descriptor metric with its ceiling was found in %1.").arg(service.name);
        return spec;
    }
    spec.limit = LaneLimit{headroomLimit, QStringLiteral("15 %"), true};
    spec.queries.push_back({service.headroom.resource,
                            QStringLiteral("1 - max(%1)").arg(used.join(QStringLiteral(" or "))), LineRole::Main});
    return spec;
}

}  // namespace

Result<ServicePage> decodePrometheusPage(const QByteArray& body, const QString& service, const QString& window)
{
    HF_TRY(const Fleet fleet, decodePrometheusFleet(body));
    ServicePage page;
    const auto row = std::ranges::find(fleet.services, service, &FleetService::name);
    if (row == fleet.services.end())
        return Error{"no job of that name is scraped there: " + service.toStdString(), ErrorKind::NotFound};
    page.now = *row;
    const PrometheusNames* names = namesOf(*row);
    const QString none = words("No request counter that Holdfast knows was found in %1.").arg(service);
    LaneSpec latency = lane("latency", words("Latency"), LaneUnit::Seconds, {});
    LaneSpec heat = lane("heatmap", words("Latency heatmap"), LaneUnit::Seconds, {});
    LaneSpec errors = lane("errors", words("Errors"), LaneUnit::Ratio, {});
    LaneSpec requests = lane("requests", words("Requests"), LaneUnit::PerSecond, {});
    const QString only = matcherText(QLatin1String(names ? names->label : "job"), service);
    if (names && names->buckets) {
        for (const auto& [name, q, role] : {std::tuple{"p99", "0.99", LineRole::Main},
                                            {"p90", "0.9", LineRole::Second},
                                            {"p50", "0.5", LineRole::Third}})
            latency.queries.push_back(
                {QLatin1String(name), quantileExpr(*names, QLatin1String(q), only, window), role});
        latency.limit = LaneLimit{latencyLimitS, QStringLiteral("500 ms"), false};
        heat.heatmapExpr = heatmapExpr(*names, only);
        heat.heatmapSlo = latencyLimitS / names->toSeconds;
    } else {
        latency.missing = heat.missing = words("No latency histogram found in %1.").arg(service);
    }
    if (names) {
        errors.queries.push_back({QStringLiteral("errors"), errorsExpr(*names, only, window), LineRole::Main});
        errors.limit = LaneLimit{errorLimit, QStringLiteral("1 %"), false};
        requests.queries.push_back({QStringLiteral("requests"), requestsExpr(*names, only, window), LineRole::Main});
    } else {
        errors.missing = requests.missing = none;
    }
    page.lanes = {std::move(latency), std::move(heat), std::move(errors), std::move(requests),
                  headroomLane(*row, matcherText(QStringLiteral("job"), service), window)};
    LaneSpec up = lane("up", words("Instances up"), LaneUnit::Count, {});
    up.queries.push_back({QStringLiteral("up"),
                          QStringLiteral("sum(up{%1})").arg(matcherText(QStringLiteral("job"), service)),
                          LineRole::Main});
    page.lanes.push_back(std::move(up));
    for (const FleetEdge& edge : fleet.edges) {
        if (edge.caller == service)
            page.callees << edge.callee;
        if (edge.callee == service)
            page.callers << edge.caller;
        if (edge.caller == service && !edge.breaker.isEmpty())
            page.breakers.push_back(breakerLane(edge, matcherText(QStringLiteral("job"), service)));
    }
    return page;
}

}  // namespace holdfast::widgets
