#pragma once

#include <QWidget>

#include <vector>

class QShortcut;

namespace holdfast::widgets {

class FlatButton;
class ReplayTrack;
class RoleLabel;
struct ViewContext;

/// In place of the time bar while the past is shown: the instant, the way through it, and the way out. Its keys hold
/// in the whole window as long as it is there: Space, ←/→ 5 s, Ctrl+←/→ an event, Esc. Thread: gui.
class ReplayBar : public QWidget {
    Q_OBJECT

public:
    /// instead  what is hidden meanwhile
    ReplayBar(const ViewContext& context, QWidget* instead, QWidget* parent);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    FlatButton* iconButton(const QString& icon, const QString& name);
    void addKeys();
    void showState();
    void showInstant();
    /// To the present; from a bundle, which has none, by closing the window.
    void leave();

    const ViewContext& m_context;
    QWidget* m_instead;
    RoleLabel* m_instant;
    RoleLabel* m_note;
    ReplayTrack* m_track;
    FlatButton* m_play = nullptr;
    FlatButton* m_exit = nullptr;
    std::vector<FlatButton*> m_speeds;
    std::vector<QShortcut*> m_keys;
};

}  // namespace holdfast::widgets
