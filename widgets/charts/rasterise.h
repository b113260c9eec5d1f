#pragma once

#include "widgets/charts/lane_data.h"
#include "widgets/theme/tokens.h"

#include <QImage>
#include <QSize>

namespace holdfast::widgets {

/// Where a layer is drawn: its size in device-independent pixels, the span and the values it covers.
struct LayerFrame {
    QSize size;
    double pixelRatio = 1;
    std::int64_t startMs = 0;
    std::int64_t endMs = 1;
    ValueRange values;
};

/// The lines of a lane as a transparent picture, to be laid over the plot. The main line is coloured only where it
/// violates the limit. Samples denser than two a pixel are drawn as columns from their least to their most.
/// Thread-safe; meant for a worker.
[[nodiscard]] QImage rasteriseLines(const LaneData& data, const LayerFrame& frame, const Tokens& tokens);

}  // namespace holdfast::widgets
