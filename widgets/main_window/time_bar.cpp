#include "widgets/main_window/time_bar.h"

#include "widgets/client/engine_link.h"
#include "widgets/main_window/overflow_menu.h"
#include "widgets/main_window/range_picker.h"
#include "widgets/settings/preferences.h"
#include "widgets/theme/flat_button.h"
#include "widgets/theme/number_format.h"
#include "widgets/theme/role_label.h"
#include "widgets/theme/theme.h"
#include "widgets/time/time_cursor.h"
#include "widgets/time/zone.h"
#include "widgets/view.h"

#include <QDateTime>
#include <QHBoxLayout>
#include <QPainter>

namespace holdfast::widgets {

namespace {

constexpr int barHeight = 40;
constexpr int sidePx = 12;
constexpr int clockTickMs = 1000;

}  // namespace

TimeBar::TimeBar(const ViewContext& context, QWidget* parent)
    : QWidget(parent),
      m_context(context),
      m_environment(new FlatButton(context.theme, QString(), this)),
      m_goTo(new FlatButton(context.theme, tr("Go to…"), this)),
      m_range(new FlatButton(context.theme, QString(), this)),
      m_live(new FlatButton(context.theme, tr("LIVE"), this)),
      m_pause(new FlatButton(context.theme, tr("Pause"), this)),
      m_zone(new FlatButton(context.theme, QString(), this)),
      m_clock(new RoleLabel(context.theme, TextRole::Strong, QString(), this))
{
    m_environment->setDropArrow(true);
    m_environment->setObjectName(QStringLiteral("environment"));
    m_environment->hide();
    m_goTo->setKeyHint(QStringLiteral("Ctrl+K"));
    m_goTo->setIconName(QStringLiteral("search"));
    m_range->setDropArrow(true);
    m_range->setObjectName(QStringLiteral("timeRangeButton"));
    m_pause->setKeyHint(QStringLiteral("P"));
    m_pause->setCheckable(true);
    m_pause->setObjectName(QStringLiteral("pauseButton"));
    m_zone->setObjectName(QStringLiteral("zoneButton"));
    m_clock->setObjectName(QStringLiteral("clock"));
    m_clock->setAccessibleName(tr("Time of the engine"));

    const auto iconButton = [&](const QString& icon, const QString& name) {
        auto* button = new FlatButton(context.theme, QString(), this);
        button->setIconName(icon);
        button->setAccessibleName(name);
        button->setToolTip(name);
        return button;
    };
    auto* earlier = iconButton(QStringLiteral("earlier"), tr("Half a range earlier"));
    auto* later = iconButton(QStringLiteral("later"), tr("Half a range later"));
    auto* wider = iconButton(QStringLiteral("zoom-out"), tr("Twice the range"));
    auto* look = iconButton(QStringLiteral("theme"), tr("Dark or light"));
    auto* panel = iconButton(QStringLiteral("panel"), tr("Show or hide “Act here” (F4)"));

    auto* name = new RoleLabel(context.theme, TextRole::Title, tr("Holdfast"), this);
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(sidePx, 0, sidePx, 0);
    layout->setSpacing(6);
    m_more = new OverflowMenu(context.theme, this, layout);
    const std::vector<QWidget*> parts{name,   m_environment, m_goTo, nullptr, m_range, earlier, later,           wider,
                                      m_live, m_pause,       m_zone, m_clock, look,    panel,   m_more->button()};
    QWidget* before = nullptr;
    for (QWidget* part : parts) {
        if (!part) {
            layout->addStretch(1);
            continue;
        }
        layout->addWidget(part);
        if (before)
            setTabOrder(before, part);
        before = part;
    }
    // The first to be missed least: the look, then what keys and the range itself do as well.
    int rank = 1;
    for (QWidget* part : {static_cast<QWidget*>(m_goTo), static_cast<QWidget*>(m_zone), static_cast<QWidget*>(m_clock),
                          static_cast<QWidget*>(panel), static_cast<QWidget*>(later), static_cast<QWidget*>(earlier),
                          static_cast<QWidget*>(wider), static_cast<QWidget*>(name), static_cast<QWidget*>(look)})
        m_more->add(part, rank++);

    TimeCursor& time = context.time;
    connect(m_goTo, &FlatButton::clicked, this, &TimeBar::goToRequested);
    connect(look, &FlatButton::clicked, this, &TimeBar::themeRequested);
    connect(panel, &FlatButton::clicked, this, &TimeBar::panelRequested);
    connect(m_range, &FlatButton::clicked, this, &TimeBar::openRangePicker);
    connect(earlier, &FlatButton::clicked, &time, [&time] { time.shift(-1); });
    connect(later, &FlatButton::clicked, &time, [&time] { time.shift(1); });
    connect(wider, &FlatButton::clicked, &time, &TimeCursor::zoomOut);
    connect(m_live, &FlatButton::clicked, &time, &TimeCursor::resumeLive);
    connect(m_pause, &FlatButton::clicked, &time, &TimeCursor::togglePause);
    connect(m_zone, &FlatButton::clicked, this, &TimeBar::switchZone);
    connect(context.preferences, &Preferences::changed, this, &TimeBar::showZone);
    connect(&context.theme, &Theme::changed, this, &TimeBar::fit);
    connect(m_environment, &FlatButton::clicked, this, [this] { emit environmentMenuRequested(m_environment); });
    connect(&time, &TimeCursor::modeChanged, this, &TimeBar::showTime);
    connect(&time, &TimeCursor::rangeChanged, this, &TimeBar::showTime);
    connect(&context.link, &EngineLink::statusChanged, this, &TimeBar::showStatus);
    connect(&context.link, &EngineLink::stateChanged, this, &TimeBar::showTime);
    connect(&m_tick, &QTimer::timeout, this, &TimeBar::showTime);
    m_tick.start(clockTickMs);
    fit();
    showZone();
    showTime();
}

void TimeBar::fit()
{
    const Theme& theme = m_context.theme;
    setFixedHeight(theme.px(barHeight));
    m_more->fit(width() - 2 * sidePx);
    m_clock->setMinimumWidth(QFontMetrics(theme.strong()).horizontalAdvance(QStringLiteral("00:00:00Z")) + 4);
}

void TimeBar::resizeEvent(QResizeEvent*)
{
    m_more->fit(width() - 2 * sidePx);
}

void TimeBar::openRangePicker()
{
    (new RangePicker(m_context, this))->openBelow(m_range);
}

void TimeBar::switchZone()
{
    const bool local = shownZone() == ShownZone::Utc;
    m_context.preferences->setZone(local ? ShownZone::Local : ShownZone::Utc);
}

void TimeBar::showZone()
{
    const std::int64_t now = m_context.link.engineNowMs();
    const bool utc = shownZone() == ShownZone::Utc;
    m_zone->setText(utc ? tr("UTC") : tr("local %1").arg(zoneMark(now)));
    m_zone->setToolTip(utc ? tr("Times are UTC. Click for those of this computer.")
                           : tr("Times are those of this computer. Click for UTC."));
    m_zone->setAccessibleName(m_zone->text());
    m_zone->updateGeometry();
}

void TimeBar::showStatus()
{
    const auto status = m_context.link.status();
    const QString environment =
        m_context.link.readOnly() ? tr("ATTACHED, read only") : (status ? status->environment : QString());
    m_environment->setVisible(!environment.isEmpty());
    m_environment->setText(environment);
    m_environment->setAccessibleName(tr("Environment %1").arg(environment));
    m_environment->setToolTip(m_context.link.readOnly() ? m_context.api.endpoint().toString()
                                                        : tr("Environment of this engine: %1").arg(environment));
    const bool production = environment.startsWith(QLatin1String("PROD"), Qt::CaseInsensitive);
    m_environment->setLook(production ? ButtonLook::Inverse : ButtonLook::Outlined);
    m_environment->updateGeometry();
    m_more->fit(width() - 2 * sidePx);
}

void TimeBar::showTime()
{
    TimeCursor& time = m_context.time;
    const std::int64_t now = m_context.link.engineNowMs();
    if (m_range->text() != time.rangeText()) {
        m_range->setText(time.rangeText());
        m_range->setAccessibleName(tr("Time range: %1").arg(time.rangeText()));
        m_range->updateGeometry();
    }
    const auto status = m_context.link.status();
    // Rounds of samples that came in since the picture stands still.
    const std::int64_t fresh =
        status && status->targets.intervalMs > 0 ? time.behindMs() / status->targets.intervalMs : 0;
    QString live = tr("LIVE");
    if (time.mode() == TimeMode::Live && status && status->targets.intervalMs > 0)
        live = tr("LIVE %1").arg(durationText(status->targets.intervalMs));
    else if (time.mode() == TimeMode::Held)
        live = fresh > 0 ? tr("HELD · +%1 – go live").arg(fresh) : tr("HELD – go live");
    const bool lost = !m_context.link.connected();
    m_live->setText(lost ? tr("NOT LIVE") : live);
    m_live->setAccessibleName(m_live->text());
    m_live->setLook(time.mode() == TimeMode::Held || lost ? ButtonLook::Inverse : ButtonLook::Outlined);
    m_live->setToolTip(tr("The right edge follows now, or back to it"));
    m_live->updateGeometry();

    const bool paused = time.mode() == TimeMode::Paused;
    m_pause->setChecked(paused);
    m_pause->setText(paused ? tr("PAUSED %1 · %2 new").arg(countdownText(now - time.heldSinceMs())).arg(fresh)
                     : time.mode() == TimeMode::Held ? tr("Resume")
                                                     : tr("Pause"));
    m_pause->setLook(paused ? ButtonLook::Inverse : ButtonLook::Outlined);
    m_pause->updateGeometry();
    m_more->fit(width() - 2 * sidePx);
    m_clock->setText(timeText(now, now));
    m_clock->setToolTip(QStringLiteral("%1\n%2").arg(
        QDateTime::fromMSecsSinceEpoch(now, Qt::UTC).toString(QStringLiteral("yyyy-MM-dd HH:mm:ss 'UTC'")),
        QDateTime::fromMSecsSinceEpoch(now).toString(QStringLiteral("yyyy-MM-dd HH:mm:ss t"))));
}

}  // namespace holdfast::widgets
