#include "widgets/main_window/focus_order.h"

#include <QWidget>

#include <algorithm>

namespace holdfast::widgets {

namespace {

bool takesTab(const QWidget* widget)
{
    return widget->isVisible() && widget->isEnabled() && (widget->focusPolicy() & Qt::TabFocus) == Qt::TabFocus
           && !widget->focusProxy();
}

bool within(const QWidget* region, const QWidget* widget)
{
    return widget && (region == widget || region->isAncestorOf(widget));
}

/// The stops of one region, in the order its parts were given the focus chain.
void collect(QWidget* region, std::vector<QWidget*>& stops)
{
    if (!region->isVisible())
        return;
    if (takesTab(region))
        stops.push_back(region);
    // The chain of the whole window: what is in the region stands in it in the region's own order.
    for (QWidget* next = region->nextInFocusChain(); next && next != region; next = next->nextInFocusChain()) {
        if (region->isAncestorOf(next) && takesTab(next))
            stops.push_back(next);
    }
}

std::size_t regionOf(const std::vector<QWidget*>& regions, const QWidget* focused)
{
    const auto region = std::ranges::find_if(regions, [&](const QWidget* each) { return within(each, focused); });
    return static_cast<std::size_t>(region - regions.begin());
}

}  // namespace

QWidget* nextStop(const std::vector<QWidget*>& regions, const QWidget* focused, int direction)
{
    std::vector<QWidget*> stops;
    for (QWidget* region : regions)
        collect(region, stops);
    if (stops.empty())
        return nullptr;
    const auto count = static_cast<std::ptrdiff_t>(stops.size());
    auto at = std::ranges::find(stops, focused) - stops.begin();
    if (at == count) {
        // The focus is on what is no stop, as a chart that was clicked: on from its place.
        const std::size_t region = regionOf(regions, focused);
        if (region == regions.size())
            return direction > 0 ? stops.front() : stops.back();
        const auto first =
            std::ranges::find_if(stops, [&](const QWidget* stop) { return within(regions[region], stop); });
        at = first - stops.begin() - (direction > 0 ? 1 : 0);
        for (const QWidget* next = focused->nextInFocusChain(); first != stops.end() && next && next != focused;
             next = next->nextInFocusChain()) {
            if (const auto found = std::ranges::find(stops, next);
                found != stops.end() && within(regions[region], next)) {
                at = found - stops.begin() - (direction > 0 ? 1 : 0);
                break;
            }
        }
    }
    return stops[static_cast<std::size_t>(((at + direction) % count + count) % count)];
}

QWidget* nextRegionStop(const std::vector<QWidget*>& regions, const QWidget* focused, int direction)
{
    const auto count = static_cast<std::ptrdiff_t>(regions.size());
    auto at = static_cast<std::ptrdiff_t>(regionOf(regions, focused));
    if (at == count)
        at = direction > 0 ? -1 : 0;
    for (std::ptrdiff_t step = 1; step <= count; ++step) {
        std::vector<QWidget*> stops;
        collect(regions[static_cast<std::size_t>(((at + direction * step) % count + count) % count)], stops);
        if (!stops.empty())
            return stops.front();
    }
    return nullptr;
}

}  // namespace holdfast::widgets
