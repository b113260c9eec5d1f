#pragma once

#include "app/base/result.h"
#include "app/model/batch.h"
#include "app/model/label_set.h"

#include <cstdint>

namespace holdfast::store {

/// What became of the samples of one batch. Their sum is the number of samples handed in.
struct AppendReport {
    std::uint64_t stored = 0;
    std::uint64_t duplicate = 0;    ///< same series, time and bits as one that is stored: harmless
    std::uint64_t conflicting = 0;  ///< same series and time, another value: the first one stays
    std::uint64_t outOfOrder = 0;   ///< older than the out-of-order window allows
    std::uint64_t outOfBounds = 0;  ///< more than 10 minutes ahead of the wall clock, or before the epoch
};

/// The one write door of the store. Thread-safe.
class Appender {
public:
    virtual ~Appender() = default;

    /// The handle of the series with these labels, made if new. Cheap for known ones, but not free: callers that
    /// meet the same series again keep the handle. Fails (Limit) when the store's series limit is reached.
    [[nodiscard]] virtual Result<SeriesId> series(const LabelSet& labels) = 0;

    /// Judges the samples at once (the report), makes them visible to queries, and queues them for the next
    /// commit (at most a second away). Full queue: Unavailable, nothing of the batch is kept.
    [[nodiscard]] virtual Result<AppendReport> append(Batch batch) = 0;

    /// The same, and returns only when the batch is durable on disk.
    [[nodiscard]] virtual Result<AppendReport> appendDurably(Batch batch) = 0;
};

}  // namespace holdfast::store
