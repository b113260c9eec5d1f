#pragma once

#include "widgets/client/control.h"
#include "widgets/table/row_model.h"

#include <functional>
#include <memory>

namespace holdfast::widgets {

using Now = std::function<std::int64_t()>;
/// One control of a snapshot; the snapshot lives as long as it. Thousands of rows are so handed over without a copy.
using ControlRef = std::shared_ptr<const Control>;

/// A line of a list: a control, or the heading of those that follow.
struct ControlRow {
    ControlRow(ControlRef ref) : control(std::move(ref)) {}  // NOLINT(google-explicit-constructor): a row is a control
    explicit ControlRow(QString title) : heading(std::move(title)) {}

    ControlRef control;  ///< null of a heading
    QString heading;
    bool outside = false;  ///< the filter does not match it; it is shown because it is in force
};

using ControlModel = RowModel<ControlRow>;
/// What waits for its eight seconds on a control, in words, or empty: "sends in 6 s".
using Pending = std::function<QString(const QString& control)>;

/// Models of the controls view; what a row offers are rowActs(), in that order.
[[nodiscard]] ControlModel* makeBreakerModel(Now now, QObject* parent, Pending pending = {});
[[nodiscard]] ControlModel* makeFlagModel(Now now, QObject* parent, Pending pending = {});
/// One-shot actions, servers, silences: what is done rather than held open.
[[nodiscard]] ControlModel* makeOneShotModel(Now now, QObject* parent, Pending pending = {});

/// An option of a control, and whether it would change what is seen now. Its place in a row stays when it would not.
struct RowAct {
    ControlOption option;
    bool offered = false;
};
/// All options of a control in their fixed order, at last "Set…" with an empty value where it takes any.
[[nodiscard]] std::vector<RowAct> rowActs(const Control& control);

/// Of the options, those that name another mode than the present one; none while the control is locked. A control that
/// takes any value ends with one whose value is empty: "Set…".
[[nodiscard]] std::vector<ControlOption> usefulOptions(const Control& control);

/// The controls of a snapshot that the filter leaves: each word of `filter` must stand in service, name, callee, group
/// or state. An empty filter leaves all; what a person has forced is always left.
[[nodiscard]] std::vector<ControlRow> filteredControls(const std::shared_ptr<const ControlList>& list,
                                                       const QString& filter);
/// All controls of a snapshot, without a copy.
[[nodiscard]] std::vector<ControlRef> controlRefs(const std::shared_ptr<const ControlList>& list);
/// Flags under headings by what they are for: degradation, features, limits and values, fault injection.
[[nodiscard]] std::vector<ControlRow> groupedFlags(std::vector<ControlRow> flags);
/// What the metrics say where they say another state than the service itself, in words; or empty.
[[nodiscard]] QString metricsDisagree(const Control& control);
/// "5/8 open, 1 half-open": the worst and what else there is; "8/8" when all are the same.
[[nodiscard]] QString instancesText(const Control& control);

}  // namespace holdfast::widgets
