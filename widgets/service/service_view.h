#pragma once

#include "widgets/charts/chart_context.h"
#include "widgets/view.h"

#include <QTimer>

#include <memory>
#include <vector>

class QScrollArea;
class QStackedLayout;
class QVBoxLayout;

namespace holdfast::widgets {

class EventRow;
class HeatPane;
class KpiBar;
class LinePane;
class ServiceFeed;
class StateLanes;
class StatePage;
struct LaneSpec;

/// View 2: one service on one time axis – latency, errors, requests, headroom, queue, retries, breakers, flags and what
/// happened – under one crosshair. Lanes keep their order. Thread: gui.
class ServiceView : public View {
    Q_OBJECT

public:
    ServiceView(const ViewContext& context, QWidget* parent);
    ~ServiceView() override;

    void activate() override;
    void deactivate() override;
    void placeChanged() override;
    void moveSelection(int rows) override;
    void refreshNow() override;
    bool escape() override;
    [[nodiscard]] bool painted() const override;

protected:
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    struct Lane {
        QString id;
        LinePane* lines = nullptr;
        HeatPane* heat = nullptr;
    };
    void takePage();
    void takeData();
    void showState();
    void rebuildLanes();
    void showLane(const Lane& lane, const LaneSpec& spec);
    void showStates();
    void freezeWhenLost();
    void tellPlotWidth();

    const ViewContext m_context;
    const ChartContext m_charts;
    ServiceFeed* m_feed;
    KpiBar* m_kpis;
    QWidget* m_page;
    QVBoxLayout* m_lanesLayout;
    QScrollArea* m_stateScroll;
    StateLanes* m_states;
    EventRow* m_events;
    StatePage* m_state;
    QStackedLayout* m_stack;
    QString m_shape;  // of the lanes that are built: ids and kinds
    std::vector<Lane> m_lanes;
};

}  // namespace holdfast::widgets
