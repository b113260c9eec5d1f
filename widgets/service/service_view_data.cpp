// What ServiceView draws: the lines of its lanes, the rows of its breakers and flags, the marks over them.
#include "widgets/charts/event_row.h"
#include "widgets/charts/heat_pane.h"
#include "widgets/charts/line_pane.h"
#include "widgets/charts/span_stats.h"
#include "widgets/charts/state_lanes.h"
#include "widgets/client/control.h"
#include "widgets/client/engine_link.h"
#include "widgets/controls/control_card.h"
#include "widgets/service/lane_chart.h"
#include "widgets/service/service_feed.h"
#include "widgets/service/service_view.h"
#include "widgets/service/split_query.h"
#include "widgets/table/below_hint.h"
#include "widgets/theme/theme.h"
#include "widgets/time/time_cursor.h"

#include <QScrollArea>
#include <QScrollBar>
#include <QStyle>

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

namespace holdfast::widgets {

namespace {

constexpr int mostStateRows = 6;
constexpr std::size_t mostLines = 6;  // of one query; more cannot be told apart in grey
constexpr std::size_t mostSplit = 12;
constexpr double standsApart = 3.5;  // MADs; Iglewicz and Hoaglin's threshold
constexpr std::int64_t minuteMs = 60'000;
constexpr double leastLead = 0.06;
constexpr double mostLead = 0.2;

}  // namespace

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
    if (spec.allInstances)
        return tr("all instances");
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
    orderStates(rows);
    // With large texts they leave the lanes their part of the page.
    const int room = height() / (5 * m_context.theme.px(StateLanes::rowHeight));
    const int shown = std::min(static_cast<int>(rows.size()), std::clamp(room, 2, mostStateRows));
    m_states->setRoomBeside(static_cast<int>(rows.size()) > shown ? style()->pixelMetric(QStyle::PM_ScrollBarExtent)
                                                                  : 0);
    m_states->setRows(std::move(rows));
    m_stateScroll->setFixedHeight(shown * m_context.theme.px(StateLanes::rowHeight) + 8);
    m_stateScroll->setVisible(shown > 0 && m_full.isEmpty());
    tellBelow();
}

void ServiceView::orderStates(std::vector<StateRow>& rows)
{
    const auto list = m_context.controls.latest();
    if (!list)
        return;
    std::map<QString, std::tuple<bool, bool, bool>> ranks;
    for (const Control& control : list->controls)
        ranks[control.id] = {!control.forced(), !standsOut(control), control.flagKind == QLatin1String("fault")};
    m_stateOrder.apply(
        rows, [](const StateRow& row) { return row.control; },
        [&](const StateRow& row) {
            const auto rank = ranks.find(row.control);
            return rank == ranks.end() ? std::tuple(true, true, true) : rank->second;
        });
    m_stateRows.clear();
    for (const StateRow& row : rows)
        m_stateRows << row.control;
}

void ServiceView::tellBelow()
{
    const auto list = m_context.controls.latest();
    const QScrollBar* bar = m_stateScroll->verticalScrollBar();
    const int row = m_context.theme.px(StateLanes::rowHeight);
    int below = 0;
    for (int i = 0; list && i < m_stateRows.size(); ++i) {
        const auto control = std::ranges::find(list->controls, m_stateRows[i], &Control::id);
        const bool hidden = i * row - bar->value() > m_stateScroll->viewport()->height() - row;
        below += hidden && control != list->controls.end() && standsOut(*control);
    }
    m_below->say(below == 0   ? QString()
                 : below == 1 ? tr("1 more in force below")
                              : tr("%1 more in force below").arg(below));
}

}  // namespace holdfast::widgets
