// What a person does with the lanes of the service page: menus, keys, splits, comparisons, notes. What they show is in
// service_view.cpp.

#include "widgets/charts/event_row.h"
#include "widgets/charts/heat_pane.h"
#include "widgets/charts/lane_table.h"
#include "widgets/charts/line_pane.h"
#include "widgets/charts/state_lanes.h"
#include "widgets/client/engine_link.h"
#include "widgets/controls/action_runner.h"
#include "widgets/export/picture_export.h"
#include "widgets/export/table_text.h"
#include "widgets/navigator.h"
#include "widgets/service/event_card.h"
#include "widgets/service/kpi_bar.h"
#include "widgets/service/lane_bar.h"
#include "widgets/service/pinned_lanes.h"
#include "widgets/service/service_feed.h"
#include "widgets/service/service_view.h"
#include "widgets/service/split_query.h"
#include "widgets/table/table_dialog.h"
#include "widgets/theme/number_format.h"
#include "widgets/theme/theme.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QInputDialog>
#include <QJsonObject>
#include <QKeyEvent>
#include <QMenu>
#include <QPointer>
#include <QScrollArea>
#include <QSettings>
#include <QUrlQuery>

#include <algorithm>
#include <cstdlib>

namespace holdfast::widgets {

namespace {

constexpr std::int64_t dayMs = 86'400'000;
constexpr std::int64_t beforeMs = 600'000;  // cockpit.md: the baseline of an effect is ten minutes,
constexpr std::int64_t settleMs = 30'000;   // the first half minute after a change counts for nothing,
constexpr std::int64_t afterMs = 300'000;   // and five minutes say what it did

constexpr std::int64_t sameChangeMs = 5'000;  // an effect names when its change was, its event stands a moment later

Result<bool> accepted(const QByteArray&)
{
    return true;
}

}  // namespace

const LaneSpec* ServiceView::specOf(const QString& id) const
{
    const auto page = m_feed->page();
    if (!page)
        return nullptr;
    const auto spec =
        std::find_if(page->lanes.begin(), page->lanes.end(), [&](const LaneSpec& each) { return each.id == id; });
    return spec == page->lanes.end() ? nullptr : &*spec;
}

const ServiceView::Lane* ServiceView::laneOf(const QString& id) const
{
    const auto lane = std::find_if(m_lanes.begin(), m_lanes.end(), [&](const Lane& each) { return each.id == id; });
    return lane == m_lanes.end() ? nullptr : &*lane;
}

const ServiceView::Lane* ServiceView::focusedLane() const
{
    const auto lane =
        std::find_if(m_lanes.begin(), m_lanes.end(), [](const Lane& each) { return each.pane()->hasFocus(); });
    if (lane != m_lanes.end())
        return &*lane;
    return m_full.isEmpty() ? (m_lanes.empty() ? nullptr : &m_lanes.front()) : laneOf(m_full);
}

void ServiceView::toggleCollapsed(const QString& id)
{
    if (const LaneSpec* spec = specOf(id); !spec || (spec->queries.empty() && spec->heatmapExpr.isEmpty()))
        return;
    if (!m_collapsed.remove(id))
        m_collapsed.insert(id);
    QStringList all(m_collapsed.begin(), m_collapsed.end());
    all.sort();
    QSettings().setValue(QStringLiteral("service/collapsed"), all);
    arrangeLanes();
}

void ServiceView::toggleFull(const QString& id)
{
    m_full = m_full.isEmpty() ? id : QString();
    arrangeLanes();
    m_stateScroll->setVisible(m_full.isEmpty()
                              && m_stateScroll->maximumHeight() > m_context.theme.px(StateLanes::rowHeight));
    if (const Lane* lane = laneOf(id))
        lane->pane()->setFocus();
}

void ServiceView::openLaneMenu(const QString& id, const QPoint& globalPos)
{
    const LaneSpec* spec = specOf(id);
    const Lane* lane = laneOf(id);
    if (!spec || !lane)
        return;
    auto* menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("laneMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const QString expr = spec->queries.empty() ? spec->heatmapExpr : spec->queries.front().expr;
    if (!expr.isEmpty()) {
        menu->addAction(tr("Explore this query"), this, [this, expr] {
            QString query = expr;
            query.replace(QLatin1String("$step"), QLatin1String("1m"));
            m_context.navigator.go({.view = QStringLiteral("explore"), .service = {}, .item = query});
        });
        menu->addAction(tr("Copy PromQL"), this, [expr] { QGuiApplication::clipboard()->setText(expr); });
    }
    if (const auto page = m_feed->page(); expr.isEmpty() && !page->instances.empty()) {
        menu->addAction(tr("Which metrics are there?"), this, [this, instance = page->instances.front().instance] {
            const QString query = QStringLiteral("count by (__name__) ({instance=\"%1\"})").arg(instance);
            m_context.navigator.go({.view = QStringLiteral("explore"), .service = {}, .item = query});
        });
    }
    if (lane->lines && !spec->queries.empty()) {
        menu->addAction(tr("Copy values"), this, [this, id] {
            LaneTable table;
            table.setLane(laneOf(id)->lines->data(), m_events->events(), m_context.time.startMs(),
                          m_context.time.endMs());
            QGuiApplication::clipboard()->setText(tableText(table, TableFormat::Tsv));
        });
        menu->addSeparator();
        addSplits(*menu, id);
        menu->addSeparator();
        menu->addAction(tr("Table") + QStringLiteral("\tAlt+T"), this, [this, id] { openTable(id); });
    }
    if (PinnedLanes::isPin(id))
        menu->addAction(tr("Take this lane off"), this, [this, id] {
            PinnedLanes::unpin(m_context.navigator.service(), PinnedLanes::titleOf(id));
            m_feed->setActive(true);
        });
    menu->addAction(tr("Save picture…"), this, [this, id] {
        askAndSavePicture(*laneOf(id)->pane(), QStringLiteral("%1-%2").arg(m_context.navigator.service(), id));
    });
    menu->addSeparator();
    menu->addAction(tr("Open in new window"), this,
                    [this] { m_context.navigator.openBeside(m_context.navigator.place()); });
    menu->addAction((m_full.isEmpty() ? tr("Full size") : tr("All lanes")) + QStringLiteral("\tV"), this,
                    [this, id] { toggleFull(id); });
    menu->addAction(m_collapsed.contains(id) ? tr("Expand") : tr("Collapse"), this,
                    [this, id] { toggleCollapsed(id); });
    menu->popup(globalPos);
}

void ServiceView::addSplits(QMenu& menu, const QString& id)
{
    const QString present = m_splits.value(id);
    const bool countable = id == QLatin1String("latency") || id == QLatin1String("requests");
    bool any = false;
    for (const SplitChoice& choice : splitChoices(m_feed->labels())) {
        // Failures by code are their own whole: a share of itself says nothing.
        if (!countable && choice.word == tr("code"))
            continue;
        auto* action = menu.addAction(tr("Split by %1").arg(choice.word), this, [this, id, choice] {
            split(id, m_splits.value(id) == choice.label ? QString() : choice.label);
        });
        action->setCheckable(true);
        action->setChecked(choice.label == present);
        any = true;
    }
    if (!any)
        menu.addAction(tr("Split: these metrics carry no instance, route or code"))->setEnabled(false);
}

void ServiceView::split(const QString& id, const QString& label)
{
    if (label.isEmpty())
        m_splits.remove(id);
    else
        m_splits[id] = label;
    QStringList exprs;
    for (auto each = m_splits.begin(); each != m_splits.end(); ++each) {
        if (const LaneSpec* spec = specOf(each.key())) {
            if (const auto expr = splitBy(spec->queries.front().expr, each.value()))
                exprs << *expr;
        }
    }
    m_feed->setExtra(exprs);
    takeData();
}

void ServiceView::openInstanceMenu(QWidget* anchor)
{
    const auto page = m_feed->page();
    if (!page)
        return;
    auto* menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("instanceMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto add = [&](const QString& text, const QString& instance) {
        QAction* action = menu->addAction(text, this, [this, instance] { showInstance(instance); });
        action->setCheckable(true);
        action->setChecked(m_feed->instance() == instance);
    };
    add(tr("All instances") + QStringLiteral("\tEsc"), {});
    menu->addSeparator();
    for (const InstanceInfo& each : page->instances) {
        QString text =
            each.version.isEmpty() ? each.instance : QStringLiteral("%1 · %2").arg(each.instance, each.version);
        if (!each.up)
            text += tr(" · down");
        add(text, each.instance);
    }
    menu->popup(anchor->mapToGlobal(QPoint(0, anchor->height())));
}

void ServiceView::showInstance(const QString& instance)
{
    m_splits.clear();  // an instance has no others to be compared with
    m_feed->setInstance(instance);
    m_kpis->setInstance(instance);
}

void ServiceView::contextMenuEvent(QContextMenuEvent* event)
{
    const QString service = m_context.navigator.service();
    if (service.isEmpty())
        return;
    auto* menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("serviceMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("Open in new window"), this,
                    [this] { m_context.navigator.openBeside(m_context.navigator.place()); });
    menu->addAction(tr("Show on map"), this, [this, service] {
        m_context.navigator.go({.view = QStringLiteral("map"), .service = service, .item = {}});
    });
    menu->popup(event->globalPos());
}

void ServiceView::openTable(const QString& id)
{
    const Lane* lane = id.isEmpty() ? focusedLane() : laneOf(id);
    if (lane && !lane->lines)
        lane = laneOf(QStringLiteral("latency"));
    if (!lane || !lane->lines)
        return;
    const TimeCursor& time = m_context.time;
    const TimeSpan span = time.selection().value_or(TimeSpan{time.startMs(), time.endMs()});
    auto* table = new LaneTable;
    table->setLane(lane->lines->data(), m_events->events(), span.startMs, span.endMs);
    const QString title = QStringLiteral("%1 %2").arg(m_context.navigator.service(), lane->lines->title());
    (new TableDialog(m_context.theme, title, table, this))->open();
}

void ServiceView::openCompareMenu(QWidget* anchor)
{
    auto* menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("compareMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto add = [&](const QString& text, Comparison with) {
        QAction* action = menu->addAction(text, this, [this, with] { compare(with); });
        action->setCheckable(true);
        action->setChecked(m_comparison == with);
        return action;
    };
    add(tr("Nothing"), Comparison::None);
    add(tr("The span before"), Comparison::SpanBefore);
    add(tr("Yesterday"), Comparison::Yesterday);
    add(tr("Last week"), Comparison::LastWeek);
    add(tr("The span that ends at pin A"), Comparison::Pin)->setEnabled(m_context.time.pinA().has_value());
    menu->popup(anchor->mapToGlobal(QPoint(0, -menu->sizeHint().height())));
}

void ServiceView::compare(Comparison with)
{
    const TimeCursor& time = m_context.time;
    m_comparison = with;
    switch (with) {
    case Comparison::None:
        m_comparedWith.clear();
        m_feed->setCompareShift(std::nullopt);
        break;
    case Comparison::SpanBefore:
        m_comparedWith = tr("before");
        m_feed->setCompareShift(time.spanMs());
        break;
    case Comparison::Yesterday:
        m_comparedWith = tr("yesterday");
        m_feed->setCompareShift(dayMs);
        break;
    case Comparison::LastWeek:
        m_comparedWith = tr("last week");
        m_feed->setCompareShift(7 * dayMs);
        break;
    case Comparison::Pin:
        m_comparedWith = tr("to pin A");
        m_feed->setCompareShift(time.endMs() - time.pinA().value_or(time.endMs()));
        break;
    }
    m_bar->setCompareText(with == Comparison::None ? QString() : tr("vs %1").arg(m_comparedWith));
    takeData();
}

void ServiceView::openEventCard(const std::vector<Event>& events, const QPoint& globalPos)
{
    auto* card = new EventCard(m_context.theme, events, m_context.time.nowMs(), this);
    connect(card, &EventCard::beforeAfterRequested, this, &ServiceView::showEffect);
    connect(card, &EventCard::incidentRequested, this, [this](qint64 incident) {
        m_context.navigator.go({.view = QStringLiteral("incidents"), .service = {}, .item = QString::number(incident)});
    });
    card->openAt(globalPos);
    if (m_context.link.attached() || std::none_of(events.begin(), events.end(), isChange))
        return;
    QUrlQuery query;
    query.addQueryItem(QStringLiteral("service"), m_context.navigator.service());
    m_context.api.get<EffectList>(m_effectSlot, QStringLiteral("/holdfast/v1/effects"), query, decodeEffects,
                                  [card = QPointer<EventCard>(card), events](const auto& answer) {
                                      for (const ChangeEffect& effect :
                                           answer&& card ? (*answer)->effects : std::vector<ChangeEffect>{}) {
                                          for (const Event& event : events) {
                                              if (isChange(event) && std::abs(event.atMs - effect.ofMs) < sameChangeMs)
                                                  card->showEffect(event.id, effect);
                                          }
                                      }
                                  });
}

void ServiceView::showEffect(const Event& event)
{
    m_effectOf = event;
    const std::int64_t now = m_context.time.nowMs();
    const EffectBand band{event.atMs - beforeMs, event.atMs, std::min(now, event.atMs + settleMs),
                          std::min(now, event.atMs + afterMs)};
    for (const Lane& lane : m_lanes)
        lane.pane()->setEffect(band);
    m_bar->setEffectText(event.text);
}

void ServiceView::endEffect()
{
    m_effectOf.reset();
    for (const Lane& lane : m_lanes)
        lane.pane()->setEffect(std::nullopt);
    m_bar->setEffectText({});
}

void ServiceView::useBaseline(std::optional<TimeSpan> span)
{
    if (m_baseline == span)
        return;
    m_baseline = span;
    m_context.time.select(std::nullopt);
    m_bar->setBaselineShown(span.has_value());
    takeData();
}

void ServiceView::addNote()
{
    const TimeCursor& time = m_context.time;
    const std::int64_t at = time.selection() ? time.selection()->startMs : time.pinA().value_or(time.nowMs());
    auto* dialog = new QInputDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setObjectName(QStringLiteral("noteDialog"));
    dialog->setWindowTitle(tr("Note at %1").arg(timeText(at, time.nowMs())));
    dialog->setLabelText(tr("What should the next person know about %1?").arg(m_context.navigator.service()));
    dialog->setOkButtonText(tr("Add note"));
    connect(dialog, &QInputDialog::textValueSelected, this, [this, at](const QString& text) { postNote(text, at); });
    dialog->open();
}

void ServiceView::postNote(const QString& text, std::int64_t atMs)
{
    if (text.trimmed().isEmpty())
        return;
    const QJsonObject body{{QStringLiteral("kind"), QStringLiteral("note")},
                           {QStringLiteral("service"), m_context.navigator.service()},
                           {QStringLiteral("text"), text.trimmed()},
                           {QStringLiteral("at_ms"), static_cast<qint64>(atMs)},
                           {QStringLiteral("actor"), m_context.actions.actor()}};
    m_context.api.post<bool>(m_noteSlot, QStringLiteral("/holdfast/v1/events"), body, accepted,
                             [this](const auto& answer) {
                                 if (answer)
                                     m_feed->refresh();
                                 else
                                     m_bar->say(QString::fromStdString(answer.error().message));
                             });
}

void ServiceView::stepToEvent(int direction)
{
    TimeCursor& time = m_context.time;
    const std::int64_t from = time.crosshairMs().value_or(direction < 0 ? time.endMs() : time.startMs());
    std::optional<std::int64_t> best;
    for (const Event& event : m_events->events()) {
        const bool beyond = direction < 0 ? event.atMs < from : event.atMs > from;
        const bool nearer = !best || (direction < 0 ? event.atMs > *best : event.atMs < *best);
        if (beyond && nearer && event.atMs >= time.startMs() && event.atMs <= time.endMs())
            best = event.atMs;
    }
    if (best)
        time.setCrosshair(best);
}

void ServiceView::focusNextLane(int direction)
{
    std::vector<TimePane*> panes;
    for (const Lane& lane : m_lanes) {
        if (lane.pane()->isVisible())
            panes.push_back(lane.pane());
    }
    if (m_states->isVisible())
        panes.push_back(m_states);
    const auto focused =
        std::find_if(panes.begin(), panes.end(), [](const TimePane* pane) { return pane->hasFocus(); });
    if (panes.empty())
        return;
    const auto at = focused == panes.end() ? (direction > 0 ? -1 : 0) : focused - panes.begin();
    TimePane* next = panes[static_cast<std::size_t>(
        std::clamp<std::ptrdiff_t>(at + direction, 0, static_cast<std::ptrdiff_t>(panes.size()) - 1))];
    next->setFocus();
    for (QWidget* outer = next->parentWidget(); outer; outer = outer->parentWidget()) {
        if (auto* scroll = qobject_cast<QScrollArea*>(outer))
            scroll->ensureWidgetVisible(next);
    }
}

void ServiceView::keyPressEvent(QKeyEvent* event)
{
    const bool control = event->modifiers() == Qt::ControlModifier;
    const bool plain = event->modifiers() == Qt::NoModifier;
    if (event->modifiers() == Qt::AltModifier && event->key() == Qt::Key_T)
        openTable({});
    else if (control && (event->key() == Qt::Key_Left || event->key() == Qt::Key_Right))
        stepToEvent(event->key() == Qt::Key_Left ? -1 : 1);
    else if (plain && (event->key() == Qt::Key_Up || event->key() == Qt::Key_Down))
        focusNextLane(event->key() == Qt::Key_Up ? -1 : 1);
    else
        View::keyPressEvent(event);
}

}  // namespace holdfast::widgets
