#pragma once

#include "app/base/mutex.h"
#include "app/base/result.h"
#include "app/model/exemplar.h"
#include "app/model/metric_metadata.h"
#include "app/store/matchers.h"
#include "app/store/querier.h"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace holdfast::store {

/// What endpoints said of their metric families. Bounded: families beyond kMost are not kept. Thread-safe.
class MetadataBook {
public:
    static constexpr std::size_t kMost = 100'000;

    /// True when it is news, and therefore to be written.
    bool add(const MetricMetadata& entry) HF_EXCLUDES(m_mutex);
    [[nodiscard]] std::vector<MetricMetadata> find(std::string_view family) const HF_EXCLUDES(m_mutex);

private:
    mutable Mutex m_mutex;
    std::multimap<std::string, MetricMetadata, std::less<>> m_entries HF_GUARDED_BY(m_mutex);
};

/// The newest exemplars, in a ring. Thread-safe.
class ExemplarRing {
public:
    static constexpr std::size_t kMost = 100'000;  // what Prometheus' storage keeps by default

    struct Entry {
        LabelSet series;
        Exemplar exemplar;
    };
    /// False when it repeats the newest one of its series: endpoints expose an exemplar until a newer one comes.
    bool add(Entry entry) HF_EXCLUDES(m_mutex);
    [[nodiscard]] std::vector<Querier::SeriesExemplars> find(const std::vector<CompiledMatcher>& matchers,
                                                             TimeRange range) const HF_EXCLUDES(m_mutex);

private:
    mutable Mutex m_mutex;
    std::deque<Entry> m_entries HF_GUARDED_BY(m_mutex);
    std::unordered_map<std::uint64_t, std::int64_t> m_newest HF_GUARDED_BY(m_mutex);  // by hash of the series
};

/// The bytes of exemplar.labels: its labels, the bits of its value, a checksum over all of the row.
[[nodiscard]] std::string encodeExemplar(const Exemplar& exemplar, std::string_view seriesBytes);
/// Corrupt when the checksum differs.
[[nodiscard]] Result<Exemplar> decodeExemplar(std::int64_t t, std::string_view bytes, std::string_view seriesBytes);

}  // namespace holdfast::store
