#include "app/incident/html_report.h"

#include "app/incident/report_text.h"
#include "app/incident/svg_lane.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace holdfast::incident {

namespace {

constexpr std::int64_t kBaselineMs = 600'000;
constexpr std::int64_t kWindowMs = 60'000;

/// How much goes in; smaller from attempt to attempt until the file is small enough.
struct Amount {
    std::size_t events = 5000;
    std::size_t signals = 1000;
    std::size_t tableRows = 40;
    std::size_t marks = 1000;  ///< on the lane of events; on the others a tenth
    bool data = true;
};

bool isMark(const Event& event)
{
    return event.kind == "deploy" || event.kind == "action" || event.kind == "override_end" || event.starred;
}

/// The beginning of a text, cut between two characters.
std::string shortened(const std::string& text)
{
    constexpr std::size_t kMost = 120;
    if (text.size() <= kMost)
        return text;
    std::size_t end = kMost;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U)
        --end;
    return text.substr(0, end) + "…";
}

std::vector<LaneMark> marksOf(const IncidentDetail& incident, bool all, std::size_t most)
{
    std::vector<LaneMark> out;
    for (const Event& event : incident.timeline) {
        if ((all || isMark(event)) && out.size() < most)
            out.push_back({.atMs = event.atMs, .kind = event.kind, .text = shortened(event.text)});
    }
    return out;
}

/// Of one change only, because bands on bands tell nothing: the last action, or where there was none the last deploy.
std::vector<LaneBand> bandsOf(const std::vector<ChangeEffect>& effects)
{
    const ChangeEffect* shown = nullptr;
    for (const auto& effect : effects) {
        const bool better = !shown || effect.of == "action" || (shown->of != "action" && effect.of == "deploy");
        if (effect.ofMs > 0 && better)
            shown = &effect;
    }
    if (!shown)
        return {};
    return {{.span = {shown->ofMs - kBaselineMs, shown->ofMs}, .before = true, .text = "before: " + shown->what},
            {.span = {shown->atMs - kWindowMs, shown->atMs}, .before = false, .text = "after: " + shown->what}};
}

std::string fact(const char* name, const std::string& value)
{
    return std::string("<tr><th scope=\"row\">") + name + "</th><td>" + htmlText(value) + "</td></tr>\n";
}

void head(std::string& out, const IncidentDetail& incident, std::int64_t nowMs)
{
    const IncidentSummary& s = incident.summary;
    const std::string name = "INC-" + std::to_string(s.id);
    out += htmlHead(name + " " + s.title);
    out += "<h1>" + htmlText(name + " " + s.title) + "</h1>\n<p class=\"sub\"><span class=\"badge"
           + (s.severity == Severity::Sev1 ? std::string(" bad") : std::string()) + "\">"
           + upperText(severityWord(s.severity)) + "</span> <span class=\"badge\">"
           + upperText(incidentStateWord(s.state))
           + "</span> All times UTC.</p>\n<h2>Summary</h2>\n<table class=\"facts\"><tbody>\n";
    out += fact("Likely origin", s.origin.empty() ? "not known" : s.origin);
    out += fact("Services", listText(s.services));
    out += fact("Signals", std::to_string(s.signals) + (s.flood ? " (flood)" : ""));
    out += fact("Opened", utcText(s.openedMs));
    out += fact("Acknowledged", utcText(s.ackedMs) + (s.owner.empty() ? "" : " by " + s.owner));
    out += fact("Mitigated", utcText(s.mitigatedMs));
    out += fact("Resolved", utcText(s.resolvedMs));
    out += fact("Duration", spanText(s.resolvedMs.value_or(nowMs) - s.openedMs) + (s.resolvedMs ? "" : " so far"));
    for (const Event& event : incident.timeline) {
        if (event.kind == "note" && event.subject == "impact")
            out += fact("Impact", event.text + " (" + event.actor + ", " + utcText(event.atMs) + ")");
    }
    out += "</tbody></table>\n";
}

