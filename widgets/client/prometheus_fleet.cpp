#include "widgets/client/prometheus_fleet.h"

#include "app/base/number_text.h"
#include "widgets/client/json_fields.h"
#include "widgets/client/matrix.h"
#include "widgets/client/prometheus_names.h"

#include <QJsonArray>
#include <QMap>

#include <algorithm>
#include <cmath>

namespace holdfast::widgets {

namespace {

constexpr double errorLimit = 0.01;  // what an engine without a configuration takes
constexpr double latencyLimitS = 0.5;
constexpr double headroomLimit = 0.15;
constexpr double headroomCritical = 0.05;
constexpr double muchWorse = 5;     // of the error limit
constexpr double muchSlower = 2;    // of the latency limit
constexpr int staleAfterSteps = 2;  // a value older than that is not of now

QString tagged(const QString& expr, const QString& tag)
{
    return QStringLiteral("label_replace(%1, \"holdfast\", \"%2\", \"\", \"\")").arg(expr, tag);
}

/// One series of the answer: what it says, of whom, and its samples by time in ms.
struct TaggedSeries {
    QString what;
    qsizetype strength = 0;  ///< place of its convention in the table; less is stronger
    QMap<QString, QString> labels;
    QMap<std::int64_t, double> samples;

    [[nodiscard]] QString label(const char* name) const { return labels.value(QLatin1String(name)); }
};

TaggedSeries readSeries(const QJsonObject& object)
{
    TaggedSeries series;
    const QJsonObject metric = objectField(object, "metric");
    for (auto label = metric.begin(); label != metric.end(); ++label)
        series.labels.insert(label.key(), label.value().toString());
    const QStringList tag = series.label("holdfast").split(QLatin1Char('/'));
    series.what = tag.first();
    series.strength = tag.size() > 1 ? tag[1].toLongLong() : 0;
    for (const auto& item : object.value(QLatin1String("values")).toArray()) {
        const QJsonArray sample = item.toArray();
        const auto value = parseDouble(sample.at(1).toString().toStdString());
        if (sample.size() == 2 && value)
            series.samples.insert(std::llround(sample.at(0).toDouble() * 1000), *value);
    }
    return series;
}

/// Builds the fleet from the series, the strongest convention of each service first.
class FleetReader {
public:
    explicit FleetReader(std::vector<TaggedSeries> series) : m_series(std::move(series)) {}

    Fleet read()
    {
        findGrid();
        std::ranges::stable_sort(m_series, {}, &TaggedSeries::strength);
        for (const TaggedSeries& series : m_series)
            take(series);
        for (FleetService& service : m_fleet.services)
            judge(service);
        std::ranges::sort(m_fleet.services, {}, &FleetService::name);
        return std::move(m_fleet);
    }

private:
    void findGrid()
    {
        for (const TaggedSeries& series : m_series) {
            std::int64_t before = 0;
            for (auto sample = series.samples.begin(); sample != series.samples.end(); ++sample) {
                const std::int64_t at = sample.key();
                m_fleet.atMs = std::max(m_fleet.atMs, at);
                m_fleet.sparkStartMs = m_fleet.sparkStartMs == 0 ? at : std::min(m_fleet.sparkStartMs, at);
                if (before > 0)
                    m_fleet.sparkStepMs =
                        m_fleet.sparkStepMs == 0 ? at - before : std::min(m_fleet.sparkStepMs, at - before);
                before = at;
            }
        }
        m_fleet.sparkStepMs = std::max<std::int64_t>(1000, m_fleet.sparkStepMs);
        m_fleet.intervalMs = m_fleet.sparkStepMs;
    }

    [[nodiscard]] std::optional<double> now(const TaggedSeries& series) const
    {
        const auto last = series.samples.find(m_fleet.atMs);
        return last == series.samples.end() ? std::nullopt : std::optional(*last);
    }

    [[nodiscard]] std::vector<double> spark(const TaggedSeries& series, bool headroom) const
    {
        std::vector<double> values;
        for (std::int64_t at = m_fleet.sparkStartMs; at <= m_fleet.atMs; at += m_fleet.sparkStepMs) {
            const auto sample = series.samples.find(at);
            const double value = sample == series.samples.end() ? noSample : *sample;
            values.push_back(headroom ? 1 - value : value);
        }
        return values;
    }

