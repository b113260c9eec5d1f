#pragma once

#include <QAbstractTableModel>
#include <QString>
#include <QStringList>

#include <functional>
#include <vector>

namespace holdfast::widgets {

/// What a cell says besides its text; RowDelegate draws it.
namespace RowRole {
inline constexpr int severity = Qt::UserRole + 1;  ///< Severity of a cell: its colour; of column 0: shape and tint
inline constexpr int held = Qt::UserRole + 2;      ///< true in column 0: a person holds this row
inline constexpr int buttons = Qt::UserRole + 3;   ///< QStringList: buttons drawn in the cell
inline constexpr int dim = Qt::UserRole + 4;       ///< true: old or unimportant, drawn in the third tone
inline constexpr int sort = Qt::UserRole + 5;      ///< a number or text to sort by
inline constexpr int key = Qt::UserRole + 6;       ///< which row this is, whatever its place
inline constexpr int idle = Qt::UserRole + 7;      ///< QList<int>: buttons that would change nothing: a blank place
inline constexpr int heading = Qt::UserRole + 8;   ///< QString in column 0: a title over the rows below, itself no row
inline constexpr int wrap = Qt::UserRole + 9;      ///< true: the text may take two lines
}  // namespace RowRole

/// Rows of values as an item model: a column is a title and a function from a row to what a role says.
///
/// setRows() with the same keys in the same order only reports changed data, so that selection and scroll position
/// stay; anything else is a reset. Rows keep the order they are given in: nothing moves by itself. Thread: gui.
template <typename Row>
class RowModel final : public QAbstractTableModel {
public:
    struct Column {
        QString title;
        std::function<QVariant(const Row&, int role)> data;
    };

    RowModel(std::vector<Column> columns, std::function<QString(const Row&)> key, QObject* parent)
        : QAbstractTableModel(parent), m_columns(std::move(columns)), m_key(std::move(key))
    {
    }

    void setRows(std::vector<Row> rows)
    {
        if (!sameKeys(rows)) {
            beginResetModel();
            m_rows = std::move(rows);
            endResetModel();
            return;
        }
        m_rows = std::move(rows);
        if (!m_rows.empty())
            emit dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
    }

    /// Takes only what is newly known of the rows that stand here: none comes, goes or moves. What is gone keeps its
    /// place and its last words. For as long as somebody is about to click. True when setRows() would do more.
    bool setRowsInPlace(std::vector<Row> rows)
    {
        const bool more = !sameKeys(rows);
        for (Row& shown : m_rows) {
            for (const Row& row : rows) {
                if (m_key(row) == m_key(shown)) {
                    shown = row;
                    break;
                }
            }
        }
        if (!m_rows.empty())
            emit dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
        return more;
    }

    /// Times go by: ages and countdowns are to be read again.
    void touch()
    {
        if (!m_rows.empty())
            emit dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1), {Qt::DisplayRole});
    }

    [[nodiscard]] const Row& row(int i) const { return m_rows[static_cast<std::size_t>(i)]; }
    /// −1 when no row has that key.
    [[nodiscard]] int rowOf(const QString& key) const
    {
        for (std::size_t i = 0; i < m_rows.size(); ++i) {
            if (m_key(m_rows[i]) == key)
                return static_cast<int>(i);
        }
        return -1;
    }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override
    {
        return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
    }
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override
    {
        return parent.isValid() ? 0 : static_cast<int>(m_columns.size());
    }
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override
    {
        if (!checkIndex(index, CheckIndexOption::IndexIsValid))
            return {};
        const Row& entry = row(index.row());
        if (role == RowRole::key)
            return m_key(entry);
        const auto& read = m_columns[static_cast<std::size_t>(index.column())].data;
        const QVariant value = read(entry, role);
        // What is cut off in a narrow column can still be read.
        if (role == Qt::ToolTipRole && !value.isValid())
            return read(entry, Qt::DisplayRole);
        return value;
    }
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override
    {
        const bool title = index.isValid() && index.siblingAtColumn(0).data(RowRole::heading).isValid();
        return title ? Qt::ItemIsEnabled : QAbstractTableModel::flags(index);
    }
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override
    {
        if (orientation != Qt::Horizontal || role != Qt::DisplayRole || section >= columnCount())
            return {};
        return m_columns[static_cast<std::size_t>(section)].title;
    }

private:
    [[nodiscard]] bool sameKeys(const std::vector<Row>& rows) const
    {
        if (rows.size() != m_rows.size())
            return false;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            if (m_key(rows[i]) != m_key(m_rows[i]))
                return false;
        }
        return true;
    }

    const std::vector<Column> m_columns;
    const std::function<QString(const Row&)> m_key;
    std::vector<Row> m_rows;
};

}  // namespace holdfast::widgets
