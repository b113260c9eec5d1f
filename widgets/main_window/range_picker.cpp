#include "widgets/main_window/range_picker.h"

#include "widgets/theme/flat_button.h"
#include "widgets/theme/number_format.h"
#include "widgets/theme/role_label.h"
#include "widgets/theme/theme.h"
#include "widgets/time/range_text.h"
#include "widgets/time/recent_ranges.h"
#include "widgets/time/time_cursor.h"
#include "widgets/time/zone.h"
#include "widgets/view.h"

#include <QClipboard>
#include <QDateTimeEdit>
#include <QGridLayout>
#include <QGuiApplication>
#include <QLineEdit>
#include <QPainter>

#include <array>

namespace holdfast::widgets {

namespace {

struct Quick {
    const char* text;
    std::int64_t minutes;
};
constexpr std::array quickRanges{Quick{"5 min", 5},  Quick{"15 min", 15}, Quick{"30 min", 30}, Quick{"1 h", 60},
                                 Quick{"3 h", 180},  Quick{"6 h", 360},   Quick{"12 h", 720},  Quick{"24 h", 1440},
                                 Quick{"2 d", 2880}, Quick{"7 d", 10'080}};
constexpr int columns = 5;

/// The editor has no zone of its own: what it shows is the shown zone's clock.
QDateTime asClock(std::int64_t ms)
{
    return QDateTime::fromMSecsSinceEpoch(ms + shownOffsetMs(ms), Qt::UTC);
}

std::int64_t fromClock(const QDateTimeEdit& edit)
{
    const std::int64_t clock = QDateTime(edit.date(), edit.time(), Qt::UTC).toMSecsSinceEpoch();
    return clock - shownOffsetMs(clock);
}

}  // namespace

RangePicker::RangePicker(const ViewContext& context, QWidget* parent)
    : QFrame(parent, Qt::Popup),
      m_context(context),
      m_named(context),
      m_deploy(new FlatButton(context.theme, tr("Since the last deploy …"), this)),
      m_from(new QDateTimeEdit(this)),
      m_to(new QDateTimeEdit(this)),
      m_field(new QLineEdit(this)),
      m_problem(new RoleLabel(context.theme, TextRole::Small, QString(), this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setObjectName(QStringLiteral("rangePicker"));
    setAccessibleName(tr("Time range"));
    auto* layout = new QGridLayout(this);
    layout->setContentsMargins(12, 12, 12, 12);
    addQuick(*layout);
    addNamed(*layout);
    addDeploy(*layout);
    addField(*layout);
    addRecent(*layout);
    addCalendars(*layout);
    addClipboard(*layout);
}

void RangePicker::addQuick(QGridLayout& layout)
{
    for (std::size_t i = 0; i < quickRanges.size(); ++i) {
        const Quick quick = quickRanges[i];
        auto* button = new FlatButton(m_context.theme, tr(quick.text), this);
        button->setCheckable(true);
        button->setChecked(m_context.time.mode() == TimeMode::Live
                           && m_context.time.spanMs() == quick.minutes * 60'000);
        button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        connect(button, &FlatButton::clicked, this, [this, quick] {
            m_context.time.setLive(quick.minutes * 60'000);
            close();
        });
        layout.addWidget(button, static_cast<int>(i) / columns, static_cast<int>(i) % columns);
    }
}

void RangePicker::addNamed(QGridLayout& layout)
{
    for (const NamedRange& range : m_named.known()) {
        auto* button = new FlatButton(m_context.theme, range.name, this);
        button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        connect(button, &FlatButton::clicked, this, [this, range] { show(range); });
        layout.addWidget(button, layout.rowCount(), 0, 1, columns);
    }
}

void RangePicker::addDeploy(QGridLayout& layout)
{
    m_deploy->setObjectName(QStringLiteral("sinceDeploy"));
    m_deploy->setEnabled(false);
    m_deploy->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    layout.addWidget(m_deploy, layout.rowCount(), 0, 1, columns);
    connect(m_deploy, &FlatButton::clicked, this, [this] {
        if (m_sinceDeploy)
            show(NamedRange(*m_sinceDeploy));
    });
    m_named.askDeploy([this](const std::optional<NamedRange>& deploy) { setDeploy(deploy); });
}

void RangePicker::addField(QGridLayout& layout)
{
    m_field->setObjectName(QStringLiteral("typedRange"));
    m_field->setPlaceholderText(tr("last 15m · 14:00-14:30 · yesterday 9 to 10 · since 9:15 · since deploy"));
    m_field->setAccessibleName(tr("Type a time range"));
    m_field->setMinimumWidth(m_context.theme.px(440));
    connect(m_field, &QLineEdit::returnPressed, this, [this] { take(m_field->text()); });
    connect(m_field, &QLineEdit::textChanged, this, &RangePicker::preview);
    layout.addWidget(m_field, layout.rowCount(), 0, 1, columns);
    m_problem->setObjectName(QStringLiteral("typedRangeMeans"));
    m_problem->setWordWrap(true);
    layout.addWidget(m_problem, layout.rowCount(), 0, 1, columns);
    preview({});
}

void RangePicker::addRecent(QGridLayout& layout)
{
    const QStringList recent = RecentRanges::all();
    if (recent.isEmpty())
        return;
    layout.addWidget(new RoleLabel(m_context.theme, TextRole::Tertiary, tr("Recent"), this), layout.rowCount(), 0, 1,
                     columns);
    for (const QString& text : recent) {
        auto* button = new FlatButton(m_context.theme, text, this, ButtonLook::Quiet);
        button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        connect(button, &FlatButton::clicked, this, [this, text] { take(text); });
        layout.addWidget(button, layout.rowCount(), 0, 1, columns);
    }
}

void RangePicker::addCalendars(QGridLayout& layout)
{
    const int row = layout.rowCount();
    layout.addWidget(new RoleLabel(m_context.theme, TextRole::Tertiary, tr("Custom"), this), row, 0, 1, columns);
    for (QDateTimeEdit* edit : {m_from, m_to}) {
        edit->setCalendarPopup(true);
        edit->setLayoutDirection(Qt::LeftToRight);  // its parts stand in one order everywhere
        edit->setTimeSpec(Qt::UTC);
        edit->setDisplayFormat(QStringLiteral("yyyy-MM-dd HH:mm"));
    }
    m_from->setDateTime(asClock(m_context.time.startMs()));
    m_to->setDateTime(asClock(m_context.time.endMs()));
    m_from->setAccessibleName(tr("From"));
    m_to->setAccessibleName(tr("To"));
    auto* apply = new FlatButton(m_context.theme, tr("Apply"), this);
    connect(apply, &FlatButton::clicked, this, &RangePicker::takeCalendars);
    layout.addWidget(m_from, row + 1, 0, 1, 2);
    layout.addWidget(m_to, row + 1, 2, 1, 2);
    layout.addWidget(apply, row + 1, 4);
}

void RangePicker::addClipboard(QGridLayout& layout)
{
    const int row = layout.rowCount();
    auto* copy = new FlatButton(m_context.theme, tr("Copy range"), this);
    auto* paste = new FlatButton(m_context.theme, tr("Paste range"), this);
    copy->setObjectName(QStringLiteral("copyRange"));
    paste->setObjectName(QStringLiteral("pasteRange"));
    copy->setToolTip(tr("As Grafana reads it"));
    paste->setToolTip(tr("From Grafana, a link, or words"));
    connect(copy, &FlatButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(
            rangeAsJson({m_context.time.mode() == TimeMode::Live, m_context.time.startMs(), m_context.time.endMs()}));
        close();
    });
    connect(paste, &FlatButton::clicked, this, [this] { take(QGuiApplication::clipboard()->text()); });
    layout.addWidget(copy, row, 0, 1, 2);
    layout.addWidget(paste, row, 2, 1, 2);
}

void RangePicker::openBelow(QWidget* anchor)
{
    adjustSize();
    const QPoint right = anchor->mapToGlobal(QPoint(anchor->width(), anchor->height() + 4));
    const int left = std::max(anchor->window()->mapToGlobal(QPoint(8, 0)).x(), right.x() - width());
    move(left, right.y());
    QFrame::show();
    m_field->setFocus();
}

void RangePicker::paintEvent(QPaintEvent*)
{
    const Tokens& t = m_context.theme.tokens();
    QPainter painter(this);
    painter.fillRect(rect(), t.surface);
    painter.setPen(QPen(t.border, 1));
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

void RangePicker::setDeploy(const std::optional<NamedRange>& deploy)
{
    m_sinceDeploy = deploy;
    m_deployKnown = true;
    m_deploy->setEnabled(deploy.has_value());
    m_deploy->setText(deploy ? deploy->name : tr("No deploy is known of the last 7 days"));
    m_deploy->setAccessibleName(m_deploy->text());
    m_deploy->updateGeometry();
    if (m_deployWanted)
        take(m_field->text());
}

void RangePicker::show(const NamedRange& range)
{
    TimeCursor& time = m_context.time;
    range.live ? time.setLive(range.endMs - range.startMs) : time.setRange(range.startMs, range.endMs);
    close();
}

void RangePicker::preview(const QString& text)
{
    m_deployWanted = false;
    const std::int64_t now = m_context.time.nowMs();
    m_problem->setRole(TextRole::Small);
    const auto range = parseRange(text, now, shownOffsetMs(now));
    if (!text.trimmed().isEmpty() && range.ok())
        m_problem->setText(
            range->live
                ? tr("%1 until now, live: %2").arg(timeText(range->startMs, now), durationText(range->spanMs()))
                : tr("%1 to %2: %3")
                      .arg(timeText(range->startMs, now), timeText(range->endMs, now), durationText(range->spanMs())));
    else
        m_problem->setText(shownZone() == ShownZone::Utc
                               ? tr("Times are UTC. Enter applies, Esc closes.")
                               : tr("Times are those of this computer. Enter applies, Esc closes."));
}

void RangePicker::take(const QString& text)
{
    if (NamedRanges::meansDeploy(text)) {
        m_deployWanted = !m_deployKnown;
        if (m_sinceDeploy)
            show(NamedRange(*m_sinceDeploy));
        else if (m_deployKnown)
            complain(m_deploy->text());
        return;
    }
    if (const auto named = m_named.named(text)) {
        show(*named);
        return;
    }
    TimeCursor& time = m_context.time;
    const auto range = parseRange(text, time.nowMs(), shownOffsetMs(time.nowMs()));
    if (!range) {
        complain(QString::fromStdString(range.error().message));
        return;
    }
    RecentRanges::add(text);
    range->live ? time.setLive(range->spanMs()) : time.setRange(range->startMs, range->endMs);
    close();
}

void RangePicker::takeCalendars()
{
    const std::int64_t from = fromClock(*m_from);
    const std::int64_t to = fromClock(*m_to);
    if (to <= from) {
        complain(tr("The range ends before it starts."));
        return;
    }
    RecentRanges::add(QStringLiteral("%1 to %2").arg(m_from->text(), m_to->text()));
    m_context.time.setRange(from, to);
    close();
}

void RangePicker::complain(const QString& problem)
{
    m_problem->setRole(TextRole::Critical);
    m_problem->setText(problem);
    adjustSize();
}

}  // namespace holdfast::widgets
