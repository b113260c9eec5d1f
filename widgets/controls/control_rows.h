#pragma once

#include "widgets/client/action.h"
#include "widgets/client/control.h"
#include "widgets/table/row_model.h"

#include <functional>

namespace holdfast::widgets {

/// The engine's time, ms since the epoch, for ages and countdowns.
using Now = std::function<std::int64_t()>;

using BreakerModel = RowModel<Control>;
using FlagModel = RowModel<Control>;
using HoldModel = RowModel<Lease>;
using HistoryModel = RowModel<Action>;

/// Tables of the Controls view. Buttons of a breaker or flag row: its options, in the order of
/// Control::options; of a hold: "+15 min", "Revert". Thread: gui.
[[nodiscard]] BreakerModel* makeBreakerModel(Now now, QObject* parent);
[[nodiscard]] FlagModel* makeFlagModel(Now now, QObject* parent);
[[nodiscard]] HoldModel* makeHoldModel(Now now, QObject* parent);
[[nodiscard]] HistoryModel* makeHistoryModel(Now now, QObject* parent);

/// The options that make sense now: not the mode it is in already, none while it is locked.
[[nodiscard]] std::vector<ControlOption> usefulOptions(const Control& control);

}  // namespace holdfast::widgets
