#include "widgets/service/service_feed.h"

#include "widgets/charts/time_scale.h"
#include "widgets/client/engine_link.h"
#include "widgets/client/prometheus_fleet.h"
#include "widgets/client/prometheus_page.h"
#include "widgets/replay/replay.h"
#include "widgets/service/instance_filter.h"
#include "widgets/service/pinned_lanes.h"
#include "widgets/service/split_query.h"
#include "widgets/time/time_cursor.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QUrlQuery>

#include <algorithm>
#include <set>

namespace holdfast::widgets {

namespace {

constexpr int pageIntervalMs = 2000;
constexpr int askEveryMs = 1000;
constexpr int settleMs = 60;       // while a zoom or a resize goes on, nothing is asked
constexpr int pageSettleMs = 200;  // the head's numbers follow a zoom when it is done
constexpr int tellAfterMs = 40;
constexpr int eventIntervalMs = 5000;
constexpr std::int64_t tailSteps = 3;          // late samples may still change the last steps
constexpr std::int64_t guestSpanMs = 600'000;  // of a foreign Prometheus only the present is read with the page
constexpr std::int64_t guestPoints = 10;
constexpr std::int64_t heatColumns = 200;
constexpr int noticedMs = 400;           // a wait up to here needs no word
constexpr std::int64_t heatScrapes = 4;  // an increase needs some scrapes in its window

}  // namespace

struct ServiceFeed::Query {
    RequestSlot slot;
    QElapsedTimer asked;
    std::shared_ptr<const Matrix> matrix;
    std::shared_ptr<const HeatData> heat;
    QString problem;
};

struct ServiceFeed::LaneAnswer {
    Matrix matrix;
    HeatData heat;
};

namespace {

bool covers(const Matrix& matrix, Grid grid)
{
    return matrix.stepMs == grid.stepMs && matrix.startMs == grid.startMs && matrix.points == grid.points();
}

/// Under which the answer for an earlier span is kept; no expression begins like this.
QString pastKey(const QString& expr)
{
    return QLatin1Char('<') + expr;
}

Result<QStringList> decodeLabels(const QByteArray& body)
{
    QStringList labels;
    for (const QJsonValue& each : QJsonDocument::fromJson(body).object().value(QLatin1String("data")).toArray())
        labels << each.toString();
    return labels;
}

/// The grid of what is still missing at the end of `old`, or the whole when the two do not fit together.
Grid missingPart(const std::shared_ptr<const Matrix>& old, Grid grid)
{
    if (!old || old->stepMs != grid.stepMs || old->startMs > grid.startMs)
        return grid;
    const std::int64_t end = old->startMs + (old->points - 1) * old->stepMs;
    const std::int64_t tailStart = end - tailSteps * grid.stepMs;
    if (end > grid.endMs || tailStart <= grid.startMs)
        return grid;
    return {tailStart, grid.endMs, grid.stepMs};
}

}  // namespace

ServiceFeed::ServiceFeed(const ViewContext& context, QObject* parent)
    : QObject(parent),
      m_context(context),
      m_page(
          context.api, context.link, nullptr, [this] { return question(); }, {QStringLiteral("control")},
          pageIntervalMs, nullptr)
{
    connect(&m_page, &FeedBase::changed, this, &ServiceFeed::onPage);
    connect(&context.link, &EngineLink::committed, this, &ServiceFeed::onCommit);
    connect(&context.link, &EngineLink::stateChanged, this, &ServiceFeed::refresh);
    connect(&context.time, &TimeCursor::rangeChanged, this, [this] {
        if (m_context.time.mode() != TimeMode::Live || m_sinceAsk.elapsed() >= askEveryMs)
            m_askSoon.start();
    });
    connect(&context.time, &TimeCursor::modeChanged, this, [this] { m_pageSoon.start(); });
    connect(&context.time, &TimeCursor::rangeChanged, this, [this] {
        if (m_context.time.mode() == TimeMode::Held)
            m_pageSoon.start();
    });
    m_pageSoon.setSingleShot(true);
    m_pageSoon.setInterval(pageSettleMs);
    connect(&m_pageSoon, &QTimer::timeout, this, [this] {
        if (m_active)
            m_page.refresh();
    });
    connect(&context.link, &EngineLink::hinted, this, [this](const QString&) { askEvents(); });
    m_askSoon.setSingleShot(true);
    m_askSoon.setInterval(settleMs);
    connect(&m_askSoon, &QTimer::timeout, this, &ServiceFeed::askAll);
    m_tellSoon.setSingleShot(true);
    m_tellSoon.setInterval(tellAfterMs);
    connect(&m_tellSoon, &QTimer::timeout, this, &ServiceFeed::dataChanged);
    m_eventTimer.setInterval(eventIntervalMs);
    connect(&m_eventTimer, &QTimer::timeout, this, &ServiceFeed::askEvents);
    m_sinceAsk.start();
}

ServiceFeed::~ServiceFeed() = default;

QUrlQuery ServiceFeed::moment() const
{
    QUrlQuery query;
    // The numbers in the head belong to the picture below them.
    if (m_context.time.mode() == TimeMode::Held && !m_context.replay.on())
        query.addQueryItem(QStringLiteral("at"), QString::number(m_context.time.endMs()));
    return query;
}

Feed<ServicePage>::Ask ServiceFeed::question() const
{
    if (m_service.isEmpty())
        return {};
    if (!m_context.link.attached())
        return {QStringLiteral("/holdfast/v1/services/") + m_service, moment()};
    const TimeCursor& time = m_context.time;
    const std::int64_t end = time.mode() == TimeMode::Held ? time.endMs() : m_context.link.engineNowMs();
    return {QStringLiteral("/api/v1/query_range"),
            prometheusFleetRange(m_context.link.rateWindow(), end, guestSpanMs, guestPoints), true};
}

void ServiceFeed::setService(const QString& service)
{
    if (m_service == service)
        return;
    m_service = service;
    m_instance.clear();
    choosePageDecoder();
    m_queries.clear();
    m_extra.clear();
    m_labels.clear();
    m_labelSlot.cancel();
    m_events.reset();
    m_page.clear();
    m_page.refresh();
    askEvents();
}

void ServiceFeed::choosePageDecoder()
{
    PinnedLanes::Decoder read = decodeServicePage;
    if (m_context.link.attached())
        read = [service = m_service, window = m_context.link.rateWindow()](const QByteArray& body) {
            return decodePrometheusPage(body, service, window);
        };
    read = PinnedLanes::decoder(m_service, std::move(read));
    if (m_instance.isEmpty())
        m_page.setDecoder(std::move(read));
    else
        m_page.setDecoder([instance = m_instance, read](const QByteArray& body) -> Result<ServicePage> {
            HF_TRY(auto page, read(body));
            return forInstance(std::move(page), instance);
        });
}

void ServiceFeed::setInstance(const QString& instance)
{
    if (m_instance == instance)
        return;
    m_instance = instance;
    choosePageDecoder();
    m_queries.clear();
    m_extra.clear();
    m_page.refresh();
}

void ServiceFeed::setActive(bool active)
{
    m_active = active;
    if (active)
        choosePageDecoder();  // something may have been pinned meanwhile
    m_page.setActive(active);
    if (active) {
        m_eventTimer.start();
        refresh();
    } else {
        m_eventTimer.stop();
    }
}

void ServiceFeed::setPlotWidth(int px)
{
    m_plotWidth = std::max(100, px);
    m_askSoon.start();
}

void ServiceFeed::refresh()
{
    if (!m_active)
        return;
    m_page.refresh();
    askAll();
    askEvents();
}

std::shared_ptr<const Matrix> ServiceFeed::matrix(const QString& expr) const
{
    const auto query = m_queries.find(expr);
    return query == m_queries.end() ? nullptr : query->second->matrix;
}

std::shared_ptr<const HeatData> ServiceFeed::heat(const QString& expr) const
{
    const auto query = m_queries.find(expr);
    return query == m_queries.end() ? nullptr : query->second->heat;
}

QString ServiceFeed::problem(const QString& expr) const
{
    const auto query = m_queries.find(expr);
    return query == m_queries.end() ? QString() : query->second->problem;
}

void ServiceFeed::onPage()
{
    emit pageChanged();
    if (m_queries.empty())
        askAll();
}

void ServiceFeed::onCommit()
{
    if (m_context.time.mode() == TimeMode::Live && m_sinceAsk.elapsed() >= askEveryMs)
        askAll();
}

std::int64_t ServiceFeed::scrapeIntervalMs() const
{
    const auto status = m_context.link.status();
    return status && status->targets.intervalMs > 0 ? status->targets.intervalMs : 1000;
}

Grid ServiceFeed::gridFor(std::int64_t columns, std::int64_t leastStepMs) const
{
    const TimeCursor& time = m_context.time;
    return alignedGrid(time.startMs(), time.endMs(), time.points(columns), leastStepMs);
}

void ServiceFeed::askAll()
{
    const auto page = m_page.latest();
    if (!m_active || !page || !m_context.link.connected())
        return;
    m_sinceAsk.restart();
    const Grid lines = gridFor(m_plotWidth, std::min<std::int64_t>(scrapeIntervalMs(), 10'000));
    const Grid heats = gridFor(heatColumns, heatScrapes * scrapeIntervalMs());
    std::set<QString> exprs;
    for (const LaneSpec& lane : page->lanes) {
        for (const LaneQuery& query : lane.queries)
            exprs.insert(query.expr);
        if (!lane.heatmapExpr.isEmpty())
            ask(lane.heatmapExpr, lane.heatmapExpr, heats, Shape::Heat);
    }
    for (const BreakerLaneSpec& breaker : page->breakers)
        exprs.insert({breaker.stateExpr, breaker.openExpr, breaker.instancesExpr});
    for (const FlagLaneSpec& flag : page->flags)
        exprs.insert(flag.stateExpr);
    exprs.erase(QString());
    exprs.insert(m_extra.begin(), m_extra.end());
    for (const QString& expr : exprs)
        ask(expr, expr, lines, Shape::Lines);
    if (m_labels.isEmpty() && !m_labelSlot.busy())
        askLabels();
    const std::int64_t shift = pastShiftMs();
    if (shift == 0)
        return;
    for (const LaneSpec& lane : page->lanes) {
        if (!lane.queries.empty())
            ask(pastKey(lane.queries.front().expr), lane.queries.front().expr,
                {lines.startMs - shift, lines.endMs - shift, lines.stepMs}, Shape::Lines);
    }
}

void ServiceFeed::setCompareShift(std::optional<std::int64_t> shiftMs)
{
    if (m_compareShift == shiftMs)
        return;
    m_compareShift = shiftMs;
    std::erase_if(m_queries, [](const auto& entry) { return entry.first.startsWith(QLatin1Char('<')); });
    askAll();
    emit dataChanged();
}

std::int64_t ServiceFeed::pastShiftMs() const
{
    if (!m_compareShift || *m_compareShift <= 0)
        return 0;
    const Grid lines = gridFor(m_plotWidth, std::min<std::int64_t>(scrapeIntervalMs(), 10'000));
    return (*m_compareShift + lines.stepMs - 1) / lines.stepMs * lines.stepMs;
}

std::shared_ptr<const Matrix> ServiceFeed::past(const QString& expr) const
{
    return matrix(pastKey(expr));
}

void ServiceFeed::setExtra(const QStringList& exprs)
{
    if (m_extra == exprs)
        return;
    m_extra = exprs;
    askAll();
}

bool ServiceFeed::loading() const
{
    return std::any_of(m_queries.begin(), m_queries.end(), [](const auto& entry) {
        return entry.second->slot.busy() && entry.second->asked.isValid() && entry.second->asked.elapsed() > noticedMs;
    });
}

void ServiceFeed::askLabels()
{
    const auto page = m_page.latest();
    QUrlQuery query;
    for (const LaneSpec& lane : page->lanes) {
        const bool ofRequests = lane.id == QLatin1String("requests") || lane.id == QLatin1String("latency");
        if (!ofRequests || lane.queries.empty())
            continue;
        for (const QString& selector : selectorsOf(lane.queries.front().expr))
            query.addQueryItem(QStringLiteral("match[]"), QString::fromUtf8(QUrl::toPercentEncoding(selector)));
    }
    if (query.isEmpty())
        return;
    m_context.api.get<QStringList>(m_labelSlot, QStringLiteral("/api/v1/labels"), query, decodeLabels,
                                   [this](const auto& answer) {
                                       if (answer)
                                           m_labels = **answer;
                                   });
}

void ServiceFeed::ask(const QString& key, const QString& expr, Grid grid, Shape shape)
{
    auto& query = m_queries.try_emplace(key, std::make_unique<Query>()).first->second;
    if (query->matrix && covers(*query->matrix, grid))
        return;
    const Grid part = missingPart(query->matrix, grid);
    const bool whole = part.startMs == grid.startMs;
    if (query->slot.busy() && !whole)
        return;
    if (shape == Shape::Lines)
        query->asked.start();
    m_context.api.queryRange<LaneAnswer>(
        query->slot, expr, part,
        [old = query->matrix, grid, whole, shape](Matrix fresh) {
            LaneAnswer answer{whole ? std::move(fresh) : mergeTail(*old, fresh, grid), {}};
            if (shape == Shape::Heat)
                answer.heat = heatFrom(answer.matrix);
            return answer;
        },
        [this, shape, target = query.get()](const Result<std::shared_ptr<const LaneAnswer>>& answer) {
            target->problem = answer ? QString() : QString::fromStdString(answer.error().message);
            if (answer)
                target->matrix = std::shared_ptr<const Matrix>(*answer, &(*answer)->matrix);
            if (answer && shape == Shape::Heat)
                target->heat = std::shared_ptr<const HeatData>(*answer, &(*answer)->heat);
            if (!m_tellSoon.isActive())
                m_tellSoon.start();
        });
}

void ServiceFeed::askEvents()
{
    if (!m_active || m_service.isEmpty() || !m_context.link.connected() || m_context.link.attached())
        return;
    QUrlQuery query;
    query.addQueryItem(QStringLiteral("start"), QString::number(m_context.time.startMs()));
    query.addQueryItem(QStringLiteral("end"), QString::number(m_context.time.endMs()));
    query.addQueryItem(QStringLiteral("service"), m_service);
    m_context.api.get<EventList>(m_eventSlot, QStringLiteral("/holdfast/v1/events"), query, decodeEvents,
                                 [this](const auto& answer) {
                                     if (answer)
                                         m_events = *answer;
                                     if (!m_tellSoon.isActive())
                                         m_tellSoon.start();
                                 });
}

}  // namespace holdfast::widgets
