// The effect of an act while one looks at it; the one that is kept with the act is written by control_time.cpp.
#include "app/control/effect_view.h"

#include "app/control/control_core.h"
#include "app/control/effect.h"

#include <algorithm>
#include <iterator>
#include <tuple>

namespace holdfast::control {

namespace {

constexpr std::int64_t kBaselineMs = 10LL * 60'000;
constexpr std::int64_t kSkipMs = 30'000;
constexpr std::int64_t kNowMs = 60'000;
constexpr std::int64_t kLongestMs = 5LL * 60'000;  // later, other things weigh more than the act
constexpr std::int64_t kConfoundedMs = 2LL * 60'000;
constexpr int kMostLater = 50;

}  // namespace

Effect ControlCore::measure(const ActionRecord& record, std::int64_t endMs) const
{
    Effect effect{.state = "ready", .lines = {}};
    const std::int64_t sent = record.sentMs;
    if (!m_doors.signals)
        return {};
    std::vector<std::string> services{record.action.service};
    if (!record.callee.empty() && record.callee != record.action.service)
        services.push_back(record.callee);
    const bool early = endMs < sent + m_options.effectAfterMs;
    const std::int64_t from = endMs > sent + kSkipMs ? std::max(sent + kSkipMs, endMs - kNowMs) : sent;
    for (const std::string& service : services) {
        const auto before = m_doors.signals(service, {sent - kBaselineMs, sent});
        const auto now = m_doors.signals(service, {from, endMs});
        std::ranges::move(compareSpans(before, now, record.action.service), std::back_inserter(effect.lines));
    }
    if (early) {
        for (EffectLine& line : effect.lines) {
            line.verdict = "too_early";
            line.z.reset();
        }
    }
    const auto others = m_journal.read(
        {.sql = "SELECT (SELECT count(*) FROM action WHERE id <> ? AND state NOT IN ('refused','failed') "
                "AND created_ms BETWEEN ? AND ? AND coalesce(json_extract(data_json,'$.reverts'),0) <> ?) + "
                "(SELECT count(*) FROM event WHERE kind IN ('deploy','restart') AND at_ms BETWEEN ? AND ?)",
         .values = {record.action.id, sent - kConfoundedMs, sent + kConfoundedMs, record.action.id,
                    sent - kConfoundedMs, sent + kConfoundedMs}});
    if (others.ok() && !others->empty() && others->front().integer(0) > 0)
        effect.state = "confounded";
    else if (std::ranges::all_of(effect.lines, [](const EffectLine& line) { return line.verdict == "too_early"; }))
        effect.state = "too_early";
    return effect;
}

std::pair<std::int64_t, std::string> ControlCore::endOf(const ActionRecord& record) const
{
    // Whatever was sent to the control next ended it: its revert, or another act. An extension did not.
    auto later = readActions(m_journal, "control = ? AND id > ? AND state NOT IN ('refused','failed','cancelled')",
                             {record.action.control, record.action.id}, kMostLater);
    if (!later.ok())
        return {};
    std::ranges::reverse(*later);
    for (const ActionRecord& next : *later) {
        const bool ends = next.purpose == ActionRecord::Purpose::Revert || next.purpose == ActionRecord::Purpose::Act;
        if (ends && next.sentMs > 0)
            return {next.sentMs, next.action.actor};
        // A service that keeps the limit itself had put it back when we came: it held until then.
        if (ends && (next.action.state == "reverted" || next.action.state == "verified")) {
            const auto held =
                m_journal.read({.sql = "SELECT until_ms FROM lease WHERE action_id = ?", .values = {record.action.id}});
            if (held.ok() && !held->empty())
                return {std::min(next.action.createdMs, held->front().integer(0)), next.action.actor};
        }
    }
    // Lost by a restart, or taken over by somebody else: the last time that it was seen.
    const auto lease = m_journal.read(
        {.sql = "SELECT json_extract(data_json,'$.verified_ms') FROM lease WHERE action_id = ? AND state IN "
                "('lost','foreign','reverted')",
         .values = {record.action.id}});
    if (lease.ok() && !lease->empty())
        return {std::max(record.sentMs, lease->front().integer(0)), std::string()};
    return {};
}

Result<EffectView> ControlCore::effect(std::int64_t id) const
{
    HF_TRY(const auto records, readActions(m_journal, "id = ?", {id}, 1));
    if (records.empty())
        return Error{"no action has the number " + std::to_string(id), ErrorKind::NotFound};
    const ActionRecord& record = records.front();
    EffectView view;
    view.action = id;
    view.sentMs = record.sentMs;
    view.atMs = m_clock.wallMs();
    if (record.sentMs == 0)
        return view;
    view.judgedMs = record.sentMs + m_options.effectAfterMs;
    std::tie(view.endedMs, view.endedBy) = endOf(record);
    view.atMs = std::min(view.atMs, record.sentMs + kLongestMs);
    if (view.endedMs > 0)
        view.atMs = std::min(view.atMs, view.endedMs);
    view.effect = measure(record, view.atMs);
    return view;
}

}  // namespace holdfast::control
