#pragma once

#include "widgets/client/service_page.h"

namespace holdfast::widgets {

/// Whether there is anything to draw in a lane: a line or a heatmap.
[[nodiscard]] inline bool hasChart(const LaneSpec& lane)
{
    return !lane.queries.empty() || !lane.heatmapExpr.isEmpty();
}

}  // namespace holdfast::widgets
