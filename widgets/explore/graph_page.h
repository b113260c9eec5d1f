#pragma once

#include "widgets/charts/chart_context.h"
#include "widgets/explore/legend_rows.h"
#include "widgets/explore/line_styles.h"
#include "widgets/explore/result_table.h"

#include <QWidget>

#include <cstdint>
#include <optional>
#include <vector>

namespace holdfast::widgets {

class LinesPane;
class RowTable;

/// Explore's answers as lines over the window's axis, with a legend that says each one's numbers at the crosshair. A
/// series chosen in the legend stands out, an isolated one is alone. Thread: gui.
class GraphPage : public QWidget {
    Q_OBJECT

public:
    /// As many looks as there are; the table has all.
    static constexpr std::size_t mostLines = 32;

    GraphPage(const ChartContext& context, QWidget* parent);

    void setAnswers(std::vector<QueryAnswerPtr> answers);
    void setLoading(bool loading);
    void setFrozenSince(std::optional<std::int64_t> ms);
    /// The crosshair moved.
    void showCursor();
    void moveSelection(int by);
    void isolateChosen();
    /// Everything is shown again; false when it was.
    bool escape();
    [[nodiscard]] bool painted() const;

private:
    void showLegend();
    void showLines();
    void fillCursor(std::vector<LegendRow>& rows) const;
    void isolate(const QString& key);

    const ChartContext m_context;
    std::vector<QueryAnswerPtr> m_answers;
    StyleBook m_styles;
    std::vector<LegendRow> m_rows;
    QString m_isolated;
    LegendModel* m_legend;
    LinesPane* m_lines;
    RowTable* m_table;
};

}  // namespace holdfast::widgets