    /// A signal once known is not replaced by a weaker convention's.
    void fill(SignalValue& signal, const TaggedSeries& series) const
    {
        const auto value = now(series);
        if (signal.state != ValueState::Absent && !(signal.state == ValueState::NoTraffic && value))
            return;
        signal.spark = spark(series, false);
        signal.state = value && std::isfinite(*value) ? ValueState::Value : ValueState::NoTraffic;
        if (signal.state == ValueState::Value)
            signal.value = value;
        const std::int64_t last = series.samples.isEmpty() ? 0 : series.samples.lastKey();
        if (!value && last > 0 && series.what == QLatin1String("requests")
            && m_fleet.atMs - last > staleAfterSteps * m_fleet.sparkStepMs) {
            signal.state = ValueState::Stale;
            signal.value = series.samples.last();
            signal.ageMs = m_fleet.atMs - last;
        }
    }

    void fillHeadroom(SignalValue& signal, const TaggedSeries& series) const
    {
        const auto used = now(series);
        if (!used || (signal.value && *signal.value <= 1 - *used))
            return;
        signal.state = ValueState::Value;
        signal.value = std::max(0.0, 1 - *used);
        signal.resource = series.label("resource");
        signal.spark = spark(series, true);
    }

    [[nodiscard]] QString serviceName(const TaggedSeries& series) const
    {
        for (const char* label : {"envoy_cluster_name", "proxy", "job"}) {
            if (const QString name = series.label(label); !name.isEmpty())
                return name;
        }
        return {};
    }

    FleetService& serviceOf(const QString& name)
    {
        const auto found = std::ranges::find(m_fleet.services, name, &FleetService::name);
        if (found != m_fleet.services.end())
            return *found;
        m_fleet.services.emplace_back();
        m_fleet.services.back().name = name;
        return m_fleet.services.back();
    }

    FleetEdge& edgeOf(const QString& caller, const QString& callee)
    {
        for (FleetEdge& edge : m_fleet.edges) {
            if (edge.caller == caller && edge.callee == callee)
                return edge;
        }
        m_fleet.edges.push_back({caller, callee, QStringLiteral("client"), {}, {}, {}});
        return m_fleet.edges.back();
    }

    void take(const TaggedSeries& series)
    {
        if (series.what == QLatin1String("calls") || series.what == QLatin1String("failed")) {
            takeCall(series);
            return;
        }
        const QString name = serviceName(series);
        if (name.isEmpty())
            return;
        FleetService& service = serviceOf(name);
        const auto value = now(series);
        if (!series.samples.isEmpty())
            service.lastSampleMs = std::max(service.lastSampleMs, series.samples.lastKey());
        if (series.what == QLatin1String("instances"))
            service.instances = std::llround(value.value_or(0));
        else if (series.what == QLatin1String("up"))
            service.instancesUp = std::llround(value.value_or(0));
        else if (series.what == QLatin1String("requests"))
            takeRequests(service, series);
        else if (series.what == QLatin1String("errors"))
            fill(service.errors, series);
        else if (series.what == QLatin1String("p99"))
            fill(service.p99, series);
        else if (series.what == QLatin1String("used"))
            fillHeadroom(service.headroom, series);
        else if (series.what == QLatin1String("breaker") && value.value_or(0) > 0)
            takeBreaker(service, series, *value);
    }

    void takeRequests(FleetService& service, const TaggedSeries& series) const
    {
        if (service.profile.isEmpty())
            service.profile = QLatin1String(prometheusNames()[static_cast<std::size_t>(series.strength)].profile);
        fill(service.requests, series);
    }

    void takeBreaker(FleetService& service, const TaggedSeries& series, double instances)
    {
        const auto count = static_cast<std::int64_t>(std::llround(instances));
        const QString state = series.label("state").toLower();
        service.breakers.total += count;
        if (state == QLatin1String("open"))
            service.breakers.open += count;
        else if (state.startsWith(QLatin1String("forced")))
            service.breakers.forced += count;
        else if (state == QLatin1String("half_open"))
            service.breakers.halfOpen += count;
        const QString name = series.label("name");
        const QString callee = series.label("callee");
        FleetEdge& edge = edgeOf(service.name, callee.isEmpty() ? name : callee);
        edge.source = QStringLiteral("breaker");
        edge.breaker = QStringLiteral("%1/breaker/%2").arg(service.name, name);
    }

    void takeCall(const TaggedSeries& series)
    {
        const auto value = now(series);
        const QString caller = series.label("caller");
        const QString callee = series.label("callee");
        if (!value || caller.isEmpty() || callee.isEmpty() || caller == callee)
            return;
        FleetEdge& edge = edgeOf(caller, callee);
        if (series.what == QLatin1String("calls"))
            edge.requests = edge.requests.value_or(0) + *value;
        else if (const double all = edge.requests.value_or(0); all > 0)
            edge.errors = std::min(1.0, edge.errors.value_or(0) + *value / all);
    }

