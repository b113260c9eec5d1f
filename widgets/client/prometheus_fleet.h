#pragma once

#include "app/base/result.h"
#include "widgets/client/fleet.h"

#include <QString>
#include <QUrlQuery>

#include <cstdint>

class QByteArray;

namespace holdfast::widgets {

/// For a window attached to a foreign Prometheus: one expression that gives, for each service, instances, requests,
/// errors, p99, what runs full and its breakers, and who calls whom, by the conventions of prometheus_names.h; told
/// apart by the label "holdfast".
///
/// window  of rates, a duration such as "1m"
[[nodiscard]] QString prometheusFleetQuery(const QString& window);

/// That expression as parameters of `query_range` over `points` points up to `endMs`.
[[nodiscard]] QUrlQuery prometheusFleetRange(const QString& window, std::int64_t endMs, std::int64_t spanMs,
                                             std::int64_t points);

/// The fleet at the end of that range, with the range as its sparks. The limits are those of an engine without a
/// configuration: 1 % errors, 500 ms. Flags and retries are not known without an engine.
[[nodiscard]] Result<Fleet> decodePrometheusFleet(const QByteArray& body);

}  // namespace holdfast::widgets
