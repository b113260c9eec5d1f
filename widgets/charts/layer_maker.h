#pragma once

#include "widgets/charts/rasterise.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

namespace holdfast::widgets {

class Courier;

/// A finished picture of a lane and what belongs to it.
struct LaneLayer {
    std::shared_ptr<const LaneData> data;
    QImage image;      ///< opaque
    LayerFrame frame;  ///< with the values the worker chose for the axis
    std::vector<Gap> gaps;
};

/// Has lanes drawn on the worker, the newest wish first: a wish that was overtaken before the worker came to it is
/// never drawn, and a picture that shows older data than the newest wish is dropped. A picture of the same data but an
/// older span is handed out; it is shifted until the next one is there, so that a pan never shows an empty plot.
/// Thread: gui; the drawing runs on the courier.
class LayerMaker {
public:
    using Done = std::function<void(const LaneLayer&)>;

    LayerMaker(Courier& courier, Done done);
    ~LayerMaker();
    LayerMaker(const LayerMaker&) = delete;
    LayerMaker& operator=(const LayerMaker&) = delete;

    /// frame.values is what the axis shows now; the worker may choose others.
    void draw(std::shared_ptr<const LaneData> data, const LayerFrame& frame, const Tokens& tokens);

    /// Lets go of data on the worker: a hundred thousand samples a line are slow to free.
    void retire(std::shared_ptr<const LaneData> data);

private:
    struct Shared;
    void deliver(const LaneLayer& layer, std::uint64_t number);

    Courier& m_courier;
    const Done m_done;
    std::shared_ptr<Shared> m_shared;
    std::shared_ptr<const LaneData> m_newest;
    std::vector<std::shared_ptr<const LaneData>> m_retired;
    std::uint64_t m_asked = 0;
    std::uint64_t m_shown = 0;
};

}  // namespace holdfast::widgets
