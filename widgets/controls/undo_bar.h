#pragma once

#include "widgets/theme/role_label.h"

#include <QTimer>
#include <QWidget>

#include <functional>

namespace holdfast::widgets {

class FlatButton;
class ReasonBox;
class Theme;

/// Eight seconds in which a low-blast action can be taken back before anything is sent, and the place where a list says
/// what came of it. Always there and always as high, so that nothing moves when something waits. A reason may be given
/// while it waits: who types is waited for. Only one waits at a time: another one sends the first. Thread: gui.
class UndoBar : public QWidget {
    Q_OBJECT

public:
    static constexpr int seconds = 8;

    /// idle  what stands there when nothing waits and nothing was said
    UndoBar(const Theme& theme, const QString& idle, QWidget* parent);
    ~UndoBar() override;

    /// control  its id
    /// what     "Switch fault-errors on, for 15 min"
    /// send     called with the reason that was given, or an empty one
    void start(const QString& control, const QString& what, std::function<void(const QString& reason)> send);
    void undo();
    [[nodiscard]] bool waiting() const { return m_left > 0; }
    /// "sends in 6 s" for the control that waits, else empty.
    [[nodiscard]] QString pendingText(const QString& control) const;
    /// Stays until the next thing is done.
    void say(const QString& text, TextRole role = TextRole::Critical);

signals:
    /// Something begins to wait, a second went by, or nothing waits any more.
    void counted();

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void count();
    void finish();
    void write(const QString& text, TextRole role);
    void restyle();

    const Theme& m_theme;
    const QString m_idle;
    RoleLabel* m_text;
    ReasonBox* m_reason;
    FlatButton* m_undo;
    QTimer m_second;
    int m_left = 0;
    QString m_control;
    QString m_what;
    std::function<void(const QString&)> m_send;
};

}  // namespace holdfast::widgets
