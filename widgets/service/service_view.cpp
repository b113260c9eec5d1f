#include "widgets/service/service_view.h"

#include "widgets/charts/event_row.h"
#include "widgets/charts/heat_pane.h"
#include "widgets/charts/line_pane.h"
#include "widgets/charts/pane_accessible.h"
#include "widgets/charts/span_stats.h"
#include "widgets/charts/state_lanes.h"
#include "widgets/client/engine_link.h"
#include "widgets/client/feed.h"
#include "widgets/client/fleet.h"
#include "widgets/export/picture_export.h"
#include "widgets/navigator.h"
#include "widgets/service/kpi_bar.h"
#include "widgets/service/lane_bar.h"
#include "widgets/service/lane_chart.h"
#include "widgets/service/lane_scroll.h"
#include "widgets/service/service_feed.h"
#include "widgets/service/split_query.h"
#include "widgets/table/below_hint.h"
#include "widgets/theme/state_page.h"
#include "widgets/theme/theme.h"
#include "widgets/time/time_cursor.h"

#include <QCoreApplication>
#include <QKeyEvent>
#include <QScrollBar>
#include <QSettings>
#include <QStackedLayout>
#include <QStyle>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace holdfast::widgets {

namespace {

constexpr int leastLane = 36;  // px at 100 %: name and number; with less the lanes scroll
constexpr int loadingLookMs = 250;

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

/// The engine names its lanes in English; these are the ones it has of itself.
QString laneTitle(const QString& title)
{
    [[maybe_unused]] static constexpr const char* known[] = {
        QT_TRANSLATE_NOOP("Lanes", "Latency"),  QT_TRANSLATE_NOOP("Lanes", "Latency heatmap"),
        QT_TRANSLATE_NOOP("Lanes", "Errors"),   QT_TRANSLATE_NOOP("Lanes", "Requests"),
        QT_TRANSLATE_NOOP("Lanes", "Headroom"), QT_TRANSLATE_NOOP("Lanes", "Queue"),
        QT_TRANSLATE_NOOP("Lanes", "Retries")};
    return QCoreApplication::translate("Lanes", title.toUtf8().constData());
}

}  // namespace

TimePane* ServiceView::Lane::pane() const
{
    return lines ? static_cast<TimePane*>(lines) : heat;
}

