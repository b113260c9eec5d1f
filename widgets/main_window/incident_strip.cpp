#include "widgets/main_window/incident_strip.h"

#include "widgets/client/engine_link.h"
#include "widgets/client/feed.h"
#include "widgets/controls/action_runner.h"
#include "widgets/main_window/overflow_menu.h"
#include "widgets/main_window/strip_words.h"
#include "widgets/navigator.h"
#include "widgets/notifications/notice_shelf.h"
#include "widgets/replay/replay.h"
#include "widgets/theme/flat_button.h"
#include "widgets/theme/number_format.h"
#include "widgets/theme/shapes.h"
#include "widgets/theme/theme.h"
#include "widgets/view.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QJsonObject>
#include <QKeyEvent>
#include <QPainter>

#include <algorithm>

namespace holdfast::widgets {

namespace {

constexpr int stripHeight = 34;
constexpr int sidePx = 12;
constexpr int leastText = 260;  // px at 100 %; buttons go into the menu rather than leave less
constexpr int borderPx = 3;     // of what nobody has taken
constexpr qint64 ackForS = 1800;
constexpr int problemMs = 10'000;  // long enough to read a sentence twice

Severity severityOf(const QString& name)
{
    return name == QLatin1String("sev3") ? Severity::Warning : Severity::Critical;
}

}  // namespace

IncidentStrip::IncidentStrip(const ViewContext& context, NoticeShelf* shelf, bool hasIncidentView, bool hasControlView,
                             QWidget* parent)
    : QWidget(parent),
      m_context(context),
      m_shelf(shelf),
      m_hasIncidentView(hasIncidentView),
      m_hasControlView(hasControlView),
      m_exitReplay(new FlatButton(context.theme, tr("Exit replay"), this, ButtonLook::Inverse)),
      m_ack(new FlatButton(context.theme, tr("Ack"), this)),
      m_openButton(new FlatButton(context.theme, tr("Open"), this)),
      m_snooze(new FlatButton(context.theme, tr("Snooze 10 min"), this)),
      m_away(new FlatButton(context.theme, tr("Put away"), this)),
      m_inForce(new FlatButton(context.theme, QString(), this, ButtonLook::Quiet))
{
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    setObjectName(QStringLiteral("incidentStrip"));
    setLayoutDirection(Qt::LeftToRight);  // as its words are painted, also where the window runs from right to left
    m_exitReplay->setObjectName(QStringLiteral("stripExitReplay"));
    m_ack->setObjectName(QStringLiteral("stripAck"));
    m_openButton->setObjectName(QStringLiteral("stripOpen"));
    m_snooze->setObjectName(QStringLiteral("stripSnooze"));
    m_away->setObjectName(QStringLiteral("stripAway"));
    m_inForce->setObjectName(QStringLiteral("stripInForce"));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(sidePx, 0, sidePx, 0);
    layout->setSpacing(6);
    layout->addStretch(1);
    m_more = new OverflowMenu(context.theme, this, layout);
    m_more->add(m_exitReplay, 0);
    int rank = 1;
    for (FlatButton* button : {m_ack, m_openButton, m_snooze, m_away, m_inForce})
        m_more->add(button, rank++);
    for (FlatButton* button : {m_exitReplay, m_ack, m_openButton, m_snooze, m_away, m_inForce, m_more->button()})
        layout->addWidget(button);
    connect(m_exitReplay, &FlatButton::clicked, this, &IncidentStrip::leaveReplay);
    connect(m_ack, &FlatButton::clicked, this, &IncidentStrip::acknowledge);
    connect(m_openButton, &FlatButton::clicked, this, &IncidentStrip::open);
    connect(m_away, &FlatButton::clicked, this, &IncidentStrip::putAway);
    connect(m_snooze, &FlatButton::clicked, this, [this] {
        if (const Entry* entry = current(); entry && entry->notice)
            m_shelf->answer(entry->notice->subject, QStringLiteral("snooze"));
    });
    connect(m_inForce, &FlatButton::clicked, this,
            [this] { m_context.navigator.go({.view = QStringLiteral("controls"), .service = {}, .item = {}}); });
    connect(&context.incidents, &FeedBase::changed, this, &IncidentStrip::refresh);
    connect(&context.link, &EngineLink::statusChanged, this, &IncidentStrip::refresh);
    connect(&context.link, &EngineLink::stateChanged, this, &IncidentStrip::refresh);
    connect(&context.replay, &Replay::stateChanged, this, &IncidentStrip::refresh);
    connect(&context.replay.present(), &PresentWatch::changed, this, &IncidentStrip::showPresent);
    connect(&context.theme, &Theme::changed, this, &IncidentStrip::fit);
    if (shelf) {
        connect(shelf, &NoticeShelf::added, this, &IncidentStrip::showAdded);
        connect(shelf, &NoticeShelf::changed, this, &IncidentStrip::refresh);
        connect(shelf, &NoticeShelf::complained, this, &IncidentStrip::complain);
    }
    connect(&m_tick, &QTimer::timeout, this, &IncidentStrip::refresh);
    m_tick.start(1000);
    m_problemTimer.setSingleShot(true);
    connect(&m_problemTimer, &QTimer::timeout, this, [this] { complain({}); });
    fit();
    refresh();
}

const IncidentStrip::Entry* IncidentStrip::current() const
{
    return m_shown < m_entries.size() ? &m_entries[m_shown] : nullptr;
}

bool IncidentStrip::isNew(const Entry& entry) const
{
    return !entry.incident || !entry.incident->ackedMs;
}

void IncidentStrip::collect()
{
    m_entries.clear();
    if (const auto list = m_context.incidents.latest()) {
        for (const Incident& incident : list->incidents) {
            if (incident.open())
                m_entries.push_back({incident, std::nullopt});
        }
    }
    std::ranges::stable_sort(m_entries, {}, [](const Entry& entry) {
        return std::pair(entry.incident->ackedMs.has_value(), entry.incident->severity);
    });
    if (!m_shelf || m_context.replay.on())
        return;
    for (const Notice& notice : m_shelf->notices()) {
        const auto same = std::ranges::find_if(m_entries, [&](const Entry& entry) {
            return notice.incident > 0 && entry.incident && entry.incident->id == notice.incident;
        });
        if (same != m_entries.end())
            same->notice = notice;
        else
            m_entries.push_back({std::nullopt, notice});
    }
}

void IncidentStrip::refresh()
{
    const auto sameAs = [](const Entry& a, const Entry& b) {
        if (a.incident && b.incident)
            return a.incident->id == b.incident->id;
        return a.notice && b.notice && a.notice->subject == b.notice->subject;
    };
    const std::optional<Entry> before = current() ? std::optional(*current()) : std::nullopt;
    const std::vector<Entry> known = m_entries;
    collect();
    const auto same =
        std::ranges::find_if(m_entries, [&](const Entry& entry) { return before && sameAs(entry, *before); });
    // One keeps what one looks at, until something worse comes that nobody has taken.
    const bool worse =
        !m_entries.empty() && m_entries.front().incident && isNew(m_entries.front())
        && std::ranges::none_of(known, [&](const Entry& entry) { return sameAs(entry, m_entries.front()); });
    m_shown = worse || same == m_entries.end() ? 0 : static_cast<std::size_t>(same - m_entries.begin());
    const bool collectsAgain = m_live && m_live->kind == QLatin1String("engine_blind") && m_context.link.connected();
    if (!m_context.replay.on() || collectsAgain)
        m_live.reset();
    showButtons();
    setAccessibleName(spoken());
    update();
}

void IncidentStrip::showAdded()
{
    collect();
    const QString subject = m_shelf->notices().empty() ? QString() : m_shelf->notices().back().subject;
    const auto added = std::ranges::find_if(
        m_entries, [&](const Entry& entry) { return entry.notice && entry.notice->subject == subject; });
    if (added != m_entries.end())
        m_shown = static_cast<std::size_t>(added - m_entries.begin());
}

void IncidentStrip::tellLive(const Notice& notice)
{
    if (!m_context.replay.on() || m_context.replay.bundle() || notice.resolved())
        return;
    m_live = notice;
    refresh();
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

void IncidentStrip::showPresent()
{
    const auto& opened = m_context.replay.present().opened();
    if (opened.empty())
        return;
    Notice notice;
    notice.incident = opened.front().id;
    notice.severity = opened.front().severity;
    notice.title = opened.front().title;
    tellLive(notice);
}

void IncidentStrip::leaveReplay()
{
    const std::int64_t incident = m_live ? m_live->incident : 0;
    m_context.replay.stop();
    if (incident > 0 && m_hasIncidentView)
        m_context.navigator.go({.view = QStringLiteral("incidents"), .service = {}, .item = QString::number(incident)});
}

void IncidentStrip::showButtons()
{
    const Entry* entry = current();
    const bool replayed = m_context.replay.on();
    const bool told = entry && entry->notice && !replayed;
    m_more->setWanted(m_exitReplay, m_live.has_value() && !m_context.replay.bundle());
    m_more->setWanted(m_ack,
                      entry && entry->incident && !entry->incident->ackedMs && !replayed && !m_context.link.readOnly());
    m_ack->setEnabled(m_context.link.connected());
    m_more->setWanted(m_openButton, !m_live && entry && (entry->incident ? m_hasIncidentView : m_hasControlView));
    m_more->setWanted(m_snooze, told && entry->notice->incident > 0);
    m_more->setWanted(m_away, told && entry->notice->incident == 0);
    const auto status = m_context.link.status();
    const bool anyHold = status && status->holds.count > 0 && !replayed;
    m_more->setWanted(m_inForce, anyHold && m_hasControlView);
    if (anyHold) {
        QString words = tr("In force %1").arg(status->holds.count);
        if (status->holds.nextEndMs)
            words += QStringLiteral(" · ") + countdownText(*status->holds.nextEndMs - m_context.link.engineNowMs());
        m_inForce->setText(words);
        m_inForce->setAccessibleName(words);
        m_inForce->updateGeometry();
    }
    m_more->fit(m_narrow ? 0 : width() - 2 * sidePx - m_context.theme.px(leastText));
}

void IncidentStrip::setNarrow(bool narrow)
{
    m_narrow = narrow;
    showButtons();
}

void IncidentStrip::fit()
{
    setFixedHeight(m_context.theme.px(stripHeight));
    showButtons();
    update();
}

Severity IncidentStrip::severity() const
{
    if (m_live)
        return severityOf(m_live->severity);
    const Entry* entry = current();
    if (!entry)
        return Severity::Normal;
    return severityOf(entry->incident ? entry->incident->severity : entry->notice->severity);
}

QString IncidentStrip::badge() const
{
    if (m_live)
        return tr("LIVE");
    const Entry* entry = current();
    if (!entry)
        return {};
    if (entry->incident)
        return entry->notice ? tr("NEW %1").arg(incidentBadge(*entry->incident)) : incidentBadge(*entry->incident);
    return tr("NEW");
}

QString IncidentStrip::text() const
{
    if (!m_problem.isEmpty())
        return m_problem;
    if (m_live) {
        QString words = m_live->incident > 0 ? tr("new incident INC-%1 %2").arg(m_live->incident).arg(m_live->title)
                                             : m_live->title;
        if (const std::size_t opened = m_context.replay.present().opened().size(); opened > 1)
            words += tr("  ·  and %1 more").arg(opened - 1);
        return words;
    }
    const Entry* entry = current();
    if (!entry)
        return noIncidentWords(m_context);
    QString words = entry->incident
                        ? incidentWords(*entry->incident, m_context.link.engineNowMs())
                        : QStringLiteral("%1  ·  %2")
                              .arg(entry->notice->title, entry->notice->text.section(QLatin1Char('\n'), 0, 0));
    if (m_entries.size() > 1)
        words += tr("  ·  %1 of %2").arg(m_shown + 1).arg(m_entries.size());
    return words;
}

QString IncidentStrip::spoken() const
{
    const Entry* entry = current();
    if (m_problem.isEmpty() && !m_live && entry && entry->incident)
        return incidentSpoken(*entry->incident, m_context.link.engineNowMs());
    return (badge() + QLatin1Char(' ') + text()).trimmed();
}

void IncidentStrip::paintEvent(QPaintEvent*)
{
    const Theme& theme = m_context.theme;
    const Tokens& t = theme.tokens();
    QPainter painter(this);
    painter.setLayoutDirection(Qt::LeftToRight);
    const Entry* entry = current();
    const Severity shown = severity();
    const bool isQuiet = shown == Severity::Normal;
    const bool waits = m_live || (entry && isNew(*entry));
    painter.fillRect(rect(), isQuiet ? t.surface : theme.tint(shown));
    int x = sidePx;
    if (!isQuiet) {
        const int side = theme.px(14);
        const QRectF shape(x, (height() - side) / 2.0, side, side);
        if (entry && entry->incident && entry->incident->state == QLatin1String("mitigated"))
            drawHeld(painter, shape, t);
        else
            drawSeverity(painter, shape, shown, t);
        x += side + 10;
        painter.setFont(theme.strong());
        const QString name = badge();
        const int width = painter.fontMetrics().horizontalAdvance(name);
        const bool warning = shown == Severity::Warning;
        if (waits) {
            const int inset = theme.px(6);
            painter.fillRect(QRect(x, inset, width + 12, height() - 2 * inset), warning ? t.warningFill : t.critical);
            painter.setPen(warning ? t.badgeOnWarning : t.badgeText);
            painter.drawText(QRect(x + 6, 0, width + 1, height()), Qt::AlignVCenter, name);
            x += width + 12 + 10;
        } else {
            painter.setPen(t.text);
            painter.drawText(QRect(x, 0, width + 1, height()), Qt::AlignVCenter, name);
            x += width + 12;
        }
    }
    int right = width() - sidePx;
    for (const QWidget* part : findChildren<QWidget*>(Qt::FindDirectChildrenOnly)) {
        if (part->isVisible())
            right = std::min(right, part->x() - 10);
    }
    painter.setFont(isQuiet ? theme.base() : theme.strong());
    painter.setPen(isQuiet ? t.textTertiary : t.text);
    painter.drawText(QRect(x, 0, right - x, height()), Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(text(), Qt::ElideRight, right - x));
    painter.setBrush(Qt::NoBrush);
    if (waits) {
        painter.setPen(QPen(theme.colour(shown), borderPx, Qt::SolidLine, Qt::SquareCap, Qt::MiterJoin));
        const double inset = borderPx / 2.0;
        painter.drawRect(QRectF(rect()).adjusted(inset, inset, -inset, -inset));
    }
    if (hasFocus()) {
        painter.setPen(QPen(t.focus, 2));
        painter.drawRect(rect().adjusted(1, 1, -1, -1));
    }
}

void IncidentStrip::resizeEvent(QResizeEvent*)
{
    showButtons();
    update();
}

void IncidentStrip::cycle(int direction)
{
    if (m_entries.empty())
        return;
    m_shown = (m_shown + m_entries.size() + static_cast<std::size_t>(direction > 0 ? 1 : m_entries.size() - 1))
              % m_entries.size();
    complain({});
    refresh();
}

void IncidentStrip::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Up: cycle(-1); return;
    case Qt::Key_Down: cycle(1); return;
    case Qt::Key_Return:
    case Qt::Key_Enter: open(); return;
    case Qt::Key_A:
        if (event->modifiers() == Qt::NoModifier && m_more->wanted(m_ack)) {
            acknowledge();
            return;
        }
        break;
    default: break;
    }
    QWidget::keyPressEvent(event);
}

