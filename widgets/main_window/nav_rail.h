#pragma once

#include "widgets/view.h"

#include <QWidget>

namespace holdfast::widgets {

class NavButton;

/// The views, at the left edge: digit, icon, name, and how many incidents nobody has taken. Only names what is built.
/// Narrow windows show icons alone. Thread: gui.
class NavRail : public QWidget {
    Q_OBJECT

public:
    NavRail(const ViewContext& context, const std::vector<ViewEntry>& entries, QWidget* parent);

    void setCurrent(const QString& view);
    void setNarrow(bool narrow);

private:
    void refresh();

    const ViewContext& m_context;
    std::vector<NavButton*> m_buttons;
    bool m_narrow = false;
};

}  // namespace holdfast::widgets
