#pragma once

#include "app/model/label_set.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace holdfast::notify {

/// What people are told of: an incident, an override about to end, a revert that failed, an engine that sees nothing.
/// As of now; what of it is news is the Ledger's business. Times: milliseconds since the epoch. Value type.
struct Situation {
    std::string subject;  ///< identity: "incident/142", "lease/3/ending/1700000000000", "engine/blind"
    std::string kind;     ///< incident override_ending revert_failed engine_blind
    bool over = false;
    bool quiet = false;         ///< somebody has it: no reminders
    bool tellEnd = true;        ///< its end is news too
    int severity = 3;           ///< 1 the worst
    std::int64_t incident = 0;  ///< 0: none
    std::string title;          ///< one line
    std::string text;           ///< more, or empty
    std::string service;        ///< likely origin
    std::int64_t startedMs = 0;
    std::int64_t endedMs = 0;  ///< where over
};

/// One alert or signal behind a situation.
struct NoticeAlert {
    LabelSet labels;
    LabelSet annotations;
    bool firing = true;
    std::int64_t startsMs = 0;
    std::int64_t endsMs = 0;  ///< where not firing
};

/// Why a notification is sent.
enum class Change { Opened, Worse, Reopened, Resolved, Reminder, Test };

[[nodiscard]] const char* changeWord(Change change);   ///< "opened" …
[[nodiscard]] Change changeOf(std::string_view word);  ///< Opened for an unknown word

/// A situation at the time of a change, with everything a receiver is told. Value type.
struct Notice {
    Situation now;
    Change change = Change::Opened;
    std::int64_t atMs = 0;
    int worstBefore = 0;  ///< severity told before; 0: none
    std::vector<NoticeAlert> alerts;
    std::size_t alertsLeftOut = 0;

    [[nodiscard]] bool firing() const { return !now.over; }
};

/// To and from the JSON that the journal keeps.
[[nodiscard]] std::string noticeJson(const Notice& notice);
[[nodiscard]] Notice noticeFromJson(std::string_view json);

}  // namespace holdfast::notify
