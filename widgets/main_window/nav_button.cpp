#include "widgets/main_window/nav_button.h"

#include "widgets/theme/theme.h"

#include <QPainter>

namespace holdfast::widgets {

namespace {

constexpr int lineHeight = 36;
constexpr int glyphSize = 18;
constexpr int nameLeft = 62;
constexpr int badgeRoom = 44;

}  // namespace

NavButton::NavButton(const Theme& theme, const ViewEntry& entry, QWidget* parent)
    : QAbstractButton(parent), m_theme(theme), m_view(entry.id), m_icon(entry.icon), m_digit(entry.digit)
{
    setText(entry.title);
    setAccessibleName(entry.title);
    setObjectName(QStringLiteral("nav.") + entry.id);
    setCheckable(true);
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&theme, &Theme::changed, this, [this] {
        updateGeometry();
        update();
    });
}

void NavButton::setNarrow(bool narrow)
{
    m_narrow = narrow;
    updateGeometry();
    setToolTip(!narrow ? QString() : m_digit > 0 ? tr("%1 (%2)").arg(text()).arg(m_digit) : text());
    update();
}

void NavButton::setCount(int count)
{
    if (m_count == count)
        return;
    m_count = count;
    setAccessibleName(count > 0 ? tr("%1, %2 not acknowledged").arg(text()).arg(count) : text());
    update();
}

QSize NavButton::sizeHint() const
{
    const int height = m_theme.px(lineHeight);
    if (m_narrow)
        return {height, height};
    // Strong, as the one that is shown is, and room for the badge.
    return {m_theme.px(nameLeft) + QFontMetrics(m_theme.strong()).horizontalAdvance(text()) + m_theme.px(badgeRoom),
            height};
}

void NavButton::paintEvent(QPaintEvent*)
{
    const Tokens& t = m_theme.tokens();
    QPainter painter(this);
    painter.setLayoutDirection(Qt::LeftToRight);  // as its parts are placed below
    if (isChecked())
        painter.fillRect(rect(), t.raised);
    else if (underMouse())
        painter.fillRect(rect(), t.surface);
    if (isChecked())
        painter.fillRect(QRect(0, 0, 3, height()), t.text);
    const QColor ink = isChecked() ? t.text : t.textSecondary;
    const int glyph = m_theme.px(glyphSize);
    const int iconX = m_narrow ? (width() - glyph) / 2 : m_theme.px(34);
    m_theme.icon(m_icon, ink).paint(&painter, iconX, (height() - glyph) / 2, glyph, glyph);
    if (!m_narrow) {
        painter.setPen(t.textTertiary);
        painter.setFont(m_theme.small());
        if (m_digit > 0)
            painter.drawText(QRect(m_theme.px(14), 0, m_theme.px(16), height()), Qt::AlignVCenter,
                             QString::number(m_digit));
        painter.setPen(ink);
        painter.setFont(isChecked() ? m_theme.strong() : m_theme.base());
        painter.drawText(QRect(m_theme.px(nameLeft), 0, width() - m_theme.px(nameLeft), height()), Qt::AlignVCenter,
                         text());
    }
    if (m_count > 0) {
        painter.setRenderHint(QPainter::Antialiasing);
        const int badgeWidth = m_theme.px(20);
        const int badgeHeight = m_theme.px(18);
        const QRectF badge(width() - badgeWidth - (m_narrow ? 0 : 12), m_narrow ? 2 : (height() - badgeHeight) / 2.0,
                           badgeWidth, badgeHeight);
        painter.setPen(Qt::NoPen);
        painter.setBrush(t.critical);
        painter.drawRoundedRect(badge, 4, 4);
        painter.setPen(t.badgeText);
        painter.setFont(m_theme.font(12, QFont::Bold));
        painter.drawText(badge, Qt::AlignCenter, m_count > 99 ? QStringLiteral("99") : QString::number(m_count));
    }
    if (hasFocus()) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(t.focus, 2));
        painter.drawRect(rect().adjusted(1, 1, -1, -1));
    }
}

}  // namespace holdfast::widgets
