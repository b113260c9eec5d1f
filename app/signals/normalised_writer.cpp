#include "app/signals/normalised_writer.h"

#include "app/model/sample.h"

#include <utility>

namespace holdfast::signals {

Result<void> NormalisedWriter::write(std::int64_t t, const std::vector<NormalisedSample>& samples)
{
    Batch batch;
    batch.origin = "signals";
    std::set<SeriesId> living;
    for (const NormalisedSample& sample : samples) {
        auto handle = m_handles.find(sample.labels);
        if (handle == m_handles.end()) {
            HF_TRY(const SeriesId series, m_appender.series(sample.labels));
            handle = m_handles.emplace(sample.labels, series).first;
        }
        living.insert(handle->second);
        batch.samples.push_back({.series = handle->second, .t = t, .v = sample.value});
    }
    for (const SeriesId gone : m_living)
        if (!living.contains(gone))
            batch.samples.push_back({.series = gone, .t = t, .v = staleMarker()});
    m_living = std::move(living);
    if (batch.samples.empty())
        return {};
    HF_TRY([[maybe_unused]] const auto report, m_appender.append(std::move(batch)));
    return {};
}

}  // namespace holdfast::signals
