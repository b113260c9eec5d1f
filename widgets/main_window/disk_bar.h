#pragma once

#include "widgets/main_window/state_bar.h"

namespace holdfast::widgets {

struct ViewContext;

/// Less than 2 % of the store's disk is free: when it will be full, and the way to what is kept how long.
/// Hidden otherwise. Thread: gui.
class DiskBar : public StateBar {
    Q_OBJECT

public:
    DiskBar(const ViewContext& context, QWidget* parent);

private:
    void refresh();

    const ViewContext& m_context;
};

}  // namespace holdfast::widgets
