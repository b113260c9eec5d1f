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
    /// Takes the room there is and ends in "…" where that is too little; the tooltip has all of it.
    void setElided(bool elided);
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    void restyle();

    const Theme& m_theme;
    TextRole m_role;
    bool m_elided = false;
};

}  // namespace holdfast::widgets
