#pragma once

#include "widgets/client/fleet.h"

#include <QString>

#include <map>
#include <vector>

namespace holdfast::widgets {

/// Whom a refused edge can reach: for each service upstream of it the share of its requests that may be touched, as an
/// upper bound, and which of them are entrances.
struct BlastRadius {
    QString caller;
    QString callee;
    std::map<QString, double> reach;  ///< service → at most this share, 0…1
    std::vector<QString> entrances;   ///< of those, the ones that nobody calls

    [[nodiscard]] bool empty() const { return reach.empty(); }
};

/// A share along a path is the product of the shares of its edges; several paths add up, to one at most. Where a rate
/// is not known, its share counts as one: the bound stays one. Source: cockpit.md §4.5.2, preview numbers.
[[nodiscard]] BlastRadius blastRadius(const Fleet& fleet, const QString& caller, const QString& callee);

}  // namespace holdfast::widgets