void lanesPart(std::string& out, const IncidentDetail& incident, const std::vector<LaneData>& lanes, TimeRange span,
               const std::vector<ChangeEffect>& effects, const Amount& amount)
{
    out += "<h2>What it looked like</h2>\n";
    const auto marks = marksOf(incident, false, amount.marks / 10);
    const auto bands = bandsOf(effects);
    for (const LaneData& data : lanes) {
        out += svgLane(data, span, marks, bands);
        if (data.series.empty() || amount.tableRows == 0)
            continue;
        out += "<details><summary>Values of " + htmlText(data.lane.title) + "</summary><table><thead><tr><th>Time</th>";
        for (const auto& series : data.series)
            out += "<th>" + htmlText(series.name.empty() ? data.lane.title : series.name) + "</th>";
        out += "</tr></thead><tbody>\n";
        const auto& first = data.series.front().samples;
        const std::size_t every = std::max<std::size_t>(1, (first.size() + amount.tableRows - 1) / amount.tableRows);
        for (std::size_t i = 0; i < first.size(); i += every) {
            out += "<tr><td class=\"t\">" + utcText(first[i].t) + "</td>";
            for (const auto& series : data.series) {
                const auto at = std::ranges::lower_bound(series.samples, first[i].t, {}, &Sample::t);
                const bool there = at != series.samples.end() && at->t == first[i].t;
                out += "<td>" + (there ? htmlText(laneValue(data.lane.unit, at->v)) : std::string("–")) + "</td>";
            }
            out += "</tr>\n";
        }
        out += "</tbody></table></details>\n";
    }
    out += svgEvents(span, marksOf(incident, true, amount.marks));
}

void signalsPart(std::string& out, const IncidentDetail& incident, const Amount& amount)
{
    out += "<h2>Signals</h2>\n<table><thead><tr><th>Service</th><th>Alert</th><th>What was "
           "seen</th><th>Began</th><th>Fired</th><th>Over</th></tr></thead><tbody>\n";
    for (std::size_t i = 0; i < std::min(incident.signals.size(), amount.signals); ++i) {
        const IncidentSignal& signal = incident.signals[i];
        std::string seen = signal.summary;
        if (signal.muted)
            seen += " (explained by its target being down)";
        if (signal.maybeUnrelated)
            seen += " (maybe unrelated)";
        if (signal.transitions > 1)
            seen += " – flapping ×" + std::to_string(signal.transitions);
        out += "<tr><td>" + htmlText(signal.service) + "</td><td>" + htmlText(signal.alert) + "</td><td>"
               + htmlText(seen) + "</td><td class=\"t\">" + utcText(signal.onsetMs) + "</td><td class=\"t\">"
               + utcText(signal.firedMs) + "</td><td class=\"t\">" + utcText(signal.clearedMs) + "</td></tr>\n";
    }
    out += "</tbody></table>\n";
    if (incident.summary.signals > amount.signals)
        out += "<p class=\"note\">" + std::to_string(incident.summary.signals - amount.signals)
               + " more are left out.</p>\n";
}

