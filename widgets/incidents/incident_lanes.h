#pragma once

#include "widgets/charts/chart_context.h"
#include "widgets/client/api_client.h"
#include "widgets/client/incident.h"

#include <QTimer>
#include <QWidget>

#include <memory>
#include <vector>

class QVBoxLayout;

namespace holdfast::widgets {

class EventRow;
class LinePane;

/// The members of an incident as small lanes on the window's time axis, the origin's first. Thread: gui.
class IncidentLanes : public QWidget {
    Q_OBJECT

public:
    IncidentLanes(ApiClient& api, const ChartContext& charts, QWidget* parent);

    /// Lanes with the same questions keep their pictures.
    void setLanes(const std::vector<IncidentLane>& lanes);
    void setEvents(std::vector<Event> events);
    /// Asks again now, and every few seconds as long as the range is live.
    void start();
    void stop();

private:
    struct Lane {
        IncidentLane spec;
        LinePane* pane = nullptr;
        RequestSlot slot;
    };

    void ask();
    void ask(Lane& lane);

    ApiClient& m_api;
    const ChartContext m_charts;
    QVBoxLayout* m_layout;
    EventRow* m_events;
    std::vector<std::unique_ptr<Lane>> m_lanes;
    QTimer m_timer;
};

}  // namespace holdfast::widgets
