#pragma once

#include <vector>

class QWidget;

namespace holdfast::widgets {

/// The order of Tab and F6 over the regions of the window. Widgets come and go as views are made, so that the order in
/// which they were made is none; within a region it is theirs. A group of charts is one stop: arrows go on inside.
/// Thread: gui.

/// The next stop after `focused`, or before it with direction −1; round from the last region to the first.
/// Null where nothing takes the keyboard.
[[nodiscard]] QWidget* nextStop(const std::vector<QWidget*>& regions, const QWidget* focused, int direction);

/// Where F6 enters the region after the one of `focused`.
[[nodiscard]] QWidget* nextRegionStop(const std::vector<QWidget*>& regions, const QWidget* focused, int direction);

}  // namespace holdfast::widgets
