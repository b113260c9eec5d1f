#include "app/incident/stories.h"

#include "app/incident/bundle.h"
#include "app/incident/html_report.h"
#include "app/incident/incident_journal.h"
#include "app/incident/incident_past.h"
#include "app/incident/lanes.h"
#include "app/incident/markdown.h"
#include "app/incident/past_actions.h"
#include "app/incident/service_words.h"
#include "app/incident/timeline.h"

#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace holdfast::incident {

namespace {

constexpr std::size_t kLooked = 1000;  // incidents that similar ones are looked for in, and reviewed
constexpr std::size_t kSimilar = 10;
constexpr std::int64_t kBeforeOnsetMs = 600'000;  // as the live timeline
constexpr std::int64_t kPoints = 360;
constexpr std::int64_t kStandingMs = 24LL * 3'600'000;
constexpr std::uintmax_t kMostBundle = 512ULL << 20U;

IncidentSignal signalOf(const AlertThen& alert)
{
    IncidentSignal out;
    out.alert = alert.alert;
    out.service = alert.service;
    out.kind = alert.kind;
    return out;
}

Result<std::vector<Record>> recordsThen(const store::Journal& journal, std::int64_t t)
{
    HF_TRY(auto known, recordsKnownAt(journal, t, kLooked));
    std::vector<Record> out;
    for (PastRecord& past : known)
        out.push_back(std::move(past.record));
    return out;
}

IncidentSummary summaryThen(const PastRecord& past)
{
    IncidentSummary out = summaryOf(past.record, {});
    out.signals = std::max(past.signals, out.signals);
    return out;
}

}  // namespace

Result<std::vector<IncidentSummary>> IncidentStories::listAt(const IncidentFilter& filter, std::int64_t t) const
{
    HF_TRY(const auto records, recordsKnownAt(m_parts.journal, t, std::max(filter.limit, kLooked)));
    std::vector<IncidentSummary> out;
    for (const PastRecord& past : records) {
        if (out.size() < filter.limit && filter.takes(past.record))
            out.push_back(summaryThen(past));
    }
    return out;
}

Result<IncidentDetail> IncidentStories::detailAt(std::int64_t id, std::int64_t t) const
{
    HF_TRY(const PastRecord past, recordKnownAt(m_parts.journal, id, t));
    const Record& record = past.record;
    IncidentDetail out;
    out.summary = summaryThen(past);
    out.evidence = record.evidence;
    out.lanes = lanesOf(record);
    out.signals = record.signals;
    std::ranges::stable_sort(out.signals, {}, &IncidentSignal::onsetMs);
    EventQuery query;
    query.incident = id;
    query.knownMs = t;
    query.limit = 5000;
    HF_TRY(auto events, loadEvents(m_parts.journal, query));
    if (!record.onsets.empty()) {
        HF_TRY(auto before, loadChanges(m_parts.journal, id, record.members(),
                                        {record.firstOnset() - kBeforeOnsetMs,
                                         std::min(t, std::max(record.openedMs, record.firstOnset()))}));
        std::erase_if(before, [t](const Event& event) { return event.knownMs > t; });
        std::ranges::move(before, std::back_inserter(events));
    }
    out.timeline = toldTimeline(std::move(events), out.signals);
    return out;
}

Result<IncidentStories::AlertsThen> IncidentStories::alerts(std::optional<std::int64_t> t) const
{
    AlertsThen out;
    out.atMs = t.value_or(m_parts.clock.wallMs());
    HF_TRY(out.alerts, alertsAt(m_parts.engine, out.atMs));
    const auto shelves = m_parts.incidents.shelves(true);
    for (const AlertThen& alert : out.alerts) {
        const IncidentSignal signal = signalOf(alert);
        out.shelved.push_back(std::ranges::any_of(shelves, [&](const Shelf& shelf) {
            return shelf.createdMs <= out.atMs && out.atMs < shelf.endedMs.value_or(shelf.untilMs)
                   && shelf.holds(signal) && signal.kind != "override";
        }));
    }
    return out;
}

Result<std::vector<TargetThen>> IncidentStories::targets(std::int64_t t) const
{
    return targetsAt(m_parts.engine, t);
}

Result<std::vector<LeaseThen>> IncidentStories::leases(std::int64_t t) const
{
    return leasesAt(m_parts.engine, m_parts.journal, t);
}

Result<std::vector<ControlThen>> IncidentStories::controls(std::int64_t t) const
{
    HF_TRY(const auto fleet, m_parts.signals.fleetAt(t, 0, 0));
    HF_TRY(const auto held, leases(t));
    auto out = controlsAt(*fleet, held);
    HF_TRY(auto others, otherControlsAt(m_parts.engine, t, held));
    std::ranges::move(others, std::back_inserter(out));
    return out;
}

Result<std::vector<control::Action>> IncidentStories::actions(std::int64_t t, int limit, std::string_view control) const
{
    return actionsKnownAt(m_parts.journal, t, limit, control);
}

