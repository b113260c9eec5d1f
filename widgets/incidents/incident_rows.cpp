#include "widgets/incidents/incident_rows.h"

#include "widgets/client/severity.h"
#include "widgets/theme/number_format.h"

#include <QCoreApplication>

namespace holdfast::widgets {

namespace {

QString words(const char* text)
{
    return QCoreApplication::translate("Incidents", text);
}

template <typename Row, typename Text>
std::function<QVariant(const Row&, int)> textColumn(Text text)
{
    return [text](const Row& row, int role) -> QVariant {
        return role == Qt::DisplayRole ? QVariant(text(row)) : QVariant();
    };
}

QString signalSentence(const IncidentSignal& signal)
{
    QStringList parts{signal.summary.isEmpty() ? signal.alert : signal.summary};
    if (signal.maybeUnrelated)
        parts << words("maybe unrelated");
    if (signal.transitions > 2)
        parts << words("flapping ×%1").arg(signal.transitions);
    if (signal.muted)
        parts << words("explained by its target being down");
    if (signal.shelved)
        parts << words("shelved");
    if (signal.standing)
        parts << words("standing for more than a day");
    return parts.join(QStringLiteral("  ·  "));
}

QString durationOf(const Incident& incident, std::int64_t now)
{
    return durationText(incident.resolvedMs.value_or(now) - incident.openedMs);
}

}  // namespace

QString incidentStateText(const Incident& incident)
{
    if (incident.state == QLatin1String("new"))
        return words("NEW");
    if (incident.state == QLatin1String("acked"))
        return incident.owner.isEmpty() ? words("ACKED") : words("ACKED by %1").arg(incident.owner);
    if (incident.state == QLatin1String("mitigated"))
        return incident.overrides > 0 ? words("MITIGATED – %1 in force").arg(incident.overrides) : words("MITIGATED");
    return incident.state.toUpper();
}

QStringList signalButtons(const IncidentSignal& signal)
{
    if (signal.maybeUnrelated)
        return {words("Belongs"), words("Split off")};
    if (!signal.clearedMs && !signal.shelved)
        return {words("Shelve…")};
    return {};
}

int incidentSeverity(const Incident& incident)
{
    if (!incident.open())
        return static_cast<int>(Severity::Normal);
    const bool page = incident.severity != QLatin1String("sev3");
    const bool fresh = incident.state == QLatin1String("new");
    return static_cast<int>(page && fresh ? Severity::Critical : Severity::Warning);
}

IncidentModel* makeIncidentModel(std::function<std::int64_t()> now, QObject* parent)
{
    return new IncidentModel(
        {{QString(),
          [](const Incident& i, int role) -> QVariant {
              if (role == RowRole::severity)
                  return incidentSeverity(i);
              return role == RowRole::held ? QVariant(i.open() && i.overrides > 0) : QVariant();
          }},
         {words("Incident"),
          textColumn<Incident>([](const Incident& i) { return QStringLiteral("INC-%1").arg(i.id); })},
         {words("What"), textColumn<Incident>([](const Incident& i) { return i.title; })},
         {words("State"),
          [](const Incident& i, int role) -> QVariant {
              if (role == Qt::DisplayRole)
                  return incidentStateText(i);
              return role == RowRole::severity ? QVariant(incidentSeverity(i)) : QVariant();
          }},
         {words("Since"), textColumn<Incident>([now](const Incident& i) { return timeText(i.openedMs, now()); })},
         {words("Lasted"), textColumn<Incident>([now](const Incident& i) { return durationOf(i, now()); })},
         {words("Signals"), textColumn<Incident>([](const Incident& i) {
              const QString count = QString::number(i.signalCount);
              return i.flood ? words("%1 FLOOD").arg(count) : count;
          })},
         {words("Owner"),
          textColumn<Incident>([](const Incident& i) { return i.owner.isEmpty() ? QStringLiteral("–") : i.owner; })},
         {words("Origin"),
          textColumn<Incident>([](const Incident& i) { return i.origin.isEmpty() ? QStringLiteral("–") : i.origin; })},
         {words("Sev"), textColumn<Incident>([](const Incident& i) { return i.severity.toUpper(); })}},
        [](const Incident& incident) { return QString::number(incident.id); }, parent);
}

SignalModel* makeSignalModel(std::function<std::int64_t()> now, QObject* parent)
{
    return new SignalModel(
        {{QString(),
          [](const IncidentSignal& s, int role) -> QVariant {
              if (role != RowRole::severity)
                  return {};
              const Severity firing = s.severity == QLatin1String("page") ? Severity::Critical : Severity::Warning;
              return static_cast<int>(s.clearedMs || s.muted || s.shelved ? Severity::Normal : firing);
          }},
         {words("Service"), textColumn<IncidentSignal>([](const IncidentSignal& s) { return s.service; })},
         {words("Signal"), textColumn<IncidentSignal>([](const IncidentSignal& s) { return signalSentence(s); })},
         {words("Began"),
          textColumn<IncidentSignal>([now](const IncidentSignal& s) { return timeText(s.onsetMs, now()); })},
         {words("Cleared"), textColumn<IncidentSignal>([now](const IncidentSignal& s) {
              return s.clearedMs ? timeText(*s.clearedMs, now()) : words("firing");
          })},
         {QString(),
          [](const IncidentSignal& s, int role) -> QVariant {
              return role == RowRole::buttons ? QVariant(signalButtons(s)) : QVariant();
          }}},
        [](const IncidentSignal& s) { return s.fingerprint + s.alert + s.service; }, parent);
}

}  // namespace holdfast::widgets
