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
#include "widgets/service/lane_scroll.h"
#include "widgets/service/service_feed.h"
#include "widgets/service/split_query.h"
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

constexpr int mostStateRows = 6;
constexpr int leastLane = 40;         // px at 100 %: name and number; with less the lanes scroll
constexpr std::size_t mostLines = 6;  // of one query; more cannot be told apart in grey
constexpr std::size_t mostSplit = 12;
constexpr double standsApart = 3.5;  // MADs; Iglewicz and Hoaglin's threshold
constexpr int loadingLookMs = 250;
constexpr std::int64_t minuteMs = 60'000;
constexpr double leastLead = 0.06;
constexpr double mostLead = 0.2;

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

void ServiceView::showMarks()
{
    std::vector<TimeMark> marks;
    std::vector<Event> events = m_feed->events() ? m_feed->events()->events : std::vector<Event>{};
    for (const Event& event : events) {
        if (event.kind == QLatin1String("action") || event.kind == QLatin1String("deploy"))
            marks.push_back({event.atMs, event.kind == QLatin1String("action"), event.text});
    }
    for (const Lane& lane : m_lanes)
        lane.pane()->setMarks(marks);
    m_states->setMarks(marks);
    m_events->setEvents(std::move(events));
    if (m_effectOf)
        showEffect(*m_effectOf);  // the span after it grows
}

QString ServiceView::noteOf(const LaneSpec& spec) const
{
    const FleetService& now = m_feed->page()->now;
    if (spec.id == QLatin1String("latency") && now.p99.state == ValueState::Few)
        return tr("n %1 – shaky").arg(now.p99.count);
    if (spec.id == QLatin1String("latency") && now.p99.state == ValueState::Above)
        return tr("above last bucket");
    return {};
}

LaneData ServiceView::splitData(const LaneSpec& spec, const QString& label, QString& note) const
{
    LaneData drawn{spec.unit, spec.limit, {}};
    const auto expr = splitBy(spec.queries.front().expr, label);
    const auto matrix = expr ? m_feed->matrix(*expr) : nullptr;
    note = tr("by %1 · Esc ends").arg(label);
    if (!matrix) {
        note = expr ? tr("splitting…") : tr("cannot be split");
        return drawn;
    }
    drawn.lines = linesOf({QStringLiteral("{{%1}}").arg(label), {}, LineRole::Third}, matrix, mostSplit);
    for (LaneLine& line : drawn.lines)
        line.role = LineRole::Third;
    const TimeCursor& time = m_context.time;
    const std::vector<double> distances = madDistances(drawn.lines, time.startMs(), time.endMs());
    std::vector<std::size_t> order(drawn.lines.size());
    for (std::size_t i = 0; i < order.size(); ++i)
        order[i] = i;
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return distances[a] > distances[b]; });
    std::vector<LaneLine> sorted;
    for (const std::size_t i : order)
        sorted.push_back(drawn.lines[i]);
    if (sorted.size() > 2 && distances[order.front()] > standsApart)
        sorted.front().outlier = true;
    drawn.lines = std::move(sorted);
    if (matrix->series.size() > mostSplit)
        note = tr("by %1 · first %2 of %3").arg(label).arg(mostSplit).arg(matrix->series.size());
    return drawn;
}

LaneData ServiceView::laneData(const LaneSpec& spec, QString& problem) const
{
    LaneData drawn{spec.unit, spec.limit, {}};
    for (const LaneQuery& query : spec.queries) {
        for (LaneLine& line : linesOf(query, m_feed->matrix(query.expr), mostLines))
            drawn.lines.push_back(std::move(line));
        if (problem.isEmpty())
            problem = m_feed->problem(query.expr);
    }
    if (drawn.lines.empty())
        return drawn;
    LaneLine& main = drawn.lines.front();
    const FleetService& now = m_feed->page()->now;
    main.dotted = spec.id == QLatin1String("latency") && now.p99.state == ValueState::Few;
    if (m_baseline)
        drawn.baseline = baselineOf(main, m_baseline->startMs, m_baseline->endMs);
    if (spec.id == QLatin1String("headroom"))
        addForecast(drawn);
    const std::int64_t shift = m_feed->pastShiftMs();
    const auto past = shift > 0 ? m_feed->past(spec.queries.front().expr) : nullptr;
    if (past && !past->series.empty())
        drawn.lines.push_back({m_comparedWith, LineRole::Third, past, 0, shift});
    return drawn;
}

void ServiceView::addForecast(LaneData& drawn) const
{
    const SignalValue& headroom = m_feed->page()->now.headroom;
    const TimeCursor& time = m_context.time;
    if (!headroom.minutes || !headroom.value || time.mode() == TimeMode::Held)
        return;
    const auto at = [&](double minutes) {
        return time.endMs() + static_cast<std::int64_t>(minutes * static_cast<double>(minuteMs));
    };
    drawn.forecast = Forecast{time.endMs(), *headroom.value, at(headroom.minutesLow.value_or(*headroom.minutes)),
                              at(*headroom.minutes), at(headroom.minutesHigh.value_or(*headroom.minutes))};
}

void ServiceView::makeRoomForForecast()
{
    const auto page = m_feed->page();
    const bool falls = page && page->now.headroom.minutes && page->now.headroom.value;
    const double span = static_cast<double>(m_context.time.spanMs());
    const double wanted = falls ? page->now.headroom.minutesHigh.value_or(*page->now.headroom.minutes)
                                      * static_cast<double>(minuteMs) * 1.1 / span
                                : 0;
    // In steps, so that the axis does not creep with every new forecast.
    const double share = falls ? std::ceil(std::clamp(wanted, leastLead, mostLead) * 20) / 20 : 0;
    m_context.time.setLead(share);
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
    QString problem;
    QString note = noteOf(spec);
    const QString label = m_splits.value(spec.id);
    LaneData drawn = label.isEmpty() ? laneData(spec, problem) : splitData(spec, label, note);
    const bool answered = std::any_of(spec.queries.begin(), spec.queries.end(),
                                      [this](const LaneQuery& query) { return m_feed->matrix(query.expr) != nullptr; });
    lane.lines->setNote(note);
    if (answered)
        lane.lines->setData(std::move(drawn));
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
    // With large texts they leave the lanes their part of the page.
    const int room = height() / (5 * m_context.theme.px(StateLanes::rowHeight));
    const int shown = std::min(static_cast<int>(rows.size()), std::clamp(room, 2, mostStateRows));
    m_states->setRoomBeside(static_cast<int>(rows.size()) > shown ? style()->pixelMetric(QStyle::PM_ScrollBarExtent)
                                                                  : 0);
    m_states->setRows(std::move(rows));
    m_stateScroll->setFixedHeight(shown * m_context.theme.px(StateLanes::rowHeight) + 8);
    m_stateScroll->setVisible(shown > 0 && m_full.isEmpty());
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
