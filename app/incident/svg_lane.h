#pragma once

#include "app/incident/lane_data.h"

#include <string>
#include <vector>

namespace holdfast::incident {

/// A vertical mark on every lane.
struct LaneMark {
    std::int64_t atMs = 0;
    std::string kind;  ///< event kind
    std::string text;
};

/// A tinted span: what was compared with what.
struct LaneBand {
    TimeRange span{};
    bool before = false;
    std::string text;
};

/// One lane as inline SVG, 960 units wide: axes with ticks, gaps, marks, bands, title and description for who cannot
/// see it. Presentation attributes only: no style, no script, no reference.
[[nodiscard]] std::string svgLane(const LaneData& data, TimeRange span, const std::vector<LaneMark>& marks,
                                  const std::vector<LaneBand>& bands);
/// The lane of events: one symbol each, with its text as a tooltip.
[[nodiscard]] std::string svgEvents(TimeRange span, const std::vector<LaneMark>& marks);

/// "0.9 %", "1.8 s", "12 /s", by the lane's unit.
[[nodiscard]] std::string laneValue(const std::string& unit, double value);

}  // namespace holdfast::incident
