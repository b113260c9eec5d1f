#pragma once

#include "widgets/view.h"

#include <QString>

namespace holdfast::widgets {

class StatePage;

/// In place of a page that a foreign Prometheus cannot feed: which one, why, where the same can be seen, and how one
/// gets it. Thread: gui.
class NotHereView : public View {
    Q_OBJECT

public:
    /// view  the id of the page it stands for: "controls", "health"
    NotHereView(const ViewContext& context, const QString& view, QWidget* parent);

private:
    const ViewContext m_context;
    StatePage* m_page;
};

}  // namespace holdfast::widgets
