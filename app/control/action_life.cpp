// ControlCore's life of an action: intent → sent → verifying → an outcome. See control_core.h for the invariants.
#include "app/base/time_text.h"
#include "app/control/control_core.h"
#include "app/control/control_words.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <utility>

namespace holdfast::control {

namespace {

constexpr std::int64_t kReadBackPauseMs = 250;

bool nativeHold(const Work& work)
{
    const auto read =
        std::ranges::find_if(work.items, [](const WorkItem& item) { return item.before && item.endpoint.adapter; });
    return read != work.items.end() && read->endpoint.adapter->shape(*read->before)->nativeHold;
}

bool mayBeInForce(const WorkItem& item)
{
    return item.outcome.state == "verified" || item.outcome.state == "ambiguous"
           || item.outcome.state == "unverifiable";
}

std::string subjectOf(const ActionRecord& record)
{
    return record.callee.empty() ? record.name : record.callee;
}

/// "checkout → payments" for a breaker, "checkout: recommendations-off" for a flag.
std::string spokenName(const ActionRecord& record)
{
    return record.action.service + (record.kind == Kind::Breaker ? " → " : ": ") + subjectOf(record);
}

/// "held 15 min longer, until 16:05:00Z"
std::string extendedText(std::int64_t byMs, std::int64_t untilMs)
{
    return "held " + holdText((byMs + 500) / 1000) + " longer, until " + rfc3339(untilMs).substr(11, 8) + "Z";
}

/// A cluster takes one change and spreads it itself; the others are only read back.
void sendToOne(Work& work)
{
    bool chosen = false;
    for (WorkItem& item : work.items) {
        if (!item.send || !item.outcome.state.empty())
            continue;
        item.relayed = chosen;
        chosen = true;
    }
}

std::string wantedJson(const ActionRecord& record)
{
    return nlohmann::json{{"mode", record.action.to},
                          {"hold_s", record.holdS},
                          {"request_id", record.requestId},
                          {"until_recovered", record.action.untilRecovered},
                          {"start_ms", record.action.startMs.value_or(0)}}
        .dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace

AuditRow ControlCore::rowOf(const ActionRecord& record, const char* step) const
{
    AuditRow row;
    row.atMs = m_clock.wallMs();
    row.action = record.action.id;
    row.step = step;
    row.actor = record.action.actor;
    row.control = record.action.control;
    row.reason = record.action.reason;
    row.incident = record.action.incident;
    row.wanted = wantedJson(record);
    row.lease = record.action.lease;
    row.reverts = record.action.reverts;
    return row;
}

std::vector<std::int64_t> ControlCore::takePending()
{
    const MutexLock lock(m_mutex);
    return std::exchange(m_pending, {});
}

void ControlCore::carryOut(std::int64_t id)
{
    Work work;
    {
        const MutexLock lock(m_mutex);
        const auto running = m_running.find(id);
        if (running == m_running.end())
            return;
        work.record = running->second;
        if (const LeaseRecord* held = findLease(work.record.action.lease.value_or(0)))
            work.lease = *held;
        if (work.lease) {
            for (const auto& [instance, held] : work.lease->instances) {
                WorkItem item;
                item.outcome.instance = instance;
                if (const auto state = m_endpoints.find({work.record.group, instance}); state != m_endpoints.end()) {
                    item.endpoint = state->second;
                } else {
                    item.send = false;
                    item.outcome.state = "gone";
                    item.outcome.message = "is no longer among the targets";
                }
                work.items.push_back(std::move(item));
            }
        } else {
            for (const auto& [instance, mode] : work.record.shownMode) {
                const auto state = m_endpoints.find({work.record.group, instance});
                if (state == m_endpoints.end())
                    continue;
                WorkItem item;
                item.outcome.instance = instance;
                item.endpoint = state->second;
                work.items.push_back(std::move(item));
            }
        }
    }
    work.scope = work.items.empty() ? Scope::Instance : work.items.front().endpoint.adapter->scope();
    if (work.record.purpose == ActionRecord::Purpose::Act)
        tell({.atMs = m_clock.wallMs(),
              .kind = "action",
              .service = work.record.action.service,
              .subject = subjectOf(work.record),
              .actor = work.record.action.actor,
              .text = modeVerb(work.record.kind, work.record.action.to) + " " + spokenName(work.record) + " on "
                      + instancesText(work.items.size(), work.scope)
                      + (work.record.holdS > 0 ? " for " + holdText(work.record.holdS) : std::string()) + ": "
                      + work.record.action.reason,
              .dataJson = "{\"action\":" + std::to_string(id) + "}",
              .incident = work.record.action.incident});
    hint("action", std::to_string(id));
    prepare(work);
    if (work.record.purpose == ActionRecord::Purpose::Extend && work.record.sentMs == 0)
        work.record.sentMs = m_clock.wallMs();  // the new end counts from here also where nothing is sent
    const bool anything =
        std::ranges::any_of(work.items, [](const WorkItem& item) { return item.send && item.outcome.state.empty(); });
    if (anything && recordSent(work)) {
        sendChanges(work);
        readConflicts(work);
        hint("action", std::to_string(id));
        const int tries = 1 + static_cast<int>(m_options.verifyForMs / kReadBackPauseMs);
        readBack(work, tries, kReadBackPauseMs);
        prove(work, tries, kReadBackPauseMs);
    }
    close(work);
}

void ControlCore::prepare(Work& work)
{
    std::vector<WorkItem> absent;
    for (auto item = work.items.begin(); item != work.items.end();) {
        if (item->outcome.state == "gone") {
            absent.push_back(std::move(*item));
            item = work.items.erase(item);
        } else {
            ++item;
        }
    }
    readBefore(work);
    for (const WorkItem& item : work.items)
        if (item.before)
            work.record.before[item.outcome.instance] = {.mode = item.before->mode,
                                                         .revision = item.before->revision,
                                                         .holdEndsMs = item.before->holdEndsMs,
                                                         .keep = item.before->keep};
    switch (work.record.purpose) {
    case ActionRecord::Purpose::Act: prepareAct(work); break;
    case ActionRecord::Purpose::Revert: prepareRevert(work); break;
    case ActionRecord::Purpose::Extend: prepareExtend(work); break;
    case ActionRecord::Purpose::Reapply: prepareReapply(work); break;
    }
    if (work.scope == Scope::Cluster)
        sendToOne(work);
    std::ranges::move(absent, std::back_inserter(work.items));
}

/// What was shown when the person decided must still be so, on every instance; else nothing is sent at all.
void ControlCore::prepareAct(Work& work)
{
    std::string changed;
    for (WorkItem& item : work.items) {
        item.mode = work.record.action.to;
        item.ttlS = work.record.holdS;
        const std::string& shown = work.record.shownMode[item.outcome.instance];
        if (item.before && !shown.empty() && item.before->mode != shown)
            changed = item.outcome.instance + " is " + modeText(item.before->mode) + " now, not " + modeText(shown);
    }
    if (changed.empty())
        return;
    for (WorkItem& item : work.items) {
        item.send = false;
        if (item.outcome.state.empty())
            item.outcome.state = "conflict";
    }
    work.record.action.state = "refused";
    work.record.action.message = "nothing was sent: " + changed;
}

void ControlCore::prepareRevert(Work& work)
{
    for (WorkItem& item : work.items) {
        if (!work.lease)
            continue;
        if (!item.before) {
            if (work.lease->keeper == "service" && m_clock.wallMs() >= work.lease->untilMs) {
                item.outcome.state = "gone";
                item.outcome.message = "cannot be reached; the hold it kept itself has ended";
            }
            continue;
        }
        if (isOurs(*work.lease, *item.before)) {
            const WayBack back =
                wayBack(*work.lease, work.lease->instances[item.outcome.instance].before, m_clock.wallMs());
            item.mode = back.mode;
            item.ttlS = back.ttlS;
            item.keep = back.keep;
            continue;
        }
        item.send = false;
        if (isFree(*work.lease, item.outcome.instance, *item.before)) {
            item.outcome.state = "verified";
            item.outcome.message = "had ended in the service already";
        } else {
            item.outcome.state = "foreign";
            item.outcome.message = "is " + modeText(item.before->mode)
                                   + (item.before->holdActor.empty() ? "" : " by " + item.before->holdActor)
                                   + ", left alone";
        }
    }
}

void ControlCore::prepareExtend(Work& work)
{
    for (WorkItem& item : work.items) {
        item.mode = work.record.action.to;
        item.ttlS = work.record.holdS;
        if (!item.before || !work.lease)
            continue;
        if (isOurs(*work.lease, *item.before)) {
            if (work.lease->keeper == "service")
                continue;
            // The end is ours to keep: the system need not be asked.
            item.send = false;
            item.after = item.before;
            item.outcome.state = "verified";
            continue;
        }
        item.send = false;
        item.outcome.state = "foreign";
        item.outcome.message = "no longer holds our value";
    }
}

/// Only where our value got lost, or never was; what others set is theirs.
void ControlCore::prepareReapply(Work& work)
{
    for (WorkItem& item : work.items) {
        item.mode = work.record.action.to;
        item.ttlS = work.record.holdS;
        if (!item.before || !work.lease)
            continue;
        if (isOurs(*work.lease, *item.before)) {
            item.send = false;
            item.outcome.state = "verified";
            item.outcome.message = "has it still";
        } else if (!isFree(*work.lease, item.outcome.instance, *item.before)) {
            item.send = false;
            item.outcome.state = "foreign";
            item.outcome.message = "is " + modeText(item.before->mode) + ", left alone";
        }
    }
}

bool ControlCore::recordSent(Work& work)
{
    ActionRecord& record = work.record;
    record.action.state = "sent";
    record.sentMs = record.action.updatedMs = m_clock.wallMs();
    AuditRow row = rowOf(record, "sent");
    row.before = modesJson(record.before);
    nlohmann::json requests = nlohmann::json::array();
    for (const WorkItem& item : work.items)
        if (item.send && !item.relayed && item.outcome.state.empty())
            requests.push_back(item.endpoint.adapter->describe(item.endpoint.endpoint, changeFor(work, item)));
    row.requests = requests.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    const auto written = m_audit.write({std::move(row)}, {updateAction(record)});
    if (written.ok()) {
        const MutexLock lock(m_mutex);
        m_running[record.action.id] = record;
        return true;
    }
    m_log.error("control", "action " + std::to_string(record.action.id) + " was not sent: " + written.error().message);
    record.action.state = "intent";
    for (WorkItem& item : work.items) {
        if (!item.outcome.state.empty())
            continue;
        item.send = false;
        item.outcome.state = "failed";
        item.outcome.message = "not sent, because it could not be recorded: " + written.error().message;
    }
    return false;
}

void ControlCore::close(Work& work)
{
    ActionRecord& record = work.record;
    const bool refused = record.action.state == "refused";
    const std::string why = record.action.message;
    conclude(work);
    if (refused) {
        record.action.state = "refused";
        record.action.message = why;
    }
    record.action.updatedMs = m_clock.wallMs();
    if (record.action.k > 0 && record.action.proof.empty())
        record.action.proof = "API ✓";
    std::vector<AuditRow> rows;
    for (const WorkItem& item : work.items) {
        AuditRow row = rowOf(record, "receipt");
        if (const auto was = record.before.find(item.outcome.instance); was != record.before.end())
            row.before = nlohmann::json{{"mode", was->second.mode}, {"revision", was->second.revision}}.dump(
                -1, ' ', false, nlohmann::json::error_handler_t::replace);
        row.instance = item.outcome.instance;
        row.outcome = item.outcome.state + (item.outcome.message.empty() ? "" : ": " + item.outcome.message);
        if (item.after)
            row.after = nlohmann::json{{"mode", item.after->mode},
                                       {"state", item.after->state},
                                       {"revision", item.after->revision},
                                       {"latency_ms", item.outcome.latencyMs.value_or(0)},
                                       {"status", item.receipt.status}}
                            .dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
        rows.push_back(std::move(row));
    }
    std::vector<store::SqlStatement> statements;
    settleLease(work, rows, statements);
    const bool isRevert = record.purpose == ActionRecord::Purpose::Revert;
    AuditRow outcome = rowOf(record, work.step == "recovered" ? "recovered" : isRevert ? "revert_outcome" : "outcome");
    outcome.outcome = record.action.state + ": " + record.action.message;
    outcome.before = modesJson(record.before);
    rows.push_back(std::move(outcome));
    statements.push_back(updateAction(record));
    writeOrKeep(std::move(rows), std::move(statements));
    {
        const MutexLock lock(m_mutex);
        m_running.erase(record.action.id);
        m_busy.erase(record.action.control);
        if (record.purpose == ActionRecord::Purpose::Act
            && (record.action.state == "verified" || record.action.state == "partial"))
            m_effects.push_back({record.action.id, record.sentMs + m_options.effectAfterMs});
        if (record.action.state == "verified" || record.action.state == "partial" || record.action.state == "reverted")
            expectProof(work);
        // The next reading of all endpoints would come too late for who looks now.
        for (const WorkItem& item : work.items) {
            const auto state = m_endpoints.find({record.group, item.outcome.instance});
            if (state == m_endpoints.end() || !item.after)
                continue;
            for (Reading& reading : state->second.listing.readings)
                if (reading.key == item.after->key)
                    reading = *item.after;
        }
        rebuildPoints();
    }
    announceOutcome(work);
}

/// The hold that the action made, moved or ended; called with the outcome known and before it is written.
void ControlCore::settleLease(Work& work, std::vector<AuditRow>& rows, std::vector<store::SqlStatement>& statements)
{
    ActionRecord& record = work.record;
    const MutexLock lock(m_mutex);
    const auto save = [&](const LeaseRecord& lease, const char* step, const std::string& outcome) {
        AuditRow row = rowOf(record, step);
        row.lease = lease.id;
        row.outcome = outcome;
        rows.push_back(std::move(row));
        statements.push_back(saveLease(lease));
    };
    if (record.purpose == ActionRecord::Purpose::Act) {
        if ((!record.resting.empty() && record.action.to == record.resting)
            || std::ranges::none_of(work.items, mayBeInForce))
            return;
        LeaseRecord lease;
        lease.id = ++m_lastLease;
        lease.action = record.action.id;
        lease.control = record.action.control;
        lease.group = record.group;
        lease.service = record.action.service;
        lease.name = record.name;
        lease.callee = record.callee;
        lease.kind = record.kind;
        lease.wanted = record.action.to;
        lease.resting = record.resting;
        lease.untilRecovered = record.action.untilRecovered;
        lease.stableS = record.stableS;
        lease.untilMs = record.sentMs + record.holdS * 1000;
        lease.untilNs = m_clock.monotonicNs() + (lease.untilMs - m_clock.wallMs()) * 1'000'000;
        lease.keeper = nativeHold(work) ? "service" : "engine";
        lease.actor = record.action.actor;
        lease.reason = record.action.reason;
        lease.incident = record.action.incident;
        lease.requestIds = {record.requestId};
        lease.verifiedMs = record.action.updatedMs;
        for (const WorkItem& item : work.items)
            if (mayBeInForce(item))
                lease.instances[item.outcome.instance] = {.before = record.before[item.outcome.instance], .ours = true};
        const auto older = std::ranges::find(m_leases, lease.control, &LeaseRecord::control);
        if (older != m_leases.end()) {
            // The way back leads to what was there before the first of the two.
            for (auto& [instance, held] : lease.instances)
                if (const auto was = older->instances.find(instance); was != older->instances.end())
                    held.before = was->second.before;
            older->state = "reverted";
            save(*older, "lease", "replaced by hold " + std::to_string(lease.id));
            m_leases.erase(older);
        }
        record.action.lease = lease.id;
        save(lease, "lease", "until " + std::to_string(lease.untilMs));
        m_leases.push_back(std::move(lease));
        return;
    }
    LeaseRecord* lease = findLease(record.action.lease.value_or(0));
    if (lease == nullptr)
        return;
    if (record.purpose == ActionRecord::Purpose::Reapply) {
        lease->requestIds.push_back(record.requestId);
        lease->verifiedMs = record.action.updatedMs;
        for (const WorkItem& item : work.items)
            if (const auto held = lease->instances.find(item.outcome.instance); held != lease->instances.end())
                held->second.ours = held->second.ours || mayBeInForce(item);
        save(*lease, "extend", "sent again: " + record.action.message);
        return;
    }
    if (record.purpose == ActionRecord::Purpose::Extend) {
        if (record.action.k == 0)
            return;
        const std::int64_t until = record.sentMs + record.holdS * 1000;
        record.action.message = extendedText(until - lease->untilMs, until)
                                + (record.action.k < record.action.n ? "; " + record.action.message : std::string());
        lease->untilMs = until;
        lease->untilNs = m_clock.monotonicNs() + (lease->untilMs - m_clock.wallMs()) * 1'000'000;
        lease->requestIds.push_back(record.requestId);
        lease->verifiedMs = record.action.updatedMs;
        save(*lease, "extend", record.action.message);
        return;
    }
    const bool foreign =
        std::ranges::any_of(work.items, [](const WorkItem& item) { return item.outcome.state == "foreign"; });
    if (record.action.state == "verified") {
        lease->state = foreign ? "foreign" : "reverted";
        record.action.state = "reverted";
        save(*lease, "lease", lease->state);
        std::erase_if(m_leases, [id = lease->id](const LeaseRecord& other) { return other.id == id; });
    } else {
        constexpr std::int64_t kTryAgainMs = 15'000;
        lease->state = "revert_failed";
        lease->nextTryMs = m_clock.wallMs() + kTryAgainMs;
        record.action.state = "revert_failed";
        save(*lease, "lease", lease->state);
    }
}

void ControlCore::writeOrKeep(std::vector<AuditRow> rows, std::vector<store::SqlStatement> statements)
{
    const auto written = m_audit.write(rows, statements);
    if (written.ok())
        return;
    m_log.error("control", "an outcome could not be recorded and is kept until it can: " + written.error().message);
    const MutexLock lock(m_mutex);
    m_unwritten.push_back({std::move(rows), std::move(statements)});
}

void ControlCore::announceOutcome(const Work& work)
{
    const ActionRecord& record = work.record;
    const bool isRevert = record.purpose == ActionRecord::Purpose::Revert;
    tell({.atMs = m_clock.wallMs(),
          .kind = isRevert ? "override_end" : "readback",
          .service = record.action.service,
          .subject = subjectOf(record),
          .actor = record.action.actor,
          .text = spokenName(record) + ": " + record.action.message,
          .dataJson = "{\"action\":" + std::to_string(record.action.id) + ",\"state\":\"" + record.action.state + "\"}",
          .incident = record.action.incident});
    hint("action", std::to_string(record.action.id));
    hint("control", record.action.control);
    if (record.action.lease)
        hint("lease", std::to_string(*record.action.lease));
}

}  // namespace holdfast::control
