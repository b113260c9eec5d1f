#pragma once

#include "widgets/view.h"

#include <QTimer>

#include <optional>

class QLineEdit;
class QStackedLayout;
class QTableView;

namespace holdfast::widgets {

class BelowHint;
class FlatButton;
class FleetDelegate;
class FleetFilter;
class FleetModel;
class HeldFleet;
class RoleLabel;
class StatePage;

/// View 1: every service in a line, four signals and breakers, over the last half hour. Thread: gui.
class FleetView : public View {
    Q_OBJECT

public:
    FleetView(const ViewContext& context, QWidget* parent);
    ~FleetView() override;

    void activate() override;
    void focusFilter() override;
    void moveSelection(int rows) override;
    void openSelection() override;
    void toggleAbnormal() override;
    void sortNow() override;
    bool escape() override;
    [[nodiscard]] bool painted() const override;

protected:
    void keyPressEvent(QKeyEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void build();
    void takeFleet();
    void showCounts();
    void showState();
    void setCursorAt(std::optional<QPoint> position);
    /// The instant of the shared crosshair in all sparks; nothing: now.
    void showCrosshair();
    void openMenu(const QPoint& position);
    void showBelow();
    void layOutColumns();
    /// The service that one acts on is the selected row, whoever chose it.
    void selectActedOn();

    const ViewContext m_context;
    HeldFleet* m_held;
    FleetModel* m_model;
    FleetFilter* m_filter;
    FleetDelegate* m_delegate;
    QTableView* m_table;
    QLineEdit* m_text;
    FlatButton* m_abnormal;
    FlatButton* m_sort;
    BelowHint* m_below;  ///< "2 abnormal below", over the table's lower edge
    RoleLabel* m_counts;
    RoleLabel* m_legend;
    StatePage* m_state;
    QStackedLayout* m_stack;
    QTimer m_tick;
};

}  // namespace holdfast::widgets
