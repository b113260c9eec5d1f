#include "widgets/theme/flat_button.h"

#include "widgets/theme/shapes.h"
#include "widgets/theme/theme.h"

#include <QFontMetrics>
#include <QPainter>

namespace holdfast::widgets {

namespace {

constexpr int buttonHeight = 26;
constexpr int sidePadding = 10;
constexpr int glyphSize = 16;
constexpr int gap = 6;
constexpr int arrowWidth = 8;
constexpr int markSize = 12;

}  // namespace

FlatButton::FlatButton(const Theme& theme, const QString& text, QWidget* parent, ButtonLook look)
    : QAbstractButton(parent), m_theme(theme), m_look(look)
{
    setText(text);
    setAccessibleName(text);
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(&theme, &Theme::changed, this, [this] {
        updateGeometry();
        update();
    });
}

void FlatButton::setLook(ButtonLook look)
{
    m_look = look;
    update();
}

void FlatButton::setKeyHint(const QString& hint)
{
    m_hint = hint;
    updateGeometry();
    update();
}

void FlatButton::setIconName(const QString& name)
{
    m_iconName = name;
    updateGeometry();
    update();
}

void FlatButton::setDropArrow(bool shown)
{
    m_dropArrow = shown;
    updateGeometry();
}

void FlatButton::setMark(Severity mark)
{
    if (m_mark == mark)
        return;
    m_mark = mark;
    updateGeometry();
    update();
}

int FlatButton::glyph() const
{
    return m_theme.px(glyphSize);
}

QSize FlatButton::sizeHint() const
{
    const QFontMetrics metrics(m_theme.base());
    int width = 2 * sidePadding + metrics.horizontalAdvance(text());
    if (text().isEmpty())
        width = m_theme.px(buttonHeight);
    if (!m_iconName.isEmpty() && !text().isEmpty())
        width += glyph() + gap;
    if (m_mark != Severity::Normal)
        width += m_theme.px(markSize) + gap;
    if (!m_hint.isEmpty())
        width += gap + QFontMetrics(m_theme.small()).horizontalAdvance(m_hint);
    if (m_dropArrow)
        width += gap + arrowWidth;
    return {width, m_theme.px(buttonHeight)};
}

void FlatButton::paintEvent(QPaintEvent*)
{
    const Tokens& t = m_theme.tokens();
    QPainter painter(this);
    painter.setLayoutDirection(Qt::LeftToRight);  // as its parts are placed below
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF box = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    QColor fill = Qt::transparent;
    QColor frame = Qt::transparent;
    QColor ink = t.text;
    QColor hintInk = t.textTertiary;
    switch (m_look) {
    case ButtonLook::Outlined: frame = t.border; break;
    case ButtonLook::Quiet: break;
    case ButtonLook::Filled:
    case ButtonLook::Inverse:
        fill = t.text;
        ink = t.window;
        hintInk = t.window;
        break;
    }
    if (!isEnabled()) {
        ink = m_look == ButtonLook::Filled ? t.textTertiary : t.textTertiary;
        hintInk = t.textTertiary;
        if (m_look == ButtonLook::Filled)
            fill = t.raised;
        frame = m_look == ButtonLook::Quiet ? QColor(Qt::transparent) : t.grid;
    } else if (isChecked() && m_look == ButtonLook::Outlined) {
        fill = t.raised;
        frame = t.text;
    } else if ((underMouse() || isDown()) && m_look != ButtonLook::Filled && m_look != ButtonLook::Inverse) {
        fill = t.raised;
    }
    painter.setBrush(fill);
    painter.setPen(frame == QColor(Qt::transparent) ? QPen(Qt::NoPen) : QPen(frame, 1));
    painter.drawRoundedRect(box, 4, 4);
    if (hasFocus()) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(t.focus, 2));
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 4, 4);
    }

    const bool iconOnly = text().isEmpty();
    int x = iconOnly ? (width() - glyph()) / 2 : sidePadding;
    if (!m_iconName.isEmpty()) {
        m_theme.icon(m_iconName, ink).paint(&painter, x, (height() - glyph()) / 2, glyph(), glyph());
        x += glyph() + gap;
    }
    if (m_mark != Severity::Normal) {
        const int side = m_theme.px(markSize);
        drawSeverity(painter, QRectF(x, (height() - side) / 2.0, side, side), m_mark, t);
        x += side + gap;
    }
    painter.setPen(ink);
    painter.setFont(m_look == ButtonLook::Filled || m_look == ButtonLook::Inverse ? m_theme.strong() : m_theme.base());
    const int right = width() - sidePadding - (m_dropArrow ? arrowWidth + gap : 0);
    const QFontMetrics hintMetrics(m_theme.small());
    const int hintWidth = m_hint.isEmpty() ? 0 : hintMetrics.horizontalAdvance(m_hint) + gap;
    if (!iconOnly)
        painter.drawText(QRect(x, 0, width() - x, height()), Qt::AlignVCenter | Qt::AlignLeft, text());
    if (!m_hint.isEmpty()) {
        painter.setFont(m_theme.small());
        painter.setPen(hintInk);
        painter.drawText(QRect(right - hintWidth, 0, hintWidth, height()), Qt::AlignVCenter | Qt::AlignRight, m_hint);
    }
    if (m_dropArrow) {
        const QPointF tip(width() - sidePadding - arrowWidth / 2.0, height() / 2.0 + 2);
        painter.setPen(QPen(ink, 1.4));
        painter.drawPolyline(QPolygonF({tip + QPointF(-4, -4), tip, tip + QPointF(4, -4)}));
    }
}

void FlatButton::enterEvent(QEnterEvent*)
{
    update();
}

void FlatButton::leaveEvent(QEvent*)
{
    update();
}

}  // namespace holdfast::widgets
