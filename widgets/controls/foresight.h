#pragma once

#include "widgets/client/action.h"
#include "widgets/client/control.h"
#include "widgets/view.h"

#include <QTimer>
#include <QWidget>

class QBoxLayout;

namespace holdfast::widgets {

class BlastSketch;
class RoleLabel;

/// The upper half of the action dialog: how it is now, what will happen in the engine's own sentences with their age,
/// and where on the map. Thread: gui.
class Foresight : public QWidget {
    Q_OBJECT

public:
    Foresight(const ViewContext& context, QWidget* parent);

    void showNow(const Control& control);
    void showPlan(const Plan& plan);
    void showProblem(const QString& problem);
    /// opens  the edge will be cut
    void showEdge(const Control& control, bool opens);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void sayAge();

    const ViewContext m_context;
    RoleLabel* m_now;
    RoleLabel* m_age;
    RoleLabel* m_preview;
    BlastSketch* m_sketch;
    QBoxLayout* m_row;  ///< sentences and sketch: beside or, with large texts, below
    std::int64_t m_lookedMs = 0;
    QTimer m_second;
    Control m_control;
};

/// "OPEN on 7, CLOSED on 5" where instances differ, else the state's words.
[[nodiscard]] QString stateByInstances(const Control& control);

}  // namespace holdfast::widgets
