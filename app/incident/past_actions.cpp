#include "app/incident/past_actions.h"

#include "app/control/records.h"
#include "app/incident/effect_history.h"
#include "app/incident/incident_journal.h"

#include <algorithm>
#include <set>
#include <string>
#include <tuple>
#include <utility>

namespace holdfast::incident {

namespace {

constexpr std::size_t kMostEffects = 10'000;

/// "verified: 3 of 3 instances read back" → both halves.
std::pair<std::string, std::string> outcomeOf(const std::string& text)
{
    const std::size_t colon = text.find(": ");
    if (colon == std::string::npos)
        return {text, ""};
    return {text.substr(0, colon), text.substr(colon + 2)};
}

/// Takes out what is only known of the end of an action.
void forgetEnd(control::Action& action)
{
    action.k = 0;
    action.instances.clear();
    action.proof.clear();
    action.message.clear();
    action.lease.reset();
}

struct Steps {
    std::string state = "intent";
    std::string message;
    std::int64_t atMs = 0;
    bool ended = false;
    bool proven = false;
};

/// Source: app/control/AUDIT.md, what each step says.
void take(Steps& steps, const std::string& step, const std::string& outcome, std::int64_t atMs)
{
    if (step == "outcome" || step == "revert_outcome" || step == "recovered") {
        std::tie(steps.state, steps.message) = outcomeOf(outcome);
        steps.ended = true;
    } else if (step == "proof") {
        steps.proven = true;
        if (outcome.starts_with("disagrees"))
            steps.state = "contradicted";
    } else if (step == "requested" || step == "scheduled") {
        steps.state = step == "requested" ? "waiting_approval" : "scheduled";
        steps.message = outcome;
    } else if (step == "refused" || step == "cancelled" || step == "expired") {
        steps.state = step;
        steps.message = outcome;
        steps.ended = true;
    } else if (step == "sent") {
        steps.state = "sent";
    } else if (step == "receipt") {
        steps.state = "verifying";
    } else if (step == "intent" || step == "revert_intent" || step == "approved") {
        steps.state = "intent";
        steps.message.clear();
    } else {
        return;  // of a hold, not of how far the action came
    }
    steps.atMs = atMs;
}

Result<void> rewind(const store::Journal& journal, control::Action& action, std::int64_t t)
{
    HF_TRY(const auto rows,
           journal.read({.sql = "SELECT step,outcome,at_ms FROM audit WHERE action_id=? AND at_ms<=? ORDER BY id",
                         .values = {action.id, t}}));
    Steps steps;
    steps.atMs = action.createdMs;
    for (const auto& row : rows)
        take(steps, row.text(0), row.text(1), row.integer(2));
    action.state = steps.state;
    action.updatedMs = steps.atMs;
    if (!steps.ended)
        forgetEnd(action);
    else if (!steps.proven && action.proof.find(" metrics") != std::string::npos)
        action.proof = "API ✓";
    action.message = steps.message;
    if (!steps.proven) {
        for (control::InstanceOutcome& instance : action.instances)
            instance.proof.clear();
    }
    HF_TRY(const auto back,
           journal.read({.sql = "SELECT max(at_ms) FROM audit WHERE reverts=? AND step='revert_outcome' AND at_ms<=? "
                                "AND outcome LIKE 'reverted%'",
                         .values = {action.id, t}}));
    if (!back.empty() && !back.front().isNull(0)) {
        action.state = "reverted";
        action.updatedMs = back.front().integer(0);
    }
    return {};
}

}  // namespace

Result<std::vector<control::Action>> actionsKnownAt(const store::Journal& journal, std::int64_t t, int limit,
                                                    std::string_view control, std::int64_t id)
{
    std::string where = "created_ms<=?";
    std::vector<store::SqlValue> values{t};
    if (!control.empty()) {
        where += " AND control=?";
        values.emplace_back(std::string(control));
    }
    if (id > 0) {
        where += " AND id=?";
        values.emplace_back(id);
    }
    HF_TRY(const auto records, control::readActions(journal, where, std::move(values), limit));
    EventQuery query;
    query.knownMs = t;
    query.kinds = {"effect"};
    query.limit = kMostEffects;
    HF_TRY(const auto events, loadEvents(journal, query));
    std::set<std::int64_t> measured;
    for (const Event& event : events) {
        if (const ChangeEffect effect = effectFrom(event); effect.of == "action")
            measured.insert(effect.ofId);
    }
    std::vector<control::Action> out;
    for (const control::ActionRecord& record : records) {
        control::Action action = record.action;
        if (action.updatedMs > t) {
            HF_CHECK(rewind(journal, action, t));
        }
        if (!measured.contains(action.id))
            action.effect.reset();
        out.push_back(std::move(action));
    }
    return out;
}

}  // namespace holdfast::incident
