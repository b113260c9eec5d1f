#include "app/incident/markdown.h"

#include "app/incident/report_text.h"
#include "app/incident/svg_lane.h"

#include <algorithm>

namespace holdfast::incident {

namespace {

std::string plain(std::string_view text)
{
    return markdownText(text);
}

std::string listed(const std::vector<std::string>& names)
{
    return markdownText(listText(names));
}

void summary(std::string& out, const IncidentSummary& s, std::int64_t nowMs)
{
    const auto end = s.resolvedMs.value_or(nowMs);
    out += "# INC-" + std::to_string(s.id) + ": " + plain(s.title) + "\n\n## Summary\n\n";
    out += "| | |\n|---|---|\n";
    out += "| State | " + upperText(incidentStateWord(s.state)) + " |\n";
    out += "| Severity | " + upperText(severityWord(s.severity)) + " |\n";
    out += "| Opened | " + utcText(s.openedMs) + " |\n";
    out += "| Acknowledged | " + utcText(s.ackedMs) + (s.owner.empty() ? "" : " by " + plain(s.owner)) + " |\n";
    out += "| Mitigated | " + utcText(s.mitigatedMs) + " |\n";
    out += "| Resolved | " + utcText(s.resolvedMs) + " |\n";
    out += "| Duration | " + spanText(end - s.openedMs) + (s.resolvedMs ? "" : " so far") + " |\n";
    out += "| Likely origin | " + (s.origin.empty() ? "–" : plain(s.origin)) + " |\n";
    out += "| Overrides in force | " + std::to_string(s.overrides) + " |\n\n";
}

void impact(std::string& out, const IncidentDetail& incident)
{
    out += "## Impact\n\n";
    for (const auto& event : incident.timeline) {
        if (event.kind == "note" && event.subject == "impact")
            out += "- " + utcText(event.atMs) + " " + plain(event.actor) + ": " + plain(event.text) + "\n";
    }
    if (!out.ends_with("\n\n"))
        out += "\n";
    out += "Services: " + listed(incident.summary.services) + ".\n\n";
    out += "| Service | Signal | What was seen | Began | Fired | Over | Times |\n|---|---|---|---|---|---|---|\n";
    for (const auto& signal : incident.signals) {
        std::string seen = plain(signal.summary);
        if (signal.muted)
            seen += " (explained by its target being down)";
        if (signal.maybeUnrelated)
            seen += " (maybe unrelated)";
        out += "| " + plain(signal.service) + " | " + plain(signal.alert) + " | " + seen + " | "
               + utcText(signal.onsetMs) + " | " + utcText(signal.firedMs) + " | " + utcText(signal.clearedMs) + " | "
               + (signal.transitions > 1 ? "flapping ×" + std::to_string(signal.transitions) : "1") + " |\n";
    }
    out += "\n";
}

void timeline(std::string& out, const IncidentDetail& incident)
{
    out += "## Timeline (UTC)\n\n";
    if (incident.timeline.empty())
        out += "Nothing was recorded.\n";
    for (const auto& event : incident.timeline) {
        out += "- " + utcText(event.atMs) + (event.starred ? " ★" : "") + " **"
               + (event.kind == "note" && !event.subject.empty() && event.subject != "note" ? plain(event.subject)
                                                                                            : kindText(event.kind))
               + "** ";
        if (!event.actor.empty())
            out += plain(event.actor) + ": ";
        out += plain(event.text);
        if (event.knownMs - event.atMs >= 60'000)
            out += " (known at " + utcText(event.knownMs) + ")";
        out += "\n";
    }
    out += "\n";
}

void origin(std::string& out, const IncidentDetail& incident)
{
    out += "## Origin and evidence\n\nLikely origin: "
           + (incident.summary.origin.empty() ? std::string("not known") : plain(incident.summary.origin)) + ".\n\n";
    for (const auto& sentence : incident.evidence)
        out += "- " + plain(sentence) + "\n";
    if (!incident.evidence.empty())
        out += "\n";
}

void whatHelped(std::string& out, const IncidentDetail& incident, const std::vector<ChangeEffect>& effects)
{
    out += "## What was done and whether it helped\n\n";
    bool any = false;
    for (const auto& event : incident.timeline) {
        if (event.kind != "action" && event.kind != "readback" && event.kind != "override_end")
            continue;
        any = true;
        out += "- " + utcText(event.atMs) + " " + (event.actor.empty() ? "" : plain(event.actor) + ": ")
               + plain(event.text) + "\n";
    }
    out += any ? "\n" : "No action was taken through Holdfast.\n\n";
    if (effects.empty())
        return;
    out += "| Change | At | Signal | Before | After | Verdict |\n|---|---|---|---|---|---|\n";
    for (const auto& effect : effects) {
        const std::string verdict =
            std::string(verdictText(effect.verdict)) + (effect.state == "confounded" ? ", confounded" : "");
        out += "| " + plain(effect.what) + " | " + utcText(effect.ofMs) + " | | | | **" + verdict + "** |\n";
        for (const auto& line : effect.lines) {
            const std::string unit = line.signal.ends_with("p99")        ? "seconds"
                                     : line.signal.ends_with("requests") ? "per_second"
                                                                         : "ratio";
            out += "| | | " + plain(line.signal) + " | " + (line.before ? laneValue(unit, *line.before) : "–") + " | "
                   + (line.now ? laneValue(unit, *line.now) : "–") + " | " + verdictText(line.verdict) + " |\n";
        }
    }
    out += "\n";
}

/// Follow-ups that people noted, and room for more.
void followUps(std::string& out, const IncidentDetail& incident)
{
    out += "## Follow-ups\n\n| What | Owner | By |\n|---|---|---|\n";
    for (const auto& event : incident.timeline) {
        if (event.kind == "note" && event.subject == "followup")
            out += "| " + plain(event.text) + " | | |\n";
    }
    out += "| | | |\n\n";
}

}  // namespace

std::string incidentMarkdown(const IncidentDetail& incident, const std::vector<ChangeEffect>& effects,
                             std::int64_t nowMs)
{
    std::string out;
    summary(out, incident.summary, nowMs);
    impact(out, incident);
    timeline(out, incident);
    origin(out, incident);
    whatHelped(out, incident, effects);
    followUps(out, incident);
    out += "---\nWritten by Holdfast at " + utcText(nowMs) + ".\n";
    return out;
}

}  // namespace holdfast::incident
