#include "widgets/explore/graph_page.h"

#include "widgets/charts/event_row.h"
#include "widgets/explore/lines_pane.h"
#include "widgets/table/row_table.h"
#include "widgets/theme/theme.h"
#include "widgets/time/time_cursor.h"

#include <QApplication>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace holdfast::widgets {

GraphPage::GraphPage(const ChartContext& context, QWidget* parent)
    : QWidget(parent),
      m_context(context),
      m_legend(makeLegendModel(this)),
      m_lines(new LinesPane(context, this)),
      m_table(new RowTable(context.theme, tr("Legend"), this))
{
    setObjectName(QStringLiteral("exploreGraph"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_lines, 3);
    column->addWidget(new EventRow(context, this));
    m_table->setObjectName(QStringLiteral("exploreLegend"));
    m_table->setModel(m_legend);
    m_table->setItemDelegateForColumn(0, new SwatchDelegate(context.theme, m_table));
    m_table->setStretchColumn(2);
    m_table->setToolTip(tr("Click chooses a series, Shift+click or Enter shows it alone"));
    connect(m_table, &RowTable::keySelected, this, &GraphPage::showLines);
    connect(m_table, &QTableView::clicked, this, [this](const QModelIndex& index) {
        if (QApplication::keyboardModifiers().testFlag(Qt::ShiftModifier))
            isolate(index.data(RowRole::key).toString());
    });
    connect(m_table, &RowTable::rowOpened, this,
            [this](const QModelIndex& index) { isolate(index.data(RowRole::key).toString()); });
    column->addWidget(m_table, 2);
}

void GraphPage::setAnswers(std::vector<QueryAnswerPtr> answers)
{
    m_answers = std::move(answers);
    showLegend();
}

void GraphPage::setLoading(bool loading)
{
    m_lines->setLoading(loading);
}

void GraphPage::setFrozenSince(std::optional<std::int64_t> ms)
{
    m_lines->setFrozenSince(ms);
}

bool GraphPage::painted() const
{
    return m_lines->painted();
}

void GraphPage::moveSelection(int by)
{
    m_table->moveSelection(by);
}

void GraphPage::isolateChosen()
{
    isolate(m_table->selectedKey());
}

void GraphPage::showCursor()
{
    if (m_rows.empty())
        return;
    fillCursor(m_rows);
    m_legend->setRows(m_rows);
}

bool GraphPage::escape()
{
    if (!m_isolated.isEmpty()) {
        isolate(m_isolated);
        return true;
    }
    if (m_table->selectedKey().isEmpty())
        return false;
    m_table->clearSelection();
    m_table->setCurrentIndex({});
    m_table->selectKey({});
    showLines();
    return true;
}

void GraphPage::showLegend()
{
    m_rows.clear();
    QStringList header;
    const std::vector<QueryAnswerPtr>& list = m_answers;
    std::size_t longest = 0;
    for (const QueryAnswerPtr& answer : list) {
        header << tr("%1   %2 series").arg(answer->letter).arg(static_cast<qint64>(answer->rows.size()));
        longest = std::max(longest, answer->rows.size());
    }
    // The largest of each query in turn: one with many series must not push the others out.
    for (std::size_t rank = 0; rank < longest; ++rank) {
        for (const QueryAnswerPtr& answer : list) {
            if (rank < answer->rows.size() && m_rows.size() < mostLines)
                m_rows.push_back({.key = answer->letter + answer->rows[rank].labels,
                                  .query = answer->letter,
                                  .style = {},
                                  .series = answer->rows[rank]});
        }
    }
    QStringList keys;
    for (const LegendRow& row : m_rows)
        keys << row.key;
    if (!m_isolated.isEmpty() && !keys.contains(m_isolated))
        m_isolated.clear();
    const std::vector<LineStyle> styles = m_styles.stylesFor(keys);
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        m_rows[i].style = styles[i];
        m_rows[i].drawn = m_isolated.isEmpty() || m_isolated == m_rows[i].key;
    }
    // Rows stay where they are while the same series are there: nothing moves under the pointer.
    std::ranges::stable_sort(m_rows, {},
                             [](const LegendRow& row) { return std::make_pair(row.query, row.series.labels); });
    fillCursor(m_rows);
    m_legend->setRows(m_rows);
    m_table->setVisible(!m_rows.empty());
    m_lines->setHeader(header);
    showLines();
}

void GraphPage::fillCursor(std::vector<LegendRow>& rows) const
{
    const auto cursor = m_context.time.crosshairMs();
    const std::vector<QueryAnswerPtr>& list = m_answers;
    for (LegendRow& row : rows) {
        row.atCursor = row.series.newest;
        const auto answer = std::ranges::find(list, row.query, [](const QueryAnswerPtr& each) { return each->letter; });
        if (!cursor || answer == list.end() || row.series.index >= (*answer)->matrix->series.size())
            continue;
        const Matrix& matrix = *(*answer)->matrix;
        const std::vector<double>& values = matrix.series[row.series.index].values;
        const std::int64_t at = (*cursor - matrix.startMs + matrix.stepMs / 2) / matrix.stepMs;
        row.atCursor =
            at >= 0 && at < static_cast<std::int64_t>(values.size()) ? values[static_cast<std::size_t>(at)] : noSample;
    }
}

void GraphPage::showLines()
{
    const std::vector<QueryAnswerPtr>& list = m_answers;
    if (m_rows.empty()) {
        if (!list.empty())
            m_lines->setMissing(tr("Nothing matches in this range. Check the label values, or widen the range."));
        return;
    }
    const QString chosen = m_table->selectedKey();
    const bool anyChosen =
        std::ranges::any_of(m_rows, [&](const LegendRow& row) { return row.drawn && row.key == chosen; });
    std::vector<QueryLine> lines;
    for (const LegendRow& row : m_rows) {
        const auto answer = std::ranges::find(list, row.query, [](const QueryAnswerPtr& each) { return each->letter; });
        if (!row.drawn || answer == list.end() || row.series.index >= (*answer)->matrix->series.size())
            continue;
        const bool strong = anyChosen && row.key == chosen;
        lines.push_back({row.key, row.style, (*answer)->matrix, row.series.index, strong, anyChosen && !strong});
    }
    m_lines->setLines(std::move(lines));
}

void GraphPage::isolate(const QString& key)
{
    if (key.isEmpty())
        return;
    m_isolated = m_isolated == key ? QString() : key;
    for (LegendRow& row : m_rows)
        row.drawn = m_isolated.isEmpty() || m_isolated == row.key;
    m_legend->setRows(m_rows);
    showLines();
}

}  // namespace holdfast::widgets
