#include "widgets/incidents/pick_dialog.h"

#include "widgets/theme/flat_button.h"
#include "widgets/theme/role_label.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QListWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace holdfast::widgets {

namespace {

constexpr int dialogWidth = 560;
constexpr int rowPx = 30;
constexpr int mostRows = 10;

}  // namespace

PickDialog::PickDialog(const Theme& theme, const QString& title, const QString& explanation,
                       const std::vector<Choice>& choices, Reason reason, const QString& deed, QWidget* parent)
    : QDialog(parent),
      m_list(new QListWidget(this)),
      m_reason(new QLineEdit(this)),
      m_problem(new RoleLabel(theme, TextRole::Critical, QString(), this)),
      m_do(new FlatButton(theme, deed, this, ButtonLook::Filled))
{
    setWindowTitle(title);
    setObjectName(QStringLiteral("pickDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setMinimumWidth(dialogWidth);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 16, 20, 16);
    layout->setSpacing(10);
    layout->addWidget(new RoleLabel(theme, TextRole::Title, title, this));
    auto* words = new RoleLabel(theme, TextRole::Secondary, explanation, this);
    words->setWordWrap(true);
    layout->addWidget(words);
    for (const Choice& choice : choices) {
        const QString text =
            choice.detail.isEmpty() ? choice.text : QStringLiteral("%1   ·   %2").arg(choice.text, choice.detail);
        auto* item = new QListWidgetItem(text, m_list);
        item->setData(Qt::UserRole, choice.key);
        item->setToolTip(text);
        item->setSizeHint({0, rowPx});
    }
    m_list->setAccessibleName(title);
    m_list->setTextElideMode(Qt::ElideRight);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setCurrentRow(0);
    m_list->setFixedHeight(rowPx * std::clamp(static_cast<int>(choices.size()), 2, mostRows) + 6);
    connect(m_list, &QListWidget::itemActivated, this, &PickDialog::confirm);
    layout->addWidget(m_list);
    m_reason->setPlaceholderText(tr("Why? It goes into the timeline."));
    m_reason->setAccessibleName(tr("Reason"));
    m_reason->setVisible(reason == Reason::Asked);
    layout->addWidget(m_reason);
    m_problem->setWordWrap(true);
    m_problem->hide();
    layout->addWidget(m_problem);
    auto* row = new QHBoxLayout;
    row->addStretch(1);
    auto* cancel = new FlatButton(theme, tr("Cancel"), this);
    cancel->setKeyHint(tr("Esc"));
    row->addWidget(cancel);
    m_do->setObjectName(QStringLiteral("pickDo"));
    m_do->setEnabled(!choices.empty());
    row->addWidget(m_do);
    layout->addLayout(row);
    connect(cancel, &FlatButton::clicked, this, &QDialog::reject);
    connect(m_do, &FlatButton::clicked, this, &PickDialog::confirm);
    m_list->setFocus();
}

void PickDialog::complain(const QString& why)
{
    m_problem->setText(why);
    m_problem->show();
    m_do->setEnabled(true);
}

void PickDialog::confirm()
{
    const QListWidgetItem* item = m_list->currentItem();
    if (!item || !m_do->isEnabled())
        return;
    m_do->setEnabled(false);
    m_problem->hide();
    emit picked(item->data(Qt::UserRole).toString(), m_reason->text().trimmed());
}

}  // namespace holdfast::widgets
