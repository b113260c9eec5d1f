#include "app/incident/handover.h"

#include "app/base/readable_number.h"
#include "app/incident/report_text.h"

namespace holdfast::incident {

namespace {

/// One section as a table; both formats are written from it.
struct Section {
    std::string title;
    std::string empty;  ///< what is said where there is nothing
    std::vector<std::string> columns;
    std::vector<std::vector<std::string>> rows;
};

std::string untilText(std::int64_t untilMs, std::int64_t now)
{
    return untilMs <= now ? "over since " + spanText(now - untilMs) : "in " + spanText(untilMs - now);
}

Section incidentSection(const char* title, const char* empty, const std::vector<IncidentSummary>& incidents,
                        std::int64_t now)
{
    Section out{.title = title,
                .empty = empty,
                .columns = {"", "Severity", "State", "Opened", "Lasts", "Owner", "Incident"},
                .rows = {}};
    for (const auto& one : incidents)
        out.rows.push_back({"INC-" + std::to_string(one.id), upperText(severityWord(one.severity)),
                            upperText(incidentStateWord(one.state)), utcText(one.openedMs),
                            spanText(one.resolvedMs.value_or(now) - one.openedMs), one.owner.empty() ? "–" : one.owner,
                            one.title});
    return out;
}

std::vector<Section> sectionsOf(const Handover& h)
{
    const std::int64_t now = h.madeMs;
    std::vector<Section> out;
    out.push_back(incidentSection("Open incidents", "None.", h.open, now));
    Section force{.title = "In force (overrides)",
                  .empty = "Nothing is overridden.",
                  .columns = {"Control", "What", "Ends"},
                  .rows = {}};
    for (const auto& one : h.inForce)
        force.rows.push_back({one.control, one.text, one.untilMs > 0 ? untilText(one.untilMs, now) : "–"});
    out.push_back(std::move(force));
    Section shelved{.title = "Shelved alerts",
                    .empty = "None.",
                    .columns = {"What", "Until", "By", "Why", "Firing now"},
                    .rows = {}};
    for (const auto& one : h.shelved)
        shelved.rows.push_back({one.what(), utcText(one.untilMs) + (one.untilClear ? " or until it clears" : ""),
                                one.actor, one.reason, std::to_string(one.firing)});
    out.push_back(std::move(shelved));
    Section standing{.title = "Standing alerts (for more than 24 h)",
                     .empty = "None.",
                     .columns = {"Service", "Alert", "Since", "What"},
                     .rows = {}};
    for (const auto& one : h.standing)
        standing.rows.push_back({one.service, one.alert, utcText(one.firedMs), one.summary});
    out.push_back(std::move(standing));
    Section down{.title = "Targets down", .empty = "All targets answer.", .columns = {"Job", "Instance"}, .rows = {}};
    for (const auto& one : h.targetsDown)
        down.rows.push_back({one.job, one.instance});
    out.push_back(std::move(down));
    Section watch{.title = "Watch this",
                  .empty = "Nothing was marked.",
                  .columns = {"When", "Incident", "Who", "What"},
                  .rows = {}};
    for (const auto& one : h.watch)
        watch.rows.push_back({utcText(one.atMs), one.incident ? "INC-" + std::to_string(*one.incident) : "–",
                              one.actor.empty() ? "–" : one.actor,
                              (one.kind == "note" && one.subject != "note" ? one.subject + ": " : "") + one.text});
    out.push_back(std::move(watch));
    out.push_back(incidentSection("Ended in this shift", "None.", h.over, now));
    Section effects{.title = "What was done or deployed, and whether it helped",
                    .empty = "Nothing was measured.",
                    .columns = {"When", "Service", "What", "Verdict"},
                    .rows = {}};
    for (const auto& one : h.effects)
        effects.rows.push_back(
            {utcText(one.ofMs > 0 ? one.ofMs : one.atMs), one.service, one.what,
             std::string(verdictText(one.verdict)) + (one.state == "confounded" ? " (confounded)" : "")});
    out.push_back(std::move(effects));
    return out;
}

std::string headline(const Handover& h)
{
    return "From " + utcText(h.span.start) + " to " + utcText(h.span.end) + ": " + std::to_string(h.open.size())
           + " open, " + std::to_string(h.over.size()) + " ended, " + std::to_string(h.inForce.size()) + " in force, "
           + std::to_string(h.alarms.total) + " alarms (" + readableNumber(h.alarms.per10Min) + " per 10 min, at worst "
           + std::to_string(h.alarms.worst10Min) + "; " + h.alarms.judgement + ").";
}

}  // namespace

std::string handoverMarkdown(const Handover& handover)
{
    std::string out = "# Shift handover\n\n" + headline(handover) + "\n";
    for (const Section& section : sectionsOf(handover)) {
        out += "\n## " + section.title + "\n\n";
        if (section.rows.empty()) {
            out += section.empty + "\n";
            continue;
        }
        std::string rule = "|";
        out += "|";
        for (const auto& column : section.columns) {
            out += " " + column + " |";
            rule += "---|";
        }
        out += "\n" + rule + "\n";
        for (const auto& row : section.rows) {
            out += "|";
            for (const auto& cell : row)
                out += " " + markdownText(cell) + " |";
            out += "\n";
        }
    }
    out += "\n---\nWritten by Holdfast at " + utcText(handover.madeMs) + ".\n";
    return out;
}

std::string handoverHtml(const Handover& handover)
{
    std::string out = htmlHead("Shift handover " + utcText(handover.span.end))
                      + "<h1>Shift handover</h1>\n<p class=\"sub\">" + htmlText(headline(handover)) + "</p>\n";
    for (const Section& section : sectionsOf(handover)) {
        out += "<h2>" + htmlText(section.title) + "</h2>\n";
        if (section.rows.empty()) {
            out += "<p class=\"note\">" + htmlText(section.empty) + "</p>\n";
            continue;
        }
        out += "<table><thead><tr>";
        for (const auto& column : section.columns)
            out += "<th scope=\"col\">" + htmlText(column) + "</th>";
        out += "</tr></thead><tbody>\n";
        for (const auto& row : section.rows) {
            out += "<tr>";
            for (const auto& cell : row)
                out += "<td>" + htmlText(cell) + "</td>";
            out += "</tr>\n";
        }
        out += "</tbody></table>\n";
    }
    return out + "<footer>Written by Holdfast at " + utcText(handover.madeMs) + ".</footer></body></html>\n";
}

}  // namespace holdfast::incident
