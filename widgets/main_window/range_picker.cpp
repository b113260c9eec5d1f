#include "widgets/main_window/range_picker.h"

#include "widgets/theme/flat_button.h"
#include "widgets/theme/role_label.h"
#include "widgets/theme/theme.h"
#include "widgets/time/range_text.h"
#include "widgets/time/recent_ranges.h"
#include "widgets/time/time_cursor.h"
#include "widgets/time/zone.h"

#include <QClipboard>
#include <QDateTimeEdit>
#include <QGridLayout>
#include <QGuiApplication>
#include <QLineEdit>

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

RangePicker::RangePicker(const Theme& theme, TimeCursor& time, const std::vector<NamedRange>& named, QWidget* parent)
    : QFrame(parent, Qt::Popup),
      m_theme(theme),
      m_time(time),
      m_deploy(new FlatButton(theme, tr("Since the last deploy …"), this)),
      m_from(new QDateTimeEdit(this)),
      m_to(new QDateTimeEdit(this)),
      m_field(new QLineEdit(this)),
      m_problem(new RoleLabel(theme, TextRole::Small, QString(), this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setObjectName(QStringLiteral("rangePicker"));
    setFrameShape(QFrame::StyledPanel);
    setAutoFillBackground(true);
    setAccessibleName(tr("Time range"));
    auto* layout = new QGridLayout(this);
    layout->setContentsMargins(12, 12, 12, 12);
    addQuick(*layout);
    addNamed(*layout, named);
    m_deploy->setObjectName(QStringLiteral("sinceDeploy"));
    m_deploy->setEnabled(false);
    m_deploy->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    layout->addWidget(m_deploy, layout->rowCount(), 0, 1, columns);
    connect(m_deploy, &FlatButton::clicked, this, [this] {
        if (m_sinceDeploy)
            show(NamedRange(*m_sinceDeploy));
    });
    m_field->setPlaceholderText(tr("45m · 03:05-03:20 · yesterday 14:00 · now-3h to now-1h"));
    m_field->setAccessibleName(tr("Type a time range"));
    m_field->setMinimumWidth(theme.px(420));
    connect(m_field, &QLineEdit::returnPressed, this, [this] { take(m_field->text()); });
    layout->addWidget(m_field, layout->rowCount(), 0, 1, columns);
    addRecent(*layout);
    addCalendars(*layout);
    addClipboard(*layout);
    m_problem->setText(shownZone() == ShownZone::Utc
                           ? tr("Times are UTC. Enter applies, Esc closes.")
                           : tr("Times are those of this computer. Enter applies, Esc closes."));
    m_problem->setWordWrap(true);
    layout->addWidget(m_problem, layout->rowCount(), 0, 1, columns);
}

void RangePicker::addQuick(QGridLayout& layout)
{
    for (std::size_t i = 0; i < quickRanges.size(); ++i) {
        const Quick quick = quickRanges[i];
        auto* button = new FlatButton(m_theme, tr(quick.text), this);
        button->setCheckable(true);
        button->setChecked(m_time.mode() == TimeMode::Live && m_time.spanMs() == quick.minutes * 60'000);
        button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        connect(button, &FlatButton::clicked, this, [this, quick] {
            m_time.setLive(quick.minutes * 60'000);
            close();
        });
        layout.addWidget(button, static_cast<int>(i) / columns, static_cast<int>(i) % columns);
    }
}

void RangePicker::addNamed(QGridLayout& layout, const std::vector<NamedRange>& named)
{
    for (const NamedRange& range : named) {
        auto* button = new FlatButton(m_theme, range.name, this);
        button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        connect(button, &FlatButton::clicked, this, [this, range] { show(range); });
        layout.addWidget(button, layout.rowCount(), 0, 1, columns);
    }
}

void RangePicker::addRecent(QGridLayout& layout)
{
    const QStringList recent = RecentRanges::all();
    if (recent.isEmpty())
        return;
    layout.addWidget(new RoleLabel(m_theme, TextRole::Tertiary, tr("Recent"), this), layout.rowCount(), 0, 1, columns);
    for (const QString& text : recent) {
        auto* button = new FlatButton(m_theme, text, this, ButtonLook::Quiet);
        button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        connect(button, &FlatButton::clicked, this, [this, text] { take(text); });
        layout.addWidget(button, layout.rowCount(), 0, 1, columns);
    }
}

void RangePicker::addCalendars(QGridLayout& layout)
{
    const int row = layout.rowCount();
    layout.addWidget(new RoleLabel(m_theme, TextRole::Tertiary, tr("Custom"), this), row, 0, 1, columns);
    for (QDateTimeEdit* edit : {m_from, m_to}) {
        edit->setCalendarPopup(true);
        edit->setTimeSpec(Qt::UTC);
        edit->setDisplayFormat(QStringLiteral("yyyy-MM-dd HH:mm"));
    }
    m_from->setDateTime(asClock(m_time.startMs()));
    m_to->setDateTime(asClock(m_time.endMs()));
    m_from->setAccessibleName(tr("From"));
    m_to->setAccessibleName(tr("To"));
    auto* apply = new FlatButton(m_theme, tr("Apply"), this);
    connect(apply, &FlatButton::clicked, this, &RangePicker::takeCalendars);
    layout.addWidget(m_from, row + 1, 0, 1, 2);
    layout.addWidget(m_to, row + 1, 2, 1, 2);
    layout.addWidget(apply, row + 1, 4);
}

void RangePicker::addClipboard(QGridLayout& layout)
{
    const int row = layout.rowCount();
    auto* copy = new FlatButton(m_theme, tr("Copy range"), this);
    auto* paste = new FlatButton(m_theme, tr("Paste range"), this);
    copy->setObjectName(QStringLiteral("copyRange"));
    paste->setObjectName(QStringLiteral("pasteRange"));
    copy->setToolTip(tr("As Grafana reads it"));
    paste->setToolTip(tr("From Grafana, a link, or words"));
    connect(copy, &FlatButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(
            rangeAsJson({m_time.mode() == TimeMode::Live, m_time.startMs(), m_time.endMs()}));
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

void RangePicker::setDeploy(const std::optional<NamedRange>& deploy)
{
    m_sinceDeploy = deploy;
    m_deploy->setEnabled(deploy.has_value());
    m_deploy->setText(deploy ? deploy->name : tr("No deploy is known of the last 7 days"));
    m_deploy->setAccessibleName(m_deploy->text());
    m_deploy->updateGeometry();
}

void RangePicker::show(const NamedRange& range)
{
    range.live ? m_time.setLive(range.endMs - range.startMs) : m_time.setRange(range.startMs, range.endMs);
    close();
}

void RangePicker::take(const QString& text)
{
    const auto range = parseRange(text, m_time.nowMs(), shownOffsetMs(m_time.nowMs()));
    if (!range) {
        complain(QString::fromStdString(range.error().message));
        return;
    }
    RecentRanges::add(text);
    if (range->live)
        m_time.setLive(range->spanMs());
    else
        m_time.setRange(range->startMs, range->endMs);
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
    m_time.setRange(from, to);
    close();
}

void RangePicker::complain(const QString& problem)
{
    m_problem->setRole(TextRole::Critical);
    m_problem->setText(problem);
    adjustSize();
}

}  // namespace holdfast::widgets
