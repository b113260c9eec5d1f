#include "widgets/first_run/add_target_dialog.h"

#include "widgets/first_run/probe_panel.h"
#include "widgets/theme/flat_button.h"
#include "widgets/theme/theme.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QVBoxLayout>

namespace holdfast::widgets {

AddTargetDialog::AddTargetDialog(ApiClient& api, const Theme& theme, QWidget* parent) : QDialog(parent)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Add target"));
    setMinimumWidth(720);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 18, 20, 16);
    layout->setSpacing(14);
    auto* panel = new ProbePanel(api, theme, this);
    layout->addWidget(panel);
    layout->addStretch(1);
    auto* row = new QHBoxLayout;
    row->addStretch(1);
    auto* close = new FlatButton(theme, tr("Close"), this);
    close->setKeyHint(QStringLiteral("Esc"));
    connect(close, &FlatButton::clicked, this, &QDialog::reject);
    row->addWidget(close);
    layout->addLayout(row);
    connect(panel, &ProbePanel::live, this, [this](const QString& job) {
        emit added(job);
        accept();
    });
    panel->urlField().setFocus();
}

}  // namespace holdfast::widgets