ServiceView::ServiceView(const ViewContext& context, QWidget* parent)
    : View(parent),
      m_context(context),
      m_charts{context.theme, context.time, context.api.courier()},
      m_feed(new ServiceFeed(context, this)),
      m_kpis(new KpiBar(context, this)),
      m_page(new QWidget(this)),
      m_lanesLayout(new QVBoxLayout),
      m_stateScroll(new LaneScroll(this)),
      m_states(new StateLanes(m_charts, m_stateScroll)),
      m_below(new BelowHint(context.theme, m_stateScroll)),
      m_events(new EventRow(m_charts, this)),
      m_bar(new LaneBar(context, this)),
      m_state(new StatePage(context.theme, this)),
      m_stack(new QStackedLayout)
{
    installPaneAccessibility();
    for (const QString& id : QSettings().value(QStringLiteral("service/collapsed")).toStringList())
        m_collapsed.insert(id);
    m_stateScroll->setWidget(m_states);
    m_stateScroll->hide();
    m_lanesLayout->setSpacing(2);
    auto* page = new QVBoxLayout(m_page);
    page->setContentsMargins(0, 0, 0, 2);
    page->setSpacing(2);
    page->addWidget(m_kpis);
    page->addWidget(scrolledLanes(), 1);
    page->addWidget(m_stateScroll);
    page->addWidget(m_events);
    page->addWidget(m_bar);
    m_stack->addWidget(m_page);
    m_stack->addWidget(m_state);
    setLayout(m_stack);
    connect(m_feed, &ServiceFeed::pageChanged, this, &ServiceView::takePage);
    connect(m_feed, &ServiceFeed::dataChanged, this, &ServiceView::takeData);
    connect(&context.link, &EngineLink::stateChanged, this, &ServiceView::freezeWhenLost);
    connect(&context.navigator, &Navigator::serviceChanged, this, &ServiceView::placeChanged);
    connect(m_bar, &LaneBar::compareRequested, this, &ServiceView::openCompareMenu);
    connect(m_bar, &LaneBar::baselineRequested, this, [this] { useBaseline(m_context.time.selection()); });
    connect(m_bar, &LaneBar::baselineEnded, this, [this] { useBaseline(std::nullopt); });
    connect(m_bar, &LaneBar::noteRequested, this, &ServiceView::addNote);
    connect(m_bar, &LaneBar::effectEnded, this, &ServiceView::endEffect);
    connect(m_bar, &LaneBar::tableRequested, this, [this] { openTable({}); });
    connect(m_bar, &LaneBar::pictureRequested, this,
            [this] { askAndSavePicture(*m_page, m_context.navigator.service()); });
    connect(m_kpis, &KpiBar::instancesRequested, this, &ServiceView::openInstanceMenu);
    connect(m_stateScroll->verticalScrollBar(), &QScrollBar::valueChanged, this, &ServiceView::tellBelow);
    connect(m_stateScroll->verticalScrollBar(), &QScrollBar::rangeChanged, this, &ServiceView::tellBelow);
    connect(m_events, &EventRow::eventsChosen, this, &ServiceView::openEventCard);
    connect(m_states, &StateLanes::controlChosen, this, [this](const QString& control) {
        m_context.navigator.go({.view = QStringLiteral("controls"), .service = {}, .item = control});
    });
    connect(&m_loadingTimer, &QTimer::timeout, this, [this] {
        const bool loading = m_feed->loading();
        for (const Lane& lane : m_lanes)
            lane.pane()->setLoading(loading);
    });
    m_loadingTimer.setInterval(loadingLookMs);
    connect(m_state, &StatePage::wayOutTaken, this,
            [this] { m_context.navigator.go({.view = QStringLiteral("fleet"), .service = {}, .item = {}}); });
    showState();
}

ServiceView::~ServiceView() = default;

void ServiceView::activate()
{
    m_feed->setService(m_context.navigator.service());
    m_stateOrder.forget();
    m_feed->setActive(true);
    m_loadingTimer.start();
    makeRoomForForecast();
    freezeWhenLost();
}

void ServiceView::deactivate()
{
    m_feed->setActive(false);
    m_loadingTimer.stop();
    m_context.time.setLead(0);
}

