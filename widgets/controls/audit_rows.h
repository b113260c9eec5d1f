#pragma once

#include "widgets/client/action.h"
#include "widgets/client/action_audit.h"
#include "widgets/controls/control_rows.h"

namespace holdfast::widgets {

using HistoryModel = RowModel<Action>;
using AuditModel = RowModel<AuditRow>;

/// What was done, one line an action, with its outcome and what it changed.
[[nodiscard]] HistoryModel* makeHistoryModel(Now now, QObject* parent);
/// Every step of the journal, as it was written.
[[nodiscard]] AuditModel* makeAuditModel(Now now, QObject* parent);

}  // namespace holdfast::widgets
