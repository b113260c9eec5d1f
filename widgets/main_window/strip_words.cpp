#include "widgets/main_window/strip_words.h"

#include "widgets/client/engine_link.h"
#include "widgets/client/feed.h"
#include "widgets/client/incident.h"
#include "widgets/replay/replay.h"
#include "widgets/theme/number_format.h"
#include "widgets/view.h"

#include <QCoreApplication>
#include <QStringList>

namespace holdfast::widgets {

namespace {

QString say(const char* words)
{
    return QCoreApplication::translate("IncidentStrip", words);
}

QString signalWords(const Incident& incident)
{
    return incident.signalCount == 1 ? say("1 signal") : say("%1 signals").arg(incident.signalCount);
}

}  // namespace

QString incidentBadge(const Incident& incident)
{
    return QStringLiteral("INC-%1").arg(incident.id);
}

QString incidentWords(const Incident& incident, std::int64_t nowMs)
{
    QStringList parts{incident.title, signalWords(incident), ageText(nowMs - incident.openedMs)};
    if (!incident.origin.isEmpty())
        parts << say("origin %1?").arg(incident.origin);
    if (!incident.owner.isEmpty())
        parts << incident.owner;
    return parts.join(QStringLiteral("  ·  "));
}

QString incidentSpoken(const Incident& incident, std::int64_t nowMs)
{
    const bool warning = incident.severity == QLatin1String("sev3");
    const QString taken = incident.ackedMs ? say("acknowledged") : say("not acknowledged");
    return say("Incident %1, %2, %3, %4")
        .arg(incident.id)
        .arg(warning ? say("warning") : say("critical"), taken,
             incidentWords(incident, nowMs).replace(QStringLiteral("  ·  "), QStringLiteral(", ")));
}

QString noIncidentWords(const ViewContext& context)
{
    const EngineLink& link = context.link;
    if (link.attached())
        return say("Attached to Prometheus at %1 – reading only; what it watches itself is under Alerts.")
            .arg(context.api.endpoint().authority());
    const std::int64_t now = link.engineNowMs();
    if (!context.incidents.latest())
        return link.connected() ? say("Reading incidents…") : say("Incidents are not known without the engine");
    if (context.replay.on() || !link.connected())
        return say("No open incident was known at %1").arg(timeText(context.replay.on() ? now : link.sinceMs(), now));
    const auto status = link.status();
    if (status && status->incidents.lastClosedMs)
        return say("No open incident · last closed %1 ago").arg(ageText(now - *status->incidents.lastClosedMs));
    if (status && status->rules.rules > 0)
        return say("No open incident · %1 watched, last evaluated %2 ago")
            .arg(status->rules.rules == 1 ? say("1 rule") : say("%1 rules").arg(status->rules.rules))
            .arg(ageText(now - status->rules.lastEvaluationMs));
    return say("No open incident");
}

}  // namespace holdfast::widgets
