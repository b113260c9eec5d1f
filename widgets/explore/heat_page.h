#pragma once

#include "widgets/charts/chart_context.h"
#include "widgets/explore/result_table.h"

#include <QWidget>

#include <vector>

namespace holdfast::widgets {

class EventRow;
class FlatButton;
class HeatPane;
class RoleLabel;

/// Explore's answer as a heatmap, where it has the buckets of a histogram; else what it would need, and the query that
/// gives it. Thread: gui.
class HeatPage : public QWidget {
    Q_OBJECT

public:
    HeatPage(const ChartContext& context, QWidget* parent);

    void setAnswers(const std::vector<QueryAnswerPtr>& answers, bool instant);

signals:
    /// This expression would give a heatmap.
    void wanted(const QString& expression);

private:
    HeatPane* m_pane;
    EventRow* m_axis;
    RoleLabel* m_words;
    FlatButton* m_ask;
    QString m_expression;
};

}  // namespace holdfast::widgets
