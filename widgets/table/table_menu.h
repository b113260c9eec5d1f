#pragma once

class QModelIndex;
class QPoint;
class QTableView;

namespace holdfast::widgets {

/// What can be done with any table: a row or the whole copied as tab-separated text, or saved as CSV or TSV. For the
/// right click and the menu key.
void openTableMenu(QTableView& table, const QModelIndex& at, const QPoint& globalPos);

/// The row as tab-separated text on the clipboard; nothing where there is none. For Ctrl+C.
void copyTableRow(const QModelIndex& row);

}  // namespace holdfast::widgets
