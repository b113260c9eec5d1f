#include "widgets/theme/tokens.h"

#include <algorithm>
#include <cmath>

namespace holdfast::widgets {

namespace {

double linear(double channel)
{
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double luminance(const QColor& colour)
{
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF());
}

}  // namespace

double contrastRatio(const QColor& a, const QColor& b)
{
    const double one = luminance(a);
    const double two = luminance(b);
    return (std::max(one, two) + 0.05) / (std::min(one, two) + 0.05);
}

Tokens darkTokens()
{
    return {.kind = ThemeKind::Dark,
            .window = QColor(0x16191D),
            .surface = QColor(0x1E2227),
            .raised = QColor(0x272C33),
            .plot = QColor(0x12151A),
            .text = QColor(0xE6E8EB),
            .textSecondary = QColor(0xA9B0B8),
            .textTertiary = QColor(0x8D959E),
            .border = QColor(0x747D87),
            .grid = QColor(0x2B3138),
            .lineMain = QColor(0xD5DAE0),
            .lineSecond = QColor(0x98A1AB),
            .lineThird = QColor(0x6E7781),
            .critical = QColor(0xFF6F4D),
            .warning = QColor(0xFFE14D),
            .warningFill = QColor(0xFFE14D),
            .unknown = QColor(0xC86BEA),
            .held = QColor(0x8FD6FF),
            .criticalTint = QColor(0x3A1F1C),
            .warningTint = QColor(0x352B14),
            .unknownTint = QColor(0x33222F),
            .heldTint = QColor(0x15303C),
            .badgeText = QColor(0x16191D),
            .badgeOnWarning = QColor(0x16191D),
            .focus = QColor(0xFFFFFF),
            .heatLow = QColor(0x1A1E24),
            .heatHigh = QColor(0x8D959E),
            .heatOverLow = QColor(0x2A2410),
            .heatOverHigh = QColor(0xFFE033)};
}

Tokens lightTokens()
{
    return {.kind = ThemeKind::Light,
            .window = QColor(0xDFE2E5),
            .surface = QColor(0xEDEFF1),
            .raised = QColor(0xFFFFFF),
            .plot = QColor(0xF7F8F9),
            .text = QColor(0x1B1F24),
            .textSecondary = QColor(0x454D56),
            .textTertiary = QColor(0x5A636D),
            .border = QColor(0x737C86),
            .grid = QColor(0xD3D7DB),
            .lineMain = QColor(0x23282E),
            .lineSecond = QColor(0x59626C),
            .lineThird = QColor(0x7D8690),
            .critical = QColor(0x8C1010),
            .warning = QColor(0xA86A00),
            .warningFill = QColor(0xF5B301),
            .unknown = QColor(0x4A1268),
            .held = QColor(0x0A67A8),
            .criticalTint = QColor(0xF8DEDB),
            .warningTint = QColor(0xFBEBC8),
            .unknownTint = QColor(0xF1DEEE),
            .heldTint = QColor(0xD6ECF5),
            .badgeText = QColor(0xFFFFFF),
            .badgeOnWarning = QColor(0x1B1F24),
            .focus = QColor(0x1B1F24),
            .heatLow = QColor(0xF1F3F5),
            .heatHigh = QColor(0x6E7781),
            .heatOverLow = QColor(0xFBF1DA),
            .heatOverHigh = QColor(0x8A4B00)};
}

}  // namespace holdfast::widgets
