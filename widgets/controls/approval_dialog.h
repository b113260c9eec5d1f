#pragma once

#include "widgets/client/action.h"
#include "widgets/view.h"

#include <QDialog>

class QLineEdit;

namespace holdfast::widgets {

class FlatButton;
class RoleLabel;

/// Where a second person says yes to an action that waits: with an own name and an own token, which is kept nowhere.
/// Enter does not confirm; Ctrl+Enter does. Open it with open(): it deletes itself. Thread: gui.
class ApprovalDialog : public QDialog {
    Q_OBJECT

public:
    ApprovalDialog(const ViewContext& context, const Action& action, QWidget* parent);

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void updateConfirm();
    void confirm();
    void onRefused(int ticket, const QString& why);

    const ViewContext m_context;
    const Action m_action;
    int m_ticket = 0;
    QLineEdit* m_name;
    QLineEdit* m_token;
    RoleLabel* m_outcome;
    FlatButton* m_confirm;
};

}  // namespace holdfast::widgets
