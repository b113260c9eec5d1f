// What stands before an action: the request, a second person's yes, its time. See control_core.h for the invariants.
#include "app/base/time_text.h"
#include "app/config/load_config.h"
#include "app/control/control_core.h"
#include "app/control/control_words.h"

#include <algorithm>
#include <utility>

namespace holdfast::control {

namespace {

constexpr std::int64_t kLatestStartMs = 7LL * 24 * 3'600'000;

/// Takes as long for a wrong token as for the right one.
bool sameToken(const std::string& given, const std::string& known)
{
    unsigned difference = given.size() == known.size() ? 0U : 1U;
    for (std::size_t i = 0; i < given.size(); ++i)
        difference |= static_cast<unsigned char>(given[i]) ^ static_cast<unsigned char>(known[i % known.size()]);
    return difference == 0;
}

std::string atText(std::int64_t ms)
{
    return rfc3339(ms).substr(0, 19) + "Z";
}

Error conflict(const std::string& control)
{
    return {"another action on " + control + " is under way", ErrorKind::Conflict};
}

}  // namespace

const config::ControlGroupConfig* ControlCore::groupNamed(const std::string& name) const
{
    const auto& groups = m_config->holdfast.controls;
    const auto found = std::ranges::find(groups, name, &config::ControlGroupConfig::name);
    return found == groups.end() ? nullptr : &*found;
}

Result<Action> ControlCore::act(const ActionRequest& asked)
{
    ActionRequest request = asked;
    const std::int64_t now = m_clock.wallMs();
    const bool later = request.startMs > now;
    if (request.untilMs > 0)
        request.holdS = (request.untilMs - std::max(now, request.startMs)) / 1000;
    std::optional<Error> refused;
    ActionRecord record;
    ControlPoint point;
    std::optional<std::int64_t> ownLease;
    bool secondPerson = false;
    {
        const MutexLock lock(m_mutex);
        rebuildPoints();
        const auto found = m_points->find(request.control);
        if (found == m_points->end())
            return Error{"no control is called \"" + request.control + "\"; only listed ones are acted on",
                         ErrorKind::NotFound};
        point = found->second;
        const bool release = isResting(point, request.to);
        if (point.lease && release)
            ownLease = point.lease->id;
        refused = refusal(request, point);
        if (!refused && request.startMs > now + kLatestStartMs)
            refused = Error{"an action is scheduled for the next 7 days at most", ErrorKind::BadInput};
        if (!refused && !later && m_busy.contains(point.id))
            refused = conflict(point.id);
        if (!refused && std::ranges::any_of(m_waiting, [&](const ActionRecord& other) {
                return other.action.control == point.id && other.action.state == "waiting_approval";
            }))
            refused = Error{"a request for " + point.id + " waits for approval already", ErrorKind::Conflict};
        const config::ControlGroupConfig* group = groupNamed(point.group);
        secondPerson = group != nullptr && group->approval == "second" && !release;
        if (!refused && secondPerson && group->approvers.empty())
            refused =
                Error{"group " + point.group + " asks for a second person, and names no approvers", ErrorKind::Denied};
        if (!refused && !request.dryRun) {
            const RatePace pace = group == nullptr ? RatePace{} : RatePace{group->coolDownMs, group->actsPerMinute};
            refused = m_rate.refusal(point.group, point.id, now, pace);
        }
    }
    record.action.control = point.id;
    record.action.service = point.service;
    record.action.kind = word(point.kind);
    record.action.from = modeOf(point);
    record.action.to = request.to;
    record.action.actor = request.actor;
    record.action.reason = request.reason;
    record.action.incident = request.incident;
    record.action.n = point.n;
    record.action.untilRecovered = request.untilRecovered && !isResting(point, request.to);
    if (later)
        record.action.startMs = request.startMs;
    record.group = point.group;
    record.name = point.name;
    record.callee = point.callee;
    record.kind = point.kind;
    record.resting = point.shape ? point.shape->resting : std::string();
    record.holdS = isResting(point, request.to) ? 0 : request.holdS;
    record.stableS = request.stableS;
    for (const InstanceObservation& seen : point.instances)
        record.shownMode[seen.instance] = seen.mode;
    if (refused) {
        if (!request.dryRun && !request.actor.empty()) {
            record.action.state = "refused";
            AuditRow row = rowOf(record, "refused");
            row.outcome = refused->message;
            if (const auto written = m_audit.write({row}, {}); !written.ok())
                m_log.error("control", "a refusal could not be recorded: " + written.error().message);
        }
        return std::move(*refused);
    }
    if (request.dryRun) {
        record.action.state = "dry_run";
        record.action.createdMs = record.action.updatedMs = now;
        record.action.message = "nothing was sent";
        return record.action;
    }
    if (secondPerson)
        return park(std::move(record), "waiting_approval", "requested");
    if (later)
        return park(std::move(record), "scheduled", "scheduled");
    if (ownLease)
        return revert(*ownLease, request.actor, request.reason);
    return begin(std::move(record));
}

/// Writes an action down that is not to begin yet.
Result<Action> ControlCore::park(ActionRecord record, const char* state, const char* step)
{
    Action& action = record.action;
    const bool isNew = action.id == 0;
    if (isNew) {
        const MutexLock lock(m_mutex);
        action.id = ++m_lastAction;
        action.createdMs = m_clock.wallMs();
    }
    action.state = state;
    action.updatedMs = m_clock.wallMs();
    action.message = action.state == "scheduled"
                         ? "begins at " + atText(action.startMs.value_or(0))
                         : "waits for a second person: holdfast control approve " + std::to_string(action.id);
    AuditRow row = rowOf(record, step);
    row.outcome = action.message;
    const auto written = m_audit.write({row}, {isNew ? insertAction(record) : updateAction(record)});
    if (!written.ok())
        return Error{"nothing was done, because it could not be recorded: " + written.error().message,
                     ErrorKind::Unavailable};
    {
        const MutexLock lock(m_mutex);
        m_waiting.push_back(record);
    }
    tell({.atMs = action.updatedMs,
          .kind = "action",
          .service = action.service,
          .subject = record.callee.empty() ? record.name : record.callee,
          .actor = action.actor,
          .text = modeVerb(record.kind, action.to) + " " + action.control + " " + action.message + ": " + action.reason,
          .dataJson = "{\"action\":" + std::to_string(action.id) + "}",
          .incident = action.incident});
    hint("action", std::to_string(action.id));
    return action;
}

Result<ActionRecord> ControlCore::takeWaiting(std::int64_t id)
{
    const MutexLock lock(m_mutex);
    const auto found =
        std::ranges::find_if(m_waiting, [id](const ActionRecord& record) { return record.action.id == id; });
    if (found == m_waiting.end())
        return Error{"action " + std::to_string(id) + " does not wait for anything", ErrorKind::NotFound};
    ActionRecord record = std::move(*found);
    m_waiting.erase(found);
    return record;
}

Result<Action> ControlCore::approve(std::int64_t id, const std::string& approver, const std::string& token)
{
    std::optional<Error> refused;
    {
        const MutexLock lock(m_mutex);
        const auto waiting =
            std::ranges::find_if(m_waiting, [id](const ActionRecord& record) { return record.action.id == id; });
        if (waiting == m_waiting.end() || waiting->action.state != "waiting_approval")
            return Error{"action " + std::to_string(id) + " does not wait for approval", ErrorKind::NotFound};
        const config::ControlGroupConfig* group = groupNamed(waiting->group);
        const config::ApproverConfig* known = nullptr;
        if (group != nullptr)
            for (const config::ApproverConfig& entry : group->approvers)
                if (entry.name == approver)
                    known = &entry;
        const auto secret = known == nullptr ? Result<std::string>(std::string()) : config::secretText(known->token);
        if (approver == waiting->action.actor)
            refused = Error{"the one who asks cannot approve: it takes a second person", ErrorKind::Denied};
        else if (!secret.ok())
            refused = Error{"the token of " + approver + " cannot be read: " + secret.error().message,
                            ErrorKind::Unavailable};
        else if (secret->empty() || !sameToken(token, *secret))
            refused = Error{"\"" + approver + "\" with this token may not approve for group " + waiting->group,
                            ErrorKind::Denied};
        if (refused) {
            ActionRecord attempt = *waiting;
            AuditRow row = rowOf(attempt, "refused");
            row.actor = approver;
            row.outcome = refused->message;
            if (const auto written = m_audit.write({row}, {}); !written.ok())
                m_log.error("control", "a refusal could not be recorded: " + written.error().message);
            return std::move(*refused);
        }
    }
    HF_TRY(ActionRecord record, takeWaiting(id));
    record.action.approver = approver;
    AuditRow row = rowOf(record, "approved");
    row.actor = approver;
    row.outcome = "approved by " + approver;
    if (const auto written = m_audit.write({row}, {updateAction(record)}); !written.ok()) {
        const MutexLock lock(m_mutex);
        record.action.approver.clear();
        m_waiting.push_back(std::move(record));
        return Error{"nothing was done, because it could not be recorded: " + written.error().message,
                     ErrorKind::Unavailable};
    }
    if (record.action.startMs.value_or(0) > m_clock.wallMs())
        return park(std::move(record), "scheduled", "scheduled");
    return launch(std::move(record));
}

Result<Action> ControlCore::cancel(std::int64_t id, const std::string& actor, const std::string& reason)
{
    if (actor.empty())
        return Error{"it must be said who acts", ErrorKind::BadInput};
    HF_TRY(ActionRecord record, takeWaiting(id));
    return end(std::move(record), "cancelled", "cancelled", actor,
               "cancelled by " + actor + (reason.empty() ? std::string() : ": " + reason));
}

/// Closes an action that was never begun.
Result<Action> ControlCore::end(ActionRecord record, const char* state, const char* step, const std::string& actor,
                                const std::string& why)
{
    record.action.state = state;
    record.action.message = "nothing was sent: " + why;
    record.action.updatedMs = m_clock.wallMs();
    AuditRow row = rowOf(record, step);
    row.actor = actor;
    row.outcome = why;
    writeOrKeep({std::move(row)}, {updateAction(record)});
    tell({.atMs = m_clock.wallMs(),
          .kind = "readback",
          .service = record.action.service,
          .subject = record.callee.empty() ? record.name : record.callee,
          .actor = actor,
          .text = record.action.control + ": " + record.action.message,
          .dataJson = "{\"action\":" + std::to_string(record.action.id) + ",\"state\":\"" + state + "\"}",
          .incident = record.action.incident});
    hint("action", std::to_string(record.action.id));
    return record.action;
}

/// Begins what was parked: everything that may have changed meanwhile is looked at once more.
Result<Action> ControlCore::launch(ActionRecord record)
{
    std::optional<Error> refused;
    {
        const MutexLock lock(m_mutex);
        rebuildPoints();
        const auto found = m_points->find(record.action.control);
        if (found == m_points->end()) {
            refused = Error{"the control is no longer listed", ErrorKind::NotFound};
        } else {
            ActionRequest again;
            again.control = record.action.control;
            again.to = record.action.to;
            again.holdS = record.holdS;
            again.reason = record.action.reason;
            again.actor = record.action.actor;
            again.expected = record.action.from;
            again.typedName = nameToType(found->second);  // it was typed when it was asked for
            refused = refusal(again, found->second);
            if (!refused && m_busy.contains(record.action.control))
                refused = conflict(record.action.control);
            record.shownMode.clear();
            for (const InstanceObservation& seen : found->second.instances)
                record.shownMode[seen.instance] = seen.mode;
        }
    }
    if (refused)
        return end(std::move(record), "refused", "refused", record.action.actor, refused->message);
    return begin(std::move(record), false);
}

/// An action on what a hold of ours holds.
ActionRecord ControlCore::recordOf(const LeaseRecord& lease, ActionRecord::Purpose purpose) const
{
    ActionRecord record;
    record.purpose = purpose;
    record.action.control = lease.control;
    record.action.service = lease.service;
    record.action.kind = word(lease.kind);
    record.action.from = lease.wanted;
    record.action.to = lease.wanted;
    record.action.reason = lease.reason;
    record.action.incident = lease.incident;
    record.action.lease = lease.id;
    record.action.n = static_cast<int>(lease.instances.size());
    record.group = lease.group;
    record.name = lease.name;
    record.callee = lease.callee;
    record.kind = lease.kind;
    record.resting = lease.resting;
    return record;
}

/// The hold that somebody wants to change; putting back is allowed without being armed.
Result<const LeaseRecord*> ControlCore::leaseFor(std::int64_t id, const std::string& actor, bool mustBeArmed)
{
    if (actor.empty())
        return Error{"it must be said who acts", ErrorKind::BadInput};
    const LeaseRecord* held = findLease(id);
    if (held == nullptr)
        return Error{"hold " + std::to_string(id) + " is no longer in force", ErrorKind::NotFound};
    if (mustBeArmed && !isArmed(held->group, m_clock.wallMs()))
        return Error{"controls of group " + held->group + " are not armed", ErrorKind::Denied};
    return held;
}

Result<Action> ControlCore::revert(std::int64_t lease, const std::string& actor, const std::string& reason)
{
    ActionRecord record;
    {
        const MutexLock lock(m_mutex);
        HF_TRY(const LeaseRecord* const held, leaseFor(lease, actor, false));
        record = recordOf(*held, ActionRecord::Purpose::Revert);
        record.action.to = held->resting;
        for (const auto& [instance, was] : held->instances)
            if (const std::string back = wayBack(*held, was.before, m_clock.wallMs()).mode; back != held->resting)
                record.action.to = back;
        record.action.actor = actor;
        record.action.reason = reason.empty() ? "put back" : reason;
        record.action.reverts = held->action;
    }
    return begin(std::move(record));
}

Result<Action> ControlCore::extend(std::int64_t lease, const std::string& actor, std::int64_t byS)
{
    ActionRecord record;
    {
        const MutexLock lock(m_mutex);
        HF_TRY(const LeaseRecord* const held, leaseFor(lease, actor, true));
        const config::ControlGroupConfig* group = groupNamed(held->group);
        const std::int64_t longestS = group == nullptr ? 0 : group->maxHoldMs / 1000;
        record = recordOf(*held, ActionRecord::Purpose::Extend);
        record.holdS = (held->untilMs - m_clock.wallMs()) / 1000 + byS;
        if (byS < 1 || record.holdS > longestS)
            return Error{"a hold lasts at most " + holdText(longestS) + " from now", ErrorKind::BadInput};
        record.action.actor = actor;
    }
    return begin(std::move(record));
}

Result<Action> ControlCore::reapply(std::int64_t lease, const std::string& actor)
{
    ActionRecord record;
    {
        const MutexLock lock(m_mutex);
        HF_TRY(const LeaseRecord* const held, leaseFor(lease, actor, true));
        record = recordOf(*held, ActionRecord::Purpose::Reapply);
        record.holdS = (held->untilMs - m_clock.wallMs()) / 1000;
        if (record.holdS < 1)
            return Error{"hold " + std::to_string(lease) + " is over", ErrorKind::Conflict};
        record.action.actor = actor;
    }
    return begin(std::move(record));
}

Result<RevertAll> ControlCore::revertAll(const std::string& actor, const std::string& reason)
{
    if (actor.empty())
        return Error{"it must be said who acts", ErrorKind::BadInput};
    RevertAll all;
    std::vector<std::int64_t> waiting;
    {
        const MutexLock lock(m_mutex);
        for (const ActionRecord& record : m_waiting)
            waiting.push_back(record.action.id);
    }
    for (const std::int64_t id : waiting)
        if (auto cancelled = cancel(id, actor, reason); cancelled.ok())
            all.cancelled.push_back(std::move(*cancelled));
    std::optional<Error> failed;
    for (const LeaseView& lease : leases()) {
        auto action = revert(lease.id, actor, reason);
        if (action.ok()) {
            all.begun.push_back(std::move(*action));
            continue;
        }
        if (action.error().kind != ErrorKind::Conflict) {
            failed = action.error();
            continue;
        }
        // Something runs on it: it is put back right after, in the name of who asked.
        const MutexLock lock(m_mutex);
        if (LeaseRecord* held = findLease(lease.id)) {
            held->endedBy = actor;
            held->endReason = reason.empty() ? "put back with everything else" : reason;
            all.following.push_back("hold " + std::to_string(lease.id) + " on " + lease.control
                                    + " is put back as soon as what runs there has ended");
        }
    }
    if (all.begun.empty() && all.following.empty() && failed)
        return std::move(*failed);
    return all;
}

/// Writes the intent; from here on the action exists.
Result<Action> ControlCore::begin(ActionRecord record, bool isNew)
{
    Action& action = record.action;
    {
        const MutexLock lock(m_mutex);
        if (!m_busy.insert(action.control).second)
            return conflict(action.control);
        if (isNew)
            action.id = ++m_lastAction;
    }
    action.state = "intent";
    action.updatedMs = m_clock.wallMs();
    if (isNew)
        action.createdMs = action.updatedMs;
    action.message.clear();
    record.requestId = "holdfast-" + std::to_string(action.createdMs) + "-" + std::to_string(action.id);
    const bool isRevert = record.purpose == ActionRecord::Purpose::Revert;
    const auto written = m_audit.write({rowOf(record, isRevert ? "revert_intent" : "intent")},
                                       {isNew ? insertAction(record) : updateAction(record)});
    const MutexLock lock(m_mutex);
    if (!written.ok()) {
        m_busy.erase(action.control);
        if (!isNew) {
            action.state = "scheduled";  // tried again at the next tick
            m_waiting.push_back(record);
        }
        return Error{"nothing was sent, because it could not be recorded: " + written.error().message,
                     ErrorKind::Unavailable};
    }
    if (isRevert)
        if (LeaseRecord* held = findLease(action.lease.value_or(0)))
            held->state = "reverting";
    m_running[action.id] = record;
    m_pending.push_back(action.id);
    return action;
}

}  // namespace holdfast::control
