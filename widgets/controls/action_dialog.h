#pragma once

#include "widgets/client/action.h"
#include "widgets/client/api_client.h"
#include "widgets/client/control.h"
#include "widgets/view.h"

#include <QDialog>
#include <QTimer>

class QButtonGroup;
class QLineEdit;
class QVBoxLayout;

namespace holdfast::widgets {

class FlatButton;
class RoleLabel;

/// Asks for a reason and a time limit before an action, says what it will do, and follows it until it is verified.
///
/// The confirm button carries the engine's own sentence; a flag is named in it. It is active only with a reason of
/// three characters, a plan younger than ten seconds and, for a high blast, the typed name. Enter does not confirm;
/// Ctrl+Enter does. A release asks for no time limit: nothing is held after it. Open it with open(): it deletes itself.
/// Thread: gui.
class ActionDialog : public QDialog {
    Q_OBJECT

public:
    ActionDialog(const ViewContext& context, const Control& control, const QString& to, QWidget* parent);
    ~ActionDialog() override;

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void buildForm(QVBoxLayout* layout);
    void askForPlan();
    void showPlan(const Plan& plan);
    void showPreview();
    /// The state as it is now, for as long as the dialog is open.
    void showNow();
    [[nodiscard]] bool releases() const;
    [[nodiscard]] QString confirmSentence() const;
    [[nodiscard]] QString asItIs(QString line) const;
    void updateConfirm();
    void confirm();
    void onProgress(int ticket);
    void onRefused(int ticket, const QString& why);
    [[nodiscard]] std::int64_t holdS() const;

    const ViewContext m_context;
    Control m_control;
    const QString m_to;
    RequestSlot m_planSlot;
    QTimer m_planTimer;
    std::int64_t m_planAtMs = 0;
    std::int64_t m_planHoldS = 0;
    Plan m_plan;
    int m_ticket = 0;
    bool m_settled = false;
    RoleLabel* m_now = nullptr;
    RoleLabel* m_preview = nullptr;
    RoleLabel* m_keeper = nullptr;
    RoleLabel* m_outcome = nullptr;
    RoleLabel* m_nameLabel = nullptr;
    QButtonGroup* m_holds = nullptr;
    QWidget* m_form = nullptr;
    QLineEdit* m_reason = nullptr;
    QLineEdit* m_name = nullptr;
    FlatButton* m_confirm = nullptr;
    FlatButton* m_cancel = nullptr;
};

}  // namespace holdfast::widgets
