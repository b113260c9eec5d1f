#include "widgets/time/range_text.h"

#include "app/base/duration.h"
#include "widgets/time/typed_moment.h"
#include "widgets/time/typed_words.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QUrl>
#include <QUrlQuery>

#include <algorithm>
#include <optional>

namespace holdfast::widgets {

namespace {

constexpr std::int64_t dayMs = 86'400'000;
constexpr std::int64_t aroundMomentMs = 15LL * 60'000;

std::optional<std::int64_t> lengthOf(const QString& text)
{
    const auto duration = parseDuration(text.toStdString());
    return duration && *duration > 0 ? std::optional(*duration) : std::nullopt;
}

struct Words {
    Q_DECLARE_TR_FUNCTIONS(RangeText)
};

Error refused(const QString& why)
{
    return {why.toStdString(), ErrorKind::BadInput};
}

Error cannotRead(const QString& text)
{
    return refused(
        Words::tr("Cannot read “%1” as a time. Try 45m, 03:05-03:20, yesterday 9 to 10 or since 14:00.").arg(text));
}

/// What is still to come has no samples; a range ends now at the latest.
Result<TypedRange> until(std::int64_t startMs, std::int64_t endMs, const TypedClock& by)
{
    if (endMs <= startMs)
        return refused(Words::tr("The range ends before it starts."));
    if (startMs >= by.nowMs)
        return refused(Words::tr("That is still to come."));
    return TypedRange{false, startMs, std::min(endMs, by.nowMs)};
}

Result<TypedRange> between(const QString& from, const QString& to, const TypedClock& by)
{
    const auto start = typedMoment(from, by, BareHours::Read);
    if (!start)
        return cannotRead(from);
    std::optional<std::int64_t> end;
    if (const auto clock = typedTimeOfDay(to, by, BareHours::Read)) {
        end = by.dayStart(*start) + *clock;  // "… 23:50 to 00:10" ends on the next day
        if (*end < *start)
            *end += dayMs;
    } else if (const auto day = typedDay(to, by)) {
        end = *day + dayMs;  // "monday to wednesday" has all of Wednesday in it
    } else {
        end = typedMoment(to, by, BareHours::Read);
    }
    if (!end)
        return cannotRead(to);
    auto range = until(*start, *end, by);
    if (range.ok() && to == QLatin1String("now"))
        range->live = true;
    return range;
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
    const TypedClock by{nowMs, offsetMs};
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
    text = typedWords(text);
    if (text.startsWith(QLatin1String("last ")))
        text = text.mid(5);
    if (const auto length = lengthOf(text))
        return TypedRange{true, nowMs - *length, nowMs};
    if (text == QLatin1String("today"))
        text = QStringLiteral("since today");
    if (text.startsWith(QLatin1String("since ")))
        return between(text.mid(6), QStringLiteral("now"), by);
    if (const auto day = typedDay(text, by))
        return until(*day, *day + dayMs, by);

    static const QRegularExpression forAWhile(QStringLiteral("^(.+) for (\\S+)$"));
    if (const auto match = forAWhile.match(text); match.hasMatch()) {
        const auto start = typedMoment(match.captured(1), by, BareHours::Read);
        const auto length = lengthOf(match.captured(2));
        return start && length ? until(*start, *start + *length, by) : cannotRead(text);
    }
    static const QRegularExpression around(QStringLiteral("^(?:around )?(.+?) ?(?:±|\\+-|\\+/-) ?(\\S+)$"));
    if (const auto match = around.match(text); match.hasMatch()) {
        const auto at = typedMoment(match.captured(1), by, BareHours::Read);
        const auto length = lengthOf(match.captured(2));
        return at && length ? until(*at - *length, *at + *length, by) : cannotRead(text);
    }
    static const QRegularExpression twoSides(QStringLiteral("^(.+?)(?:\\s+to\\s+|\\s*[–—]\\s*|\\s+-\\s+)(.+)$"));
    if (const auto match = twoSides.match(text); match.hasMatch())
        return between(match.captured(1).trimmed(), match.captured(2).trimmed(), by);
    static const QRegularExpression clocks(
        QStringLiteral("^((?:.* )?\\d{1,2}(?::\\d\\d){0,2}(?:am|pm|z)?)-(\\d{1,2}(?::\\d\\d){0,2}(?:am|pm|z)?|now)$"));
    if (const auto match = clocks.match(text); match.hasMatch())
        return between(match.captured(1), match.captured(2), by);

    const auto at = typedMoment(text.startsWith(QLatin1String("around ")) ? text.mid(7) : text, by);
    if (!at)
        return cannotRead(typed.trimmed());
    if (text.startsWith(QLatin1String("now-")))
        return TypedRange{true, *at, nowMs};
    return until(*at - aroundMomentMs, *at + aroundMomentMs, by);
}

}  // namespace holdfast::widgets
