#pragma once

#include "widgets/client/prometheus_alerts.h"
#include "widgets/table/row_model.h"

#include <functional>

namespace holdfast::widgets {

using AlertModel = RowModel<PrometheusAlert>;

/// Table of the alerts and quiet rules of a foreign Prometheus; `now` in ms since the epoch. Thread: gui.
[[nodiscard]] AlertModel* makeAlertModel(std::function<std::int64_t()> now, QObject* parent);
/// Which row it is: a rule may hold several alerts.
[[nodiscard]] QString alertKey(const PrometheusAlert& alert);
/// `job=payments  instance=…`, without what has a column of its own.
[[nodiscard]] QString alertLabels(const PrometheusAlert& alert);

}  // namespace holdfast::widgets
