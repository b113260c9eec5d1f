#include "widgets/incidents/incident_lanes.h"

#include "widgets/charts/event_row.h"
#include "widgets/charts/line_pane.h"
#include "widgets/theme/theme.h"
#include "widgets/time/time_cursor.h"

#include <QVBoxLayout>

#include <algorithm>

namespace holdfast::widgets {

namespace {

constexpr std::size_t mostLanes = 8;  // what one still compares by eye; the page scrolls
constexpr int laneHeight = 58;
constexpr std::int64_t mostPoints = 400;
constexpr int refreshMs = 4'000;

bool sameQuestions(const std::vector<IncidentLane>& a, const std::vector<IncidentLane>& b)
{
    return std::ranges::equal(a, b, [](const IncidentLane& x, const IncidentLane& y) { return x.expr == y.expr; });
}

}  // namespace

IncidentLanes::IncidentLanes(ApiClient& api, const ChartContext& charts, QWidget* parent)
    : QWidget(parent),
      m_api(api),
      m_charts(charts),
      m_layout(new QVBoxLayout(this)),
      m_events(new EventRow(charts, this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(4);
    m_layout->addWidget(m_events);
    m_timer.setInterval(refreshMs);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        if (m_charts.time.mode() == TimeMode::Live)
            ask();
    });
    connect(&charts.theme, &Theme::changed, this, [this] {
        for (const auto& lane : m_lanes)
            lane->pane->setFixedHeight(m_charts.theme.px(laneHeight));
    });
    connect(&charts.time, &TimeCursor::rangeChanged, this, [this] {
        // While live the range moves all the time; the timer follows it.
        if (m_timer.isActive() && m_charts.time.mode() != TimeMode::Live)
            ask();
    });
}

void IncidentLanes::setLanes(const std::vector<IncidentLane>& lanes)
{
    const std::vector<IncidentLane> wanted(
        lanes.begin(), lanes.begin() + static_cast<std::ptrdiff_t>(std::min(lanes.size(), mostLanes)));
    std::vector<IncidentLane> present;
    for (const auto& lane : m_lanes)
        present.push_back(lane->spec);
    if (sameQuestions(present, wanted))
        return;
    for (const auto& lane : m_lanes)
        delete lane->pane;
    m_lanes.clear();
    for (const IncidentLane& spec : wanted) {
        auto lane = std::make_unique<Lane>();
        lane->spec = spec;
        lane->pane = new LinePane(m_charts, spec.title, this);
        lane->pane->setFixedHeight(m_charts.theme.px(laneHeight));
        m_layout->insertWidget(static_cast<int>(m_lanes.size()), lane->pane);
        m_lanes.push_back(std::move(lane));
    }
    setVisible(!m_lanes.empty());
    ask();
}

void IncidentLanes::setEvents(std::vector<Event> events)
{
    m_events->setEvents(std::move(events));
}

void IncidentLanes::start()
{
    m_timer.start();
    ask();
}

void IncidentLanes::stop()
{
    m_timer.stop();
    for (const auto& lane : m_lanes)
        lane->slot.cancel();
}

void IncidentLanes::ask()
{
    for (const auto& lane : m_lanes)
        ask(*lane);
}

void IncidentLanes::ask(Lane& lane)
{
    const Grid grid =
        alignedGrid(m_charts.time.startMs(), m_charts.time.endMs(), m_charts.time.points(mostPoints), 1'000);
    m_api.queryRange(lane.slot, lane.spec.expr, grid, [&lane](const Result<std::shared_ptr<const Matrix>>& answer) {
        if (!answer) {
            lane.pane->setMissing(QString::fromStdString(answer.error().message));
            return;
        }
        LaneData drawn;
        drawn.unit = unitFromText(lane.spec.unit);
        drawn.lines = {{lane.spec.title, LineRole::Main, *answer, 0}};
        lane.pane->setData(std::move(drawn));
    });
}

}  // namespace holdfast::widgets
