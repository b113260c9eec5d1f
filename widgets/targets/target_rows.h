#pragma once

#include "widgets/client/target.h"
#include "widgets/table/row_model.h"

#include <functional>

namespace holdfast::widgets {

using TargetModel = RowModel<Target>;

/// Table of the Targets view; `now` is the engine's time, ms since the epoch. Thread: gui.
[[nodiscard]] TargetModel* makeTargetModel(std::function<std::int64_t()> now, QObject* parent);
/// Which row it is: a job may have several instances, an instance several jobs.
[[nodiscard]] QString targetKey(const Target& target);
/// Not heard of for three intervals.
[[nodiscard]] bool isStale(const Target& target, std::int64_t nowMs);

}  // namespace holdfast::widgets
