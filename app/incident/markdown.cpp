#include "app/incident/markdown.h"

#include "app/base/duration.h"
#include "app/base/number_text.h"
#include "app/base/time_text.h"

#include <algorithm>

namespace holdfast::incident {

namespace {

/// "2026-01-02 03:04:05Z"
std::string utc(std::int64_t ms)
{
    std::string text = rfc3339(ms).substr(0, 19);
    text[10] = ' ';
    return text + "Z";
}

std::string utc(const std::optional<std::int64_t>& ms)
{
    return ms ? utc(*ms) : "–";
}

std::string span(std::int64_t ms)
{
    return formatDuration(std::max<std::int64_t>(ms, 0) / 1000 * 1000);
}

/// One line, in which nothing of Markdown or HTML takes effect.
std::string plain(std::string_view text)
{
    std::string out;
    for (const char c : text) {
        if (c == '\n' || c == '\r' || c == '\t')
            out += ' ';
        else if (c == '<')
            out += "&lt;";
        else if (c == '&')
            out += "&amp;";
        else if (std::string_view("\\`*_[]|#").find(c) != std::string_view::npos)
            (out += '\\') += c;
        else
            out += c;
    }
    return out;
}

std::string upper(std::string_view text)
{
    std::string out(text);
    std::ranges::transform(out, out.begin(),
                           [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    return out;
}

std::string listed(const std::vector<std::string>& names)
{
    std::string out;
    for (const auto& name : names)
        out += (out.empty() ? "" : ", ") + plain(name);
    return out.empty() ? "–" : out;
}

std::string kindWord(const Event& event)
{
    if (event.kind == "alert_on")
        return "signal";
    if (event.kind == "alert_off")
        return "signal over";
    if (event.kind == "override_end")
        return "override end";
    if (event.kind == "foreign_change")
        return "changed elsewhere";
    if (event.kind == "scrape_gap")
        return "scrape gap";
    if (event.kind == "clock_skew")
        return "clock skew";
    return event.kind;
}

void summary(std::string& out, const IncidentSummary& s, std::int64_t nowMs)
{
    const auto end = s.resolvedMs.value_or(nowMs);
    out += "# INC-" + std::to_string(s.id) + ": " + plain(s.title) + "\n\n## Summary\n\n";
    out += "| | |\n|---|---|\n";
    out += "| State | " + upper(incidentStateWord(s.state)) + " |\n";
    out += "| Severity | " + upper(severityWord(s.severity)) + " |\n";
    out += "| Opened | " + utc(s.openedMs) + " |\n";
    out += "| Acknowledged | " + utc(s.ackedMs) + (s.owner.empty() ? "" : " by " + plain(s.owner)) + " |\n";
    out += "| Mitigated | " + utc(s.mitigatedMs) + " |\n";
    out += "| Resolved | " + utc(s.resolvedMs) + " |\n";
    out += "| Duration | " + span(end - s.openedMs) + (s.resolvedMs ? "" : " so far") + " |\n";
    out += "| Likely origin | " + (s.origin.empty() ? "–" : plain(s.origin)) + " |\n";
    out += "| Overrides in force | " + std::to_string(s.overrides) + " |\n\n";
}

void impact(std::string& out, const IncidentDetail& incident)
{
    out += "## Impact\n\nServices: " + listed(incident.summary.services) + ".\n\n";
    out += "| Service | Signal | What was seen | Began | Fired | Over | Times |\n|---|---|---|---|---|---|---|\n";
    for (const auto& signal : incident.signals) {
        std::string seen = plain(signal.summary);
        if (signal.muted)
            seen += " (explained by its target being down)";
        if (signal.maybeUnrelated)
            seen += " (maybe unrelated)";
        out += "| " + plain(signal.service) + " | " + plain(signal.alert) + " | " + seen + " | " + utc(signal.onsetMs)
               + " | " + utc(signal.firedMs) + " | " + utc(signal.clearedMs) + " | "
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
        out += "- " + utc(event.atMs) + (event.starred ? " ★" : "") + " **" + kindWord(event) + "** ";
        if (!event.actor.empty())
            out += plain(event.actor) + ": ";
        out += plain(event.text);
        if (event.knownMs - event.atMs >= 60'000)
            out += " (known at " + utc(event.knownMs) + ")";
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

void whatHelped(std::string& out, const IncidentDetail& incident)
{
    out += "## What was done and whether it helped\n\n";
    bool any = false;
    for (const auto& event : incident.timeline) {
        if (event.kind != "action" && event.kind != "readback" && event.kind != "effect"
            && event.kind != "override_end")
            continue;
        any = true;
        out += "- " + utc(event.atMs) + " " + (event.actor.empty() ? "" : plain(event.actor) + ": ") + plain(event.text)
               + "\n";
    }
    out += any ? "\n" : "No action was taken through Holdfast.\n\n";
}

}  // namespace

std::string incidentMarkdown(const IncidentDetail& incident, std::int64_t nowMs)
{
    std::string out;
    summary(out, incident.summary, nowMs);
    impact(out, incident);
    timeline(out, incident);
    origin(out, incident);
    whatHelped(out, incident);
    out += "## Follow-ups\n\n| What | Owner | By |\n|---|---|---|\n| | | |\n\n";
    out += "---\nWritten by Holdfast at " + utc(nowMs) + ".\n";
    return out;
}

}  // namespace holdfast::incident
