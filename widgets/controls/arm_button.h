#pragma once

#include "widgets/theme/flat_button.h"
#include "widgets/view.h"

namespace holdfast::widgets {

/// Says whether anything can be switched, and for how long; its menu arms and disarms groups. Thread: gui.
class ArmButton : public FlatButton {
    Q_OBJECT

public:
    ArmButton(const ViewContext& context, QWidget* parent);

private:
    void sayState();
    void openMenu();

    const ViewContext m_context;
};

}  // namespace holdfast::widgets
