#pragma once

#include <QLabel>

namespace holdfast::widgets {

class Theme;

/// What a text is, from which its font and tone follow.
enum class TextRole { Headline, Title, Strong, Body, Secondary, Tertiary, Small, Critical };

/// A label that keeps its role's font and tone when the theme changes. Long texts wrap when asked to. Thread: gui.
class RoleLabel : public QLabel {
    Q_OBJECT

public:
    RoleLabel(const Theme& theme, TextRole role, const QString& text, QWidget* parent);
    void setRole(TextRole role);

private:
    void restyle();

    const Theme& m_theme;
    TextRole m_role;
};

}  // namespace holdfast::widgets
