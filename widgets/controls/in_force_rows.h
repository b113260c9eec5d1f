#pragma once

#include "widgets/client/action.h"
#include "widgets/controls/control_rows.h"

namespace holdfast::widgets {

/// What is in force or about to be: a hold of ours, an action that waits, or what somebody else forced.
struct InForceRow {
    enum class Kind { Waiting, Hold, Foreign };
    Kind kind = Kind::Hold;
    Lease lease;           ///< Hold
    Action action;         ///< Waiting
    ControlRef control;    ///< Foreign; of a hold, where it is known
    bool outside = false;  ///< a filter does not match it
};

using InForceModel = RowModel<InForceRow>;

/// What can be done about a row; RowRole::buttons shows them in this order.
enum class InForceAct { Approve, Refuse, CancelStart, Revert, Extend, Reapply, Release };

[[nodiscard]] InForceModel* makeInForceModel(Now now, QObject* parent);
[[nodiscard]] std::vector<InForceAct> actsOn(const InForceRow& row);
/// What waits first, then the holds by their end, then what others forced.
[[nodiscard]] std::vector<InForceRow> inForceRows(const LeaseList* leases, const ActionList* actions,
                                                  const std::vector<ControlRef>& controls);

}  // namespace holdfast::widgets
