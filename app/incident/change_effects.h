#pragma once

#include "app/control/control_doors.h"
#include "app/incident/effect_history.h"
#include "app/incident/topology.h"
#include "app/store/journal.h"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace holdfast::incident {

/// Judges deploys and flag changes like actions: before and after, by the statistics of control/effect.h.
///
/// 10 minutes before the change are compared with the last 60 s at 95 s, 5 min and 10 min after it, the first 30 s left
/// out; told at the first of these that says anything, at the last one even where it is too early to tell. Confounded:
/// something else changed within 2 min on the service, a caller or a callee of it; a deploy's own restarts do not
/// count. Does no writing. One thread at a time.
class ChangeEffects {
public:
    using Signals = std::function<std::vector<control::EffectSeries>(const std::string& service, TimeRange span)>;

    ChangeEffects(const store::Journal& journal, Signals signals) : m_journal(journal), m_signals(std::move(signals)) {}

    /// A change to be judged later; other kinds than deploy and flag are left alone.
    void note(const Event& event);
    [[nodiscard]] bool pending() const { return !m_due.empty(); }
    /// Effects that can be told at `now`, as events to be recorded.
    [[nodiscard]] std::vector<Event> advance(std::int64_t now, const Topology& topology);

private:
    struct Due {
        Event change;
        std::size_t attempt = 0;
    };
    [[nodiscard]] ChangeEffect judge(const Event& change, std::int64_t now, const Topology& topology) const;
    [[nodiscard]] std::string otherChange(const Event& change, const Topology& topology) const;

    const store::Journal& m_journal;
    const Signals m_signals;
    std::vector<Due> m_due;
};

}  // namespace holdfast::incident
