#pragma once

#include "widgets/client/action.h"
#include "widgets/client/feed.h"
#include "widgets/controls/control_rows.h"
#include "widgets/controls/in_force_rows.h"
#include "widgets/table/kept_order.h"
#include "widgets/view.h"

#include <QTimer>

class QLineEdit;
class QStackedWidget;
class QTabBar;
class QVBoxLayout;

namespace holdfast::widgets {

class AuditPage;
class FlatButton;
class InForcePane;
class RoleLabel;
class RowTable;
class UndoBar;

/// All switches of the fleet: what is in force with its end and what waits for a yes, every breaker, flag and one-shot
/// action as observed, and the audit. A high blast opens the action dialog, a low one can be taken back for eight
/// seconds; a group must be armed first. Nothing moves because of data: every part has its constant place, and the rows
/// under a pointer that aims stay until it has gone. Thread: gui.
class ControlsView : public View {
    Q_OBJECT

public:
    ControlsView(const ViewContext& context, QWidget* parent);

    void activate() override;
    void deactivate() override;
    void placeChanged() override;
    void focusFilter() override;
    void moveSelection(int by) override;
    void openSelection() override;
    void refreshNow() override;
    bool escape() override;
    [[nodiscard]] bool painted() const override;

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    enum Tab { InForce, Breakers, Flags, Actions, Audit };

    void buildHeader(QVBoxLayout* layout);
    void buildLists(QVBoxLayout* layout);
    void addList(ControlModel& model, const QString& name, int stretch);
    void showControls();
    void showInForce();
    void showTab();
    [[nodiscard]] QString emptyText(int tab) const;
    void showCounts();
    /// Nothing that is aimed at moves; what had to wait is shown as soon as the pointer has gone.
    void tick();
    void onControlButton(const ControlModel& model, const QModelIndex& index, int button);
    /// The dialog, or for a low blast the eight seconds.
    void choose(const Control& control, const ControlOption& option);
    void openDialog(const Control& control, const QString& to);
    void openMenu(const ControlModel& model, const QModelIndex& index);
    void onProgress(int ticket);
    void say(const QString& text, bool bad);
    /// The list of the present tab; that of the audit has one of its own.
    [[nodiscard]] RowTable* currentTable() const;

    const ViewContext m_context;
    Feed<LeaseList> m_leases;
    Feed<ActionList> m_history;
    InForceModel* m_inForceModel;
    ControlModel* m_breakerModel = nullptr;
    ControlModel* m_flagModel = nullptr;
    ControlModel* m_actionModel = nullptr;
    RoleLabel* m_empty = nullptr;
    RoleLabel* m_listTitle = nullptr;
    RoleLabel* m_headline = nullptr;
    FlatButton* m_hidden = nullptr;
    UndoBar* m_undo = nullptr;
    QTabBar* m_tabs = nullptr;
    InForcePane* m_strip = nullptr;  ///< over every other tab: what is in force is always in sight
    InForcePane* m_inForce = nullptr;
    AuditPage* m_audit = nullptr;
    QStackedWidget* m_stack = nullptr;
    QLineEdit* m_filter = nullptr;
    KeptOrder m_order;
    bool m_waits = false;  // rows that wait until nobody aims
    int m_ticket = 0;
    QTimer m_second;
    QTimer m_filterDelay;
};

}  // namespace holdfast::widgets
