#pragma once

#include <QKeyEvent>
#include <QScrollArea>

namespace holdfast::widgets {

/// Lanes that do not fit scroll here by wheel and bar; arrow keys are left to the page, which goes from lane to lane
/// with them. Thread: gui.
class LaneScroll : public QScrollArea {
public:
    explicit LaneScroll(QWidget* parent) : QScrollArea(parent)
    {
        setWidgetResizable(true);
        setFrameShape(QFrame::NoFrame);
        setFocusPolicy(Qt::NoFocus);
        setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    }

protected:
    void keyPressEvent(QKeyEvent* event) override { event->ignore(); }
};

}  // namespace holdfast::widgets
