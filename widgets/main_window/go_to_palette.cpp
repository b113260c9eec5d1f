#include "widgets/main_window/go_to_palette.h"

#include "widgets/client/control.h"
#include "widgets/client/engine_link.h"
#include "widgets/client/feed.h"
#include "widgets/client/fleet.h"
#include "widgets/client/incident.h"
#include "widgets/main_window/fuzzy_match.h"
#include "widgets/main_window/place_link.h"
#include "widgets/settings/preferences.h"
#include "widgets/theme/theme.h"
#include "widgets/time/range_text.h"
#include "widgets/time/time_cursor.h"
#include "widgets/time/zone.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>

namespace holdfast::widgets {

namespace {

constexpr int paletteWidth = 620;
constexpr int mostShown = 12;

}  // namespace

GoToPalette::GoToPalette(const ViewContext& context, const std::vector<ViewEntry>& views, QWidget* parent)
    : QDialog(parent, Qt::Dialog | Qt::FramelessWindowHint),
      m_context(context),
      m_named(context),
      m_field(new QLineEdit(this)),
      m_list(new QListWidget(this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setAccessibleName(tr("Go to"));
    setFixedWidth(context.theme.px(paletteWidth));
    m_field->setPlaceholderText(
        tr("Service, control, incident, view, a time such as 45m, yesterday 9 to 10 or since deploy, or a link"));
    m_field->setAccessibleName(tr("Go to"));
    m_field->setMinimumHeight(context.theme.px(34));
    m_field->installEventFilter(this);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setUniformItemSizes(true);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(10, 10, 10, 10);
    layout->addWidget(m_field);
    layout->addWidget(m_list);
    collect(views);
    connect(m_field, &QLineEdit::textChanged, this, &GoToPalette::filter);
    connect(m_field, &QLineEdit::returnPressed, this, &GoToPalette::choose);
    connect(m_list, &QListWidget::itemClicked, this, &GoToPalette::choose);
    filter({});
    m_named.askDeploy([this](const std::optional<NamedRange>& deploy) {
        m_sinceDeploy = deploy;
        if (deploy)
            addRange(*deploy);
        filter(m_field->text());
    });
    if (parent)
        move(parent->mapToGlobal(QPoint((parent->width() - width()) / 2, 60)));
}

void GoToPalette::collect(const std::vector<ViewEntry>& views)
{
    const auto addPlace = [this](const QString& text, const QString& kind, const Place& place) {
        Navigator& navigator = m_context.navigator;
        m_entries.push_back({text, kind, [&navigator, place] { navigator.go(place); },
                             [&navigator, place] { navigator.openBeside(place); }});
    };
    if (const auto fleet = m_context.fleet.latest()) {
        for (const FleetService& service : fleet->services)
            addPlace(service.name, tr("service"),
                     {.view = QStringLiteral("service"), .service = service.name, .item = {}});
    }
    for (const ViewEntry& view : views) {
        if (!view.listed)
            continue;
        addPlace(view.title, view.digit > 0 ? tr("view %1").arg(view.digit) : tr("view"),
                 {.view = view.id, .service = {}, .item = {}});
    }
    if (const auto list = m_context.controls.latest()) {
        for (const Control& control : list->controls)
            addPlace(QStringLiteral("%1 %2").arg(control.service, control.name), tr("control"),
                     {.view = QStringLiteral("controls"), .service = control.service, .item = control.id});
    }
    if (const auto list = m_context.incidents.latest()) {
        for (const Incident& incident : list->incidents)
            addPlace(QStringLiteral("INC-%1 %2").arg(incident.id).arg(incident.title), tr("incident"),
                     {.view = QStringLiteral("incidents"), .service = {}, .item = QString::number(incident.id)});
    }
    for (const NamedRange& range : m_named.known())
        addRange(range);
    m_entries.push_back({tr("Copy link to this view and time"),
                         tr("link"),
                         [place = m_context.navigator.place(), &time = m_context.time] {
                             QGuiApplication::clipboard()->setText(linkText(
                                 place, TypedRange{time.mode() == TimeMode::Live, time.startMs(), time.endMs()}));
                         },
                         {}});
    Theme& theme = m_context.theme;
    const ThemeKind other = theme.kind() == ThemeKind::Dark ? ThemeKind::Light : ThemeKind::Dark;
    m_entries.push_back({other == ThemeKind::Dark ? tr("Dark theme") : tr("Light theme"),
                         tr("look"),
                         [&theme, other, preferences = m_context.preferences] {
                             if (preferences)
                                 preferences->setTheme(other == ThemeKind::Dark ? ThemeChoice::Dark
                                                                                : ThemeChoice::Light);
                             theme.apply(other);
                         },
                         {}});
}

void GoToPalette::addRange(const NamedRange& range)
{
    TimeCursor& time = m_context.time;
    m_entries.push_back({range.name,
                         tr("time"),
                         [&time, range] {
                             range.live ? time.setLive(range.endMs - range.startMs)
                                        : time.setRange(range.startMs, range.endMs);
                         },
                         {}});
}

void GoToPalette::filter(const QString& text)
{
    std::vector<std::pair<int, const Entry*>> found;
    for (const Entry& entry : m_entries) {
        if (const auto score = fuzzyScore(text, entry.text))
            found.emplace_back(*score, &entry);
    }
    if (!text.trimmed().isEmpty())
        std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    m_shown.clear();
    TimeCursor& time = m_context.time;
    const auto show = [&time](const TypedRange& range) {
        range.live ? time.setLive(range.spanMs()) : time.setRange(range.startMs, range.endMs);
    };
    if (const auto link = parsePlaceLink(text, time.nowMs())) {
        Navigator& navigator = m_context.navigator;
        m_shown.push_back({tr("Open the link: %1 %2").arg(link->place.view, link->place.service),
                           tr("link"),
                           [&navigator, show, link = *link] {
                               if (link.range)
                                   show(*link.range);
                               navigator.go(link.place);
                           },
                           {}});
    } else if (const auto named = NamedRanges::meansDeploy(text) ? m_sinceDeploy : m_named.named(text)) {
        m_shown.push_back({named->name,
                           tr("time"),
                           [show, range = *named] {
                               show({range.live, range.startMs, range.endMs});
                           },
                           {}});
    } else if (const auto range = parseRange(text, time.nowMs(), shownOffsetMs(time.nowMs())); range.ok()) {
        m_shown.push_back({tr("Show %1").arg(text.trimmed()), tr("time"), [show, typed = *range] { show(typed); }, {}});
    }
    for (const auto& [score, entry] : found) {
        if (m_shown.size() < mostShown)
            m_shown.push_back(*entry);
    }
    m_list->clear();
    for (const Entry& entry : m_shown)
        m_list->addItem(entry.text + QStringLiteral("   –   ") + entry.kind);
    if (m_shown.empty())
        m_list->addItem(tr("Nothing fits “%1”").arg(text));
    m_list->setCurrentRow(0);
    m_list->setFixedHeight(std::max(1, m_list->count()) * (m_list->sizeHintForRow(0) + 1) + 6);
    adjustSize();
}

void GoToPalette::choose()
{
    take(Where::Here);
}

void GoToPalette::take(Where where)
{
    const int row = m_list->currentRow();
    if (row < 0 || row >= static_cast<int>(m_shown.size()))
        return;
    const Entry& entry = m_shown[static_cast<std::size_t>(row)];
    const auto go = where == Where::Beside && entry.beside ? entry.beside : entry.go;
    close();
    go();
}

void GoToPalette::paintEvent(QPaintEvent*)
{
    const Tokens& t = m_context.theme.tokens();
    QPainter painter(this);
    painter.fillRect(rect(), t.surface);
    painter.setPen(QPen(t.border, 1));
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

bool GoToPalette::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        const bool control = static_cast<QKeyEvent*>(event)->modifiers().testFlag(Qt::ControlModifier);
        if (control && (key == Qt::Key_Return || key == Qt::Key_Enter)) {
            take(Where::Beside);
            return true;
        }
        if (key == Qt::Key_Down || key == Qt::Key_Up) {
            const int rows = std::max(1, m_list->count());
            m_list->setCurrentRow((m_list->currentRow() + (key == Qt::Key_Down ? 1 : rows - 1)) % rows);
            return true;
        }
    }
    return QDialog::eventFilter(watched, event);
}

}  // namespace holdfast::widgets
