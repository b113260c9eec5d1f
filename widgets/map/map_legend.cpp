#include "widgets/map/map_legend.h"

#include "widgets/map/switch_glyph.h"
#include "widgets/theme/line_text.h"
#include "widgets/theme/theme.h"

#include <QCoreApplication>
#include <QPainter>

#include <array>
#include <cmath>
#include <utility>

namespace holdfast::widgets {

namespace {

QString words(const char* text)
{
    return QCoreApplication::translate("Map", text);
}

}  // namespace

void drawMapLegend(QPainter& painter, const QRectF& within, const QString& sentence, const Theme& theme)
{
    const Tokens& tokens = theme.tokens();
    painter.setFont(theme.axis());
    const qreal y = within.bottom() - legendHeight / 2.0;
    QColor ground = tokens.plot;
    ground.setAlpha(225);
    painter.fillRect(QRectF(within.left(), within.bottom() - legendHeight, within.width(), legendHeight), ground);
    qreal x = within.left() + 14;
    const std::array entries{
        std::pair{SwitchState::Closed, words("closed")}, std::pair{SwitchState::HalfOpen, words("half-open")},
        std::pair{SwitchState::Open, words("open")}, std::pair{SwitchState::Forced, words("forced by hand")},
        std::pair{SwitchState::Unknown, words("unknown")}};
    for (const auto& [state, text] : entries) {
        drawSwitch(painter, {x + 10, y}, 0, state, tokens);
        painter.setPen(tokens.textTertiary);
        const qreal width = std::ceil(textWidth(painter.font(), text));
        drawLine(painter, QRectF(x + 24, y - 9, width + 4, 18), Qt::AlignLeft | Qt::AlignVCenter, text);
        x += 24 + width + 22;
    }
    painter.setPen(tokens.textTertiary);
    drawFitted(painter, QRectF(x, y - 9, within.right() - x - 8, 18), Qt::AlignLeft | Qt::AlignVCenter, sentence);
}

}  // namespace holdfast::widgets