    static void judge(FleetService& service)
    {
        const auto above = [](SignalValue& signal, double limit, double factor) {
            signal.limit = limit;
            if (signal.state == ValueState::Value && signal.value.value_or(0) > limit)
                signal.severity = *signal.value > factor * limit ? Severity::Critical : Severity::Warning;
        };
        above(service.errors, errorLimit, muchWorse);
        service.errors.burn = service.errors.value ? std::optional(*service.errors.value / errorLimit) : std::nullopt;
        above(service.p99, latencyLimitS, muchSlower);
        service.headroom.limit = headroomLimit;
        if (service.headroom.value && *service.headroom.value < headroomLimit)
            service.headroom.severity =
                *service.headroom.value < headroomCritical ? Severity::Critical : Severity::Warning;
        if (service.breakers.open > 0)
            service.breakers.severity = Severity::Critical;
        else if (service.breakers.halfOpen > 0)
            service.breakers.severity = Severity::Warning;
        for (const Severity severity :
             {service.errors.severity, service.p99.severity, service.headroom.severity, service.breakers.severity})
            service.severity = std::max(service.severity, severity);
        if (service.instancesUp < service.instances)
            service.severity =
                service.instancesUp == 0 ? Severity::Critical : std::max(service.severity, Severity::Warning);
    }

    std::vector<TaggedSeries> m_series;
    Fleet m_fleet;
};

}  // namespace

QString prometheusFleetQuery(const QString& window)
{
    QStringList parts{tagged(QStringLiteral("count by (job) (up)"), QStringLiteral("instances")),
                      tagged(QStringLiteral("sum by (job) (up)"), QStringLiteral("up"))};
    const auto all = prometheusNames();
    for (std::size_t i = 0; i < all.size(); ++i) {
        parts << tagged(requestsExpr(all[i], {}, window), QStringLiteral("requests/%1").arg(i))
              << tagged(errorsExpr(all[i], {}, window), QStringLiteral("errors/%1").arg(i));
        if (all[i].buckets)
            parts << tagged(quantileExpr(all[i], QStringLiteral("0.99"), {}, window), QStringLiteral("p99/%1").arg(i));
    }
    const auto resources = prometheusResources();
    for (std::size_t i = 0; i < resources.size(); ++i)
        parts << tagged(QStringLiteral("label_replace(%1, \"resource\", \"%2\", \"\", \"\")")
                            .arg(resourceExpr(resources[i], {}, window), QLatin1String(resources[i].name)),
                        QStringLiteral("used/%1").arg(i));
    for (const PrometheusBreakers& breaker : prometheusBreakers())
        parts << tagged(
            QStringLiteral("count by (job, name, callee, state) (%1 == 1)").arg(QLatin1String(breaker.metric)),
            QStringLiteral("breaker"));
    const auto calls = prometheusCalls();
    for (std::size_t i = 0; i < calls.size(); ++i)
        parts << tagged(QString::fromLatin1(calls[i].calls).arg(window), QStringLiteral("calls/0/%1").arg(i))
              << tagged(QString::fromLatin1(calls[i].failed).arg(window), QStringLiteral("failed/1/%1").arg(i));
    return parts.join(QStringLiteral(" or "));
}

QUrlQuery prometheusFleetRange(const QString& window, std::int64_t endMs, std::int64_t spanMs, std::int64_t points)
{
    const std::int64_t step = std::max<std::int64_t>(1, spanMs / 1000 / std::max<std::int64_t>(1, points));
    const std::int64_t end = endMs / 1000;
    QUrlQuery form;
    form.addQueryItem(QStringLiteral("query"), prometheusFleetQuery(window));
    // The last point is the present moment, not the last full step: values of now are read from it.
    form.addQueryItem(QStringLiteral("start"), QString::number(end - step * points));
    form.addQueryItem(QStringLiteral("end"), QString::number(end));
    form.addQueryItem(QStringLiteral("step"), QString::number(step));
    return form;
}

Result<Fleet> decodePrometheusFleet(const QByteArray& body)
{
    HF_TRY(const QJsonObject root, jsonObject(body));
    if (textField(root, "status") != QLatin1String("success"))
        return Error{textField(root, "error").toStdString(), ErrorKind::BadInput};
    std::vector<TaggedSeries> series;
    for (const auto& item : objectField(root, "data").value(QLatin1String("result")).toArray())
        series.push_back(readSeries(item.toObject()));
    return FleetReader(std::move(series)).read();
}

}  // namespace holdfast::widgets
