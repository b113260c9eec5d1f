#include "widgets/table/row_table.h"

#include "widgets/table/row_delegate.h"
#include "widgets/table/row_model.h"
#include "widgets/table/table_menu.h"
#include "widgets/theme/theme.h"

#include <QContextMenuEvent>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QScrollBar>

#include <algorithm>
#include <utility>

namespace holdfast::widgets {

namespace {

constexpr int rowPx = 30;
constexpr int twoLinesPx = 42;
constexpr int headerPx = 28;
constexpr int widestPx = 420;
constexpr int leastStretchPx = 150;
constexpr int leastPx = 64;
constexpr int narrowStepPx = 8;
constexpr int aimingMs = 10'000;  // guessed: who did not move the pointer for so long does not aim

}  // namespace

RowTable::RowTable(Theme& theme, const QString& accessibleName, QWidget* parent)
    : QTableView(parent), m_theme(theme), m_delegate(new RowDelegate(theme, this))
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
    verticalHeader()->setMinimumSectionSize(rowPx);
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setSectionResizeMode(QHeaderView::Interactive);
    horizontalHeader()->setMinimumSectionSize(28);
    connect(this, &QTableView::doubleClicked, this, &RowTable::rowOpened);
    connect(&theme, &Theme::changed, this, &RowTable::restyle);
    restyle();
}

void RowTable::restyle()
{
    verticalHeader()->setDefaultSectionSize(m_theme.px(m_rowLines > 1 ? twoLinesPx : rowPx));
    horizontalHeader()->setFixedHeight(m_theme.px(headerPx));
    horizontalHeader()->setFont(m_theme.small());
    fitColumns();
    updateHeight();
}

void RowTable::setModel(QAbstractItemModel* model)
{
    QTableView::setModel(model);
    connect(selectionModel(), &QItemSelectionModel::currentRowChanged, this, &RowTable::onCurrentChanged);
    connect(model, &QAbstractItemModel::modelAboutToBeReset, this,
            [this] { m_scrolled = verticalScrollBar()->value(); });
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
    for (const int lines : {1, m_rowLines}) {
        m_delegate->setLines(lines);  // two only where one has no room
        sizeColumns();
        if (m_stretch < 0 || roomLeft() >= sizeHintForColumn(m_stretch) - m_theme.px(leastStretchPx))
            break;
    }
    narrowColumns();
}

void RowTable::sizeColumns()
{
    for (int column = 0; column < model()->columnCount(); ++column) {
        const bool stretched = column == m_stretch;
        horizontalHeader()->setSectionResizeMode(column, stretched ? QHeaderView::Stretch : QHeaderView::Interactive);
        if (stretched)
            continue;
        const int title = horizontalHeader()->sectionSizeHint(column);
        setColumnWidth(column, column == 0 ? m_theme.px(28)
                                           : std::clamp(std::max(sizeHintForColumn(column), title) + 4, m_theme.px(48),
                                                        m_theme.px(widestPx)));
    }
}

int RowTable::roomLeft() const
{
    int taken = m_stretch < 0 ? 0 : m_theme.px(leastStretchPx);
    for (int column = 0; column < model()->columnCount(); ++column)
        taken += column == m_stretch ? 0 : columnWidth(column);
    return viewport()->width() - taken;
}

