#pragma once

#include "app/base/clock.h"
#include "app/base/log.h"
#include "app/incident/redaction.h"
#include "app/model/time_range.h"
#include "app/store/journal.h"
#include "app/store/querier.h"

#include <cstdint>
#include <string>

namespace holdfast::incident {

/// What a bundle says of itself: setting "bundle" of its journal. Times: milliseconds since the epoch.
struct BundleManifest {
    int format = 1;       ///< a newer one is refused
    std::string version;  ///< of the Holdfast that wrote it
    std::int64_t incident = 0;
    std::int64_t atMs = 0;  ///< where a replay begins: when it opened
    TimeRange span{};       ///< of the samples
    std::int64_t madeMs = 0;
    std::string redacted;    ///< "people,hosts", empty: nothing was
    std::string configYaml;  ///< without secrets
};

inline constexpr int kBundleFormat = 1;
inline constexpr const char* kBundleKey = "bundle";

/// A `.holdfast` bundle is a Holdfast database (app/store/FORMAT.md) of one span: its samples raw, events, the incident
/// with all its versions, actions, holds and audit rows, and the manifest. `file` must not exist. Fails with Limit
/// where the span has more than 20 million samples.
[[nodiscard]] Result<void> writeBundle(const std::string& file, const store::Querier& samples,
                                       const store::Journal& journal, const BundleManifest& manifest,
                                       Redactor& redactor, const Clock& clock, Log& log);

/// NotFound for a database that is no bundle, BadInput for one of a newer format.
[[nodiscard]] Result<BundleManifest> readBundleManifest(const store::Journal& journal);

}  // namespace holdfast::incident
