#include "app/incident/lanes.h"

#include "app/model/label_set.h"

#include <algorithm>

namespace holdfast::incident {

namespace {

constexpr std::size_t kMostLanes = 8;  // what fits on a page

std::optional<IncidentLane> laneOf(const IncidentSignal& signal)
{
    const std::string match = "service=" + quotedLabelValue(signal.service);
    if (signal.kind == "errors")
        return IncidentLane{signal.service + " errors", "ratio", "holdfast:errors:ratio{" + match + "}"};
    if (signal.kind == "latency")
        return IncidentLane{signal.service + " p99", "seconds",
                            "holdfast:latency:quantile{" + match + ",quantile=\"0.99\"}"};
    if (signal.kind == "headroom")
        return IncidentLane{signal.service + " headroom", "ratio", "holdfast:headroom:ratio{" + match + "}"};
    if (signal.kind == "retries")
        return IncidentLane{signal.service + " retries", "multiple", "holdfast:retry:amplification{" + match + "}"};
    if (signal.kind == "breaker")
        return IncidentLane{signal.service + " → " + signal.subject + " open", "count",
                            "holdfast:breaker:open{" + match + ",callee=" + quotedLabelValue(signal.subject) + "}"};
    if (signal.kind == "dependency")
        return IncidentLane{signal.service + " → " + signal.subject + " errors", "ratio",
                            "holdfast:edge:errors_ratio{" + match + ",callee=" + quotedLabelValue(signal.subject)
                                + "}"};
    if (signal.kind == "target")
        return IncidentLane{signal.subject + " up", "count", "up{instance=" + quotedLabelValue(signal.subject) + "}"};
    return std::nullopt;
}

/// What was reported by hand, or by a rule that says nothing of its kind, is looked for in what users meet.
std::vector<IncidentLane> lanesOf(const IncidentSignal& signal)
{
    if (auto lane = laneOf(signal))
        return {std::move(*lane)};
    if (signal.service.empty())
        return {};
    const std::string match = "service=" + quotedLabelValue(signal.service);
    return {{signal.service + " errors", "ratio", "holdfast:errors:ratio{" + match + "}"},
            {signal.service + " p99", "seconds", "holdfast:latency:quantile{" + match + ",quantile=\"0.99\"}"},
            {signal.service + " requests", "per_second", "holdfast:requests:rate{" + match + "}"}};
}

}  // namespace

std::vector<IncidentLane> lanesOf(const Record& record)
{
    std::vector<const IncidentSignal*> signals;
    for (const auto& signal : record.signals)
        signals.push_back(&signal);
    std::ranges::stable_sort(
        signals, {}, [&](const IncidentSignal* s) { return std::pair(s->service != record.origin, s->onsetMs); });
    std::vector<IncidentLane> out;
    for (const IncidentSignal* signal : signals) {
        for (IncidentLane& lane : lanesOf(*signal)) {
            if (out.size() < kMostLanes && std::ranges::find(out, lane.expr, &IncidentLane::expr) == out.end())
                out.push_back(std::move(lane));
        }
    }
    return out;
}

}  // namespace holdfast::incident
