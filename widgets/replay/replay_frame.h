#pragma once

#include <QWidget>

namespace holdfast::widgets {

class Replay;
class Theme;

/// A hatched frame, 3 px, around everything while the past is shown; the pointer goes through it. Thread: gui.
class ReplayFrame : public QWidget {
    Q_OBJECT

public:
    /// around  also the parent; the frame follows its size and stays on top
    ReplayFrame(const Theme& theme, const Replay& replay, QWidget* around);

protected:
    void paintEvent(QPaintEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void fit();

    const Theme& m_theme;
};

}  // namespace holdfast::widgets