void timelinePart(std::string& out, const IncidentDetail& incident, const Amount& amount)
{
    out += "<h2>Timeline</h2>\n<table><tbody>\n";
    std::size_t left = 0;
    for (std::size_t i = 0; i < incident.timeline.size(); ++i) {
        const Event& event = incident.timeline[i];
        if (i >= amount.events && !event.starred) {
            ++left;
            continue;
        }
        out +=
            std::string("<tr") + (event.starred ? " class=\"star\"" : "") + "><td class=\"t\">" + utcText(event.atMs)
            + (event.starred ? " ★" : "") + "</td><td class=\"t\">"
            + htmlText(event.kind == "note" && event.subject != "note" && !event.subject.empty() ? event.subject
                                                                                                 : kindText(event.kind))
            + "</td><td>" + (event.actor.empty() ? "" : "<b>" + htmlText(event.actor) + "</b>: ")
            + htmlText(event.text);
        if (event.knownMs - event.atMs >= 60'000)
            out += " <span class=\"note\">(known at " + utcText(event.knownMs) + ")</span>";
        out += "</td></tr>\n";
    }
    out += "</tbody></table>\n";
    if (incident.timeline.empty())
        out += "<p class=\"note\">Nothing was recorded.</p>\n";
    if (left > 0)
        out +=
            "<p class=\"note\">" + std::to_string(left) + " later events are left out, to keep this file small.</p>\n";
}

void effectsPart(std::string& out, const std::vector<ChangeEffect>& effects)
{
    out += "<h2>What was done or deployed, and whether it helped</h2>\n";
    if (effects.empty())
        out += "<p class=\"note\">Nothing was measured.</p>\n";
    for (const ChangeEffect& effect : effects) {
        out += "<p><b>" + htmlText(effect.what) + "</b> at " + utcText(effect.ofMs)
               + (effect.actor.empty() ? "" : " by " + htmlText(effect.actor)) + ": <span class=\""
               + (effect.verdict == "improved" ? "good"
                  : effect.verdict == "worse"  ? "worse"
                                               : "note")
               + "\">" + verdictText(effect.verdict) + "</span>"
               + (effect.state == "confounded"
                      ? ", confounded" + (effect.because.empty() ? std::string() : ": " + htmlText(effect.because))
                      : std::string())
               + "</p>\n";
        if (effect.lines.empty())
            continue;
        out += "<table class=\"facts\"><thead><tr><th>Signal</th><th>Before (10 "
               "min)</th><th>After</th><th>Verdict</th></tr></thead><tbody>\n";
        for (const auto& line : effect.lines) {
            const std::string unit = line.signal.ends_with("p99")        ? "seconds"
                                     : line.signal.ends_with("requests") ? "per_second"
                                                                         : "ratio";
            const auto value = [&](const std::optional<double>& v) {
                return v ? laneValue(unit, *v) : std::string("–");
            };
            out += "<tr><td>" + htmlText(line.signal) + "</td><td>" + htmlText(value(line.before)) + "</td><td>"
                   + htmlText(value(line.now)) + "</td><td>" + verdictText(line.verdict) + "</td></tr>\n";
        }
        out += "</tbody></table>\n";
    }
}

/// For programs. In a <template>, which no browser shows or runs; with < and & escaped it is plain text.
void dataPart(std::string& out, const IncidentDetail& incident, const std::vector<LaneData>& lanes)
{
    nlohmann::json root{{"format", "holdfast-incident"},
                        {"version", 1},
                        {"id", incident.summary.id},
                        {"title", incident.summary.title},
                        {"state", incidentStateWord(incident.summary.state)},
                        {"severity", severityWord(incident.summary.severity)},
                        {"opened_ms", incident.summary.openedMs},
                        {"origin", incident.summary.origin}};
    if (incident.summary.resolvedMs)
        root["resolved_ms"] = *incident.summary.resolvedMs;
    auto& events = root["events"] = nlohmann::json::array();
    for (const Event& event : incident.timeline)
        events.push_back({{"at_ms", event.atMs},
                          {"known_ms", event.knownMs},
                          {"kind", event.kind},
                          {"service", event.service},
                          {"subject", event.subject},
                          {"actor", event.actor},
                          {"text", event.text}});
    auto& series = root["series"] = nlohmann::json::array();
    for (const LaneData& lane : lanes) {
        for (const auto& one : lane.series) {
            nlohmann::json times = nlohmann::json::array();
            nlohmann::json values = nlohmann::json::array();
            for (const Sample& sample : one.samples) {
                times.push_back(sample.t);
                values.push_back(sample.v);
            }
            series.push_back({{"title", lane.lane.title},
                              {"unit", lane.lane.unit},
                              {"name", one.name},
                              {"t_ms", std::move(times)},
                              {"v", std::move(values)}});
        }
    }
    out += "<template id=\"holdfast-data\" data-type=\"application/json\">"
           + htmlText(root.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace)) + "</template>\n";
}

}  // namespace

std::string incidentHtml(const IncidentDetail& incident, const std::vector<LaneData>& lanes, TimeRange span,
                         const std::vector<ChangeEffect>& effects, std::int64_t nowMs)
{
    std::string out;
    for (const Amount& amount :
         {Amount{}, Amount{.events = 2000, .signals = 500, .tableRows = 20, .marks = 500, .data = true},
          Amount{.events = 1000, .signals = 200, .tableRows = 0, .marks = 300, .data = false},
          Amount{.events = 300, .signals = 50, .tableRows = 0, .marks = 100, .data = false}}) {
        out.clear();
        head(out, incident, nowMs);
        lanesPart(out, incident, lanes, span, effects, amount);
        out += "<h2>Origin and evidence</h2>\n<ul>\n";
        for (const auto& sentence : incident.evidence)
            out += "<li>" + htmlText(sentence) + "</li>\n";
        out += incident.evidence.empty() ? "<li>none</li></ul>\n" : "</ul>\n";
        effectsPart(out, effects);
        timelinePart(out, incident, amount);
        signalsPart(out, incident, amount);
        if (amount.data)
            dataPart(out, incident, lanes);
        out += "<footer>Written by Holdfast at " + utcText(nowMs)
               + ". This file needs no network and runs no script.</footer></body></html>\n";
        if (out.size() <= kMostHtmlBytes)
            break;
    }
    return out;
}

}  // namespace holdfast::incident
