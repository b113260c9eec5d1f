#include "widgets/time/range_text.h"

#include "app/base/duration.h"

#include <QDateTime>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTimeZone>

#include <algorithm>
#include <optional>

namespace holdfast::widgets {

namespace {

constexpr std::int64_t dayMs = 86'400'000;
constexpr std::int64_t aroundMomentMs = 15LL * 60'000;

std::int64_t dayStart(std::int64_t ms)
{
    return ms - ms % dayMs;
}

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

std::optional<std::int64_t> relative(const QString& text, std::int64_t nowMs)
{
    if (text == QLatin1String("now"))
        return nowMs;
    if (!text.startsWith(QLatin1String("now-")))
        return std::nullopt;
    const auto duration = parseDuration(text.mid(4).toStdString());
    if (!duration)
        return std::nullopt;
    return nowMs - *duration;
}

std::optional<std::int64_t> dated(const QString& text, std::int64_t nowMs)
{
    for (const auto& [word, daysAgo] : {std::pair{QLatin1String("today"), 0}, {QLatin1String("yesterday"), 1}}) {
        if (!text.startsWith(word))
            continue;
        const QString rest = text.mid(word.size()).trimmed();
        const auto clock = rest.isEmpty() ? std::optional<std::int64_t>(0) : clockTime(rest);
        if (clock)
            return dayStart(nowMs) - daysAgo * dayMs + *clock;
    }
    QDateTime time = QDateTime::fromString(text.toUpper(), Qt::ISODate);
    if (!time.isValid())
        return std::nullopt;
    static const QRegularExpression offset(QStringLiteral("(z|[+-]\\d\\d:?\\d\\d)$"));
    if (!offset.match(text).hasMatch())
        time = QDateTime(time.date(), time.time(), Qt::UTC);
    return time.toMSecsSinceEpoch();
}

std::optional<std::int64_t> moment(const QString& text, std::int64_t nowMs)
{
    if (const auto ms = relative(text, nowMs))
        return ms;
    if (const auto ms = epoch(text))
        return ms;
    if (const auto clock = clockTime(text)) {
        const std::int64_t ms = dayStart(nowMs) + *clock;
        return ms > nowMs ? ms - dayMs : ms;  // a time still to come means yesterday's
    }
    return dated(text, nowMs);
}

Error cannotRead(const QString& text)
{
    return {"cannot read “" + text.toStdString()
                + "” as a time; try 45m, 03:05-03:20, yesterday 14:00 or now-3h to now-1h",
            ErrorKind::BadInput};
}

Result<TypedRange> between(const QString& from, const QString& to, std::int64_t nowMs)
{
    const auto start = moment(from, nowMs);
    if (!start)
        return cannotRead(from);
    std::optional<std::int64_t> end;
    if (const auto clock = clockTime(to)) {
        end = dayStart(*start) + *clock;  // "… 23:50 to 00:10" ends on the next day
        if (*end < *start)
            *end += dayMs;
    } else {
        end = moment(to, nowMs);
    }
    if (!end)
        return cannotRead(to);
    if (*end <= *start)
        return Error{"the range ends before it starts", ErrorKind::BadInput};
    const bool live = to == QLatin1String("now");
    return TypedRange{live, *start, *end};
}

}  // namespace

Result<TypedRange> parseRange(const QString& typed, std::int64_t nowMs)
{
    QString text = typed.trimmed();
    if (text.startsWith(QLatin1Char('{'))) {
        const QJsonObject grafana = QJsonDocument::fromJson(text.toUtf8()).object();
        const auto side = [&](const char* name) {
            const QJsonValue value = grafana.value(QLatin1String(name));
            return value.isDouble() ? QString::number(static_cast<qint64>(value.toDouble()))
                                    : value.toString().trimmed().toLower();
        };
        return between(side("from"), side("to"), nowMs);
    }
    text = text.toLower();
    if (text.startsWith(QLatin1String("last ")))
        text = text.mid(5).remove(QLatin1Char(' ')).replace(QLatin1String("min"), QLatin1String("m"));
    if (const auto duration = parseDuration(text.toStdString()); duration && *duration > 0)
        return TypedRange{true, nowMs - *duration, nowMs};

    static const QRegularExpression twoSides(QStringLiteral("^(.+?)(?:\\s+to\\s+|\\s*[–—]\\s*|\\s+-\\s+)(.+)$"));
    if (const auto match = twoSides.match(text); match.hasMatch())
        return between(match.captured(1).trimmed(), match.captured(2).trimmed(), nowMs);
    static const QRegularExpression clocks(QStringLiteral("^(.*\\d:\\d\\d(?::\\d\\d)?)-(\\d?\\d:\\d\\d(?::\\d\\d)?)$"));
    if (const auto match = clocks.match(text); match.hasMatch())
        return between(match.captured(1), match.captured(2), nowMs);

    const auto at = moment(text, nowMs);
    if (!at)
        return cannotRead(text);
    if (text.startsWith(QLatin1String("now-")))
        return TypedRange{true, *at, nowMs};
    return TypedRange{false, *at - aroundMomentMs, std::min(*at + aroundMomentMs, nowMs)};
}

}  // namespace holdfast::widgets
