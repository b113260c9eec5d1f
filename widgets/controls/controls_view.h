#pragma once

#include "widgets/client/feed.h"
#include "widgets/controls/audit_rows.h"
#include "widgets/controls/control_rows.h"
#include "widgets/controls/in_force_rows.h"
#include "widgets/theme/role_label.h"
#include "widgets/view.h"

#include <QTimer>

class QLineEdit;
class QStackedWidget;
class QTabBar;
class QVBoxLayout;

namespace holdfast::widgets {

class FlatButton;
class RowTable;
class UndoBar;

/// All switches of the fleet: what is in force with its end and what waits for a yes, every breaker, flag and one-shot
/// action as observed, and the audit. A high blast opens the action dialog, a low one can be taken back for eight
/// seconds; a group must be armed first. Thread: gui.
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

private:
    enum Tab { InForce, Breakers, Flags, Actions, Audit };
    enum Page { InForcePage, BreakerPage, FlagPage, ActionPage, HistoryPage, AuditPage };

    void buildHeader(QVBoxLayout* layout);
    void buildTables(QVBoxLayout* layout);
    void buildAuditTools(QVBoxLayout* layout);
    void addControlTable(RowModel<ControlRef>& model, const QString& name, int stretch);
    void showControls();
    void showInForce();
    void showAudit();
    void showTab(int tab);
    [[nodiscard]] QString emptyText(int tab) const;
    void updateCounts();
    void updateArming();
    void onControlButton(const RowModel<ControlRef>& model, const QModelIndex& index, int button);
    /// The dialog, or for a low blast the eight seconds.
    void choose(const Control& control, const ControlOption& option);
    void openDialog(const Control& control, const QString& to);
    void onInForceButton(const QModelIndex& index, int button);
    void openMenu(const RowModel<ControlRef>& model, const QModelIndex& index);
    void openArmMenu();
    void askRevertAll();
    void openExportMenu();
    void exportAudit(const QString& format);
    void say(const QString& text, TextRole role = TextRole::Critical);
    [[nodiscard]] RowTable* currentTable() const;

    const ViewContext m_context;
    Feed<LeaseList> m_leases;
    Feed<ActionList> m_history;
    Feed<AuditList> m_journal;
    InForceModel* m_inForceModel;
    BreakerModel* m_breakerModel;
    FlagModel* m_flagModel;
    FlagModel* m_actionModel;
    HistoryModel* m_historyModel;
    AuditModel* m_auditModel;
    RequestSlot m_exportSlot;
    RoleLabel* m_message = nullptr;
    RoleLabel* m_empty = nullptr;
    UndoBar* m_undo = nullptr;
    QTabBar* m_tabs = nullptr;
    RoleLabel* m_inForceTitle = nullptr;
    RowTable* m_inForceAbove = nullptr;  ///< the same rows above every other tab: what is in force is always in sight
    QStackedWidget* m_stack = nullptr;
    QLineEdit* m_filter = nullptr;
    FlatButton* m_arm = nullptr;
    FlatButton* m_revertAll = nullptr;
    QWidget* m_auditTools = nullptr;
    FlatButton* m_everyStep = nullptr;
    QTimer m_second;
    QTimer m_filterDelay;
};

}  // namespace holdfast::widgets
