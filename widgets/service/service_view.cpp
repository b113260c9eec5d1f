#include "widgets/service/service_view.h"

#include "widgets/charts/event_row.h"
#include "widgets/charts/heat_pane.h"
#include "widgets/charts/line_pane.h"
#include "widgets/charts/state_lanes.h"
#include "widgets/client/engine_link.h"
#include "widgets/client/feed.h"
#include "widgets/client/fleet.h"
#include "widgets/navigator.h"
#include "widgets/service/kpi_bar.h"
#include "widgets/service/service_feed.h"
#include "widgets/theme/state_page.h"
#include "widgets/theme/theme.h"
#include "widgets/time/time_cursor.h"

#include <QScrollArea>
#include <QStackedLayout>
#include <QVBoxLayout>

#include <algorithm>

namespace holdfast::widgets {

namespace {

constexpr int mostStateRows = 6;
constexpr std::size_t mostLines = 6;  // of one query; more cannot be told apart in grey

/// Shares of the height, from the drawing of the page: latency is what one looks at first.
int stretchOf(const QString& lane)
{
    if (lane == QLatin1String("latency"))
        return 168;
    if (lane == QLatin1String("heatmap"))
        return 124;
    if (lane == QLatin1String("queue") || lane == QLatin1String("retries"))
        return 74;
    return 106;
}

bool hasChart(const LaneSpec& lane)
{
    return !lane.queries.empty() || !lane.heatmapExpr.isEmpty();
}

}  // namespace

ServiceView::ServiceView(const ViewContext& context, QWidget* parent)
    : View(parent),
      m_context(context),
      m_charts{context.theme, context.time, context.api.courier()},
      m_feed(new ServiceFeed(context, this)),
      m_kpis(new KpiBar(context, this)),
      m_page(new QWidget(this)),
      m_lanesLayout(new QVBoxLayout),
      m_stateScroll(new QScrollArea(this)),
      m_states(new StateLanes(m_charts, m_stateScroll)),
      m_events(new EventRow(m_charts, this)),
      m_state(new StatePage(context.theme, this)),
      m_stack(new QStackedLayout)
{
    m_stateScroll->setWidget(m_states);
    m_stateScroll->setWidgetResizable(true);
    m_stateScroll->setFrameShape(QFrame::NoFrame);
    m_stateScroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_stateScroll->hide();
    m_lanesLayout->setSpacing(2);
    auto* page = new QVBoxLayout(m_page);
    page->setContentsMargins(0, 0, 0, 2);
    page->setSpacing(2);
    page->addWidget(m_kpis);
    page->addLayout(m_lanesLayout, 1);
    page->addWidget(m_stateScroll);
    page->addWidget(m_events);
    m_stack->addWidget(m_page);
    m_stack->addWidget(m_state);
    setLayout(m_stack);
    connect(m_feed, &ServiceFeed::pageChanged, this, &ServiceView::takePage);
    connect(m_feed, &ServiceFeed::dataChanged, this, &ServiceView::takeData);
    connect(&context.link, &EngineLink::stateChanged, this, &ServiceView::freezeWhenLost);
    connect(&context.navigator, &Navigator::serviceChanged, this, &ServiceView::placeChanged);
    connect(m_state, &StatePage::wayOutTaken, this,
            [this] { m_context.navigator.go({.view = QStringLiteral("fleet"), .service = {}, .item = {}}); });
    showState();
}

ServiceView::~ServiceView() = default;

void ServiceView::activate()
{
    m_feed->setService(m_context.navigator.service());
    m_feed->setActive(true);
    freezeWhenLost();
}

void ServiceView::deactivate()
{
    m_feed->setActive(false);
}

void ServiceView::placeChanged()
{
    m_feed->setService(m_context.navigator.service());
    showState();
}

void ServiceView::refreshNow()
{
    m_feed->refresh();
}

void ServiceView::moveSelection(int rows)
{
    const auto fleet = m_context.fleet.latest();
    if (!fleet || fleet->services.empty())
        return;
    const auto count = static_cast<int>(fleet->services.size());
    int at = 0;
    for (int i = 0; i < count; ++i) {
        if (fleet->services[static_cast<std::size_t>(i)].name == m_context.navigator.service())
            at = i;
    }
    const auto next = static_cast<std::size_t>((at + rows + count) % count);
    m_context.navigator.go({.view = {}, .service = fleet->services[next].name, .item = {}});
}

bool ServiceView::escape()
{
    const bool pinned = m_context.time.pinA().has_value();
    m_context.time.clearPins();
    return pinned;
}

bool ServiceView::painted() const
{
    return !m_lanes.empty() && std::all_of(m_lanes.begin(), m_lanes.end(), [](const Lane& lane) {
        return lane.lines ? lane.lines->painted() : lane.heat->painted();
    });
}

void ServiceView::showState()
{
    const EngineLink& link = m_context.link;
    if (m_feed->page() && m_feed->page()->now.name == m_context.navigator.service()) {
        m_stack->setCurrentIndex(0);
        return;
    }
    if (m_context.navigator.service().isEmpty())
        m_state->say(tr("No service chosen"), tr("Choose one in the fleet, or type its name after Ctrl+K."),
                     tr("Show the fleet"));
    else if (link.state() == LinkState::Unreachable)
        m_state->say(tr("No engine"),
                     tr("The page of %1 needs an engine: %2").arg(m_context.navigator.service(), link.detail()), {});
    else if (m_feed->pageError())
        m_state->say(tr("%1 cannot be shown").arg(m_context.navigator.service()),
                     QString::fromStdString(m_feed->pageError()->message), tr("Show the fleet"));
    else
        m_state->say(tr("Reading %1…").arg(m_context.navigator.service()),
                     tr("The page comes with the first answer of the engine."), {});
    m_stack->setCurrentIndex(1);
}

void ServiceView::takePage()
{
    showState();
    if (!m_feed->page())
        return;
    m_kpis->setPage(m_feed->page());
    rebuildLanes();
    takeData();
}

void ServiceView::rebuildLanes()
{
    const auto page = m_feed->page();
    QString shape = page->now.name;
    for (const LaneSpec& lane : page->lanes)
        shape += lane.id + (lane.heatmapExpr.isEmpty() ? QLatin1Char('l') : QLatin1Char('h'))
                 + (hasChart(lane) ? QLatin1Char('+') : QLatin1Char('-'));
    if (shape == m_shape)
        return;
    m_shape = shape;
    for (const Lane& lane : m_lanes)
        delete (lane.lines ? static_cast<QWidget*>(lane.lines) : static_cast<QWidget*>(lane.heat));
    m_lanes.clear();
    constexpr int missingHeight = 26;
    for (const LaneSpec& spec : page->lanes) {
        Lane lane{spec.id, nullptr, nullptr};
        QWidget* pane = nullptr;
        if (spec.id == QLatin1String("heatmap") || !spec.heatmapExpr.isEmpty())
            pane = lane.heat = new HeatPane(m_charts, spec.title, m_page);
        else
            pane = lane.lines = new LinePane(m_charts, spec.title, m_page);
        pane->setObjectName(QStringLiteral("lane.") + spec.id);
        if (hasChart(spec))
            m_lanesLayout->addWidget(pane, stretchOf(spec.id));
        else
            m_lanesLayout->addWidget(pane);
        if (!hasChart(spec))
            pane->setFixedHeight(missingHeight);
        pane->show();
        m_lanes.push_back(lane);
    }
    tellPlotWidth();
}

void ServiceView::takeData()
{
    const auto page = m_feed->page();
    if (!page)
        return;
    for (const LaneSpec& spec : page->lanes) {
        const auto lane =
            std::find_if(m_lanes.begin(), m_lanes.end(), [&](const Lane& each) { return each.id == spec.id; });
        if (lane != m_lanes.end())
            showLane(*lane, spec);
    }
    showStates();
    std::vector<TimeMark> marks;
    std::vector<Event> events = m_feed->events() ? m_feed->events()->events : std::vector<Event>{};
    for (const Event& event : events) {
        if (event.kind == QLatin1String("action") || event.kind == QLatin1String("deploy"))
            marks.push_back({event.atMs, event.kind == QLatin1String("action"), event.text});
    }
    for (const Lane& lane : m_lanes)
        lane.lines ? lane.lines->setMarks(marks) : lane.heat->setMarks(marks);
    m_states->setMarks(marks);
    m_events->setEvents(std::move(events));
}

void ServiceView::showLane(const Lane& lane, const LaneSpec& spec)
{
    if (!hasChart(spec)) {
        const QString words = spec.missing.isEmpty() ? tr("No metric for this was found.") : spec.missing;
        lane.lines ? lane.lines->setMissing(words) : lane.heat->setMissing(words);
        return;
    }
    if (lane.heat) {
        if (const auto heat = m_feed->heat(spec.heatmapExpr))
            lane.heat->setData(heat, spec.heatmapSlo);
        else if (const QString problem = m_feed->problem(spec.heatmapExpr); !problem.isEmpty())
            lane.heat->setMissing(problem);
        return;
    }
    LaneData lines{spec.unit, spec.limit, {}};
    QString problem;
    bool any = false;
    for (const LaneQuery& query : spec.queries) {
        const auto matrix = m_feed->matrix(query.expr);
        for (LaneLine& line : linesOf(query, matrix, mostLines))
            lines.lines.push_back(std::move(line));
        any = any || matrix;
        if (problem.isEmpty())
            problem = m_feed->problem(query.expr);
    }
    if (any)
        lane.lines->setData(std::move(lines));
    else if (!problem.isEmpty())
        lane.lines->setMissing(problem);
}

void ServiceView::showStates()
{
    const auto page = m_feed->page();
    std::vector<StateRow> rows;
    for (const BreakerLaneSpec& spec : page->breakers)
        rows.push_back({spec.control, QStringLiteral("→ ") + (spec.callee.isEmpty() ? spec.name : spec.callee), false,
                        m_feed->matrix(spec.stateExpr), m_feed->matrix(spec.openExpr),
                        m_feed->matrix(spec.instancesExpr)});
    for (const FlagLaneSpec& spec : page->flags)
        rows.push_back({spec.control, spec.name, true, m_feed->matrix(spec.stateExpr), nullptr, nullptr});
    const int shown = std::min(static_cast<int>(rows.size()), mostStateRows);
    m_states->setRows(std::move(rows));
    m_stateScroll->setFixedHeight(shown * StateLanes::rowHeight + 8);
    m_stateScroll->setVisible(shown > 0);
}

void ServiceView::freezeWhenLost()
{
    const EngineLink& link = m_context.link;
    const bool lost = link.state() == LinkState::Unreachable || link.state() == LinkState::Restarting;
    const std::optional<std::int64_t> since = lost ? std::optional(link.sinceMs()) : std::nullopt;
    for (const Lane& lane : m_lanes)
        lane.lines ? lane.lines->setFrozenSince(since) : lane.heat->setFrozenSince(since);
    m_states->setFrozenSince(since);
    showState();
}

void ServiceView::tellPlotWidth()
{
    m_feed->setPlotWidth(width() - TimePane::headerWidth - TimePane::tickWidth - TimePane::rightMargin);
}

void ServiceView::resizeEvent(QResizeEvent* event)
{
    View::resizeEvent(event);
    tellPlotWidth();
}

void ServiceView::showEvent(QShowEvent* event)
{
    View::showEvent(event);
    tellPlotWidth();
}

}  // namespace holdfast::widgets
