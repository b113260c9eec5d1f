#pragma once

#include "app/base/result.h"
#include "widgets/client/fleet.h"
#include "widgets/client/service_page.h"

#include <QString>

class QByteArray;

namespace holdfast::widgets {

/// For a window attached to a foreign Prometheus: one instant query that gives, per job, instances, requests, errors
/// and p99 by the usual metric names (promhttp, Prometheus client libraries), told apart by the label "holdfast".
[[nodiscard]] QString prometheusFleetQuery();

/// The fleet from that query's answer. Limits, headroom, breakers and flags are not known without an engine.
[[nodiscard]] Result<Fleet> decodePrometheusFleet(const QByteArray& body);

/// One job's page: the same lanes as the engine's, by the usual metric names.
[[nodiscard]] Result<ServicePage> decodePrometheusPage(const QByteArray& body, const QString& job);

}  // namespace holdfast::widgets
