#pragma once

#include "app/base/result.h"
#include "app/control/action.h"
#include "app/store/journal.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace holdfast::incident {

/// Actions as they stood at an instant: the row of an action says how it ended, the append-only audit how far it had
/// come by then. Newest first; those asked for at t or before, at most `limit`. What came later (results of instances,
/// proof, effect, that it was put back) is not in them. t: milliseconds since the epoch.
///
/// control  empty: of all
/// id       above 0: only this one
[[nodiscard]] Result<std::vector<control::Action>> actionsKnownAt(const store::Journal& journal, std::int64_t t,
                                                                  int limit, std::string_view control = {},
                                                                  std::int64_t id = 0);

}  // namespace holdfast::incident
