#include "app/incident/review.h"

#include <algorithm>
#include <map>

namespace holdfast::incident {

namespace {

constexpr std::int64_t kTenMinutesMs = 600'000;
constexpr std::int64_t kDayMs = 86'400'000;
constexpr std::size_t kFlood = 10;

Durations durations(std::vector<std::int64_t> values)
{
    Durations out{.count = values.size(), .median = {}, .p90 = {}};
    if (values.empty())
        return out;
    std::ranges::sort(values);
    out.median = values[(values.size() - 1) / 2];
    out.p90 = values[(values.size() - 1) * 9 / 10];
    return out;
}

/// EEMUA 191 (3rd edition), average alarm rate in steady operation per 10 minutes.
const char* judgementOf(double per10Min)
{
    if (per10Min < 1)
        return "very likely to be acceptable";
    if (per10Min < 2)
        return "manageable";
    if (per10Min < 5)
        return "likely to be over-demanding";
    return "very likely to be unacceptable";
}

Result<std::size_t> count(const store::Journal& journal, const char* sql, TimeRange span)
{
    HF_TRY(const auto rows, journal.read({sql, {span.start, span.end}}));
    return rows.empty() ? std::size_t{0} : static_cast<std::size_t>(rows.front().integer(0));
}

}  // namespace

Result<std::vector<std::int64_t>> alarmTimes(const store::Journal& journal, TimeRange span)
{
    HF_TRY(const auto rows,
           journal.read({"SELECT fired_ms FROM incident_signal WHERE fired_ms BETWEEN ? AND ? GROUP BY "
                         "fingerprint, fired_ms ORDER BY fired_ms LIMIT 1000000",
                         {span.start, span.end}}));
    std::vector<std::int64_t> out;
    out.reserve(rows.size());
    for (const auto& row : rows)
        out.push_back(row.integer(0));
    return out;
}

AlarmRate alarmRate(const std::vector<std::int64_t>& alarms, TimeRange span)
{
    AlarmRate out;
    out.total = alarms.size();
    const double tens = static_cast<double>(std::max<std::int64_t>(span.end - span.start, kTenMinutesMs))
                        / static_cast<double>(kTenMinutesMs);
    out.per10Min = static_cast<double>(out.total) / tens;
    out.judgement = judgementOf(out.per10Min);
    std::size_t first = 0;
    for (std::size_t last = 0; last < alarms.size(); ++last) {
        while (alarms[last] - alarms[first] >= kTenMinutesMs)
            ++first;
        if (last - first + 1 > out.worst10Min) {
            out.worst10Min = last - first + 1;
            out.worstMs = alarms[first];
        }
    }
    std::map<std::int64_t, std::size_t> byTen;
    for (const std::int64_t at : alarms)
        ++byTen[at / kTenMinutesMs];
    out.floods =
        static_cast<std::size_t>(std::ranges::count_if(byTen, [](const auto& entry) { return entry.second > kFlood; }));
    return out;
}

Result<Review> review(const store::Journal& journal, const std::vector<Record>& records, TimeRange span,
                      std::int64_t shiftMs)
{
    Review out;
    out.span = span;
    std::vector<std::int64_t> acknowledged, mitigated, resolved;
    std::map<std::int64_t, DayCount> days;
    const auto day = [&](std::int64_t ms) -> DayCount& {
        auto& entry = days[ms / kDayMs];
        entry.dayMs = ms / kDayMs * kDayMs;
        return entry;
    };
    for (std::int64_t t = span.start; t <= span.end; t += kDayMs)
        (void)day(t);
    std::size_t signals = 0;
    std::size_t ended = 0;
    for (const Record& record : records) {
        if (record.mergedInto || record.openedMs < span.start || record.openedMs > span.end)
            continue;
        ++out.incidents;
        ++day(record.openedMs).incidents;
        signals += record.signals.size();
        out.reopened += record.reopened;
        if (record.severity != Severity::Sev3) {
            ++out.pages;
            ++day(record.openedMs).pages;
        }
        const auto since = [&](std::int64_t ms) { return std::max<std::int64_t>(ms - record.openedMs, 0); };
        if (record.ackedMs)
            acknowledged.push_back(since(*record.ackedMs));
        if (record.mitigatedMs)
            mitigated.push_back(since(*record.mitigatedMs));
        if (record.isOpen() || !record.resolvedMs)
            continue;
        ++ended;
        resolved.push_back(since(*record.resolvedMs));
        out.selfHealed += record.ackedMs ? 0 : 1;
    }
    out.acknowledge = durations(std::move(acknowledged));
    out.mitigate = durations(std::move(mitigated));
    out.resolve = durations(std::move(resolved));
    if (ended > 0)
        out.selfHealedRatio = static_cast<double>(out.selfHealed) / static_cast<double>(ended);
    if (out.incidents > 0)
        out.signalsPerIncident = static_cast<double>(signals) / static_cast<double>(out.incidents);
    const double shifts =
        static_cast<double>(span.end - span.start) / static_cast<double>(std::max<std::int64_t>(shiftMs, 1));
    out.pagesPerShift = static_cast<double>(out.pages) / std::max(shifts, 1.0);
    HF_TRY(const auto alarms, alarmTimes(journal, span));
    for (const std::int64_t at : alarms)
        ++day(at).alarms;
    out.alarms = alarmRate(alarms, span);
    HF_TRY(
        out.overridesReverted,
        count(journal,
              "SELECT count(*) FROM action WHERE created_ms BETWEEN ? AND ? AND state NOT IN ('refused','failed') AND "
              "json_extract(data_json,'$.purpose')='revert' AND actor<>'holdfast'",
              span));
    HF_TRY(out.overridesExpired,
           count(journal, "SELECT count(*) FROM event WHERE at_ms BETWEEN ? AND ? AND kind='override_end'", span));
    out.overridesExpired -= std::min(out.overridesExpired, out.overridesReverted);
    for (auto& [number, entry] : days)
        out.perDay.push_back(entry);
    return out;
}

}  // namespace holdfast::incident
