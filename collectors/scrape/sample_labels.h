#pragma once

#include "app/base/result.h"
#include "app/config/config.h"
#include "app/model/label_set.h"
#include "collectors/discovery/relabel.h"

#include <optional>

namespace holdfast::scrape {

/// The labels of a stored series from those exposed and those of its target.
///
/// honorLabels false: target labels win, exposed ones of the same name become exported_…; true: exposed ones win.
/// Source: Prometheus scrape/scrape.go, mutateSampleLabels and resolveConflictingExposedLabels.
[[nodiscard]] LabelSet joinLabels(const LabelSet& exposed, const LabelSet& target, bool honorLabels);

/// joinLabels(), then metric relabeling, then the job's label limits; nothing when relabeling drops the series.
/// Limit where a label limit is exceeded, BadInput where no metric name is left.
[[nodiscard]] Result<std::optional<LabelSet>> seriesLabels(const LabelSet& exposed, const LabelSet& target,
                                                           const config::ScrapeConfig& job,
                                                           const discovery::Relabeling& relabeling);

}  // namespace holdfast::scrape
