#pragma once

#include "app/incident/record.h"
#include "app/model/time_range.h"
#include "app/store/journal.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace holdfast::incident {

/// Durations, in milliseconds; nothing where there is none.
struct Durations {
    std::size_t count = 0;
    std::optional<std::int64_t> median, p90;
};

/// New alarms per 10 minutes against EEMUA 191, table 11 (long-term average) and its 10 alarms in the 10 minutes
/// after an upset.
struct AlarmRate {
    std::size_t total = 0;
    double per10Min = 0;
    std::size_t worst10Min = 0;
    std::int64_t worstMs = 0;  ///< start of that span
    std::size_t floods = 0;    ///< spans of 10 minutes with more than 10
    std::string judgement;     ///< in EEMUA's words
};

struct DayCount {
    std::int64_t dayMs = 0;  ///< 00:00 UTC
    std::size_t incidents = 0, pages = 0, alarms = 0;
};

/// How it went over some weeks. Times: milliseconds since the epoch.
struct Review {
    TimeRange span{};
    std::size_t incidents = 0;
    Durations acknowledge, mitigate, resolve;  ///< since it opened
    std::size_t pages = 0;                     ///< incidents of severity 1 and 2, which wake somebody
    double pagesPerShift = 0;
    std::size_t selfHealed = 0;  ///< resolved before anybody acknowledged
    double selfHealedRatio = 0;
    double signalsPerIncident = 0;  ///< what grouping saves
    std::size_t reopened = 0;
    std::size_t overridesExpired = 0, overridesReverted = 0;  ///< ended by their own end, by a person
    AlarmRate alarms;
    std::vector<DayCount> perDay;
};

/// Two incidents a shift is what people bear: Google, Site Reliability Engineering, ch. 11.
inline constexpr double kPagesPerShiftLimit = 2;

/// `records`: those opened within the span; merged ones do not count.
[[nodiscard]] Result<Review> review(const store::Journal& journal, const std::vector<Record>& records, TimeRange span,
                                    std::int64_t shiftMs);

/// Alarms (their times, ascending) over a span; also for a handover.
[[nodiscard]] AlarmRate alarmRate(const std::vector<std::int64_t>& alarms, TimeRange span);
/// Times at which alerts began within the span, ascending.
[[nodiscard]] Result<std::vector<std::int64_t>> alarmTimes(const store::Journal& journal, TimeRange span);

}  // namespace holdfast::incident
