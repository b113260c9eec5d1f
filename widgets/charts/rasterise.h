#pragma once

#include "widgets/charts/lane_data.h"
#include "widgets/charts/pyramid.h"
#include "widgets/theme/tokens.h"

#include <QImage>
#include <QSize>

#include <span>
#include <vector>

class QPainter;

namespace holdfast::widgets {

/// Where a layer is drawn: its size in device-independent pixels, the span and the values it covers.
struct LayerFrame {
    QSize size;
    double pixelRatio = 1;
    std::int64_t startMs = 0;
    std::int64_t endMs = 1;
    ValueRange values;
    std::vector<std::int64_t> ticks = {};  ///< where the grid's upright lines stand, ms
};

/// What is worked out once an answer and then serves every picture of it: a pan or zoom costs its pixels only.
struct LaneDigest {
    explicit LaneDigest(const LaneData& data);

    std::vector<Pyramid> pyramids;  ///< one a line, in their order
    double largest = 0;
    std::vector<Gap> gaps;                     ///< between samples
    std::optional<std::int64_t> lastSampleMs;  ///< of any line
};

/// The gaps of a digest up to `untilMs`: those between samples, and the one at the right end if the data are that old.
[[nodiscard]] std::vector<Gap> gapsUntil(const LaneData& data, const LaneDigest& digest, std::int64_t untilMs);

/// The lines of a lane as a transparent picture, to be laid over the plot. The main line is coloured only where it
/// violates the limit. Samples denser than two a pixel are drawn as columns from their least to their most.
/// Thread-safe; meant for a worker.
[[nodiscard]] QImage rasteriseLines(const LaneData& data, const LaneDigest& digest, const LayerFrame& frame,
                                    const Tokens& tokens);
[[nodiscard]] QImage rasteriseLines(const LaneData& data, const LayerFrame& frame, const Tokens& tokens);

/// The whole plot as an opaque picture, so that the GUI thread blits once: ground, grid, gaps, what is usual, the lines
/// and their limit. Not on it: the limit's words and all that moves by itself. Thread-safe; meant for a worker.
[[nodiscard]] QImage rasterisePlot(const LaneData& data, const LaneDigest& digest, const LayerFrame& frame,
                                   std::span<const Gap> gaps, const Tokens& tokens);

/// What lies below the lines, on a ground that is there: gaps and what is usual.
void paintBelowLines(QPainter& painter, const LaneData& data, const LayerFrame& frame, std::span<const Gap> gaps,
                     const Tokens& tokens);
/// The ground with its lines of equal value; those of time are the frame's ticks.
void paintGround(QPainter& painter, const LayerFrame& frame, const Tokens& tokens);
/// The limit's line, where the values reach it.
void paintLimitLine(QPainter& painter, const LaneData& data, const LayerFrame& frame, const Tokens& tokens);
/// Where a value stands, px from the top; a little beyond the edges at most.
[[nodiscard]] double yOf(double value, const LayerFrame& frame);

/// The lines drawn as lines, for a file that is to be enlarged: slower, and never on the screen.
void paintLines(QPainter& painter, const LaneData& data, const LayerFrame& frame, const Tokens& tokens);

}  // namespace holdfast::widgets
