#include "widgets/time/range_text.h"

#include "app/base/duration.h"

#include <QDateTime>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTimeZone>
#include <QUrl>
#include <QUrlQuery>

#include <algorithm>
#include <optional>

namespace holdfast::widgets {

namespace {

constexpr std::int64_t dayMs = 86'400'000;
constexpr std::int64_t aroundMomentMs = 15LL * 60'000;

/// When it is, and by which clock.
struct Clock {
    std::int64_t nowMs = 0;
    std::int64_t offsetMs = 0;

    [[nodiscard]] std::int64_t dayStart(std::int64_t ms) const { return ms - (ms + offsetMs) % dayMs; }
};

std::optional<std::int64_t> clockTime(const QString& text)
{
    static const QRegularExpression form(QStringLiteral("^([0-2]?\\d):([0-5]\\d)(?::([0-5]\\d))?z?$"),
                                         QRegularExpression::CaseInsensitiveOption);
    const auto match = form.match(text);
    if (!match.hasMatch() || match.captured(1).toInt() > 23)
        return std::nullopt;
    return (match.captured(1).toInt() * 3600LL + match.captured(2).toInt() * 60LL + match.captured(3).toInt()) * 1000;
}

std::optional<std::int64_t> epoch(const QString& text)
{
    bool isNumber = false;
    const qint64 number = text.toLongLong(&isNumber);
    if (!isNumber || number < 100'000'000)
        return std::nullopt;
    return number < 100'000'000'000 ? number * 1000 : number;  // below it: seconds (until the year 5138)
}

std::optional<std::int64_t> relative(const QString& text, const Clock& clock)
{
    if (text == QLatin1String("now"))
        return clock.nowMs;
    if (!text.startsWith(QLatin1String("now-")))
        return std::nullopt;
    const auto duration = parseDuration(text.mid(4).toStdString());
    if (!duration)
        return std::nullopt;
    return clock.nowMs - *duration;
}

std::optional<std::int64_t> dated(const QString& text, const Clock& by)
{
    for (const auto& [word, daysAgo] : {std::pair{QLatin1String("today"), 0}, {QLatin1String("yesterday"), 1}}) {
        if (!text.startsWith(word))
            continue;
        const QString rest = text.mid(word.size()).trimmed();
        const auto clock = rest.isEmpty() ? std::optional<std::int64_t>(0) : clockTime(rest);
        if (clock)
            return by.dayStart(by.nowMs) - daysAgo * dayMs + *clock;
    }
    QDateTime time = QDateTime::fromString(text.toUpper(), Qt::ISODate);
    if (!time.isValid())
        return std::nullopt;
    static const QRegularExpression offset(QStringLiteral("(z|[+-]\\d\\d:?\\d\\d)$"));
    if (!offset.match(text).hasMatch())
        return QDateTime(time.date(), time.time(), Qt::UTC).toMSecsSinceEpoch() - by.offsetMs;
    return time.toMSecsSinceEpoch();
}

std::optional<std::int64_t> moment(const QString& text, const Clock& by)
{
    if (const auto ms = relative(text, by))
        return ms;
    if (const auto ms = epoch(text))
        return ms;
    if (const auto clock = clockTime(text)) {
        const std::int64_t ms = by.dayStart(by.nowMs) + *clock;
        return ms > by.nowMs ? ms - dayMs : ms;  // a time still to come means yesterday's
    }
    return dated(text, by);
}

Error cannotRead(const QString& text)
{
    return {"cannot read “" + text.toStdString()
                + "” as a time; try 45m, 03:05-03:20, yesterday 14:00 or now-3h to now-1h",
            ErrorKind::BadInput};
}

Result<TypedRange> between(const QString& from, const QString& to, const Clock& by)
{
    const auto start = moment(from, by);
    if (!start)
        return cannotRead(from);
    std::optional<std::int64_t> end;
    if (const auto clock = clockTime(to)) {
        end = by.dayStart(*start) + *clock;  // "… 23:50 to 00:10" ends on the next day
        if (*end < *start)
            *end += dayMs;
    } else {
        end = moment(to, by);
    }
    if (!end)
        return cannotRead(to);
    if (*end <= *start)
        return Error{"the range ends before it starts", ErrorKind::BadInput};
    const bool live = to == QLatin1String("now");
    return TypedRange{live, *start, *end};
}

/// The two sides of a link to Grafana ("from", "to") or Prometheus ("g0.range_input", "g0.end_input").
std::optional<std::pair<QString, QString>> sidesOfLink(const QString& text)
{
    if (!text.contains(QLatin1Char('=')) || !text.contains(QLatin1Char('?')))
        return std::nullopt;
    const QUrlQuery query(QUrl(text).query());
    const auto item = [&](const char* name) {
        return query.queryItemValue(QLatin1String(name), QUrl::FullyDecoded).trimmed().toLower();
    };
    if (const QString from = item("from"); !from.isEmpty())
        return std::pair{from, item("to").isEmpty() ? QStringLiteral("now") : item("to")};
    const QString length = item("g0.range_input");
    if (length.isEmpty() || !item("g0.end_input").isEmpty())
        return std::nullopt;
    return std::pair{QStringLiteral("now-") + length, QStringLiteral("now")};
}

}  // namespace

QString rangeAsJson(const TypedRange& range)
{
    QJsonObject json;
    if (range.live) {
        json.insert(QStringLiteral("from"),
                    QStringLiteral("now-") + QString::fromStdString(formatDuration(range.spanMs())));
        json.insert(QStringLiteral("to"), QStringLiteral("now"));
    } else {
        const auto text = [](std::int64_t ms) {
            return QDateTime::fromMSecsSinceEpoch(ms, Qt::UTC).toString(Qt::ISODateWithMs);
        };
        json.insert(QStringLiteral("from"), text(range.startMs));
        json.insert(QStringLiteral("to"), text(range.endMs));
    }
    return QString::fromUtf8(QJsonDocument(json).toJson(QJsonDocument::Compact));
}

Result<TypedRange> parseRange(const QString& typed, std::int64_t nowMs, std::int64_t offsetMs)
{
    const Clock by{nowMs, offsetMs};
    QString text = typed.trimmed();
    if (const auto sides = sidesOfLink(text))
        return between(sides->first, sides->second, by);
    if (text.startsWith(QLatin1Char('{'))) {
        const QJsonObject grafana = QJsonDocument::fromJson(text.toUtf8()).object();
        const auto side = [&](const char* name) {
            const QJsonValue value = grafana.value(QLatin1String(name));
            return value.isDouble() ? QString::number(static_cast<qint64>(value.toDouble()))
                                    : value.toString().trimmed().toLower();
        };
        return between(side("from"), side("to"), by);
    }
    text = text.toLower();
    if (text.startsWith(QLatin1String("last ")))
        text = text.mid(5).remove(QLatin1Char(' ')).replace(QLatin1String("min"), QLatin1String("m"));
    if (const auto duration = parseDuration(text.toStdString()); duration && *duration > 0)
        return TypedRange{true, nowMs - *duration, nowMs};

    static const QRegularExpression twoSides(QStringLiteral("^(.+?)(?:\\s+to\\s+|\\s*[–—]\\s*|\\s+-\\s+)(.+)$"));
    if (const auto match = twoSides.match(text); match.hasMatch())
        return between(match.captured(1).trimmed(), match.captured(2).trimmed(), by);
    static const QRegularExpression clocks(QStringLiteral("^(.*\\d:\\d\\d(?::\\d\\d)?)-(\\d?\\d:\\d\\d(?::\\d\\d)?)$"));
    if (const auto match = clocks.match(text); match.hasMatch())
        return between(match.captured(1), match.captured(2), by);

    const auto at = moment(text, by);
    if (!at)
        return cannotRead(text);
    if (text.startsWith(QLatin1String("now-")))
        return TypedRange{true, *at, nowMs};
    return TypedRange{false, *at - aroundMomentMs, std::min(*at + aroundMomentMs, nowMs)};
}

}  // namespace holdfast::widgets
