#pragma once

#include <QWidget>

namespace holdfast::widgets {

class FlatButton;
class RoleLabel;
class Theme;

/// One line below the time bar that says something once, with at most one thing to do about it; hidden until there is
/// something to say. Thread: gui.
class NoteBar : public QWidget {
    Q_OBJECT

public:
    NoteBar(const Theme& theme, QWidget* parent);

    /// An empty `wayOut` shows no button for it.
    void say(const QString& text, const QString& wayOut);
    [[nodiscard]] QString text() const;

signals:
    void wayOutTaken();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void fit();

    const Theme& m_theme;
    RoleLabel* m_text;
    FlatButton* m_wayOut;
};

}  // namespace holdfast::widgets