Result<control::Action> IncidentStories::action(std::int64_t id, std::int64_t t) const
{
    HF_TRY(const auto found, actionsKnownAt(m_parts.journal, t, 1, {}, id));
    if (found.empty())
        return Error{.message = "action " + std::to_string(id) + " was not asked for then",
                     .kind = ErrorKind::NotFound};
    return found.front();
}

Result<std::vector<Shelf>> IncidentStories::shelves(std::int64_t t, bool ended) const
{
    HF_TRY(const auto alerts, alertsAt(m_parts.engine, t));
    std::vector<Shelf> out;
    for (Shelf shelf : m_parts.incidents.shelves(true)) {
        if (shelf.createdMs > t)
            continue;
        const bool over = std::min(shelf.endedMs.value_or(shelf.untilMs), shelf.untilMs) <= t;
        if (over && !ended)
            continue;
        if (!over) {
            shelf.endedMs.reset();
            shelf.endedBy.clear();
        }
        shelf.firing = over ? 0 : static_cast<std::size_t>(std::ranges::count_if(alerts, [&](const AlertThen& alert) {
            return alert.state == "firing" && shelf.holds(signalOf(alert));
        }));
        out.push_back(std::move(shelf));
    }
    return out;
}

Result<std::vector<IncidentSignal>> IncidentStories::standing(std::int64_t t) const
{
    HF_TRY(const auto alerts, alertsAt(m_parts.engine, t));
    std::vector<IncidentSignal> out;
    for (const AlertThen& alert : alerts) {
        if (alert.state != "firing" || alert.activeMs <= 0 || t - alert.activeMs <= kStandingMs)
            continue;
        IncidentSignal signal = signalOf(alert);
        signal.severity = alert.severity;
        signal.onsetMs = signal.firedMs = alert.activeMs;
        signal.standing = true;
        out.push_back(std::move(signal));
    }
    std::ranges::stable_sort(out, {}, &IncidentSignal::firedMs);
    return out;
}

Result<std::vector<SimilarIncident>> IncidentStories::similar(std::int64_t id, Moment t) const
{
    Record record;
    std::vector<Record> others;
    if (t) {
        HF_TRY(PastRecord past, recordKnownAt(m_parts.journal, id, *t));
        record = std::move(past.record);
        HF_TRY(others, recordsThen(m_parts.journal, *t));
    } else {
        HF_TRY(record, loadRecord(m_parts.journal, id));
        HF_TRY(others, loadRecordsBefore(m_parts.journal, INT64_MAX, kLooked));
    }
    auto out = similarIncidents(record, others, kSimilar);
    for (auto& one : out) {
        HF_TRY(one.done, deedsOf(m_parts.journal, one.id, t.value_or(INT64_MAX)));
    }
    return out;
}

Result<std::vector<ChangeEffect>> IncidentStories::effects(const EffectQuery& query) const
{
    return effectHistory(m_parts.journal, query);
}

Result<Review> IncidentStories::reviewOf(TimeRange span, std::int64_t shiftMs, Moment t) const
{
    std::vector<Record> records;
    if (t) {
        HF_TRY(records, recordsThen(m_parts.journal, *t));
    } else {
        HF_TRY(records, loadRecordsBefore(m_parts.journal, INT64_MAX, kLooked));
    }
    return review(m_parts.journal, records, span, shiftMs);
}

Result<Handover> IncidentStories::handover(TimeRange span, Moment t) const
{
    Handover out;
    out.span = span;
    out.madeMs = t.value_or(m_parts.clock.wallMs());
    IncidentFilter during;
    during.startMs = span.start;
    during.endMs = span.end;
    during.limit = 500;
    HF_TRY(auto incidents, t ? listAt(during, *t) : m_parts.incidents.list(during));
    for (auto& one : incidents) {
        const bool open = !one.resolvedMs && !one.closedMs;
        if (!one.mergedInto)
            (open ? out.open : out.over).push_back(std::move(one));
    }
    if (t) {
        HF_TRY(const auto held, leases(*t));
        for (const LeaseThen& lease : held)
            out.inForce.push_back({.service = lease.control.substr(0, lease.control.find('/')),
                                   .control = lease.control,
                                   .text = lease.wanted,
                                   .untilMs = lease.untilMs});
        HF_TRY(out.shelved, shelves(*t, false));
        HF_TRY(out.standing, standing(*t));
    } else {
        if (m_parts.overrides)
            out.inForce = m_parts.overrides();
        out.shelved = m_parts.incidents.shelves(false);
        out.standing = m_parts.incidents.standing();
    }
    HF_TRY(auto targets, targetsAt(m_parts.engine, std::min(span.end, out.madeMs)));
    std::erase_if(targets, [](const TargetThen& target) { return target.up; });
    out.targetsDown = std::move(targets);
    EventQuery notes;
    notes.startMs = span.start;
    notes.endMs = span.end;
    notes.limit = 5000;
    notes.knownMs = t.value_or(INT64_MAX);
    HF_TRY(auto events, loadEvents(m_parts.journal, notes));
    for (Event& event : toldTimeline(std::move(events), {})) {
        const bool told =
            event.kind == "note"
            && (event.subject == "decision" || event.subject == "followup" || event.subject == "hypothesis");
        if (event.starred || told)
            out.watch.push_back(std::move(event));
    }
    EffectQuery measured;
    measured.startMs = span.start;
    measured.endMs = span.end;
    measured.limit = 100;
    measured.knownMs = t.value_or(INT64_MAX);
    HF_TRY(out.effects, effectHistory(m_parts.journal, measured));
    HF_TRY(const auto alarms, alarmTimes(m_parts.journal, span));
    out.alarms = alarmRate(alarms, span);
    return out;
}

