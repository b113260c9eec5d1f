#include "widgets/table/table_dialog.h"

#include "widgets/export/picture_export.h"
#include "widgets/export/table_text.h"
#include "widgets/theme/flat_button.h"
#include "widgets/theme/role_label.h"
#include "widgets/theme/theme.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QTableView>
#include <QVBoxLayout>

namespace holdfast::widgets {

TableDialog::TableDialog(const Theme& theme, const QString& title, QAbstractItemModel* model, QWidget* parent)
    : QDialog(parent), m_model(model), m_table(new QTableView(this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setObjectName(QStringLiteral("tableDialog"));
    setWindowTitle(title);
    resize(720, 560);
    m_model->setParent(this);
    m_table->setModel(m_model);
    m_table->setAccessibleName(title);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setAlternatingRowColors(false);
    m_table->setShowGrid(false);
    m_table->setFont(theme.base());
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_table->verticalHeader()->setDefaultSectionSize(24);
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->horizontalHeader()->setDefaultSectionSize(120);
    m_table->setColumnWidth(0, 150);
    auto* copyButton = new FlatButton(theme, tr("Copy"), this);
    copyButton->setObjectName(QStringLiteral("copyTable"));
    auto* saveButton = new FlatButton(theme, tr("Save…"), this);
    auto* closeButton = new FlatButton(theme, tr("Close"), this);
    closeButton->setKeyHint(QStringLiteral("Esc"));
    auto* bar = new QHBoxLayout;
    bar->addWidget(new RoleLabel(
        theme, TextRole::Tertiary,
        tr("%1 rows, newest first. Copied and saved numbers carry no unit and a point.").arg(m_model->rowCount()),
        this));
    bar->addStretch(1);
    for (FlatButton* each : {copyButton, saveButton, closeButton})
        bar->addWidget(each);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(m_table, 1);
    layout->addLayout(bar);
    connect(copyButton, &FlatButton::clicked, this, &TableDialog::copy);
    connect(saveButton, &FlatButton::clicked, this, &TableDialog::save);
    connect(closeButton, &FlatButton::clicked, this, &QDialog::reject);
    m_table->setFocus();
}

void TableDialog::copy() const
{
    QGuiApplication::clipboard()->setText(tableText(*m_model, TableFormat::Tsv));
}

void TableDialog::save()
{
    askAndSaveTable(*this, windowTitle(), tableText(*m_model, TableFormat::Tsv), tableText(*m_model, TableFormat::Csv));
}

}  // namespace holdfast::widgets
