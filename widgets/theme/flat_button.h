#pragma once

#include "widgets/client/severity.h"

#include <QAbstractButton>
#include <QString>

namespace holdfast::widgets {

class Theme;

/// How loud a button is.
enum class ButtonLook {
    Outlined,  ///< bordered, the usual one
    Quiet,     ///< text only, a frame under the pointer
    Filled,    ///< the one thing to press
    Inverse,   ///< says a state that must not be missed: HELD, PAUSED, PROD
};

/// A button in the window's own looks: text, optional icon and key hint, at least 24 px high. Painted from tokens, so
/// that a theme change is a repaint and no style sheet is needed. Thread: gui.
class FlatButton : public QAbstractButton {
    Q_OBJECT

public:
    FlatButton(const Theme& theme, const QString& text, QWidget* parent, ButtonLook look = ButtonLook::Outlined);

    void setLook(ButtonLook look);
    /// The key that does the same, in a dimmer tone after the text.
    void setKeyHint(const QString& hint);
    /// Name of an icon in resources/icons; drawn before the text.
    void setIconName(const QString& name);
    void setDropArrow(bool shown);
    /// The shape of a severity before the text; none for Normal.
    void setMark(Severity mark);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    [[nodiscard]] int glyph() const;

    const Theme& m_theme;
    ButtonLook m_look;
    QString m_hint;
    QString m_iconName;
    bool m_dropArrow = false;
    Severity m_mark = Severity::Normal;
};

}  // namespace holdfast::widgets
