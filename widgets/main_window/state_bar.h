#pragma once

#include "widgets/client/severity.h"

#include <QWidget>

class QHBoxLayout;

namespace holdfast::widgets {

class FlatButton;
class RoleLabel;
class Theme;

/// A bar across the whole window for a state that concerns all of it: what is so, more in a dimmer tone, and the ways
/// out. Hidden while the state is not there. Thread: gui.
class StateBar : public QWidget {
    Q_OBJECT

public:
    StateBar(const Theme& theme, Severity severity, QWidget* parent);

    /// Shows itself with these words.
    void say(const QString& text, const QString& detail);
    [[nodiscard]] QString text() const;

protected:
    /// One more way out, at the right.
    [[nodiscard]] FlatButton* addButton(const QString& text, bool filled = false);
    void paintEvent(QPaintEvent* event) override;

private:
    void fit();

    const Theme& m_theme;
    const Severity m_severity;
    QHBoxLayout* m_layout;
    RoleLabel* m_text;
    RoleLabel* m_detail;
};

}  // namespace holdfast::widgets
