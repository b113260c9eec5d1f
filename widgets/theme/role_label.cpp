#include "widgets/theme/role_label.h"

#include "widgets/theme/theme.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

namespace holdfast::widgets {

RoleLabel::RoleLabel(const Theme& theme, TextRole role, const QString& text, QWidget* parent)
    : QLabel(text, parent), m_theme(theme), m_role(role)
{
    setTextFormat(Qt::PlainText);
    connect(&theme, &Theme::changed, this, &RoleLabel::restyle);
    restyle();
}

void RoleLabel::setRole(TextRole role)
{
    if (m_role == role)
        return;
    m_role = role;
    restyle();
}

void RoleLabel::setElided(bool elided)
{
    m_elided = elided;
    setSizePolicy(elided ? QSizePolicy::Preferred : sizePolicy().horizontalPolicy(), sizePolicy().verticalPolicy());
    updateGeometry();
    update();
}

QSize RoleLabel::minimumSizeHint() const
{
    const QSize hint = QLabel::minimumSizeHint();
    return m_elided ? QSize(0, hint.height()) : hint;
}

void RoleLabel::paintEvent(QPaintEvent* event)
{
    if (!m_elided || sizeHint().width() <= width()) {
        QLabel::paintEvent(event);
        return;
    }
    QPainter painter(this);
    painter.setFont(font());
    painter.setPen(palette().color(QPalette::WindowText));
    painter.drawText(contentsRect(), static_cast<int>(alignment()),
                     fontMetrics().elidedText(text(), Qt::ElideRight, contentsRect().width()));
}

bool RoleLabel::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip && m_elided && toolTip().isEmpty()) {
        QToolTip::showText(static_cast<QHelpEvent*>(event)->globalPos(),
                           sizeHint().width() > width() ? text() : QString(), this);
        return true;
    }
    return QLabel::event(event);
}

void RoleLabel::restyle()
{
    const Tokens& t = m_theme.tokens();
    QColor ink = t.text;
    QFont face = m_theme.base();
    switch (m_role) {
    case TextRole::Headline: face = m_theme.headline(); break;
    case TextRole::Title: face = m_theme.font(15, QFont::DemiBold); break;
    case TextRole::Strong: face = m_theme.strong(); break;
    case TextRole::Body: break;
    case TextRole::Secondary: ink = t.textSecondary; break;
    case TextRole::Tertiary:
        ink = t.textTertiary;
        face = m_theme.small();
        break;
    case TextRole::Small:
        ink = t.textSecondary;
        face = m_theme.small();
        break;
    case TextRole::Critical:
        ink = t.critical;
        face = m_theme.strong();
        break;
    }
    QPalette colours = palette();
    colours.setColor(QPalette::WindowText, ink);
    setPalette(colours);
    setFont(face);
}

}  // namespace holdfast::widgets