void IncidentStrip::mousePressEvent(QMouseEvent*)
{
    open();
}

void IncidentStrip::open()
{
    const Entry* entry = current();
    if (!entry || m_live)
        return;
    if (entry->notice) {
        m_shelf->answer(entry->notice->subject, QStringLiteral("open"));
        return;
    }
    if (m_hasIncidentView)
        m_context.navigator.go(
            {.view = QStringLiteral("incidents"), .service = {}, .item = QString::number(entry->incident->id)});
}

std::optional<Incident> IncidentStrip::incident() const
{
    const Entry* entry = m_live ? nullptr : current();
    return entry ? entry->incident : std::nullopt;
}

void IncidentStrip::putAway()
{
    if (const Entry* entry = current(); entry && entry->notice)
        m_shelf->answer(entry->notice->subject, QString());
}

void IncidentStrip::acknowledge()
{
    const Entry* entry = current();
    if (!entry || !entry->incident || m_context.replay.on() || m_context.link.readOnly())
        return;
    if (entry->notice) {
        m_shelf->answer(entry->notice->subject, QStringLiteral("ack"));
        return;
    }
    m_context.api.post<IncidentDetail>(
        m_ackSlot, QStringLiteral("/holdfast/v1/incidents/%1/ack").arg(entry->incident->id),
        QJsonObject{{QStringLiteral("actor"), m_context.actions.actor()}, {QStringLiteral("for_s"), ackForS}},
        decodeIncident, [this](const auto& answer) {
            complain(answer ? QString()
                            : tr("Not acknowledged: %1").arg(QString::fromStdString(answer.error().message)));
            m_context.incidents.refresh();
            refresh();
        });
}

void IncidentStrip::complain(const QString& problem)
{
    m_problem = problem;
    problem.isEmpty() ? m_problemTimer.stop() : m_problemTimer.start(problemMs);
    setAccessibleName(spoken());
    update();
}

}  // namespace holdfast::widgets
