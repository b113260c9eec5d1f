#include "widgets/theme/window_style.h"

#include <QPainter>
#include <QStyleOption>

namespace holdfast::widgets {

WindowStyle::WindowStyle(const Tokens& tokens, bool still, int textPercent)
    : QProxyStyle(QStringLiteral("Fusion")), m_tokens(tokens), m_textPercent(textPercent), m_still(still)
{
}

int WindowStyle::pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const
{
    const int usual = QProxyStyle::pixelMetric(metric, option, widget);
    switch (metric) {
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
    case PM_ExclusiveIndicatorWidth:
    case PM_ExclusiveIndicatorHeight:
    case PM_SliderThickness:
    case PM_SliderControlThickness:
    case PM_SliderLength: return usual * m_textPercent / 100;
    default: return usual;
    }
}

int WindowStyle::styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                           QStyleHintReturn* more) const
{
    if (m_still && hint == SH_Widget_Animation_Duration)
        return 0;
    return QProxyStyle::styleHint(hint, option, widget, more);
}

void WindowStyle::drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                                const QWidget* widget) const
{
    const bool isField = element == PE_PanelLineEdit || element == PE_FrameLineEdit;
    const bool isChoice = element == PE_IndicatorRadioButton;
    if (!isField && !isChoice) {
        QProxyStyle::drawPrimitive(element, option, painter, widget);
        return;
    }
    const bool focused = option->state.testFlag(State_HasFocus);
    const bool enabled = option->state.testFlag(State_Enabled);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QRectF box = QRectF(option->rect).adjusted(0.5, 0.5, -0.5, -0.5);
    painter->setPen(QPen(focused ? m_tokens.focus : enabled ? m_tokens.border : m_tokens.grid, focused ? 1.6 : 1));
    painter->setBrush(element == PE_FrameLineEdit ? QBrush(Qt::NoBrush) : QBrush(m_tokens.plot));
    if (isField) {
        painter->drawRoundedRect(box, 4, 4);
    } else {
        painter->drawEllipse(box);
        if (option->state.testFlag(State_On)) {
            painter->setPen(Qt::NoPen);
            painter->setBrush(m_tokens.text);
            painter->drawEllipse(box.adjusted(3.5, 3.5, -3.5, -3.5));
        }
    }
    painter->restore();
}

}  // namespace holdfast::widgets
