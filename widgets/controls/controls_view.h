#pragma once

#include "widgets/client/feed.h"
#include "widgets/controls/control_rows.h"
#include "widgets/view.h"

#include <QTimer>

class QLineEdit;
class QStackedWidget;
class QTabBar;
class QVBoxLayout;

namespace holdfast::widgets {

class FlatButton;
class RoleLabel;
class RowTable;

/// All switches of the fleet: what is in force with its end, every breaker and flag as observed, and what was done.
/// Nothing here changes a system without the action dialog; a group must be armed first. Thread: gui.
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
    enum Tab { Breakers, Flags, History };

    void buildHeader(QVBoxLayout* layout);
    void buildTables(QVBoxLayout* layout);
    void showControls();
    void showHolds();
    void showHistory();
    void showTab(int tab);
    void updateCounts();
    void updateArming();
    void onControlButton(const RowModel<Control>& model, const QModelIndex& index, int button);
    void onHoldButton(const QModelIndex& index, int button);
    void openMenu(const RowModel<Control>& model, const QModelIndex& index);
    void openArmMenu();
    void say(const QString& text);
    [[nodiscard]] bool matches(const Control& control) const;
    [[nodiscard]] RowTable* currentTable() const;

    const ViewContext m_context;
    Feed<LeaseList> m_leases;
    Feed<ActionList> m_history;
    BreakerModel* m_breakerModel;
    FlagModel* m_flagModel;
    HoldModel* m_holdModel;
    HistoryModel* m_historyModel;
    RoleLabel* m_holdTitle = nullptr;
    RoleLabel* m_message = nullptr;
    RoleLabel* m_empty = nullptr;
    RowTable* m_holds = nullptr;
    QTabBar* m_tabs = nullptr;
    QStackedWidget* m_stack = nullptr;
    QLineEdit* m_filter = nullptr;
    FlatButton* m_arm = nullptr;
    QTimer m_second;
};

}  // namespace holdfast::widgets