void ServiceView::placeChanged()
{
    if (const QString service = m_context.navigator.service(); service != m_service) {
        m_service = service;
        m_feed->setService(service);
        m_kpis->setInstance({});
        m_stateOrder.forget();
        m_splits.clear();
        endEffect();
        useBaseline(std::nullopt);
    }
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

bool ServiceView::pressKey(int key)
{
    if (key != Qt::Key_V)
        return false;
    if (const Lane* lane = focusedLane())
        toggleFull(lane->id);
    return true;
}

bool ServiceView::escape()
{
    TimeCursor& time = m_context.time;
    if (!m_full.isEmpty()) {
        toggleFull(m_full);
        return true;
    }
    if (m_effectOf) {
        endEffect();
        return true;
    }
    if (time.selection() || time.pinA()) {
        time.select(std::nullopt);
        time.clearPins();
        return true;
    }
    if (!m_splits.isEmpty()) {
        m_splits.clear();
        m_feed->setExtra({});
        takeData();
        return true;
    }
    if (m_comparison != Comparison::None) {
        compare(Comparison::None);
        return true;
    }
    if (!m_feed->instance().isEmpty()) {
        showInstance({});
        return true;
    }
    return false;
}

bool ServiceView::painted() const
{
    return !m_lanes.empty() && std::all_of(m_lanes.begin(), m_lanes.end(), [](const Lane& lane) {
        return lane.pane()->isHidden() || lane.pane()->collapsed()
               || (lane.lines ? lane.lines->painted() : lane.heat->painted());
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
    makeRoomForForecast();
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
        delete lane.pane();
    m_lanes.clear();
    for (const LaneSpec& spec : page->lanes) {
        Lane lane{spec.id, nullptr, nullptr};
        if (spec.id == QLatin1String("heatmap") || !spec.heatmapExpr.isEmpty())
            lane.heat = new HeatPane(m_charts, laneTitle(spec.title), m_page);
        else
            lane.lines = new LinePane(m_charts, laneTitle(spec.title), m_page);
        lane.pane()->setObjectName(QStringLiteral("lane.") + spec.id);
        lane.pane()->setAccessibleName(QStringLiteral("%1 %2").arg(page->now.name, laneTitle(spec.title)));
        connectLane(lane.pane(), spec.id);
        m_lanesLayout->addWidget(lane.pane(), stretchOf(spec.id));
        m_lanes.push_back(lane);
    }
    arrangeLanes();
    tellPlotWidth();
}

QWidget* ServiceView::scrolledLanes()
{
    auto* lanes = new QWidget(m_page);
    m_lanesLayout->setContentsMargins(0, 0, 0, 0);
    lanes->setLayout(m_lanesLayout);
    auto* scroll = new LaneScroll(m_page);
    scroll->setWidget(lanes);
    connect(scroll->verticalScrollBar(), &QScrollBar::rangeChanged, this, [this](int, int most) {
        for (const Lane& lane : m_lanes)
            lane.pane()->setRoomBeside(most > 0 ? style()->pixelMetric(QStyle::PM_ScrollBarExtent) : 0);
    });
    connect(&m_context.theme, &Theme::changed, this, [this] {
        if (m_feed->page())
            arrangeLanes();
    });
    return scroll;
}

void ServiceView::connectLane(TimePane* pane, const QString& id)
{
    connect(pane, &TimePane::titleClicked, this, [this, id] { toggleCollapsed(id); });
    connect(pane, &TimePane::menuRequested, this, [this, id](const QPoint& at) { openLaneMenu(id, at); });
}

void ServiceView::arrangeLanes()
{
    const bool alone = laneOf(m_full) != nullptr;
    bool tabStop = true;
    for (const Lane& lane : m_lanes) {
        const LaneSpec* spec = specOf(lane.id);
        const bool chart = spec && hasChart(*spec);
        const bool collapsed = !alone && m_collapsed.contains(lane.id);
        lane.pane()->setCollapsed(collapsed && chart);
        if (chart && !collapsed)
            lane.pane()->setMinimumHeight(m_context.theme.px(leastLane));
        if (!chart)
            lane.pane()->setFixedHeight(m_context.theme.px(TimePane::collapsedHeight));
        lane.pane()->setVisible(!alone || lane.id == m_full);
        const int at = m_lanesLayout->indexOf(lane.pane());
        m_lanesLayout->setStretch(at, collapsed || !chart ? 0 : stretchOf(lane.id));
        // The lanes are one tab stop; arrows go on between them.
        lane.pane()->setFocusPolicy(tabStop && lane.pane()->isVisibleTo(m_page) ? Qt::StrongFocus : Qt::ClickFocus);
        tabStop = tabStop && !lane.pane()->isVisibleTo(m_page);
    }
    // Lanes that are all collapsed stay at the top.
    const bool anyOpen = std::any_of(m_lanes.begin(), m_lanes.end(), [this](const Lane& lane) {
        const LaneSpec* spec = specOf(lane.id);
        return spec && hasChart(*spec) && (!m_collapsed.contains(lane.id) || lane.id == m_full);
    });
    m_lanesLayout->setAlignment(anyOpen ? Qt::Alignment() : Qt::AlignTop);
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
    showMarks();
}

void ServiceView::freezeWhenLost()
{
    const EngineLink& link = m_context.link;
    const bool lost = link.state() == LinkState::Unreachable || link.state() == LinkState::Restarting;
    const std::optional<std::int64_t> since = lost ? std::optional(link.sinceMs()) : std::nullopt;
    for (const Lane& lane : m_lanes)
        lane.pane()->setFrozenSince(since);
    m_states->setFrozenSince(since);
    showState();
}

void ServiceView::tellPlotWidth()
{
    m_feed->setPlotWidth(width() - m_context.theme.px(TimePane::headerWidth) - m_context.theme.px(TimePane::tickWidth)
                         - TimePane::rightMargin);
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
