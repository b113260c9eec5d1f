#pragma once

#include "widgets/client/control.h"
#include "widgets/table/row_model.h"

#include <functional>
#include <memory>

namespace holdfast::widgets {

using Now = std::function<std::int64_t()>;
/// One control of a snapshot; the snapshot lives as long as it. Thousands of rows are so handed over without a copy.
using ControlRef = std::shared_ptr<const Control>;
using BreakerModel = RowModel<ControlRef>;
using FlagModel = RowModel<ControlRef>;

/// Models of the controls view; what a row offers are the labels of usefulOptions(), in that order.
[[nodiscard]] BreakerModel* makeBreakerModel(Now now, QObject* parent);
[[nodiscard]] FlagModel* makeFlagModel(Now now, QObject* parent);
/// One-shot actions, servers, silences: what is done rather than held open.
[[nodiscard]] FlagModel* makeOneShotModel(Now now, QObject* parent);

/// Of the options, those that would change something; none while the control is locked. A control that takes any value
/// ends with one whose value is empty: "Set…".
[[nodiscard]] std::vector<ControlOption> usefulOptions(const Control& control);

/// The controls of a snapshot that the filter leaves: each word of `filter` must stand in service, name, callee, group
/// or state. An empty filter leaves all.
[[nodiscard]] std::vector<ControlRef> filteredControls(const std::shared_ptr<const ControlList>& list,
                                                       const QString& filter);
/// "5/8 open, 1 half-open": the worst and what else there is; "8/8" when all are the same.
[[nodiscard]] QString instancesText(const Control& control);

}  // namespace holdfast::widgets
