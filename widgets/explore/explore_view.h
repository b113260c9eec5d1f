#pragma once

#include "widgets/charts/chart_context.h"
#include "widgets/client/api_client.h"
#include "widgets/explore/series_rows.h"
#include "widgets/view.h"

#include <QTimer>

class QVBoxLayout;

namespace holdfast::widgets {

class EventRow;
class FlatButton;
class LinePane;
class QueryEditor;
class RoleLabel;
class RowTable;

/// Any PromQL over the window's time range: an editor, the lines, and a table of the series with their extremes. The
/// series chosen in the table is drawn in the main tone, the others stand behind it. Works with a foreign Prometheus as
/// well. Thread: gui.
class ExploreView : public View {
    Q_OBJECT

public:
    ExploreView(const ViewContext& context, QWidget* parent);

    void activate() override;
    void deactivate() override;
    void placeChanged() override;
    void focusFilter() override;
    void moveSelection(int by) override;
    void refreshNow() override;
    [[nodiscard]] bool painted() const override;

private:
    /// What the worker makes of an answer: the values and their summary.
    struct Answer {
        std::shared_ptr<const Matrix> matrix;
        std::vector<SeriesRow> rows;
    };

    void buildEditor(QVBoxLayout* layout);
    void buildResult(QVBoxLayout* layout);
    void run();
    void ask();
    void show(const Answer& answer);
    void showLines();
    void showProblem();
    void offerExamples(const QStringList& metrics);
    void fetchExamples();
    void copyLink() const;
    [[nodiscard]] Grid grid() const;

    const ViewContext m_context;
    const ChartContext m_charts;
    RequestSlot m_slot;
    RequestSlot m_exampleSlot;
    QTimer m_refresh;
    QTimer m_typing;
    QString m_running;  ///< the expression whose answer is shown or awaited
    std::shared_ptr<const Answer> m_answer;
    SeriesModel* m_model;
    QueryEditor* m_editor = nullptr;
    RoleLabel* m_problem = nullptr;
    RoleLabel* m_info = nullptr;
    QWidget* m_examples = nullptr;
    LinePane* m_lines = nullptr;
    EventRow* m_axis = nullptr;  ///< the time axis below the lines
    RowTable* m_table = nullptr;
    FlatButton* m_copy = nullptr;
};

}  // namespace holdfast::widgets
