#pragma once

#include "widgets/charts/chart_context.h"
#include "widgets/client/api_client.h"
#include "widgets/explore/explore_links.h"
#include "widgets/view.h"

#include <QTimer>

#include <vector>

class QAbstractItemModel;
class QComboBox;
class QStackedWidget;
class QVBoxLayout;

namespace holdfast::widgets {

class ExamplePage;
class FlatButton;
class GraphPage;
class HeatPage;
class QueryList;
class RawPage;
class RoleLabel;
class TablePage;

/// Any PromQL, up to four queries at a time: over the window's range or at its end, as lines, table, heatmap or text,
/// on the window's axis and crosshair. Works with a foreign Prometheus as well. Thread: gui.
class ExploreView : public View {
    Q_OBJECT

public:
    ExploreView(const ViewContext& context, QWidget* parent);

    void activate() override;
    void deactivate() override;
    void placeChanged() override;
    void focusFilter() override;
    void moveSelection(int by) override;
    void openSelection() override;
    void refreshNow() override;
    bool escape() override;
    [[nodiscard]] bool painted() const override;

    /// What is shown now, as links carry it.
    [[nodiscard]] ExploreState state() const;

private:
    enum Tab { Graph, Table, Heatmap, Raw };

    void buildHeader(QVBoxLayout* layout);
    void buildBar(QVBoxLayout* layout);
    void buildResult(QVBoxLayout* layout);
    void connectTime();
    void run();
    void runAlone(const QString& expression);
    void ask();
    void onAnswered();
    void showTab(int tab);
    void showAnswers();
    void showInfo();
    void setInstant(bool instant);
    void openLink(const QString& text);
    void openSavedMenu();
    void askForName();
    void openCopyMenu();
    void openExportMenu();
    void copy(const QString& text, const QString& what);
    void openUseMenu();
    void pinTo(const QString& service, const QString& expression);
    void makeRule(const QString& expression);
    /// Beside the numbers of the result, for a moment.
    void sayFor(const QString& words);
    /// Of all answers, whichever page is shown.
    [[nodiscard]] QAbstractItemModel& tableModel();
    [[nodiscard]] Grid grid() const;

    const ViewContext m_context;
    const ChartContext m_charts;
    QTimer m_refresh;
    QTimer m_slow;
    QueryList* m_queries;
    bool m_instant = false;
    QString m_said;  ///< "copied", for a moment
    Tab m_tab = Graph;
    FlatButton* m_add = nullptr;
    FlatButton* m_saved = nullptr;
    FlatButton* m_use = nullptr;
    FlatButton* m_copy = nullptr;
    FlatButton* m_export = nullptr;
    FlatButton* m_rangeButton = nullptr;
    FlatButton* m_instantButton = nullptr;
    QComboBox* m_step = nullptr;
    std::vector<FlatButton*> m_tabs;
    RoleLabel* m_info = nullptr;
    RoleLabel* m_cut = nullptr;
    QWidget* m_bar = nullptr;
    ExamplePage* m_examples = nullptr;
    QStackedWidget* m_stack = nullptr;
    GraphPage* m_graph = nullptr;
    TablePage* m_table = nullptr;
    HeatPage* m_heat = nullptr;
    RawPage* m_raw = nullptr;
};

}  // namespace holdfast::widgets
