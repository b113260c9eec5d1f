#pragma once

#include <QWidget>

namespace holdfast::widgets {

class FlatButton;
class RoleLabel;
class Theme;

/// In place of a page that has nothing to show: what is missing, why, and one way out. Never an empty grey page.
/// Thread: gui.
class StatePage : public QWidget {
    Q_OBJECT

public:
    StatePage(const Theme& theme, QWidget* parent);

    /// An empty `wayOut` shows no button.
    void say(const QString& title, const QString& words, const QString& wayOut);
    [[nodiscard]] QString title() const;

signals:
    void wayOutTaken();

private:
    void fitWords();

    const Theme& m_theme;
    RoleLabel* m_title;
    RoleLabel* m_words;
    FlatButton* m_button;
};

}  // namespace holdfast::widgets
