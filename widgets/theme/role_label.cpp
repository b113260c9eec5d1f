#include "widgets/theme/role_label.h"

#include "widgets/theme/theme.h"

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