void RowTable::narrowColumns()
{
    // Buttons stay in sight: texts give way, the widest first. What is cut off can be read in a tooltip.
    const auto gives = [this](int column) {
        return column != 0 && column != m_stretch
               && !(model()->rowCount() > 0
                    && model()->index(model()->rowCount() - 1, column).data(RowRole::buttons).isValid());
    };
    for (int missing = -roomLeft(); missing > 0 && m_stretch >= 0; missing = -roomLeft()) {
        int widest = -1;
        for (int column = 1; column < model()->columnCount(); ++column) {
            if (gives(column) && (widest < 0 || columnWidth(column) > columnWidth(widest)))
                widest = column;
        }
        const int by = widest < 0 ? 0 : std::min({missing, narrowStepPx, columnWidth(widest) - m_theme.px(leastPx)});
        if (by <= 0) {
            // The rest is scrolled to; the column that would stretch must not vanish for it.
            horizontalHeader()->setSectionResizeMode(m_stretch, QHeaderView::Interactive);
            setColumnWidth(m_stretch, m_theme.px(leastStretchPx));
            return;
        }
        setColumnWidth(widest, columnWidth(widest) - by);
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
    if (currentIndex().isValid())
        scrollTo(currentIndex());
}

void RowTable::moveSelection(int by)
{
    if (model() == nullptr || model()->rowCount() == 0)
        return;
    const auto isRow = [this](int row) { return model()->index(row, 1).flags().testFlag(Qt::ItemIsSelectable); };
    const int last = model()->rowCount() - 1;
    int row = std::clamp(currentIndex().isValid() ? currentIndex().row() + by : 0, 0, last);
    const int step = by < 0 ? -1 : 1;
    while (!isRow(row) && row + step >= 0 && row + step <= last)
        row += step;
    if (isRow(row))
        setCurrentIndex(model()->index(row, 1));
}

void RowTable::setHeightByRows(int atMost)
{
    m_mostRows = atMost;
    setVerticalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    updateHeight();
}

void RowTable::setHeightOfRows(int rows)
{
    m_leastRows = rows;
    setHeightByRows(rows);
}

void RowTable::setRowLines(int lines)
{
    if (std::exchange(m_rowLines, lines) == lines)
        return;
    restyle();
    fitColumns();
}

bool RowTable::aimedAt() const
{
    return viewport()->underMouse() && m_pointerMoved.isValid() && !m_pointerMoved.hasExpired(aimingMs);
}

void RowTable::setLocked(const QString& why)
{
    m_delegate->setLocked(!why.isEmpty());
    setToolTip(why);
    viewport()->update();
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
    m_pointerMoved.start();
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
    if (event->matches(QKeySequence::Copy)) {
        copyTableRow(currentIndex());
        return;
    }
    // Letters belong to the window's single keys, not to a search in the table.
    if (!event->text().isEmpty() && event->text().front().isLetterOrNumber()) {
        event->ignore();
        return;
    }
    QTableView::keyPressEvent(event);
}

void RowTable::contextMenuEvent(QContextMenuEvent* event)
{
    const bool keys = event->reason() == QContextMenuEvent::Keyboard;
    const QPoint place = keys ? visualRect(currentIndex()).bottomLeft() : event->pos();
    openTableMenu(*this, keys ? currentIndex() : indexAt(place), viewport()->mapToGlobal(place));
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
    if (model() == nullptr)
        return;
    clearSpans();
    for (int row = 0; row < model()->rowCount(); ++row) {
        if (model()->index(row, 0).data(RowRole::heading).isValid())
            setSpan(row, 0, 1, model()->columnCount());
    }
    if (m_selected.isEmpty())
        return;
    for (int row = 0; row < model()->rowCount(); ++row) {
        const QModelIndex index = model()->index(row, 1);
        if (index.data(RowRole::key).toString() == m_selected) {
            setCurrentIndex(index);
            break;
        }
    }
    verticalScrollBar()->setValue(m_scrolled);
}

void RowTable::growColumns()
{
    // Only wider: a column that follows every digit would make the table tremble.
    for (int column = 1; column < model()->columnCount(); ++column) {
        const int wanted = std::min(sizeHintForColumn(column) + 4, m_theme.px(widestPx));
        const int needed = column == m_stretch ? 0 : wanted - columnWidth(column);
        const int more = m_stretch < 0 ? needed : std::min(needed, roomLeft());
        if (more > 0)
            setColumnWidth(column, columnWidth(column) + more);
    }
}

void RowTable::updateHeight()
{
    if (m_mostRows > 0 && model() != nullptr)
        setFixedHeight(horizontalHeader()->height()
                       + verticalHeader()->defaultSectionSize()
                             * std::clamp(model()->rowCount(), std::min(m_leastRows, m_mostRows), m_mostRows)
                       + 2);
}

}  // namespace holdfast::widgets
