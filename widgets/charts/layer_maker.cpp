#include "widgets/charts/layer_maker.h"

#include "app/base/mutex.h"
#include "widgets/client/courier.h"

#include <optional>
#include <utility>

namespace holdfast::widgets {

namespace {

struct Wish {
    std::shared_ptr<const LaneData> data;
    LayerFrame frame;
    Tokens tokens;
    std::uint64_t number = 0;
    std::vector<std::shared_ptr<const LaneData>> retired;
};

}  // namespace

/// What the two threads have in common: the newest wish. The digest is the worker's alone; jobs run one at a time.
struct LayerMaker::Shared {
    Mutex mutex;
    std::optional<Wish> next HF_GUARDED_BY(mutex);
    LayerMaker* maker = nullptr;  // gui thread only; null once the maker is gone

    std::shared_ptr<const LaneData> digested;
    std::optional<LaneDigest> digest;

    [[nodiscard]] std::optional<Wish> take() HF_EXCLUDES(mutex)
    {
        const MutexLock lock(mutex);
        return std::exchange(next, std::nullopt);
    }
    /// True when nothing was waiting: then a job must be sent.
    [[nodiscard]] bool put(Wish wish) HF_EXCLUDES(mutex)
    {
        const MutexLock lock(mutex);
        const bool first = !next.has_value();
        if (next) {
            wish.retired.push_back(std::move(next->data));
            for (auto& each : next->retired)
                wish.retired.push_back(std::move(each));
        }
        next = std::move(wish);
        return first;
    }
};

LayerMaker::LayerMaker(Courier& courier, Done done)
    : m_courier(courier), m_done(std::move(done)), m_shared(std::make_shared<Shared>())
{
    m_shared->maker = this;
}

LayerMaker::~LayerMaker()
{
    m_shared->maker = nullptr;
}

void LayerMaker::draw(std::shared_ptr<const LaneData> data, const LayerFrame& frame, const Tokens& tokens)
{
    m_newest = data;
    if (!m_shared->put({std::move(data), frame, tokens, ++m_asked, std::exchange(m_retired, {})}))
        return;
    const bool taken = m_courier.run([shared = m_shared]() -> Courier::Delivery {
        auto wish = shared->take();
        if (!wish)
            return {};
        if (shared->digested != wish->data) {
            shared->digest.emplace(*wish->data);
            shared->digested = wish->data;
        }
        LaneLayer layer{wish->data, {}, wish->frame, {}};
        layer.frame.values = axisRange(*wish->data, shared->digest->largest, wish->frame.values);
        layer.gaps = gapsUntil(*wish->data, *shared->digest, wish->frame.endMs);
        layer.image = rasterisePlot(*wish->data, *shared->digest, layer.frame, layer.gaps, wish->tokens);
        return [shared, layer = std::move(layer), number = wish->number] {
            if (shared->maker)
                shared->maker->deliver(layer, number);
        };
    });
    if (!taken)
        (void)m_shared->take();  // the worker is full: the next wish tries again
}

void LayerMaker::retire(std::shared_ptr<const LaneData> data)
{
    m_retired.push_back(std::move(data));
}

void LayerMaker::deliver(const LaneLayer& layer, std::uint64_t number)
{
    if (number <= m_shown || layer.data != m_newest)
        return;
    m_shown = number;
    m_done(layer);
}

}  // namespace holdfast::widgets
