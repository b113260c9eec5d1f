#include "widgets/controls/approval_dialog.h"

#include "widgets/controls/action_runner.h"
#include "widgets/controls/effect_rows.h"
#include "widgets/theme/flat_button.h"
#include "widgets/theme/role_label.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QVBoxLayout>

namespace holdfast::widgets {

ApprovalDialog::ApprovalDialog(const ViewContext& context, const Action& action, QWidget* parent)
    : QDialog(parent),
      m_context(context),
      m_action(action),
      m_name(new QLineEdit(this)),
      m_token(new QLineEdit(this)),
      m_outcome(new RoleLabel(context.theme, TextRole::Critical, QString(), this)),
      m_confirm(new FlatButton(context.theme, tr("Approve"), this, ButtonLook::Filled))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setObjectName(QStringLiteral("approvalDialog"));
    setWindowTitle(tr("Approve: %1 · %2").arg(effectOf(action), action.control));
    setFixedWidth(520);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 16, 20, 16);
    layout->setSpacing(8);
    const auto label = [&](TextRole role, const QString& text) {
        auto* made = new RoleLabel(context.theme, role, text, this);
        made->setWordWrap(true);
        layout->addWidget(made);
    };
    label(TextRole::Title, windowTitle());
    label(TextRole::Body, tr("%1 asks for it: “%2”").arg(action.actor, action.reason));
    if (!action.message.isEmpty())
        label(TextRole::Secondary, action.message);
    label(TextRole::Strong, tr("Who agrees – not the one who asked"));
    m_name->setObjectName(QStringLiteral("approverName"));
    m_name->setAccessibleName(tr("Approver"));
    layout->addWidget(m_name);
    label(TextRole::Strong, tr("Token of that person"));
    m_token->setObjectName(QStringLiteral("approverToken"));
    m_token->setAccessibleName(tr("Token"));
    m_token->setEchoMode(QLineEdit::Password);
    layout->addWidget(m_token);
    m_outcome->setWordWrap(true);
    m_outcome->hide();
    layout->addWidget(m_outcome);
    auto* buttons = new QHBoxLayout;
    auto* cancel = new FlatButton(context.theme, tr("Cancel"), this);
    cancel->setKeyHint(QStringLiteral("Esc"));
    m_confirm->setObjectName(QStringLiteral("approveAction"));
    m_confirm->setKeyHint(QStringLiteral("Ctrl+Enter"));
    buttons->addWidget(cancel);
    buttons->addStretch(1);
    buttons->addWidget(m_confirm);
    layout->addLayout(buttons);
    connect(cancel, &FlatButton::clicked, this, &QDialog::close);
    connect(m_confirm, &FlatButton::clicked, this, &ApprovalDialog::confirm);
    for (QLineEdit* field : {m_name, m_token}) {
        field->setMinimumHeight(30);
        connect(field, &QLineEdit::textChanged, this, &ApprovalDialog::updateConfirm);
    }
    connect(&context.actions, &ActionRunner::refused, this, &ApprovalDialog::onRefused);
    connect(&context.actions, &ActionRunner::progressed, this, [this](int ticket) {
        if (ticket == m_ticket)
            close();
    });
    updateConfirm();
    m_name->setFocus();
}

void ApprovalDialog::updateConfirm()
{
    const QString name = m_name->text().trimmed();
    m_confirm->setEnabled(m_ticket == 0 && !name.isEmpty() && name != m_action.actor && !m_token->text().isEmpty());
}

void ApprovalDialog::confirm()
{
    updateConfirm();
    if (!m_confirm->isEnabled())
        return;
    m_ticket = m_context.actions.approve(m_action.id, m_name->text().trimmed(), m_token->text());
    m_token->clear();
    updateConfirm();
}

void ApprovalDialog::onRefused(int ticket, const QString& why)
{
    if (ticket != m_ticket)
        return;
    m_ticket = 0;
    m_outcome->setText(tr("Not approved: %1").arg(why));
    m_outcome->show();
    updateConfirm();
    adjustSize();
}

void ApprovalDialog::keyPressEvent(QKeyEvent* event)
{
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (enter && event->modifiers().testFlag(Qt::ControlModifier))
        confirm();
    else if (!enter)
        QDialog::keyPressEvent(event);
}

}  // namespace holdfast::widgets
