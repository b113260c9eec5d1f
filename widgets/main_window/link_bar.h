#pragma once

#include "widgets/main_window/state_bar.h"

#include <QTimer>

namespace holdfast::widgets {

struct ViewContext;

/// Says across the whole window that the engine cannot be reached, since when, and offers to start it. Hidden while all
/// is well. Thread: gui.
class LinkBar : public StateBar {
    Q_OBJECT

public:
    LinkBar(const ViewContext& context, QWidget* parent);

private:
    void refresh();

    const ViewContext& m_context;
    FlatButton* m_retry;
    FlatButton* m_start;
    QTimer m_tick;
};

}  // namespace holdfast::widgets