Result<StoryFile> IncidentStories::exportAs(std::int64_t id, std::string_view format, const RedactionRequest& redaction,
                                            Moment t) const
{
    HF_TRY(Redactor redactor, Redactor::make(redaction));
    const bool then = t && format != "holdfast";
    HF_TRY(IncidentDetail incident, then ? detailAt(id, *t) : m_parts.incidents.detail(id));
    const std::int64_t now = then ? *t : m_parts.clock.wallMs();
    const std::string name = "INC-" + std::to_string(id);
    StoryFile out;
    if (format == "holdfast") {
        HF_TRY(out.bytes, bundleOf(incident, redaction, redactor));
        out.contentType = "application/vnd.holdfast";
        out.name = name + ".holdfast";
        out.replacements = redactor.replacements();
        return out;
    }
    if (format != "md" && format != "html")
        return Error{.message = "format must be md, html or holdfast", .kind = ErrorKind::BadInput};
    redactor.apply(incident);
    EffectQuery measured;
    measured.incident = id;
    measured.knownMs = then ? *t : INT64_MAX;
    HF_TRY(auto effects, effectHistory(m_parts.journal, measured));
    for (ChangeEffect& effect : effects) {
        effect.actor = redactor.text(effect.actor);
        effect.what = redactor.text(effect.what);
        effect.because = redactor.text(effect.because);
    }
    std::ranges::reverse(effects);
    if (format == "md") {
        out.bytes = incidentMarkdown(incident, effects, now);
        out.contentType = "text/markdown; charset=utf-8";
        out.name = name + ".md";
    } else {
        const TimeRange span = reportSpan(incident, now);
        auto lanes = readLanes(m_parts.engine, incident.lanes, span, kPoints);
        for (LaneData& lane : lanes) {
            for (LaneSeries& series : lane.series)
                series.name = redactor.text(series.name);
        }
        out.bytes = incidentHtml(incident, lanes, span, effects, now);
        out.contentType = "text/html; charset=utf-8";
        out.name = name + ".html";
    }
    out.replacements = redactor.replacements();
    return out;
}

Result<std::string> IncidentStories::bundleOf(const IncidentDetail& incident, const RedactionRequest& redaction,
                                              Redactor& redactor) const
{
    static std::atomic<unsigned> number{0};
    const std::string file =
        m_parts.scratchFolder + "/.bundle-" + std::to_string(::getpid()) + "-" + std::to_string(++number) + ".holdfast";
    const std::int64_t now = m_parts.clock.wallMs();
    constexpr std::int64_t kAroundMs = 30LL * 60'000;
    std::int64_t first = incident.summary.openedMs;
    for (const auto& signal : incident.signals)
        first = std::min(first, signal.onsetMs);
    BundleManifest manifest;
    manifest.version = m_parts.version;
    manifest.incident = incident.summary.id;
    manifest.atMs = incident.summary.openedMs;
    manifest.span = {first - kAroundMs, std::min(now, incident.summary.resolvedMs.value_or(now) + kAroundMs)};
    manifest.madeMs = now;
    for (const auto& [on, word] :
         {std::pair{redaction.people, "people"}, std::pair{redaction.hosts, "hosts"},
          std::pair{redaction.tokens, "tokens"}, std::pair{!redaction.patterns.empty(), "patterns"}}) {
        if (on)
            manifest.redacted += (manifest.redacted.empty() ? "" : ",") + std::string(word);
    }
    if (m_parts.configYaml)
        manifest.configYaml = m_parts.configYaml();
    const auto written =
        writeBundle(file, m_parts.samples, m_parts.journal, manifest, redactor, m_parts.clock, m_parts.log);
    std::string bytes;
    std::error_code ignored;
    Result<std::string> out = Error{.message = "the bundle could not be read back", .kind = ErrorKind::Failed};
    if (!written.ok()) {
        out = written.error();
    } else if (std::filesystem::file_size(file, ignored) > kMostBundle) {
        out = Error{.message = "the bundle has more than 512 MiB; the incident is too long for one file",
                    .kind = ErrorKind::Limit};
    } else if (std::ifstream stream(file, std::ios::binary); stream) {
        out = std::string(std::istreambuf_iterator<char>(stream), {});
    }
    for (const char* suffix : {"", "-wal", "-shm", "-journal", "-mark", ".lock"})
        std::filesystem::remove(file + suffix, ignored);
    return out;
}

}  // namespace holdfast::incident
