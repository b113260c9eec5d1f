#pragma once

#include "app/base/result.h"
#include "app/control/records.h"
#include "app/store/appender.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace holdfast::control {

/// Writes when each hold ends, as series holdfast_override_expires_seconds{service,control}; a staleness marker when it
/// is put back. One thread at a time.
class HoldSamples {
public:
    /// nowMs ascends from call to call.
    [[nodiscard]] Result<void> write(store::Appender& appender, const std::vector<LeaseRecord>& leases,
                                     std::int64_t nowMs);

private:
    std::map<std::string, SeriesId> m_living;  ///< by control
};

}  // namespace holdfast::control
