// ControlCore's second path: whether the metrics agree with what a control endpoint said of itself.
#include "app/control/control_core.h"
#include "app/control/control_words.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <utility>

namespace holdfast::control {

namespace {

/// What the metrics say of one instance, as of an evaluation after the act.
Proof::Kind heard(const MetricView& metrics, const ActionRecord& record, const std::string& instance,
                  const Reading& after, std::string& words)
{
    for (const MetricReading& reading : metrics.readings) {
        if (reading.atMs <= record.sentMs || reading.service != record.action.service || reading.name != record.name
            || reading.instance != instance || reading.flag != (record.kind == Kind::Flag))
            continue;
        if (reading.state == after.state)
            return Proof::Kind::Agrees;
        words = modeText(reading.state);
        return Proof::Kind::Disagrees;
    }
    return Proof::Kind::Silent;
}

}  // namespace

/// Remembers to ask the metrics, once they can have seen the change.
void ControlCore::expectProof(const Work& work)
{
    DueProof due{.action = work.record.action.id, .dueMs = 0, .after = {}};
    std::int64_t intervalMs = 0;
    for (const WorkItem& item : work.items) {
        if (item.outcome.state != "verified" || !item.after)
            continue;
        due.after[item.outcome.instance] = *item.after;
        intervalMs = std::max(intervalMs, item.endpoint.endpoint.intervalMs);
    }
    due.dueMs = work.record.sentMs + m_options.proveForMs + 2 * intervalMs;
    if (!due.after.empty() && (m_doors.metrics || m_doors.metricValue))
        m_proofs.push_back(std::move(due));
}

/// While somebody waits for the metrics' word they are asked every second, not only at every poll.
void ControlCore::hearMetrics()
{
    constexpr std::int64_t kEveryMs = 1'000;
    {
        const MutexLock lock(m_mutex);
        const std::int64_t now = m_clock.wallMs();
        if (m_proofs.empty() || (now >= m_heardMs && now - m_heardMs < kEveryMs))
            return;
        m_heardMs = now;
    }
    if (m_doors.metrics) {
        MetricView metrics = m_doors.metrics();
        const MutexLock lock(m_mutex);
        m_metrics = std::move(metrics);
    }
    checkProofs();
}

void ControlCore::checkProofs()
{
    std::vector<DueProof> open;
    {
        const MutexLock lock(m_mutex);
        open = std::exchange(m_proofs, {});
    }
    const std::int64_t now = m_clock.wallMs();
    for (DueProof& due : open) {
        auto records = readActions(m_journal, "id = ?", {due.action}, 1);
        if (!records.ok() || records->empty())
            continue;
        // What was put back or replaced meanwhile shows something else, and rightly so.
        ActionRecord& record = records->front();
        {
            const MutexLock lock(m_mutex);
            const bool isRevert = record.purpose == ActionRecord::Purpose::Revert;
            if (m_busy.contains(record.action.control)
                || (!isRevert && record.action.lease && findLease(*record.action.lease) == nullptr))
                continue;
        }
        settleProof(due, std::move(record), now >= due.dueMs);
    }
}

/// Asks for one action; keeps it for the next time unless everything agrees or `last`.
void ControlCore::settleProof(const DueProof& due, ActionRecord record, bool last)
{
    MetricView metrics;
    {
        const MutexLock lock(m_mutex);
        metrics = m_metrics;
    }
    std::size_t agreed = 0;
    std::string against;
    for (const auto& [instance, after] : due.after) {
        std::string words;
        Proof::Kind kind = heard(metrics, record, instance, after, words);
        if (kind == Proof::Kind::Silent && !after.metricExpr.empty() && m_doors.metricValue)
            if (const auto value = m_doors.metricValue(after.metricExpr)) {
                kind = *value != 0 ? Proof::Kind::Agrees : Proof::Kind::Disagrees;
                words = "something else";
            }
        agreed += kind == Proof::Kind::Agrees ? 1 : 0;
        if (kind == Proof::Kind::Disagrees && against.empty())
            against = instance + " " + words;
        for (InstanceOutcome& outcome : record.action.instances)
            if (outcome.instance == instance)
                outcome.proof = kind == Proof::Kind::Agrees      ? "agrees"
                                : kind == Proof::Kind::Disagrees ? "disagrees"
                                                                 : "silent";
    }
    const bool all = agreed == due.after.size();
    if (!all && !last) {
        const MutexLock lock(m_mutex);
        m_proofs.push_back(due);
        return;
    }
    const std::string counted = std::to_string(agreed) + " of " + std::to_string(due.after.size());
    const char* const mark = all ? "✓" : against.empty() ? "–" : "✗";
    record.action.proof = (record.action.proof.empty() ? "API ✓" : record.action.proof) + " metrics " + mark;
    AuditRow row = rowOf(record, "proof");
    row.actor = "holdfast";
    row.outcome = all               ? "agrees: the metrics of " + counted + " instances show it too"
                  : against.empty() ? "silent: the metrics of " + counted + " instances show it, the others say nothing"
                                    : "disagrees: the control endpoint says " + modeText(record.action.to)
                                          + ", the metrics say " + against;
    const bool contradicted = !against.empty() && record.action.state != "reverted";
    if (contradicted) {
        record.action.state = "contradicted";
        record.action.message = "read back as asked for, but the metrics say " + against;
    }
    record.action.updatedMs = m_clock.wallMs();
    nlohmann::json proofs = nlohmann::json::object();
    for (const InstanceOutcome& outcome : record.action.instances)
        proofs[outcome.instance] = outcome.proof;
    row.after = proofs.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    const std::string outcome = row.outcome;
    writeOrKeep({std::move(row)}, {updateAction(record)});
    if (!against.empty())
        tell({.atMs = m_clock.wallMs(),
              .kind = "readback",
              .service = record.action.service,
              .subject = record.callee.empty() ? record.name : record.callee,
              .actor = "holdfast",
              .text = record.action.control + ": " + outcome,
              .dataJson =
                  "{\"action\":" + std::to_string(record.action.id) + ",\"state\":\"" + record.action.state + "\"}",
              .incident = record.action.incident});
    hint("action", std::to_string(record.action.id));
    hint("control", record.action.control);
}

}  // namespace holdfast::control
