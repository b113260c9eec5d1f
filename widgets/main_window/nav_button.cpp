#include "widgets/main_window/nav_button.h"

#include "widgets/theme/theme.h"

#include <QPainter>

namespace holdfast::widgets {

namespace {

constexpr int lineHeight = 36;
constexpr int glyphSize = 18;

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
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void NavButton::setNarrow(bool narrow)
{
    m_narrow = narrow;
    setToolTip(narrow ? tr("%1 (%2)").arg(text()).arg(m_digit) : QString());
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
    return {lineHeight, lineHeight};
}

void NavButton::paintEvent(QPaintEvent*)
{
    const Tokens& t = m_theme.tokens();
    QPainter painter(this);
    if (isChecked())
        painter.fillRect(rect(), t.raised);
    else if (underMouse())
        painter.fillRect(rect(), t.surface);
    if (isChecked())
        painter.fillRect(QRect(0, 0, 3, height()), t.text);
    const QColor ink = isChecked() ? t.text : t.textSecondary;
    const int iconX = m_narrow ? (width() - glyphSize) / 2 : 34;
    m_theme.icon(m_icon, ink).paint(&painter, iconX, (height() - glyphSize) / 2, glyphSize, glyphSize);
    if (!m_narrow) {
        painter.setPen(t.textTertiary);
        painter.setFont(m_theme.small());
        if (m_digit > 0)
            painter.drawText(QRect(14, 0, 16, height()), Qt::AlignVCenter, QString::number(m_digit));
        painter.setPen(ink);
        painter.setFont(isChecked() ? m_theme.strong() : m_theme.base());
        painter.drawText(QRect(62, 0, width() - 62, height()), Qt::AlignVCenter, text());
    }
    if (m_count > 0) {
        painter.setRenderHint(QPainter::Antialiasing);
        const QRectF badge(width() - (m_narrow ? 20 : 32), m_narrow ? 2 : (height() - 18) / 2.0, 20, 18);
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
