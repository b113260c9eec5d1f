#include "app/control/hold_samples.h"

#include "app/model/sample.h"

#include <utility>

namespace holdfast::control {

Result<void> HoldSamples::write(store::Appender& appender, const std::vector<LeaseRecord>& leases, std::int64_t nowMs)
{
    Batch batch;
    batch.origin = "control";
    std::map<std::string, SeriesId> living;
    for (const LeaseRecord& lease : leases) {
        HF_TRY(const SeriesId series, appender.series({{std::string(kMetricName), "holdfast_override_expires_seconds"},
                                                       {"service", lease.service},
                                                       {"control", lease.control}}));
        living[lease.control] = series;
        batch.samples.push_back({.series = series, .t = nowMs, .v = static_cast<double>(lease.untilMs) / 1000});
    }
    for (const auto& [control, series] : m_living)
        if (!living.contains(control))
            batch.samples.push_back({.series = series, .t = nowMs, .v = staleMarker()});
    m_living = std::move(living);
    if (batch.samples.empty())
        return {};
    HF_TRY([[maybe_unused]] const auto report, appender.append(std::move(batch)));
    return {};
}

}  // namespace holdfast::control
