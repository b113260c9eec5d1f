#pragma once

#include <QTimer>
#include <QWidget>

#include <functional>

namespace holdfast::widgets {

class RoleLabel;
class Theme;

/// Eight seconds in which a low-blast action can be taken back before anything is sent. Only one waits at a time:
/// another one sends the first. Thread: gui.
class UndoBar : public QWidget {
    Q_OBJECT

public:
    static constexpr int seconds = 8;

    UndoBar(const Theme& theme, QWidget* parent);
    ~UndoBar() override;

    /// what  "Switch fault-errors on, for 15 min"
    void start(const QString& what, std::function<void()> send);
    [[nodiscard]] bool waiting() const { return m_left > 0; }

private:
    void count();
    void undo();
    void finish();
    void say();

    RoleLabel* m_text;
    QTimer m_second;
    int m_left = 0;
    QString m_what;
    std::function<void()> m_send;
};

}  // namespace holdfast::widgets
