#include "widgets/theme/number_format.h"

#include "widgets/time/zone.h"

#include <QDateTime>
#include <QLocale>
#include <QTimeZone>

#include <algorithm>
#include <array>
#include <cmath>

namespace holdfast::widgets {

namespace {

const QChar narrowSpace(0x202F);
const QChar minus(0x2212);

/// `value` with `digits` significant digits, never an exponent.
QString significant(double value, int digits)
{
    const double size = std::abs(value);
    if (size == 0)
        return QStringLiteral("0");
    const int magnitude = static_cast<int>(std::floor(std::log10(size)));
    const int decimals = std::clamp(digits - 1 - magnitude, 0, 12);
    const double scale = std::pow(10.0, decimals);
    const double rounded = std::round(size * scale) / scale;
    const int after = static_cast<int>(std::floor(std::log10(rounded)));
    const int shown = after > magnitude ? std::max(0, decimals - 1) : decimals;
    const QString text = QLocale().toString(rounded, 'f', shown);
    return value < 0 ? minus + text : text;
}

QString withUnit(const QString& number, const QString& unit)
{
    return number + narrowSpace + unit;
}

QString whole(double value)
{
    return QLocale().toString(std::abs(std::round(value)), 'f', 0).prepend(value <= -0.5 ? QString(minus) : QString());
}

struct Prefix {
    double from;
    const char* sign;
};
constexpr std::array decimalPrefixes{Prefix{999.5e6, "G"}, Prefix{999.5e3, "M"}, Prefix{999.5, "k"}};

double factorOf(const Prefix& prefix)
{
    return std::round(prefix.from / 999.5) * 1000.0;
}

}  // namespace

QString latencyText(double seconds)
{
    const double size = std::abs(seconds);
    if (size == 0)
        return withUnit(QStringLiteral("0"), QStringLiteral("ms"));
    if (size < 0.9995e-3)
        return withUnit(significant(seconds * 1e6, 3), QStringLiteral("µs"));
    if (size < 0.9995)
        return withUnit(significant(seconds * 1e3, 3), QStringLiteral("ms"));
    if (size < 60)
        return withUnit(significant(seconds, 3), QStringLiteral("s"));
    const auto total = static_cast<std::int64_t>(std::llround(size));
    const QString text =
        QStringLiteral("%1%2min %3%2s").arg(total / 60).arg(narrowSpace).arg(total % 60, 2, 10, QLatin1Char('0'));
    return seconds < 0 ? minus + text : text;
}

QString ratioText(double ratio)
{
    const double percent = ratio * 100.0;
    const double size = std::abs(percent);
    const QString unit = QStringLiteral("%");
    if (size == 0)
        return withUnit(QStringLiteral("0"), unit);
    if (size < 0.01)
        return withUnit(QStringLiteral("<") + QLocale().toString(0.01, 'f', 2), unit);
    if (size < 0.0995)
        return withUnit(significant(percent, 1), unit);
    if (size < 9.95)
        return withUnit(significant(percent, 2), unit);
    return withUnit(whole(percent), unit);
}

QString rateText(double perSecond)
{
    const double size = std::abs(perSecond);
    if (size == 0)
        return withUnit(QStringLiteral("0"), QStringLiteral("/s"));
    if (size < 0.1)
        return withUnit(significant(perSecond * 60.0, size * 60.0 < 1 ? 1 : 2), QStringLiteral("/min"));
    for (const Prefix& prefix : decimalPrefixes) {
        if (size >= prefix.from)
            return withUnit(significant(perSecond / factorOf(prefix), 3),
                            QLatin1String(prefix.sign) + QStringLiteral("/s"));
    }
    return withUnit(size < 10 ? significant(perSecond, size < 1 ? 2 : 3) : significant(perSecond, 3),
                    QStringLiteral("/s"));
}

QString countText(double count)
{
    const double size = std::abs(count);
    for (const Prefix& prefix : decimalPrefixes) {
        if (size >= prefix.from)
            return withUnit(significant(count / factorOf(prefix), 3), QLatin1String(prefix.sign));
    }
    if (size == std::round(size))
        return whole(count);
    return significant(count, 3);
}

QString multipleText(double multiple)
{
    const QString number = std::abs(multiple) >= 9.995 ? whole(multiple) : significant(multiple, 3);
    return number + QChar(0x00D7);
}

QString bytesText(double bytes)
{
    static constexpr std::array units{"B", "KiB", "MiB", "GiB", "TiB", "PiB"};
    std::size_t unit = 0;
    while (std::abs(bytes) >= 1000 && unit + 1 < units.size()) {
        bytes /= 1024;
        ++unit;
    }
    const QString number = unit == 0 ? whole(bytes) : significant(bytes, std::abs(bytes) < 10 ? 2 : 3);
    return withUnit(number, QLatin1String(units[unit]));
}

QString valueText(double value, LaneUnit unit)
{
    switch (unit) {
    case LaneUnit::Seconds: return latencyText(value);
    case LaneUnit::Ratio: return ratioText(value);
    case LaneUnit::PerSecond: return rateText(value);
    case LaneUnit::Multiple: return multipleText(value);
    case LaneUnit::Count: break;
    }
    return countText(value);
}

QString axisText(double value, LaneUnit unit)
{
    QString text = valueText(value, unit);
    const QString point = QLocale().decimalPoint();
    const qsizetype dot = text.indexOf(point);
    if (dot < 0)
        return text;
    qsizetype end = dot + point.size();
    while (end < text.size() && text.at(end).isDigit())
        ++end;
    qsizetype keep = end;
    while (keep > dot + point.size() && text.at(keep - 1) == QLatin1Char('0'))
        --keep;
    if (keep == dot + point.size())
        keep = dot;
    return text.remove(keep, end - keep);
}

QString minutesToText(double minutes, std::optional<double> low, std::optional<double> high)
{
    if (minutes <= 0)
        return QStringLiteral("now");
    if (minutes < 1)
        return withUnit(QStringLiteral("< 1"), QStringLiteral("min"));
    if (minutes > 360)
        return withUnit(QStringLiteral("> 6"), QStringLiteral("h"));
    if (minutes >= 90)
        return withUnit(QStringLiteral("≈ ") + whole(minutes / 60), QStringLiteral("h"));
    QString text = withUnit(QStringLiteral("≈ ") + whole(minutes), QStringLiteral("min"));
    if (low && high && std::round(*low) < std::round(*high))
        text += QStringLiteral(" (%1–%2)").arg(whole(*low), whole(*high));
    return text;
}

QString durationText(std::int64_t ms)
{
    const std::int64_t seconds = std::max<std::int64_t>(0, ms) / 1000;
    const std::array<std::pair<std::int64_t, const char*>, 4> units{
        {{86'400, "d"}, {3600, "h"}, {60, "min"}, {1, "s"}}};
    for (std::size_t i = 0; i < units.size(); ++i) {
        if (seconds < units[i].first && i + 1 < units.size())
            continue;
        QString text = withUnit(QString::number(seconds / units[i].first), QLatin1String(units[i].second));
        if (i + 1 < units.size()) {
            const std::int64_t rest = seconds % units[i].first / units[i + 1].first;
            if (rest > 0)
                text += QLatin1Char(' ') + withUnit(QString::number(rest), QLatin1String(units[i + 1].second));
        }
        return text;
    }
    return {};
}

QString ageText(std::int64_t ms)
{
    const std::int64_t seconds = std::max<std::int64_t>(0, ms) / 1000;
    if (seconds < 60)
        return withUnit(QString::number(seconds), QStringLiteral("s"));
    if (seconds < 3600)
        return withUnit(QString::number(seconds / 60), QStringLiteral("min"));
    if (seconds < 86'400)
        return withUnit(QString::number(seconds / 3600), QStringLiteral("h"));
    return withUnit(QString::number(seconds / 86'400), QStringLiteral("d"));
}

QString countdownText(std::int64_t ms)
{
    const std::int64_t seconds = std::abs(ms) / 1000;
    const QString clock = seconds >= 3600
                              ? QStringLiteral("%1:%2:%3")
                                    .arg(seconds / 3600)
                                    .arg(seconds / 60 % 60, 2, 10, QLatin1Char('0'))
                                    .arg(seconds % 60, 2, 10, QLatin1Char('0'))
                              : QStringLiteral("%1:%2").arg(seconds / 60).arg(seconds % 60, 2, 10, QLatin1Char('0'));
    return ms < 0 ? QStringLiteral("overdue ") + clock : clock;
}

QString timeText(std::int64_t ms, std::int64_t nowMs)
{
    const QDateTime time = shownTime(ms);
    const QLocale english(QLocale::English);
    const bool today = time.date() == shownTime(nowMs).date();
    return english.toString(time, today ? QStringLiteral("HH:mm:ss") : QStringLiteral("d MMM HH:mm")) + zoneMark(ms);
}

QString deltaText(double delta, LaneUnit unit)
{
    const QString text = valueText(std::abs(delta), unit);
    return (delta < 0 ? QString(minus) : QStringLiteral("+")) + text;
}

}  // namespace holdfast::widgets
