#include "widgets/controls/moment_text.h"

#include "widgets/time/zone.h"

#include <QRegularExpression>

namespace holdfast::widgets {

namespace {

constexpr std::int64_t dayMs = 86'400'000;

std::int64_t unitMs(const QString& unit)
{
    if (unit.startsWith(QLatin1Char('s')))
        return 1'000;
    return unit.startsWith(QLatin1Char('h')) ? 3'600'000 : 60'000;
}

}  // namespace

Result<std::int64_t> parseMoment(const QString& text, std::int64_t nowMs)
{
    static const QRegularExpression length(QStringLiteral("^\\+?\\s*(\\d{1,5})\\s*(s|sec|m|min|h|hours?)$"),
                                           QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression clock(QStringLiteral("^(\\d{1,2}):(\\d{2})(?::(\\d{2}))?\\s*Z?$"),
                                          QRegularExpression::CaseInsensitiveOption);
    const QString typed = text.trimmed();
    if (const auto found = length.match(typed); found.hasMatch()) {
        const std::int64_t ms = found.captured(1).toLongLong() * unitMs(found.captured(2).toLower());
        if (ms > 0)
            return nowMs + ms;
    }
    if (const auto found = clock.match(typed); found.hasMatch()) {
        const std::int64_t hours = found.captured(1).toLongLong();
        const std::int64_t minutes = found.captured(2).toLongLong();
        const std::int64_t seconds = found.captured(3).toLongLong();
        if (hours < 24 && minutes < 60 && seconds < 60) {
            // "Z" is UTC whatever is shown.
            const std::int64_t ahead = typed.endsWith(QLatin1Char('Z'), Qt::CaseInsensitive) ? 0 : shownOffsetMs(nowMs);
            const std::int64_t midnight = (nowMs + ahead) / dayMs * dayMs - ahead;
            const std::int64_t at = midnight + ((hours * 60 + minutes) * 60 + seconds) * 1000;
            return at > nowMs ? at : at + dayMs;
        }
    }
    return Error{"say when as 03:25, 20 min or 2 h", ErrorKind::BadInput};
}

}  // namespace holdfast::widgets
