#include "app/control/state_samples.h"

#include "app/model/sample.h"

#include <cstddef>
#include <utility>

namespace holdfast::control {

namespace {

constexpr std::int64_t kRepeatMs = 60'000;      // well within the five minutes a query looks back
constexpr std::size_t kMostState = 100;         // bytes; a long text is known by its beginning
constexpr std::size_t kMostInstances = 10'000;  // guessed: more than any list a person reads

/// Whether the services' metrics do not tell it.
bool isKept(const ControlPoint& point)
{
    return point.kind != Kind::Breaker && point.kind != Kind::Flag;
}

/// At most kMostState bytes, no character cut in two.
std::string shortened(const std::string& text)
{
    if (text.size() <= kMostState)
        return text;
    std::size_t end = kMostState;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U)
        --end;
    return text.substr(0, end) + "…";
}

}  // namespace

Result<void> StateSamples::write(store::Appender& appender, const PointMap& points, std::int64_t nowMs)
{
    Batch batch;
    batch.origin = "control";
    std::map<std::string, Living> living;
    for (const auto& [id, point] : points) {
        if (!isKept(point))
            continue;
        for (const InstanceObservation& instance : point.instances) {
            if (instance.state.empty() || instance.quality == Quality::Unknown || instance.quality == Quality::Stale
                || living.size() >= kMostInstances)
                continue;
            const std::string state = shortened(instance.state);
            const std::string key = id + '\n' + instance.instance + '\n' + state;
            const auto known = m_living.find(key);
            if (known != m_living.end() && nowMs - known->second.writtenMs < kRepeatMs) {
                living[key] = known->second;
                continue;
            }
            HF_TRY(const SeriesId series, appender.series({{std::string(kMetricName), "holdfast_control_state"},
                                                           {"service", point.service},
                                                           {"control", id},
                                                           {"kind", word(point.kind)},
                                                           {"name", point.name},
                                                           {"instance", instance.instance},
                                                           {"state", state}}));
            living[key] = {series, nowMs};
            batch.samples.push_back({.series = series, .t = nowMs, .v = 1});
        }
    }
    for (const auto& [key, was] : m_living) {
        if (!living.contains(key))
            batch.samples.push_back({.series = was.series, .t = nowMs, .v = staleMarker()});
    }
    m_living = std::move(living);
    if (batch.samples.empty())
        return {};
    HF_TRY([[maybe_unused]] const auto report, appender.append(std::move(batch)));
    return {};
}

}  // namespace holdfast::control
