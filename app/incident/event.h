#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace holdfast::incident {

/// Something that happened, as the timeline keeps it. Append-only. Times: milliseconds since the epoch.
struct Event {
    std::int64_t id = 0;       ///< given by the journal
    std::int64_t atMs = 0;     ///< when it happened
    std::int64_t knownMs = 0;  ///< when Holdfast learnt of it; 0: now
    std::string kind;  ///< one of journal_schema.h: alert_on breaker flag action readback deploy restart note …
    std::string service;
    std::string subject;  ///< what of the service: callee, flag, alert name, instance
    std::string actor;
    std::string text;             ///< one sentence for people
    std::string dataJson = "{}";  ///< details for programs
    std::optional<std::int64_t> incident;
    bool starred = false;
    std::optional<std::int64_t> replaces;  ///< the event this is a newer version of
};

/// The kinds that recordEvent() takes.
[[nodiscard]] bool isEventKind(std::string_view kind);

}  // namespace holdfast::incident
