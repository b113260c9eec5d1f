#pragma once

#include "app/base/result.h"
#include "app/incident/incident.h"

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace holdfast::incident {

/// Alerts that a person put aside for a while: they open and join no incident until the shelf ends by itself.
/// Source of the idea and of the bound: ISA-18.2 (shelving has an end, is listed, and returns by itself).
/// Times: milliseconds since the epoch.
struct Shelf {
    std::int64_t id = 0;
    std::string alert;    ///< name of the rule; empty: every alert of the service
    std::string service;  ///< empty: the rule on every service
    std::string actor;
    std::string reason;
    std::int64_t createdMs = 0;
    std::int64_t untilMs = 0;
    bool untilClear = false;              ///< ends as soon as nothing of it fires, at untilMs at the latest
    std::optional<std::int64_t> endedMs;  ///< nothing while it is in force
    std::string endedBy;                  ///< empty: by itself
    std::size_t firing = 0;               ///< alerts held by it at the last evaluation

    bool seenFiring = false;  ///< since it was made
    bool noticed = false;     ///< its end was announced

    [[nodiscard]] bool holds(const IncidentSignal& signal) const;
    /// "payments", "TargetDown of payments", "TargetDown".
    [[nodiscard]] std::string what() const;
};

struct ShelveRequest {
    std::string alert;
    std::string service;
    std::int64_t forMs = 0;
    bool untilClear = false;
    std::string actor;
    std::string reason;
};

inline constexpr std::int64_t kLongestShelfMs = 4LL * 3'600'000;
inline constexpr std::int64_t kShelfNoticeMs = 2LL * 60'000;

/// What is shelved, and what was in the last 30 days. Does no I/O. One thread at a time.
class ShelfBook {
public:
    /// Those that stand in toJson()'s text.
    void restore(std::string_view json);
    [[nodiscard]] std::string toJson() const;

    /// BadInput: no alert and no service, no actor, no reason, no end or one later than in four hours. Conflict: the
    /// same is shelved already.
    [[nodiscard]] Result<Shelf> add(const ShelveRequest& request, std::int64_t now);
    /// NotFound, or Conflict where it ended already.
    [[nodiscard]] Result<Shelf> end(std::int64_t id, std::string_view actor, std::int64_t now);

    /// The one in force that holds this signal. What tells of a forgotten or failed revert cannot be shelved.
    [[nodiscard]] Shelf* holding(const IncidentSignal& signal, std::int64_t now);
    [[nodiscard]] bool holds(const IncidentSignal& signal, std::int64_t now) const;

    struct Change {
        Shelf shelf;
        std::string text;  ///< for the timeline
    };
    /// Ends what is over at `now`, announces ends two minutes before. Call after the firing counts are set.
    [[nodiscard]] std::vector<Change> advance(std::int64_t now);

    [[nodiscard]] const std::vector<Shelf>& all() const { return m_shelves; }
    [[nodiscard]] std::vector<Shelf>& all() { return m_shelves; }
    [[nodiscard]] bool anyInForce() const;

private:
    std::vector<Shelf> m_shelves;  ///< ascending by id
    std::int64_t m_nextId = 1;
};

}  // namespace holdfast::incident
