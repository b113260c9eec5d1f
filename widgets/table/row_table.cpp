#include "widgets/table/row_table.h"

#include "widgets/table/row_delegate.h"
#include "widgets/table/row_model.h"
#include "widgets/theme/theme.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QMouseEvent>

#include <algorithm>

namespace holdfast::widgets {

namespace {

constexpr int rowPx = 30;
constexpr int headerPx = 28;
constexpr int widestPx = 420;

}  // namespace

RowTable::RowTable(Theme& theme, const QString& accessibleName, QWidget* parent)
    : QTableView(parent), m_delegate(new RowDelegate(theme, this))
{
    setAccessibleName(accessibleName);
    setItemDelegate(m_delegate);
    setSelectionBehavior(SelectRows);
    setSelectionMode(SingleSelection);
    setEditTriggers(NoEditTriggers);
    setShowGrid(false);
    setFrameShape(NoFrame);
    setMouseTracking(true);
    setTabKeyNavigation(false);
    setWordWrap(false);
    setHorizontalScrollMode(ScrollPerPixel);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setDefaultSectionSize(rowPx);
    horizontalHeader()->setFixedHeight(headerPx);
    horizontalHeader()->setFont(theme.small());
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setSectionResizeMode(QHeaderView::Interactive);
    horizontalHeader()->setMinimumSectionSize(28);
    connect(this, &QTableView::doubleClicked, this, &RowTable::rowOpened);
}

void RowTable::setModel(QAbstractItemModel* model)
{
    QTableView::setModel(model);
    connect(selectionModel(), &QItemSelectionModel::currentRowChanged, this, &RowTable::onCurrentChanged);
    connect(model, &QAbstractItemModel::modelReset, this, &RowTable::onReset);
    connect(model, &QAbstractItemModel::dataChanged, this, &RowTable::growColumns);
    onReset();
}

void RowTable::setStretchColumn(int column)
{
    m_stretch = column;
    fitColumns();
}

void RowTable::fitColumns()
{
    if (model() == nullptr)
        return;
    for (int column = 0; column < model()->columnCount(); ++column) {
        const bool stretched = column == m_stretch;
        horizontalHeader()->setSectionResizeMode(column, stretched ? QHeaderView::Stretch : QHeaderView::Interactive);
        if (stretched)
            continue;
        const int title = horizontalHeader()->sectionSizeHint(column);
        setColumnWidth(column,
                       column == 0 ? 28 : std::clamp(std::max(sizeHintForColumn(column), title) + 4, 48, widestPx));
    }
}

QString RowTable::selectedKey() const
{
    return m_selected;
}

void RowTable::selectKey(const QString& key)
{
    m_selected = key;
    onReset();
}

void RowTable::moveSelection(int by)
{
    if (model() == nullptr || model()->rowCount() == 0)
        return;
    const int row = currentIndex().isValid() ? currentIndex().row() + by : 0;
    setCurrentIndex(model()->index(std::clamp(row, 0, model()->rowCount() - 1), 1));
}

void RowTable::setHeightByRows(int atMost)
{
    m_mostRows = atMost;
    setVerticalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    updateHeight();
}

void RowTable::mouseReleaseEvent(QMouseEvent* event)
{
    QTableView::mouseReleaseEvent(event);
    if (event->button() != Qt::LeftButton)
        return;
    const QModelIndex index = indexAt(event->pos());
    if (!index.isValid())
        return;
    if (const auto button = m_delegate->buttonAt(visualRect(index), index, event->pos()))
        emit buttonClicked(index, *button);
}

void RowTable::mouseMoveEvent(QMouseEvent* event)
{
    QTableView::mouseMoveEvent(event);
    const QModelIndex index = indexAt(event->pos());
    const bool over = index.isValid() && m_delegate->buttonAt(visualRect(index), index, event->pos()).has_value();
    viewport()->setCursor(over ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

void RowTable::keyPressEvent(QKeyEvent* event)
{
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && currentIndex().isValid()) {
        emit rowOpened(currentIndex());
        return;
    }
    // Letters belong to the window's single keys, not to a search in the table.
    if (!event->text().isEmpty() && event->text().front().isLetterOrNumber()) {
        event->ignore();
        return;
    }
    QTableView::keyPressEvent(event);
}

void RowTable::resizeEvent(QResizeEvent* event)
{
    QTableView::resizeEvent(event);
    fitColumns();
}

void RowTable::onCurrentChanged(const QModelIndex& current)
{
    const QString key = current.data(RowRole::key).toString();
    if (!current.isValid() || key == m_selected)
        return;
    m_selected = key;
    emit keySelected(key);
}

void RowTable::onReset()
{
    fitColumns();
    updateHeight();
    if (m_selected.isEmpty() || model() == nullptr)
        return;
    for (int row = 0; row < model()->rowCount(); ++row) {
        const QModelIndex index = model()->index(row, 1);
        if (index.data(RowRole::key).toString() == m_selected) {
            setCurrentIndex(index);
            return;
        }
    }
}

void RowTable::growColumns()
{
    // Only wider: a column that follows every digit would make the table tremble.
    for (int column = 1; column < model()->columnCount(); ++column) {
        if (column != m_stretch && sizeHintForColumn(column) + 4 > columnWidth(column))
            setColumnWidth(column, std::min(sizeHintForColumn(column) + 4, widestPx));
    }
}

void RowTable::updateHeight()
{
    if (m_mostRows > 0 && model() != nullptr)
        setFixedHeight(headerPx + rowPx * std::clamp(model()->rowCount(), 1, m_mostRows) + 2);
}

}  // namespace holdfast::widgets
