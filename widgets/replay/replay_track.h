#pragma once

#include <QWidget>

namespace holdfast::widgets {

class Replay;
class Theme;

/// The replayed span as a line with its events as ticks and the instant as a handle; click or drag to go there.
/// Thread: gui.
class ReplayTrack : public QWidget {
    Q_OBJECT

public:
    ReplayTrack(const Theme& theme, Replay& replay, QWidget* parent);
    [[nodiscard]] QSize sizeHint() const override { return {220, 26}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {80, 26}; }

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;

private:
    [[nodiscard]] double xOf(qint64 ms) const;
    void seekTo(double x);

    const Theme& m_theme;
    Replay& m_replay;
};

}  // namespace holdfast::widgets
