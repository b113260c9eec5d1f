#include "widgets/explore/table_page.h"

#include "widgets/table/table_menu.h"
#include "widgets/theme/theme.h"

#include <QHeaderView>
#include <QSortFilterProxyModel>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace holdfast::widgets {

namespace {

constexpr int rowPx = 26;
constexpr int headerPx = 28;
constexpr int leastPx = 60;
constexpr int widestPx = 420;
constexpr int gapPx = 24;  // between columns: the cells of Fusion have none

}  // namespace

TablePage::TablePage(const Theme& theme, QWidget* parent)
    : QWidget(parent),
      m_theme(theme),
      m_results(new ResultTable(this)),
      m_sorted(new QSortFilterProxyModel(this)),
      m_table(new QTableView(this))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_table);
    m_sorted->setSourceModel(m_results);
    m_sorted->setSortRole(ResultTable::sortRole);
    m_table->setObjectName(QStringLiteral("exploreTable"));
    m_table->setAccessibleName(tr("Series with their labels and values"));
    m_table->setModel(m_sorted);
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(-1, Qt::AscendingOrder);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setShowGrid(false);
    m_table->setAlternatingRowColors(true);
    m_table->setWordWrap(false);
    m_table->verticalHeader()->hide();
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table->horizontalHeader()->setStretchLastSection(false);
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_table, &QTableView::customContextMenuRequested, this, [this](const QPoint& at) {
        openTableMenu(*m_table, m_table->indexAt(at), m_table->viewport()->mapToGlobal(at));
    });
    connect(&theme, &Theme::changed, this, &TablePage::restyle);
    restyle();
}

void TablePage::setAnswers(std::vector<QueryAnswerPtr> answers, bool instant)
{
    m_results->setAnswers(std::move(answers), instant ? ResultTable::Kind::Instant : ResultTable::Kind::Range);
    fitColumns();
}

QAbstractItemModel& TablePage::model() const
{
    return *m_sorted;
}

void TablePage::restyle()
{
    m_table->verticalHeader()->setDefaultSectionSize(m_theme.px(rowPx));
    m_table->horizontalHeader()->setFixedHeight(m_theme.px(headerPx));
    m_table->horizontalHeader()->setFont(m_theme.small());
    fitColumns();
}

void TablePage::fitColumns()
{
    for (int column = 0; column < m_sorted->columnCount(); ++column) {
        const int wanted = std::max(m_table->horizontalHeader()->sectionSizeHint(column),
                                    static_cast<QAbstractItemView*>(m_table)->sizeHintForColumn(column));
        m_table->setColumnWidth(column,
                                std::clamp(wanted + m_theme.px(gapPx), m_theme.px(leastPx), m_theme.px(widestPx)));
    }
}

}  // namespace holdfast::widgets
