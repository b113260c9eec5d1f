#pragma once

#include "widgets/main_window/state_bar.h"

namespace holdfast::widgets {

struct ViewContext;

/// One bar instead of thirty red rows: most targets became unreachable in the same moment, so it is likely the network
/// of this computer that fails and not thirty services. Hidden otherwise. Thread: gui.
class OfflineBar : public StateBar {
    Q_OBJECT

public:
    OfflineBar(const ViewContext& context, QWidget* parent);

private:
    void refresh();

    const ViewContext& m_context;
};

}  // namespace holdfast::widgets
