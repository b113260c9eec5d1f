#include "widgets/main_window/place_link.h"

#include <QDateTime>
#include <QUrl>
#include <QUrlQuery>

namespace holdfast::widgets {

namespace {

const QString scheme = QStringLiteral("holdfast");

QString moment(std::int64_t ms)
{
    return QDateTime::fromMSecsSinceEpoch(ms, Qt::UTC).toString(Qt::ISODateWithMs);
}

QString value(const QUrlQuery& query, const char* name)
{
    return query.queryItemValue(QLatin1String(name), QUrl::FullyDecoded);
}

}  // namespace

QString linkText(const Place& place, const std::optional<TypedRange>& range)
{
    QUrlQuery query;
    const auto add = [&query](const char* name, const QString& text) {
        if (!text.isEmpty())
            query.addQueryItem(QLatin1String(name), QString::fromUtf8(QUrl::toPercentEncoding(text)));
    };
    add("service", place.service);
    add("item", place.item);
    if (range) {
        add("from", range->live ? QStringLiteral("now-%1s").arg(range->spanMs() / 1000) : moment(range->startMs));
        add("to", range->live ? QStringLiteral("now") : moment(range->endMs));
    }
    return scheme + QLatin1Char(':') + place.view + QLatin1Char('?') + query.toString(QUrl::FullyEncoded);
}

std::optional<PlaceLink> parsePlaceLink(const QString& text, std::int64_t nowMs)
{
    const QUrl url(text.trimmed(), QUrl::StrictMode);
    if (!url.isValid() || url.scheme() != scheme || url.path().isEmpty())
        return std::nullopt;
    const QUrlQuery query(url);
    PlaceLink link;
    link.place = {.view = url.path(), .service = value(query, "service"), .item = value(query, "item")};
    const QString from = value(query, "from");
    const QString to = value(query, "to");
    if (!from.isEmpty() && !to.isEmpty()) {
        if (const auto range = parseRange(from + QStringLiteral(" to ") + to, nowMs); range.ok())
            link.range = *range;
    }
    return link;
}

}  // namespace holdfast::widgets
