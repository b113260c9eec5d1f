#include "widgets/explore/value_axis.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace holdfast::widgets {

namespace {

constexpr double flatBelow = 0.25;

double roundStep(double least)
{
    const double power = std::pow(10.0, std::floor(std::log10(least)));
    for (const double factor : {1.0, 2.0, 5.0}) {
        if (factor * power >= least * (1 - 1e-9))
            return factor * power;
    }
    return 10 * power;
}

}  // namespace

ValueAxis valueAxis(double least, double most, int ticks)
{
    if (!std::isfinite(least) || !std::isfinite(most) || least > most)
        return {0, 1, {0, 1}};
    const double span = most - least;
    if (least > 0 && span >= flatBelow * most)
        least = 0;
    if (most < 0 && span >= flatBelow * -least)
        most = 0;
    if (least == most) {  // one value: zero, or something around it
        const double room = most == 0 ? 1 : std::abs(most) * 0.5;
        least = most > 0 ? 0 : most - room;
        most = most + room;
    }
    const double step = roundStep((most - least) / std::max(1, ticks));
    ValueAxis axis;
    const double first = std::floor(least / step + 1e-9);
    const double last = std::max(first + 1, std::ceil(most / step - 1e-9));
    for (double i = first; i <= last; ++i)
        axis.ticks.push_back(i * step);
    axis.low = axis.ticks.front();
    axis.high = axis.ticks.back();
    return axis;
}

QString shortValue(double value)
{
    if (std::isnan(value))
        return QStringLiteral("–");
    if (std::isinf(value))
        return value > 0 ? QStringLiteral("∞") : QStringLiteral("−∞");
    struct Prefix {
        double factor;
        const char* text;
    };
    static constexpr std::array<Prefix, 4> prefixes{{{1e12, "T"}, {1e9, "G"}, {1e6, "M"}, {1e4, "k"}}};
    const double size = std::abs(value);
    QString text;
    for (const Prefix& prefix : prefixes) {
        if (size < prefix.factor || size >= 1e15)
            continue;
        const double unit = prefix.factor == 1e4 ? 1e3 : prefix.factor;
        text = QString::number(size / unit, 'g', 4) + QChar(0x202F) + QLatin1String(prefix.text);
        break;
    }
    if (text.isEmpty())
        text = QString::number(size, 'g', 4);
    return value < 0 ? QChar(0x2212) + text : text;
}

}  // namespace holdfast::widgets
