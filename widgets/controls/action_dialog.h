#pragma once

#include "widgets/client/action.h"
#include "widgets/client/api_client.h"
#include "widgets/client/control.h"
#include "widgets/controls/hold_choice.h"
#include "widgets/view.h"

#include <QDialog>
#include <QTimer>

class QComboBox;
class QLineEdit;
class QScrollArea;
class QVBoxLayout;

namespace holdfast::widgets {

class FlatButton;
class Foresight;
class ReasonBox;
class RoleLabel;
class ValueBox;

/// Asks for a reason and a time limit before an action, says what it will do, and follows it until it is verified.
///
/// Every sentence is the engine's own. The confirm button is active only with a reason of three characters, a plan
/// younger than ten seconds and, for a high blast, the typed name. Enter does not confirm; Ctrl+Enter does. A release
/// asks for no time limit: nothing is held after it. Where the group wants a second person, it says that it waits, and
/// may be closed meanwhile. Open it with open(): it deletes itself, and stands in the middle of its window, never under
/// the pointer by chance. Thread: gui.
class ActionDialog : public QDialog {
    Q_OBJECT

public:
    /// to  the wanted mode; empty for a control that takes values: the dialog asks for one
    ActionDialog(const ViewContext& context, const Control& control, const QString& to, QWidget* parent);
    ~ActionDialog() override;

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void buildForm(QVBoxLayout* layout);
    void buildReason(QVBoxLayout* form);
    void buildButtons(QVBoxLayout* layout);
    void fillIncidents();
    void askForPlan();
    void showPlan(const Plan& plan);
    /// The state as it is now, for as long as the dialog is open.
    void showNow();
    /// As high as its content, and never higher than the window: the rest scrolls, the buttons stay in sight.
    void fitSize();
    void updateConfirm();
    void confirm();
    void onProgress(int ticket);
    void onRefused(int ticket, const QString& why);
    void withdraw();
    [[nodiscard]] bool releases() const;
    [[nodiscard]] QString whyNot() const;

    const ViewContext m_context;
    Control m_control;
    QString m_to;
    RequestSlot m_planSlot;
    QTimer m_planTimer;
    QTimer m_typing;
    std::int64_t m_planAtMs = 0;
    HoldWish m_planFor;
    QString m_planTo;
    Plan m_plan;
    int m_ticket = 0;
    bool m_settled = false;
    Foresight* m_foresight = nullptr;
    QScrollArea* m_scroll = nullptr;
    RoleLabel* m_keeper = nullptr;
    RoleLabel* m_why = nullptr;
    RoleLabel* m_outcome = nullptr;
    RoleLabel* m_nameLabel = nullptr;
    QWidget* m_form = nullptr;
    ValueBox* m_value = nullptr;
    HoldChoice* m_hold = nullptr;
    ReasonBox* m_reason = nullptr;
    QComboBox* m_incident = nullptr;
    QLineEdit* m_name = nullptr;
    FlatButton* m_confirm = nullptr;
    FlatButton* m_cancel = nullptr;
    FlatButton* m_withdraw = nullptr;
};

}  // namespace holdfast::widgets
