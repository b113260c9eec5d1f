#include "widgets/table/table_menu.h"

#include "widgets/export/picture_export.h"
#include "widgets/export/table_text.h"

#include <QClipboard>
#include <QCoreApplication>
#include <QGuiApplication>
#include <QMenu>
#include <QTableView>

namespace holdfast::widgets {

namespace {

QString words(const char* text)
{
    return QCoreApplication::translate("Table", text);
}

/// "Targets" → "holdfast-targets": what a file may be called everywhere.
QString fileNameOf(const QTableView& table)
{
    QString name = table.accessibleName().simplified().toLower();
    for (QChar& c : name)
        c = c.isLetterOrNumber() ? c : QLatin1Char('-');
    return name.isEmpty() ? QStringLiteral("holdfast") : QStringLiteral("holdfast-") + name;
}

}  // namespace

void openTableMenu(QTableView& table, const QModelIndex& at, const QPoint& globalPos)
{
    auto* menu = new QMenu(&table);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setObjectName(QStringLiteral("tableMenu"));
    QAction* row = menu->addAction(words("Copy row") + QStringLiteral("\tCtrl+C"), &table,
                                   [place = QPersistentModelIndex(at)] { copyTableRow(place); });
    row->setEnabled(at.isValid());
    QAction* copy = menu->addAction(words("Copy table"), &table, [&table] {
        QGuiApplication::clipboard()->setText(tableText(*table.model(), TableFormat::Tsv));
    });
    QAction* save = menu->addAction(words("Save table, CSV or TSV…"), &table, [&table] {
        askAndSaveTable(table, fileNameOf(table), tableText(*table.model(), TableFormat::Tsv),
                        tableText(*table.model(), TableFormat::Csv));
    });
    const bool any = table.model() != nullptr && table.model()->rowCount() > 0;
    copy->setEnabled(any);
    save->setEnabled(any);
    menu->popup(globalPos);
}

void copyTableRow(const QModelIndex& row)
{
    if (row.isValid())
        QGuiApplication::clipboard()->setText(rowText(*row.model(), row.row(), TableFormat::Tsv));
}

}  // namespace holdfast::widgets
