#include "widgets/main_window/window_core.h"

#include "widgets/client/prometheus_controls.h"
#include "widgets/client/prometheus_fleet.h"

#include <QCoreApplication>
#include <QJsonObject>
#include <QUrlQuery>

#include <algorithm>
#include <chrono>
#include <functional>

namespace holdfast::widgets {

namespace {

constexpr int fleetIntervalMs = 2000;
constexpr int guestIntervalMs = 5000;  // others ask a foreign Prometheus, too
constexpr int controlIntervalMs = 3000;
constexpr int incidentIntervalMs = 5000;
constexpr int clockMs = 1000;
constexpr int watchFromMs = 5000;  // the first layout of a window is no hitch
constexpr int sparkPoints = 60;

/// The sparks span what the window shows, within what 60 points can say.
Feed<Fleet>::Ask fleetQuestion(const EngineLink& link, const TimeCursor& time)
{
    const std::int64_t sparkS = std::clamp<std::int64_t>(time.spanMs() / 1'000, 300, 86'400);
    if (link.attached())
        return {QStringLiteral("/api/v1/query_range"),
                prometheusFleetRange(link.rateWindow(), link.engineNowMs(), sparkS * 1'000, time.points(sparkPoints)),
                true};
    QUrlQuery query;
    query.addQueryItem(QStringLiteral("range_s"), QString::number(sparkS));
    query.addQueryItem(QStringLiteral("points"), QString::number(time.points(sparkPoints)));
    return {QStringLiteral("/holdfast/v1/fleet"), query};
}

Feed<ControlList>::Ask controlQuestion(const EngineLink& link)
{
    QUrlQuery query;
    if (!link.attached())
        return {QStringLiteral("/holdfast/v1/controls"), query};
    query.addQueryItem(QStringLiteral("query"), prometheusBreakerQuery());
    return {QStringLiteral("/api/v1/query"), query, true};
}

/// A guest sees controls and cannot use them.
Result<ControlList> decodeLockedControls(const QByteArray& body)
{
    HF_TRY(ControlList list, decodeControls(body));
    for (Control& control : list.controls)
        control.locked = QCoreApplication::translate("WindowCore", "attached to a remote engine – reading only");
    return list;
}

std::function<Result<ControlList>(const QByteArray&)> controlDecoder(const EngineSource& source)
{
    if (source.attach.isEmpty())
        return decodeControls;
    return source.attachIsEngine ? decodeLockedControls : decodePrometheusControls;
}

Feed<IncidentList>::Ask incidentQuestion()
{
    QUrlQuery query;
    query.addQueryItem(QStringLiteral("state"), QStringLiteral("all"));
    query.addQueryItem(QStringLiteral("limit"), QStringLiteral("50"));
    return {QStringLiteral("/holdfast/v1/incidents"), query};
}

std::int64_t steadyMs()
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

Result<bool> accepted(const QByteArray&)
{
    return true;
}

}  // namespace

WindowCore::WindowCore(const WindowOptions& windowOptions)
    : options(windowOptions),
      theme(options.theme.value_or(ThemeKind::Dark)),
      link(api, options.source),
      fleet(
          api, link, link.attached() ? decodePrometheusFleet : decodeFleet,
          [this] { return fleetQuestion(link, time); }, {}, link.attached() ? guestIntervalMs : fleetIntervalMs,
          nullptr),
      controls(
          api, link, controlDecoder(options.source), [this] { return controlQuestion(link); },
          {QStringLiteral("control"), QStringLiteral("lease"), QStringLiteral("action")}, controlIntervalMs, nullptr),
      incidents(api, link, decodeIncidents, incidentQuestion, {QStringLiteral("incident")}, incidentIntervalMs,
                nullptr),
      actions(api, link),
      replay(api, link, time),
      stalls(steadyMs),
      m_themeKept(preferences.theme()),
      m_name(QStringLiteral("%1-%2").arg(QCoreApplication::applicationPid()).arg(steadyMs()))
{
    connect(&link, &EngineLink::committed, &time, &TimeCursor::setNow);
    connect(&link, &EngineLink::statusChanged, this, &WindowCore::obeyOverload);
    connect(&preferences, &Preferences::changed, this, &WindowCore::usePreferences);
    connect(&systemLook, &SystemLook::changed, this, &WindowCore::usePreferences);
    m_clock.setInterval(clockMs);
    connect(&m_clock, &QTimer::timeout, this, [this] {
        if (link.connected())
            time.setNow(link.engineNowMs());
    });
}

WindowCore::~WindowCore() = default;

void WindowCore::start()
{
    if (m_started)
        return;
    m_started = true;
    usePreferences();
    link.start();
    m_clock.start();
    fleet.setActive(true);
    controls.setActive(true);
    incidents.setActive(!link.attached());
    QTimer::singleShot(watchFromMs, this, [this] { stalls.watch(); });
}

void WindowCore::usePreferences()
{
    theme.setReducedMotion(preferences.reducedMotion());
    theme.setTextPercent(preferences.textPercent());
    ThemeKind kind = ThemeKind::Dark;  // nights are dark, where nobody says otherwise
    if (options.theme && preferences.theme() == m_themeKept)
        kind = *options.theme;
    else if (preferences.theme() == ThemeChoice::Light)
        kind = ThemeKind::Light;
    else if (preferences.theme() == ThemeChoice::System)
        kind = systemLook.kind().value_or(ThemeKind::Dark);
    theme.apply(kind);
    time.refreshWords();
}

void WindowCore::obeyOverload()
{
    const auto status = link.status();
    time.setSparing(status && status->overload.steps.contains(QLatin1String("wider-step")));
    tellStalls();
}

void WindowCore::tellStalls()
{
    if (link.readOnly() || m_stallsTold == stalls.stalls() || m_stallSlot.busy())
        return;
    const std::int64_t told = stalls.stalls();
    const QJsonObject body{{QStringLiteral("window"), m_name},
                           {QStringLiteral("stalls"), static_cast<qint64>(told)},
                           {QStringLiteral("longest_ms"), static_cast<qint64>(stalls.longestMs())}};
    api.post<bool>(m_stallSlot, QStringLiteral("/holdfast/v1/window"), body, accepted,
                   [this, told](const auto& answer) {
                       if (answer)
                           m_stallsTold = told;
                   });
}

}  // namespace holdfast::widgets
