#include "widgets/explore/explore_links.h"

#include "app/base/duration.h"
#include "app/base/time_text.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QUrlQuery>

namespace holdfast::widgets {

namespace {

/// A "+" in PromQL would be read as a space on the other side.
QString encoded(QUrl url, const QUrlQuery& query)
{
    url.setQuery(query);
    return QString::fromUtf8(url.toEncoded().replace('+', "%2B"));
}

void add(QUrlQuery& query, const QString& key, const QString& value)
{
    query.addQueryItem(key, QString::fromUtf8(QUrl::toPercentEncoding(value)));
}

QString seconds(std::int64_t ms)
{
    return QString::number(static_cast<double>(ms) / 1'000.0, 'f', ms % 1'000 == 0 ? 0 : 3);
}

/// "2026-11-23 03:14:07", UTC: how Prometheus writes the end of a range.
QString dateText(std::int64_t ms)
{
    return QString::fromStdString(rfc3339(ms)).left(19).replace(QLatin1Char('T'), QLatin1Char(' '));
}

QString pathOf(const QUrl& base, const QString& path)
{
    QString before = base.path();
    while (before.endsWith(QLatin1Char('/')))
        before.chop(1);
    return before + path;
}

QStringList grafanaExpressions(const QJsonArray& queries)
{
    QStringList expressions;
    for (const auto& query : queries) {
        const QString expression = query.toObject().value(QStringLiteral("expr")).toString();
        if (!expression.isEmpty())
            expressions << expression;
    }
    return expressions;
}

QString grafanaRange(const QJsonValue& range)
{
    if (range.isObject())
        return QString::fromUtf8(QJsonDocument(range.toObject()).toJson(QJsonDocument::Compact));
    return {};
}

PastedLink fromPanes(const QString& json)
{
    PastedLink link;
    const QJsonObject panes = QJsonDocument::fromJson(json.toUtf8()).object();
    for (auto it = panes.begin(); it != panes.end() && link.expressions.isEmpty(); ++it) {
        const QJsonObject pane = it->toObject();
        link.expressions = grafanaExpressions(pane.value(QStringLiteral("queries")).toArray());
        link.range = grafanaRange(pane.value(QStringLiteral("range")));
    }
    return link;
}

PastedLink fromLeft(const QString& json)
{
    const QJsonDocument document = QJsonDocument::fromJson(json.toUtf8());
    PastedLink link;
    if (document.isArray()) {  // ["now-1h","now","datasource",{"expr":…}]
        const QJsonArray list = document.array();
        link.expressions = grafanaExpressions(list);
        if (list.size() > 1)
            link.range = grafanaRange(QJsonObject{{QStringLiteral("from"), list[0]}, {QStringLiteral("to"), list[1]}});
        return link;
    }
    link.expressions = grafanaExpressions(document.object().value(QStringLiteral("queries")).toArray());
    link.range = grafanaRange(document.object().value(QStringLiteral("range")));
    return link;
}

QString item(const QUrlQuery& query, const QString& key)
{
    // Prometheus writes blanks as "+".
    QString raw = query.queryItemValue(key, QUrl::FullyEncoded);
    return QUrl::fromPercentEncoding(raw.replace(QLatin1Char('+'), QLatin1String("%20")).toUtf8());
}

/// `g0.range_input` before `g0.end_input`, or before now, as parseRange() reads it; empty: none that can be read.
QString prometheusRange(const QUrlQuery& query)
{
    const QString length = item(query, QStringLiteral("g0.range_input"));
    const auto span = parseDuration(length.toStdString());
    if (!span)
        return {};
    QDateTime end = QDateTime::fromString(
        item(query, QStringLiteral("g0.end_input")).replace(QLatin1Char(' '), QLatin1Char('T')), Qt::ISODateWithMs);
    if (!end.isValid())
        return QStringLiteral("now-%1 to now").arg(length);
    if (end.timeSpec() == Qt::LocalTime)
        end.setTimeSpec(Qt::UTC);  // it is written without a zone and means UTC
    const std::int64_t endMs = end.toMSecsSinceEpoch();
    return QString::fromStdString(rfc3339(endMs - *span) + " to " + rfc3339(endMs));
}

PastedLink fromPrometheus(const QUrlQuery& query)
{
    PastedLink link;
    for (int i = 0; query.hasQueryItem(QStringLiteral("g%1.expr").arg(i)); ++i)
        link.expressions << item(query, QStringLiteral("g%1.expr").arg(i));
    link.expressions.removeAll(QString());
    link.range = prometheusRange(query);
    if (query.hasQueryItem(QStringLiteral("g0.tab"))) {
        const QString tab = item(query, QStringLiteral("g0.tab"));
        link.instant = tab == QLatin1String("1") || tab == QLatin1String("table");
    }
    return link;
}

}  // namespace

QString prometheusLink(const QUrl& base, const ExploreState& state)
{
    QUrl url = base;
    url.setPath(pathOf(base, QStringLiteral("/query")));
    QUrlQuery query;
    int group = 0;
    for (const QString& expression : state.expressions) {
        const QString g = QStringLiteral("g%1.").arg(group++);
        add(query, g + QStringLiteral("expr"), expression);
        add(query, g + QStringLiteral("tab"), state.instant ? QStringLiteral("table") : QStringLiteral("graph"));
        add(query, g + QStringLiteral("range_input"), QStringLiteral("%1s").arg((state.endMs - state.startMs) / 1'000));
        if (!state.live)
            add(query, g + QStringLiteral("end_input"), dateText(state.endMs));
        if (state.stepMs > 0) {
            add(query, g + QStringLiteral("res_type"), QStringLiteral("fixed"));
            add(query, g + QStringLiteral("res_step"), seconds(state.stepMs));
        }
    }
    return encoded(url, query);
}

QString grafanaLink(const QUrl& base, const ExploreState& state)
{
    QJsonArray queries;
    QChar letter(u'A');
    for (const QString& expression : state.expressions) {
        queries << QJsonObject{
            {QStringLiteral("refId"), QString(letter)},
            {QStringLiteral("expr"), expression},
            {QStringLiteral("range"), !state.instant},
            {QStringLiteral("instant"), state.instant},
            {QStringLiteral("datasource"), QJsonObject{{QStringLiteral("type"), QStringLiteral("prometheus")}}}};
        letter = QChar(letter.unicode() + 1);
    }
    const QJsonObject range{
        {QStringLiteral("from"), state.live ? QStringLiteral("now-%1s").arg((state.endMs - state.startMs) / 1'000)
                                            : QString::number(state.startMs)},
        {QStringLiteral("to"), state.live ? QStringLiteral("now") : QString::number(state.endMs)}};
    const QJsonObject panes{
        {QStringLiteral("a"), QJsonObject{{QStringLiteral("queries"), queries}, {QStringLiteral("range"), range}}}};
    QUrl url = base;
    url.setPath(pathOf(base, QStringLiteral("/explore")));
    QUrlQuery query;
    add(query, QStringLiteral("schemaVersion"), QStringLiteral("1"));
    add(query, QStringLiteral("panes"), QString::fromUtf8(QJsonDocument(panes).toJson(QJsonDocument::Compact)));
    return encoded(url, query);
}

QString apiLink(const QUrl& base, const ExploreState& state)
{
    QUrl url = base;
    QUrlQuery query;
    add(query, QStringLiteral("query"), state.expressions.value(0));
    if (state.instant) {
        url.setPath(pathOf(base, QStringLiteral("/api/v1/query")));
        add(query, QStringLiteral("time"), seconds(state.endMs));
        return encoded(url, query);
    }
    url.setPath(pathOf(base, QStringLiteral("/api/v1/query_range")));
    add(query, QStringLiteral("start"), seconds(state.startMs));
    add(query, QStringLiteral("end"), seconds(state.endMs));
    add(query, QStringLiteral("step"), seconds(std::max<std::int64_t>(1'000, state.stepMs)));
    return encoded(url, query);
}

std::optional<PastedLink> readLink(const QString& text)
{
    const QString trimmed = text.trimmed();
    if (!trimmed.startsWith(QLatin1String("http://")) && !trimmed.startsWith(QLatin1String("https://")))
        return std::nullopt;
    const QUrl url(trimmed);
    QUrlQuery query(url);
    // VictoriaMetrics' own page keeps everything behind the "#".
    if (const QString fragment = url.fragment(QUrl::FullyEncoded);
        query.isEmpty() && fragment.contains(QLatin1Char('?')))
        query = QUrlQuery(fragment.section(QLatin1Char('?'), 1));
    PastedLink link;
    if (query.hasQueryItem(QStringLiteral("g0.expr"))) {
        link = fromPrometheus(query);
    } else if (query.hasQueryItem(QStringLiteral("panes"))) {
        link = fromPanes(item(query, QStringLiteral("panes")));
    } else if (query.hasQueryItem(QStringLiteral("left"))) {
        link = fromLeft(item(query, QStringLiteral("left")));
    } else if (query.hasQueryItem(QStringLiteral("query"))) {
        link.expressions << item(query, QStringLiteral("query"));
        const QString start = item(query, QStringLiteral("start"));
        const QString end = item(query, QStringLiteral("end"));
        link.instant = start.isEmpty();
        if (!start.isEmpty() && !end.isEmpty())
            link.range = QStringLiteral("%1 to %2").arg(start, end);
    }
    return link.expressions.isEmpty() ? std::nullopt : std::optional(link);
}

}  // namespace holdfast::widgets
