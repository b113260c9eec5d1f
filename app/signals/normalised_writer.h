#pragma once

#include "app/base/result.h"
#include "app/signals/normalised.h"
#include "app/store/appender.h"

#include <cstdint>
#include <set>
#include <unordered_map>
#include <vector>

namespace holdfast::signals {

/// Appends normalised samples, and a staleness marker to every series that was in the last call and is not in this
/// one. One thread at a time.
class NormalisedWriter {
public:
    explicit NormalisedWriter(store::Appender& appender) : m_appender(appender) {}

    /// t ascends from call to call. A refused batch is the caller's to tell; the next call goes on as if it had been.
    [[nodiscard]] Result<void> write(std::int64_t t, const std::vector<NormalisedSample>& samples);

private:
    store::Appender& m_appender;
    std::unordered_map<LabelSet, SeriesId> m_handles;
    std::set<SeriesId> m_living;
};

}  // namespace holdfast::signals
