#include "widgets/incidents/timeline_list.h"

#include "widgets/client/severity.h"
#include "widgets/theme/number_format.h"
#include "widgets/theme/shapes.h"
#include "widgets/theme/theme.h"

#include <QCoreApplication>
#include <QItemSelectionModel>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QTimer>

#include <algorithm>
#include <iterator>

namespace holdfast::widgets {

namespace {

constexpr int timeWidth = 76;
constexpr int markWidth = 22;
constexpr int sidePadding = 8;
constexpr int linePadding = 5;
constexpr int starWidth = 20;
constexpr int starPx = 14;

const Event* eventOf(const QModelIndex& index)
{
    const auto* model = qobject_cast<const TimelineModel*>(index.model());
    return model == nullptr ? nullptr : &model->event(index.row());
}

QString sentence(const Event& event)
{
    QString text = event.text;
    if (event.kind == QLatin1String("note") && !event.subject.isEmpty() && event.subject != QLatin1String("note"))
        text = QStringLiteral("%1 – %2").arg(event.subject.toUpper(), text);
    if (!event.actor.isEmpty() && !text.contains(event.actor))
        text = QStringLiteral("%1: %2").arg(event.actor, text);
    if (!event.service.isEmpty() && !text.contains(event.service))
        text = QStringLiteral("%1 – %2").arg(event.service, text);
    return text;
}

constexpr qsizetype mostBrief = 2;  // figures of an effect that nobody looks at

/// "Effect: checkout errors 6.2 % → 0.9 %, better …": of an effect the figures that moved; what it is of stands a line
/// or two above it, and all of it where one looks at it.
QString inBrief(const Event& event)
{
    const QString& whole = event.text;
    const int colon = static_cast<int>(whole.lastIndexOf(QStringLiteral(": "), whole.indexOf(QLatin1Char(';'))));
    if (!whole.contains(QLatin1Char(';')) || colon < 0)
        return sentence(event);
    QStringList moved;
    for (const QString& part : whole.mid(colon + 2).split(QStringLiteral("; "))) {
        const bool moves = part.endsWith(QLatin1String(", better")) || part.endsWith(QLatin1String(", worse"));
        if (moves && moved.size() < mostBrief)
            moved << part;
    }
    return moved.isEmpty()
               ? QCoreApplication::translate("Timeline", "Effect: no clear change …")
               : QCoreApplication::translate("Timeline", "Effect: %1 …").arg(moved.join(QStringLiteral("; ")));
}

QRect textBox(const Theme& theme, const QRect& item)
{
    return item.adjusted(sidePadding + theme.px(timeWidth + markWidth), linePadding, -sidePadding - starWidth,
                         -linePadding);
}

bool byAPerson(const Event& event)
{
    static const QStringList kinds{QStringLiteral("action"), QStringLiteral("ack"), QStringLiteral("note"),
                                   QStringLiteral("readback"), QStringLiteral("flag")};
    return !event.actor.isEmpty() && kinds.contains(event.kind);
}

Severity markOf(const Event& event)
{
    if (event.kind == QLatin1String("alert_on") || event.kind == QLatin1String("drift"))
        return Severity::Critical;
    const bool turn = event.kind == QLatin1String("breaker") || event.kind == QLatin1String("target")
                      || event.kind == QLatin1String("restart") || event.kind == QLatin1String("deploy");
    return turn ? Severity::Warning : Severity::Normal;
}

}  // namespace

bool TimelineModel::setEvents(std::vector<Event> events)
{
    m_all = std::move(events);
    return replace(shown());
}

bool TimelineModel::setStarredOnly(bool only)
{
    m_starredOnly = only;
    return replace(shown());
}

std::vector<Event> TimelineModel::shown() const
{
    if (!m_starredOnly)
        return m_all;
    std::vector<Event> starred;
    std::ranges::copy_if(m_all, std::back_inserter(starred), &Event::starred);
    return starred;
}

bool TimelineModel::replace(std::vector<Event> events)
{
    // The journal only grows: as long as the known part is the same, the view keeps its place.
    const bool grows =
        events.size() >= m_events.size()
        && std::equal(m_events.begin(), m_events.end(), events.begin(), [](const Event& a, const Event& b) {
               return a.id == b.id && a.text == b.text && a.starred == b.starred;
           });
    const bool sameRows = events.size() == m_events.size()
                          && std::equal(m_events.begin(), m_events.end(), events.begin(),
                                        [](const Event& a, const Event& b) { return a.id == b.id; });
    if (!grows && sameRows) {
        m_events = std::move(events);
        emit dataChanged(index(0), index(rowCount() - 1));
        return false;
    }
    if (!grows) {
        beginResetModel();
        m_events = std::move(events);
        endResetModel();
        return true;
    }
    if (events.size() == m_events.size())
        return false;
    beginInsertRows({}, static_cast<int>(m_events.size()), static_cast<int>(events.size()) - 1);
    m_events = std::move(events);
    endInsertRows();
    return false;
}

int TimelineModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_events.size());
}

QVariant TimelineModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Event& entry = event(index.row());
    if (role == Qt::DisplayRole || role == Qt::AccessibleTextRole)
        return QStringLiteral("%1 %2").arg(timeText(entry.atMs, entry.atMs), sentence(entry));
    if (role == Qt::ToolTipRole && entry.knownMs > entry.atMs + 1'000)
        return tr("Happened %1, known %2").arg(timeText(entry.atMs, entry.atMs), timeText(entry.knownMs, entry.atMs));
    return {};
}

TimelineDelegate::TimelineDelegate(Theme& theme, QObject* parent) : QStyledItemDelegate(parent), m_theme(theme) {}

void TimelineDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const Event* event = eventOf(index);
    if (event == nullptr)
        return;
    const Tokens& tokens = m_theme.tokens();
    painter->save();
    painter->setLayoutDirection(Qt::LeftToRight);  // as its parts are placed below
    if (option.state.testFlag(QStyle::State_Selected))
        painter->fillRect(option.rect, option.palette.color(QPalette::Highlight));
    const QRect text = textBox(m_theme, option.rect);
    painter->setFont(m_theme.small());
    painter->setPen(tokens.textTertiary);
    painter->drawText(QRect(option.rect.left() + sidePadding, text.top(), m_theme.px(timeWidth), text.height()),
                      Qt::AlignLeft | Qt::AlignTop, timeText(event->atMs, event->atMs));
    const QRectF mark(text.left() - m_theme.px(markWidth - 2), text.top() + m_theme.px(3), m_theme.px(11),
                      m_theme.px(11));
    if (byAPerson(*event)) {
        drawHeld(*painter, mark, tokens);
    } else if (const Severity severity = markOf(*event); severity != Severity::Normal) {
        drawSeverity(*painter, mark, severity, tokens);
    } else {
        painter->setPen(Qt::NoPen);
        painter->setBrush(tokens.textTertiary);
        painter->setRenderHint(QPainter::Antialiasing);
        painter->drawEllipse(mark.center(), 2.5, 2.5);
    }
    painter->setFont(event->starred ? m_theme.strong() : m_theme.base());
    painter->setPen(event->kind == QLatin1String("alert_off") ? tokens.textSecondary : tokens.text);
    painter->drawText(text, int(Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap),
                      isBrief(option.widget, index) ? inBrief(*event) : sentence(*event));
    const bool pointed = option.state.testFlag(QStyle::State_MouseOver);
    if (event->starred || pointed || option.state.testFlag(QStyle::State_Selected))
        m_theme.icon(QStringLiteral("star"), event->starred ? tokens.text : tokens.textTertiary)
            .paint(painter, starBox(option.rect));
    painter->restore();
}

bool TimelineDelegate::isBrief(const QWidget* widget, const QModelIndex& index)
{
    const auto* list = qobject_cast<const QListView*>(widget);
    const Event* event = eventOf(index);
    return event != nullptr && event->kind == QLatin1String("effect")
           && (list == nullptr || list->currentIndex() != index);
}

QRect TimelineDelegate::starBox(const QRect& item)
{
    return {item.right() - sidePadding - starPx, item.top() + linePadding, starPx, starPx};
}

QSize TimelineDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const Event* event = eventOf(index);
    if (event == nullptr)
        return {};
    const auto* list = qobject_cast<const QListView*>(option.widget);
    const int width = list == nullptr ? option.rect.width() : list->viewport()->width();
    const QFontMetrics metrics(event->starred ? m_theme.strong() : m_theme.base());
    const QRect available = textBox(m_theme, QRect(0, 0, std::max(width, 200), 10'000));
    const QRect needed = metrics.boundingRect(available, int(Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap),
                                              isBrief(option.widget, index) ? inBrief(*event) : sentence(*event));
    return {width, needed.height() + 2 * linePadding};
}

TimelineList::TimelineList(Theme& theme, QWidget* parent) : QListView(parent), m_model(new TimelineModel(this))
{
    setObjectName(QStringLiteral("incidentTimeline"));
    setAccessibleName(tr("Timeline of the incident"));
    setFrameShape(NoFrame);
    setModel(m_model);
    setItemDelegate(new TimelineDelegate(theme, this));
    setEditTriggers(NoEditTriggers);
    setVerticalScrollMode(ScrollPerPixel);
    setResizeMode(Adjust);
    setMouseTracking(true);
    // An effect opens to all its lines where one looks at it, and closes behind one.
    connect(selectionModel(), &QItemSelectionModel::currentChanged, this, &TimelineList::scheduleDelayedItemsLayout);
    connect(this, &QListView::doubleClicked, this,
            [this](const QModelIndex& index) { emit editRequested(m_model->event(index.row())); });
}

void TimelineList::setStarredOnly(bool only)
{
    m_model->setStarredOnly(only);
    scheduleDelayedItemsLayout();
}

void TimelineList::mouseReleaseEvent(QMouseEvent* event)
{
    QListView::mouseReleaseEvent(event);
    const QModelIndex index = indexAt(event->pos());
    if (!index.isValid() || event->button() != Qt::LeftButton)
        return;
    const Event entry = m_model->event(index.row());
    if (TimelineDelegate::starBox(visualRect(index)).adjusted(-4, -4, 4, 4).contains(event->pos()))
        emit starToggled(entry);
    else
        emit instantChosen(entry.knownMs);
}

void TimelineList::keyPressEvent(QKeyEvent* event)
{
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (enter && currentIndex().isValid())
        emit editRequested(m_model->event(currentIndex().row()));
    else if (!event->text().isEmpty() && event->text().front().isLetterOrNumber())
        event->ignore();  // letters belong to the window's single keys
    else
        QListView::keyPressEvent(event);
}

void TimelineList::setEvents(std::vector<Event> events)
{
    const bool atEnd = verticalScrollBar()->value() >= verticalScrollBar()->maximum() - 4;
    const bool another = m_model->setEvents(std::move(events));
    // Heights are known after the layout, which the view does when it is idle.
    if (atEnd || another)
        QTimer::singleShot(0, this, &TimelineList::scrollToBottom);
}

void TimelineList::resizeEvent(QResizeEvent* event)
{
    QListView::resizeEvent(event);
    scheduleDelayedItemsLayout();
}

}  // namespace holdfast::widgets
