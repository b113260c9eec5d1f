#pragma once

#include "widgets/charts/chart_context.h"
#include "widgets/client/api_client.h"
#include "widgets/explore/result_table.h"

#include <QWidget>

#include <vector>

namespace holdfast::widgets {

class EventRow;
class HeatPane;
class RoleLabel;
class Theme;

/// Explore's answer as a heatmap, where it has the buckets of a histogram; else what it would need, and queries that
/// give it: of the metric that was asked for, or of histograms that are there. Thread: gui.
class HeatPage : public QWidget {
    Q_OBJECT

public:
    HeatPage(ApiClient& api, const ChartContext& context, QWidget* parent);

    void setAnswers(const std::vector<QueryAnswerPtr>& answers, bool instant);

signals:
    /// This expression would give a heatmap.
    void wanted(const QString& expression);

private:
    void findHistograms(const QString& asked);
    void offer(const QStringList& histograms);

    ApiClient& m_api;
    const Theme& m_theme;
    RequestSlot m_slot;
    HeatPane* m_pane;
    EventRow* m_axis;
    RoleLabel* m_words;
    QWidget* m_offers;
    QString m_askedFor;  ///< the expression whose offers are shown
};

}  // namespace holdfast::widgets
