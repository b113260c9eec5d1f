#pragma once

#include "app/base/result.h"
#include "app/notify/delivery.h"
#include "app/store/journal.h"

#include <cstdint>
#include <vector>

namespace holdfast::notify {

// Rows of the table `notification`, to and fro. Thread: as the journal.

[[nodiscard]] store::SqlStatement saveDelivery(const Delivery& delivery);
/// Newest first.
[[nodiscard]] Result<std::vector<Delivery>> newestDeliveries(const store::Journal& journal, std::size_t limit);
/// Ascending; created at or after a time.
[[nodiscard]] Result<std::vector<Delivery>> deliveriesSince(const store::Journal& journal, std::int64_t sinceMs);
[[nodiscard]] Result<std::int64_t> newestDeliveryId(const store::Journal& journal);
/// Removes what was created before a time.
[[nodiscard]] store::SqlStatement forgetDeliveries(std::int64_t beforeMs);

}  // namespace holdfast::notify
