#include "app/incident/grouping.h"
#include "app/incident/incident_book.h"
#include "app/incident/incident_journal.h"
#include "app/incident/incident_service.h"
#include "app/incident/lifecycle.h"
#include "app/incident/report_text.h"
#include "app/incident/service_words.h"
#include "app/incident/typed_note.h"

#include <algorithm>

namespace holdfast::incident {

namespace {

constexpr std::size_t kMostName = 200;

}  // namespace

Result<IncidentSummary> IncidentService::openByHand(const HandReport& report)
{
    HF_CHECK(checkActor(report.actor));
    if (report.service.empty() || report.service.size() > kMostName)
        return Error{.message = "which service? an incident by hand needs one", .kind = ErrorKind::BadInput};
    if (report.text.empty() || report.text.size() > kMostName)
        return Error{.message = "what is wrong? one sentence of at most 200 bytes is needed",
                     .kind = ErrorKind::BadInput};
    const std::string severity = report.severity.empty() ? "sev2" : report.severity;
    if (severity != "sev1" && severity != "sev2" && severity != "sev3")
        return Error{.message = "severity must be sev1, sev2 or sev3", .kind = ErrorKind::BadInput};
    const std::int64_t now = m_clock.wallMs();
    const std::int64_t start = report.startMs > 0 ? report.startMs : now;
    if (start > now || (report.endMs > 0 && report.endMs < start))
        return Error{.message = "the span must begin in the past and before its end", .kind = ErrorKind::BadInput};
    IncidentSignal signal;
    signal.fingerprint = "ReportedByHand{service=\"" + report.service + "\",at=\"" + std::to_string(now) + "\"}";
    signal.alert = "ReportedByHand";
    signal.service = report.service;
    signal.severity = severity == "sev3" ? "ticket" : "page";
    signal.kind = kReportedByHand;
    signal.labelsJson = "{}";
    signal.summary = report.text;
    signal.onsetMs = start;
    signal.firedMs = now;
    const auto overrides = overridesInForce();
    IncidentSummary out;
    std::set<std::int64_t> changed;
    {
        const MutexLock writing(m_writing);
        const MutexLock lock(m_mutex);
        BookChanges changes;
        Record& record = m_book->openWith(std::move(signal), now, changes);
        record.severity = severity == "sev1" ? Severity::Sev1 : severity == "sev2" ? Severity::Sev2 : Severity::Sev3;
        record.fixedSeverity = true;
        changes.events.push_back(eventOf(record, now, "state", report.actor,
                                         "opened by hand for what was seen from " + utcText(start)
                                             + (report.endMs > 0 ? " to " + utcText(report.endMs) : "")));
        const auto written = write(statementsOf(changes));
        if (!written.ok())
            return Error(written.error()).in("kept in memory, but not on disk yet");
        out = summaryOf(record, overrides);
        changed = std::move(changes.incidents);
    }
    tellChanged(changed);
    return out;
}

Result<IncidentSummary> IncidentService::acknowledge(std::int64_t id, std::string_view actor, std::int64_t forMs)
{
    const std::int64_t now = m_clock.wallMs();
    return change(id, actor, [&](Record& record, BookChanges& changes) -> Result<void> {
        if (!record.isOpen())
            return overAlready(record);
        const std::int64_t hold = forMs > 0 ? std::min(forMs, kLongestIncidentMs) : kReopenMs;
        record.owner = actor;
        record.ackedMs = record.ackedMs.value_or(now);
        if (record.state == IncidentState::New)
            record.state = IncidentState::Acked;
        record.ackUntilMs = now + hold;
        changes.events.push_back(
            eventOf(record, now, "ack", actor, "acknowledged for " + std::to_string(hold / 60'000) + " min"));
        return {};
    });
}

Result<Event> IncidentService::note(std::int64_t id, std::string_view actor, std::string_view text, bool starred)
{
    HF_CHECK(checkActor(actor));
    if (text.empty() || text.size() > kMostText)
        return Error{.message = "a note has between 1 byte and 16 KiB", .kind = ErrorKind::BadInput};
    Event event;
    {
        const MutexLock lock(m_mutex);
        const Record* record = m_book->find(id);
        if (record)
            event = eventOf(*record, m_clock.wallMs(), "note", actor, std::string(text));
    }
    if (!event.incident) {
        HF_TRY(const auto old, loadRecord(m_journal, id));
        event = eventOf(old, m_clock.wallMs(), "note", actor, std::string(text));
    }
    TypedNote typed = parseNote(text);
    event.text = std::move(typed.text);
    event.subject = typed.type.empty() ? std::string("note") : typed.type;
    event.starred = starred;
    if (typed.type == "deploy")
        return recordDeployNote(std::move(event));
    HF_TRY(event.id, m_journal.write({insertEvent(event)}));
    tellChanged({id});
    return event;
}

/// "checkout 4.18.3", or of the origin where the first word is no member: a deploy that nobody else told of.
Result<Event> IncidentService::recordDeployNote(Event deploy)
{
    deploy.kind = "deploy";
    const std::string first = deploy.text.substr(0, deploy.text.find(' '));
    {
        const MutexLock lock(m_mutex);
        const Record* record = deploy.incident ? m_book->find(*deploy.incident) : nullptr;
        if (record && record->onsets.contains(first))
            deploy.service = first;
    }
    deploy.subject = deploy.text.substr(deploy.text.rfind(' ') + 1);
    deploy.text += " deployed";
    HF_TRY(deploy.id, recordEvent(deploy));
    return deploy;
}

Result<Event> IncidentService::editNote(std::int64_t event, std::string_view actor, std::string_view text)
{
    HF_CHECK(checkActor(actor));
    if (text.empty() || text.size() > kMostText)
        return Error{.message = "a note has between 1 byte and 16 KiB", .kind = ErrorKind::BadInput};
    HF_TRY(Event note, loadEvent(m_journal, event));
    if (note.kind != "note")
        return Error{.message = "only notes can be changed; what was observed stays", .kind = ErrorKind::Conflict};
    TypedNote typed = parseNote(text);
    note.replaces = note.id;
    note.id = 0;
    note.knownMs = m_clock.wallMs();
    note.actor = actor;
    note.text = std::move(typed.text);
    if (!typed.type.empty())
        note.subject = typed.type;
    HF_TRY(note.id, m_journal.write({insertEvent(note)}));
    if (note.incident)
        tellChanged({*note.incident});
    return note;
}

Result<Event> IncidentService::star(std::int64_t event, bool starred)
{
    HF_TRY(Event found, loadEvent(m_journal, event));
    HF_TRY([[maybe_unused]] const auto row,
           m_journal.write({{"UPDATE event SET starred=? WHERE id=?", {std::int64_t{starred ? 1 : 0}, event}}}));
    found.starred = starred;
    if (found.incident)
        tellChanged({*found.incident});
    return found;
}

Result<IncidentSummary> IncidentService::mitigate(std::int64_t id, std::string_view actor, std::string_view reason)
{
    const std::int64_t now = m_clock.wallMs();
    return change(id, actor, [&](Record& record, BookChanges& changes) -> Result<void> {
        if (!record.isOpen() || record.state == IncidentState::Mitigated)
            return overAlready(record);
        record.state = IncidentState::Mitigated;
        record.mitigatedMs = std::max(now, record.openedMs);
        record.mitigatedByHand = true;
        record.ackUntilMs.reset();
        record.ackedMs = record.ackedMs.value_or(now);
        if (record.owner.empty())
            record.owner = actor;
        changes.events.push_back(eventOf(record, now, "state", actor,
                                         "mitigated by hand" + (reason.empty() ? "" : ": " + std::string(reason))));
        return {};
    });
}

Result<IncidentSummary> IncidentService::reopen(std::int64_t id, std::string_view actor, std::string_view reason)
{
    const std::int64_t now = m_clock.wallMs();
    return change(id, actor, [&](Record& record, BookChanges& changes) -> Result<void> {
        if (record.isOpen())
            return overAlready(record);
        if (record.mergedInto)
            return Error{.message = "it is part of INC-" + std::to_string(*record.mergedInto) + " now",
                         .kind = ErrorKind::Conflict};
        (void)incident::reopen(record, now);
        record.owner = actor;
        record.state = IncidentState::Acked;
        record.ackUntilMs = now + kReopenMs;
        changes.events.push_back(eventOf(record, now, "state", actor,
                                         "reopened by hand" + (reason.empty() ? "" : ": " + std::string(reason))));
        return {};
    });
}

Result<IncidentSummary> IncidentService::confirmSignal(std::int64_t id, std::string_view fingerprint,
                                                       std::string_view actor)
{
    const std::int64_t now = m_clock.wallMs();
    return change(id, actor, [&](Record& record, BookChanges& changes) -> Result<void> {
        const auto signal = std::ranges::find(record.signals, fingerprint, &IncidentSignal::fingerprint);
        if (signal == record.signals.end())
            return Error{.message = "this incident has no such signal", .kind = ErrorKind::NotFound};
        signal->maybeUnrelated = false;
        signal->unsaved = true;
        changes.events.push_back(
            eventOf(record, now, "state", actor, signal->service + " " + signal->alert + " belongs to it"));
        return {};
    });
}

/// Writes the shelf book together with its line of the timeline.
Result<Shelf> IncidentService::keepShelf(const Shelf& shelf, const std::string& text, std::string_view actor)
{
    BookChanges changes;
    changes.shelves = true;
    Event event;
    event.atMs = event.knownMs = m_clock.wallMs();
    event.kind = "state";
    event.service = shelf.service;
    event.subject = "shelved";
    event.actor = actor;
    event.text = text;
    event.incident = m_book->incidentOf(event);
    changes.events.push_back(std::move(event));
    if (const auto written = write(statementsOf(changes)); !written.ok())
        return Error(written.error()).in("kept in memory, but not on disk yet");
    return shelf;
}

Result<Shelf> IncidentService::shelve(const ShelveRequest& request)
{
    const std::int64_t now = m_clock.wallMs();
    const MutexLock writing(m_writing);
    const MutexLock lock(m_mutex);
    HF_TRY(const Shelf made, m_book->shelves().add(request, now));
    return keepShelf(
        made,
        made.what() + " shelved "
            + (made.untilClear ? "until it clears" : "for " + std::to_string(request.forMs / 60'000) + " min") + ": "
            + made.reason,
        made.actor);
}

Result<Shelf> IncidentService::unshelve(std::int64_t id, std::string_view actor)
{
    HF_CHECK(checkActor(actor));
    const std::int64_t now = m_clock.wallMs();
    const MutexLock writing(m_writing);
    const MutexLock lock(m_mutex);
    HF_TRY(const Shelf ended, m_book->shelves().end(id, actor, now));
    return keepShelf(ended, ended.what() + " is no longer shelved", actor);
}

Result<IncidentSummary> IncidentService::resolve(std::int64_t id, std::string_view actor)
{
    const std::int64_t now = m_clock.wallMs();
    return change(id, actor, [&](Record& record, BookChanges& changes) -> Result<void> {
        if (!record.isOpen())
            return overAlready(record);
        record.state = IncidentState::Resolved;
        record.resolvedMs = std::max(now, record.openedMs);
        record.ackUntilMs.reset();
        for (IncidentSignal& signal : record.signals) {
            if (signal.kind != kReportedByHand || signal.clearedMs)
                continue;
            signal.clearedMs = std::max(now, signal.firedMs);
            signal.unsaved = true;
        }
        changes.events.push_back(
            eventOf(record, now, "state", actor,
                    record.firing() > 0
                        ? "resolved by hand while " + std::to_string(record.firing()) + " signals were still firing"
                        : "resolved by hand"));
        return {};
    });
}

Result<IncidentSummary> IncidentService::close(std::int64_t id, std::string_view actor)
{
    const std::int64_t now = m_clock.wallMs();
    return change(id, actor, [&](Record& record, BookChanges& changes) -> Result<void> {
        if (record.state != IncidentState::Resolved)
            return Error{.message = "only a resolved incident can be closed", .kind = ErrorKind::Conflict};
        record.state = IncidentState::Closed;
        record.closedMs = std::max(now, record.resolvedMs.value_or(now));
        changes.events.push_back(eventOf(record, now, "state", actor, "reviewed and closed"));
        return {};
    });
}

Result<IncidentSummary> IncidentService::setSeverity(std::int64_t id, Severity severity, std::string_view actor,
                                                     std::string_view reason)
{
    const std::int64_t now = m_clock.wallMs();
    return change(id, actor, [&](Record& record, BookChanges& changes) -> Result<void> {
        if (reason.empty() || reason.size() > kMostText)
            return Error{.message = "why? a changed severity needs a reason", .kind = ErrorKind::BadInput};
        const std::string before = severityWord(record.severity);
        record.severity = severity;
        record.fixedSeverity = true;
        changes.events.push_back(
            eventOf(record, now, "state", actor,
                    "severity " + before + " → " + severityWord(severity) + ": " + std::string(reason)));
        return {};
    });
}

Result<IncidentSummary> IncidentService::setOrigin(std::int64_t id, std::string_view service, std::string_view actor)
{
    const std::int64_t now = m_clock.wallMs();
    return change(id, actor, [&](Record& record, BookChanges& changes) -> Result<void> {
        if (!record.onsets.contains(std::string(service)))
            return Error{.message = std::string(service) + " has no signal in this incident",
                         .kind = ErrorKind::BadInput};
        const std::string before = record.origin;
        record.fixedOrigin = service;
        changes.events.push_back(
            eventOf(record, now, "state", actor, "origin set: " + before + " → " + std::string(service)));
        return {};
    });
}

Result<IncidentSummary> IncidentService::merge(std::int64_t id, std::int64_t other, std::string_view actor)
{
    const std::int64_t now = m_clock.wallMs();
    return change(id, actor, [&](Record& record, BookChanges& changes) HF_NO_THREAD_SAFETY_ANALYSIS -> Result<void> {
        Record* from = m_book->find(other);
        if (!from)
            return noIncident(other);
        if (from == &record || !record.isOpen() || from->mergedInto)
            return Error{.message = "merge an incident into another one that is open", .kind = ErrorKind::Conflict};
        m_book->merge(record, *from, now, changes, std::string(actor));
        return {};
    });
}

Result<IncidentSummary> IncidentService::splitOff(std::int64_t id, std::string_view fingerprint, std::string_view actor)
{
    const std::int64_t now = m_clock.wallMs();
    std::int64_t made = 0;
    HF_TRY(const auto rest,
           change(id, actor, [&](Record& record, BookChanges& changes) HF_NO_THREAD_SAFETY_ANALYSIS -> Result<void> {
               if (record.signals.size() < 2)
                   return Error{.message = "an incident needs a signal; this is its only one",
                                .kind = ErrorKind::Conflict};
               auto signal = record.remove(fingerprint);
               if (!signal)
                   return Error{.message = "this incident has no such signal", .kind = ErrorKind::NotFound};
               record.splitFrom.insert(signal->fingerprint);
               m_unwritten.push_back(removeSignal(id, fingerprint));
               const std::string what = signal->service + " " + signal->alert;
               made = m_book->openWith(std::move(*signal), now, changes).id;
               changes.events.push_back(
                   eventOf(record, now, "state", actor, what + " split off into INC-" + std::to_string(made)));
               return {};
           }));
    const auto overrides = overridesInForce();
    const MutexLock lock(m_mutex);
    return summaryOf(*m_book->find(made), overrides);
}

}  // namespace holdfast::incident
