// ControlCore's dealings with time: what an earlier life left open, holds that end, effects, drift.
#include "app/control/control_core.h"
#include "app/control/control_words.h"
#include "app/control/effect_words.h"

#include <algorithm>
#include <utility>

namespace holdfast::control {

namespace {

// How long after the start an instance may take to be found before an open intent is closed without it.
constexpr std::int64_t kRecoverPatienceMs = 60'000;
// What a service may take beyond the end of its own lease before we look whether it kept it.
constexpr std::int64_t kNativeGraceMs = 500;
// One reading may fall between the start of a service and its taking up of what it kept.
constexpr int kLostReadings = 2;
// Two clocks that differ by less ran alike: reading them takes its time.
constexpr std::int64_t kClocksDifferMs = 2'000;
// Effects of acts that are longer ago when the engine starts are not worked out any more.
constexpr std::int64_t kResumeMs = 3'600'000;

/// Why a hold ends now: which of the two clocks said so, where they disagree.
std::string endText(const LeaseRecord& lease, std::int64_t wallMs, std::int64_t monotonicNs)
{
    const std::int64_t wallLeftMs = lease.untilMs - wallMs;
    const std::int64_t steadyLeftMs = lease.untilNs == 0 ? wallLeftMs : (lease.untilNs - monotonicNs) / 1'000'000;
    if (wallLeftMs - steadyLeftMs > kClocksDifferMs)
        return "the hold ended by the steady clock; the wall clock was set back by "
               + holdText((wallLeftMs - steadyLeftMs) / 1000);
    if (steadyLeftMs - wallLeftMs > kClocksDifferMs)
        return "the hold ended by the wall clock, which was set ahead by "
               + holdText((steadyLeftMs - wallLeftMs) / 1000);
    return "the hold ended";
}

}  // namespace

void ControlCore::tick()
{
    retryUnwritten();
    recoverOpen();
    startScheduled();
    endDueHolds();
    finishEffects();
    hearMetrics();
}

void ControlCore::retryUnwritten()
{
    std::vector<Unwritten> waiting;
    {
        const MutexLock lock(m_mutex);
        waiting = std::exchange(m_unwritten, {});
    }
    for (Unwritten& entry : waiting)
        writeOrKeep(std::move(entry.rows), std::move(entry.statements));
}

/// Closes what was open when the engine ended: by reading, never by sending again.
void ControlCore::recoverOpen()
{
    std::vector<Work> ready;
    {
        const MutexLock lock(m_mutex);
        if (m_open.empty() || !m_polled)
            return;
        const bool patienceOver = m_clock.wallMs() - m_startedMs > kRecoverPatienceMs;
        std::erase_if(m_open, [&](const ActionRecord& record) {
            Work work;
            work.record = record;
            work.step = "recovered";
            if (const LeaseRecord* held = findLease(record.action.lease.value_or(0)))
                work.lease = *held;
            std::map<std::string, std::string> instances = record.shownMode;
            for (const auto& [instance, before] : record.before)
                instances.try_emplace(instance, before.mode);
            for (const auto& [instance, mode] : instances) {
                WorkItem item;
                item.outcome.instance = instance;
                item.mode = record.action.to;
                item.before = Reading{};
                item.before->key = {record.kind, record.name};
                item.before->mode = mode;
                const auto state = m_endpoints.find({record.group, instance});
                const bool known = state != m_endpoints.end() && state->second.listedMs > 0;
                if (!known && !patienceOver)
                    return false;
                if (known) {
                    item.endpoint = state->second;
                    item.receipt = {.kind = Receipt::Kind::Ambiguous,
                                    .status = 0,
                                    .message = "the engine ended while this was under way",
                                    .latencyMs = 0};
                } else {
                    item.outcome.state = "ambiguous";
                    item.outcome.message =
                        "the engine ended while this was under way, and the instance was not found again";
                }
                if (record.purpose == ActionRecord::Purpose::Revert && work.lease)
                    if (const auto held = work.lease->instances.find(instance); held != work.lease->instances.end())
                        item.mode = wayBack(*work.lease, held->second.before, m_clock.wallMs()).mode;
                if (known)
                    work.scope = item.endpoint.adapter->scope();
                if (record.action.state == "intent") {
                    item.outcome.state = "failed";
                    item.outcome.message = "never sent: the engine ended before";
                }
                work.items.push_back(std::move(item));
            }
            ready.push_back(std::move(work));
            return true;
        });
    }
    for (Work& work : ready) {
        readBack(work, 1, 0);
        close(work);
        m_log.warning("control", "action " + std::to_string(work.record.action.id)
                                     + " was open when the engine ended: " + work.record.action.message);
    }
}

void ControlCore::endDueHolds()
{
    struct Due {
        std::int64_t lease;
        std::string actor, reason;
    };
    std::vector<Due> due;
    {
        const MutexLock lock(m_mutex);
        const std::int64_t now = m_clock.wallMs();
        for (const LeaseRecord& lease : m_leases) {
            const std::int64_t grace = lease.keeper == "service" ? kNativeGraceMs : 0;
            // Two clocks keep a hold, and the earlier one ends it: a wall clock that was set back must not prolong it.
            const bool byWall = now >= lease.untilMs + grace;
            const bool bySteady = lease.untilNs > 0 && m_clock.monotonicNs() >= lease.untilNs + grace * 1'000'000;
            const bool ended = byWall || bySteady || !lease.endedBy.empty();
            const bool waiting = lease.state == "reverting" || now < lease.nextTryMs || m_busy.contains(lease.control);
            const bool readable = std::ranges::any_of(lease.instances, [&](const auto& entry) {
                const auto state = m_endpoints.find({lease.group, entry.first});
                return state != m_endpoints.end() && state->second.listedMs > 0;
            });
            if ((ended || lease.state == "revert_failed") && !waiting && m_polled
                && (readable || now - m_startedMs > kRecoverPatienceMs))
                due.push_back({lease.id, lease.endedBy.empty() ? "holdfast" : lease.endedBy,
                               lease.endedBy.empty() ? endText(lease, now, m_clock.monotonicNs()) : lease.endReason});
        }
    }
    for (const auto& [id, actor, reason] : due) {
        const auto begun = revert(id, actor, reason);
        if (!begun.ok())
            m_log.error("control", "hold " + std::to_string(id) + " could not be put back: " + begun.error().message);
    }
}

/// Looks for instances that no longer hold our value, and for new ones that never had it.
void ControlCore::watchLeases(std::vector<ControlEvent>& events, std::vector<LeaseRecord>& lost)
{
    const std::int64_t now = m_clock.wallMs();
    for (LeaseRecord& lease : m_leases) {
        if (lease.state != "holding" || now >= lease.untilMs || m_busy.contains(lease.control))
            continue;
        std::size_t free = 0;     // instances where nobody forces it
        std::size_t unsaid = 0;   // held ones that exist and could not be read
        std::size_t holding = 0;  // by us or by somebody else
        for (const auto& [key, state] : m_endpoints) {
            if (key.first == lease.group && lease.instances.contains(key.second)
                && (state.listedMs == 0 || !state.error.empty()))
                ++unsaid;
            if (key.first != lease.group || state.listedMs == 0 || !state.error.empty())
                continue;
            const auto reading =
                std::ranges::find(state.listing.readings, ControlKey{lease.kind, lease.name}, &Reading::key);
            if (reading == state.listing.readings.end() || serviceOf(state, *reading) != lease.service)
                continue;
            const bool nobodys = isFree(lease, key.second, *reading);
            ++(nobodys ? free : holding);
            auto held = lease.instances.find(key.second);
            const bool isNew = held == lease.instances.end();
            if (isNew)
                held = lease.instances
                           .emplace(key.second, HeldInstance{.before = {.mode = reading->mode,
                                                                        .revision = reading->revision,
                                                                        .holdEndsMs = reading->holdEndsMs,
                                                                        .keep = reading->keep},
                                                             .ours = true})
                           .first;
            const bool ours = isOurs(lease, *reading);
            const bool restarted = state.listing.startedMs > lease.verifiedMs && lease.verifiedMs > 0;
            const std::int64_t fadesS = state.adapter->shape(*reading)->fadesAfterS;
            if (ours)
                lease.verifiedMs = now;
            if (held->second.ours == ours)
                continue;
            held->second.ours = ours;
            if (ours)
                continue;
            const bool foreign = !isNew && !nobodys;
            std::string text = lease.control + " on " + key.second;
            if (foreign)
                text += " is now " + modeText(reading->mode)
                        + (reading->holdActor.empty() ? std::string() : " by " + reading->holdActor)
                        + ", not ours any more";
            else
                text += isNew        ? ": a new instance without the override"
                        : restarted  ? " lost the override: it was restarted"
                        : fadesS > 0 ? " lost the override: it fades there after " + holdText(fadesS)
                                     : " lost the override (restarted, or released there)";
            events.push_back({.atMs = now,
                              .kind = foreign ? "foreign_change" : "drift",
                              .service = lease.service,
                              .subject = lease.callee.empty() ? lease.name : lease.callee,
                              .actor = reading->holdActor,
                              .text = std::move(text),
                              .dataJson = "{\"lease\":" + std::to_string(lease.id) + "}",
                              .incident = lease.incident});
        }
        const bool nobody = free > 0 && holding == 0 && unsaid == 0;
        lease.lostReadings = nobody ? lease.lostReadings + 1 : 0;
        if (lease.lostReadings >= kLostReadings) {
            lease.state = "lost";
            lost.push_back(lease);
        }
    }
    std::erase_if(m_leases, [](const LeaseRecord& lease) { return lease.state == "lost"; });
}

/// Holds that no instance has any more are over; there is nothing to put back.
void ControlCore::endLost(const std::vector<LeaseRecord>& lost)
{
    for (const LeaseRecord& lease : lost) {
        ActionRecord record;
        record.action.id = lease.action;
        record.action.control = lease.control;
        record.action.service = lease.service;
        record.action.to = lease.wanted;
        record.action.actor = "holdfast";
        record.action.reason = lease.reason;
        record.action.incident = lease.incident;
        record.action.lease = lease.id;
        record.kind = lease.kind;
        record.name = lease.name;
        record.callee = lease.callee;
        AuditRow row = rowOf(record, "drift");
        row.outcome = "lost: no instance holds it any more (restarted?)";
        writeOrKeep({std::move(row)}, {saveLease(lease)});
        tell({.atMs = m_clock.wallMs(),
              .kind = "override_end",
              .service = lease.service,
              .subject = lease.callee.empty() ? lease.name : lease.callee,
              .actor = "holdfast",
              .text = lease.control + ": the hold (" + modeText(lease.wanted)
                      + ") is over early, no instance holds it any more (restarted?)",
              .dataJson = "{\"lease\":" + std::to_string(lease.id) + ",\"state\":\"lost\"}",
              .incident = lease.incident});
        hint("lease", std::to_string(lease.id));
        hint("control", lease.control);
    }
}

/// Begins what is scheduled for now, and closes requests that nobody approved.
void ControlCore::startScheduled()
{
    std::vector<ActionRecord> begin;
    std::vector<ActionRecord> expired;
    {
        const MutexLock lock(m_mutex);
        const std::int64_t now = m_clock.wallMs();
        if (!m_polled)
            return;
        std::erase_if(m_waiting, [&](ActionRecord& record) {
            const bool asks = record.action.state == "waiting_approval";
            if (asks && now - record.action.createdMs >= m_options.approvalForMs) {
                expired.push_back(std::move(record));
                return true;
            }
            // Not before its control was found, unless it had a minute for that.
            const bool listed = m_points->contains(record.action.control) || now - m_startedMs > kRecoverPatienceMs;
            if (asks || now < record.action.startMs.value_or(0) || !listed)
                return false;
            begin.push_back(std::move(record));
            return true;
        });
    }
    for (ActionRecord& record : expired)
        if (const auto ended = end(std::move(record), "expired", "expired", "holdfast",
                                   "nobody approved within " + holdText(m_options.approvalForMs / 1000));
            !ended.ok())
            m_log.error("control", ended.error().message);
    for (ActionRecord& record : begin) {
        const std::int64_t id = record.action.id;
        if (const auto begun = launch(std::move(record)); !begun.ok())
            m_log.error("control", "action " + std::to_string(id) + ": " + begun.error().message);
    }
}

/// Puts back what was held until it recovers, once the signals have been within their objective long enough.
void ControlCore::endRecoveredHolds()
{
    if (!m_doors.withinObjective)
        return;
    std::vector<std::pair<std::int64_t, std::string>> asked;  // lease, service whose recovery counts
    {
        const MutexLock lock(m_mutex);
        for (const LeaseRecord& lease : m_leases)
            if (lease.untilRecovered && lease.state == "holding" && !m_busy.contains(lease.control))
                asked.emplace_back(lease.id, lease.callee.empty() ? lease.service : lease.callee);
    }
    for (const auto& [id, service] : asked) {
        const std::optional<bool> within = m_doors.withinObjective(service);
        std::string reason;
        {
            const MutexLock lock(m_mutex);
            LeaseRecord* held = findLease(id);
            if (held == nullptr)
                continue;
            const std::int64_t now = m_clock.wallMs();
            if (!within.value_or(false)) {
                held->calmSinceMs = 0;
                continue;
            }
            if (held->calmSinceMs == 0 || held->calmSinceMs > now)
                held->calmSinceMs = now;
            if (now - held->calmSinceMs < held->stableS * 1000)
                continue;
            reason = "recovered: " + service + " is within its objective for " + holdText(held->stableS);
        }
        if (const auto begun = revert(id, "holdfast", reason); !begun.ok())
            m_log.error("control", "hold " + std::to_string(id) + " could not be put back: " + begun.error().message);
    }
}

/// Effects that an earlier life still owed.
void ControlCore::resumeAfterwork()
{
    const auto records = readActions(m_journal, "state IN ('verified','partial') AND created_ms > ?",
                                     {m_clock.wallMs() - kResumeMs}, 1000);
    if (!records.ok()) {
        m_log.error("control", "effects of earlier actions are not worked out: " + records.error().message);
        return;
    }
    const MutexLock lock(m_mutex);
    for (const ActionRecord& record : *records)
        if (record.purpose == ActionRecord::Purpose::Act && record.sentMs > 0 && !record.action.effect)
            m_effects.push_back({record.action.id, record.sentMs + m_options.effectAfterMs});
}

void ControlCore::finishEffects()
{
    std::vector<std::int64_t> due;
    {
        const MutexLock lock(m_mutex);
        std::erase_if(m_effects, [&](const DueEffect& effect) {
            if (m_clock.wallMs() < effect.dueMs)
                return false;
            due.push_back(effect.action);
            return true;
        });
    }
    if (!m_doors.signals)
        return;
    for (const std::int64_t id : due) {
        auto records = readActions(m_journal, "id = ?", {id}, 1);
        if (!records.ok() || records->empty() || records->front().sentMs == 0)
            continue;
        ActionRecord record = std::move(records->front());
        // What came after it was put back is not its effect.
        const std::int64_t ended = endOf(record).first;
        const std::int64_t judged = std::min(m_clock.wallMs(), record.sentMs + m_options.effectAfterMs);
        Effect effect = measure(record, ended > 0 ? std::min(ended, judged) : judged);
        record.action.effect = std::move(effect);
        record.action.updatedMs = m_clock.wallMs();
        if (const auto written = m_journal.write({updateAction(record)}); !written.ok())
            m_log.warning("control", "the effect of action " + std::to_string(id)
                                         + " could not be kept: " + written.error().message);
        const std::string text = "Effect of \"" + modeVerb(record.kind, record.action.to) + "\" on "
                                 + record.action.control + ": " + effectText(*record.action.effect);
        tell({.atMs = m_clock.wallMs(),
              .kind = "effect",
              .service = record.action.service,
              .subject = record.callee.empty() ? record.name : record.callee,
              .actor = record.action.actor,
              .text = text,
              .dataJson = "{\"action\":" + std::to_string(id) + "}",
              .incident = record.action.incident});
        hint("action", std::to_string(id));
    }
}

}  // namespace holdfast::control
