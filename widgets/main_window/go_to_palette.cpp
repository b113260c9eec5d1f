#include "widgets/main_window/go_to_palette.h"

#include "widgets/client/engine_link.h"
#include "widgets/client/feed.h"
#include "widgets/client/fleet.h"
#include "widgets/client/incident.h"
#include "widgets/main_window/fuzzy_match.h"
#include "widgets/theme/theme.h"
#include "widgets/time/range_text.h"
#include "widgets/time/time_cursor.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace holdfast::widgets {

namespace {

constexpr int paletteWidth = 560;
constexpr int mostShown = 12;

}  // namespace

GoToPalette::GoToPalette(const ViewContext& context, const std::vector<ViewEntry>& views, QWidget* parent)
    : QDialog(parent, Qt::Dialog | Qt::FramelessWindowHint),
      m_context(context),
      m_field(new QLineEdit(this)),
      m_list(new QListWidget(this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setAccessibleName(tr("Go to"));
    setFixedWidth(paletteWidth);
    m_field->setPlaceholderText(tr("Service, view, incident, or a time such as 45m or 03:05-03:20"));
    m_field->setAccessibleName(tr("Go to"));
    m_field->setMinimumHeight(34);
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
    if (parent)
        move(parent->mapToGlobal(QPoint((parent->width() - paletteWidth) / 2, 60)));
}

void GoToPalette::collect(const std::vector<ViewEntry>& views)
{
    Navigator& navigator = m_context.navigator;
    if (const auto fleet = m_context.fleet.latest()) {
        for (const FleetService& service : fleet->services)
            m_entries.push_back({service.name, tr("service"), [&navigator, name = service.name] {
                                     navigator.go({.view = QStringLiteral("service"), .service = name, .item = {}});
                                 }});
    }
    for (const ViewEntry& view : views) {
        if (view.listed)
            m_entries.push_back({view.title, tr("view %1").arg(view.digit), [&navigator, id = view.id] {
                                     navigator.go({.view = id, .service = {}, .item = {}});
                                 }});
    }
    if (const auto list = m_context.incidents.latest()) {
        for (const Incident& incident : list->incidents)
            m_entries.push_back(
                {QStringLiteral("INC-%1 %2").arg(incident.id).arg(incident.title), tr("incident"),
                 [&navigator, id = incident.id] {
                     navigator.go({.view = QStringLiteral("incidents"), .service = {}, .item = QString::number(id)});
                 }});
    }
    Theme& theme = m_context.theme;
    const ThemeKind other = theme.kind() == ThemeKind::Dark ? ThemeKind::Light : ThemeKind::Dark;
    m_entries.push_back({other == ThemeKind::Dark ? tr("Dark theme") : tr("Light theme"), tr("look"),
                         [&theme, other] { theme.apply(other); }});
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
    if (const auto range = parseRange(text, m_context.time.nowMs()); range.ok()) {
        TimeCursor& time = m_context.time;
        m_shown.push_back({tr("Show %1").arg(text.trimmed()), tr("time"), [&time, typed = *range] {
                               typed.live ? time.setLive(typed.spanMs()) : time.setRange(typed.startMs, typed.endMs);
                           }});
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
    const int row = m_list->currentRow();
    if (row < 0 || row >= static_cast<int>(m_shown.size()))
        return;
    const auto go = m_shown[static_cast<std::size_t>(row)].go;
    close();
    go();
}

bool GoToPalette::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Down || key == Qt::Key_Up) {
            const int rows = std::max(1, m_list->count());
            m_list->setCurrentRow((m_list->currentRow() + (key == Qt::Key_Down ? 1 : rows - 1)) % rows);
            return true;
        }
    }
    return QDialog::eventFilter(watched, event);
}

}  // namespace holdfast::widgets
