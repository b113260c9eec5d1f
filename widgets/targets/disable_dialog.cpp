#include "widgets/targets/disable_dialog.h"

#include "widgets/theme/flat_button.h"
#include "widgets/theme/number_format.h"
#include "widgets/theme/role_label.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QVBoxLayout>

#include <array>

namespace holdfast::widgets {

namespace {

constexpr std::array<qint64, 5> choicesS{900, 3'600, 4 * 3'600, 8 * 3'600, 86'400};
constexpr int usualChoice = 1;
constexpr int leastReason = 3;

}  // namespace

DisableDialog::DisableDialog(const Theme& theme, const QString& target, QWidget* parent)
    : QDialog(parent),
      m_reason(new QLineEdit(this)),
      m_for(new QComboBox(this)),
      m_confirm(new FlatButton(theme, QString(), this, ButtonLook::Filled))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setObjectName(QStringLiteral("disableDialog"));
    setWindowTitle(tr("Disable a target"));
    setFixedWidth(520);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 16, 20, 16);
    layout->setSpacing(8);
    const auto label = [&](TextRole role, const QString& text) {
        auto* made = new RoleLabel(theme, role, text, this);
        made->setWordWrap(true);
        layout->addWidget(made);
    };
    label(TextRole::Title, target);
    label(TextRole::Secondary,
          tr("It is not scraped until then, its series end as if it had gone, and nothing alerts on "
             "it. It is scraped again by itself at the end, or when the engine starts anew."));
    label(TextRole::Strong, tr("Why"));
    m_reason->setObjectName(QStringLiteral("disableReason"));
    m_reason->setAccessibleName(tr("Why"));
    m_reason->setMinimumHeight(30);
    layout->addWidget(m_reason);
    label(TextRole::Strong, tr("For how long"));
    m_for->setAccessibleName(tr("For how long"));
    for (const qint64 seconds : choicesS)
        m_for->addItem(durationText(seconds * 1'000), seconds);
    m_for->setCurrentIndex(usualChoice);
    layout->addWidget(m_for);
    auto* buttons = new QHBoxLayout;
    auto* cancel = new FlatButton(theme, tr("Cancel"), this);
    cancel->setKeyHint(QStringLiteral("Esc"));
    m_confirm->setObjectName(QStringLiteral("disableConfirm"));
    m_confirm->setKeyHint(QStringLiteral("Ctrl+Enter"));
    buttons->addWidget(cancel);
    buttons->addStretch(1);
    buttons->addWidget(m_confirm);
    layout->addLayout(buttons);
    connect(cancel, &FlatButton::clicked, this, &QDialog::close);
    connect(m_confirm, &FlatButton::clicked, this, &DisableDialog::confirm);
    connect(m_reason, &QLineEdit::textChanged, this, &DisableDialog::updateConfirm);
    connect(m_for, &QComboBox::currentIndexChanged, this, &DisableDialog::updateConfirm);
    updateConfirm();
    m_reason->setFocus();
}

void DisableDialog::updateConfirm()
{
    m_confirm->setText(tr("Disable for %1").arg(m_for->currentText()));
    m_confirm->setEnabled(m_reason->text().trimmed().size() >= leastReason);
    m_confirm->updateGeometry();
}

void DisableDialog::confirm()
{
    if (!m_confirm->isEnabled())
        return;
    emit confirmed(m_for->currentData().toLongLong(), m_reason->text().trimmed());
    close();
}

void DisableDialog::keyPressEvent(QKeyEvent* event)
{
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (!enter)
        QDialog::keyPressEvent(event);
    else if (event->modifiers().testFlag(Qt::ControlModifier))
        confirm();  // Enter alone confirms nothing
}

}  // namespace holdfast::widgets
