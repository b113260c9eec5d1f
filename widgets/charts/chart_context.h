#pragma once

namespace holdfast::widgets {

class Courier;
class Theme;
class TimeCursor;

/// What every pane of a page shares. Lives as long as the window.
struct ChartContext {
    Theme& theme;
    TimeCursor& time;
    Courier& courier;  ///< decimates and rasterises
};

}  // namespace holdfast::widgets
