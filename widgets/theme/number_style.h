#pragma once

namespace holdfast::widgets {

/// The sign between whole and part of the numbers that are shown. What is copied or exported always has a point.
enum class NumberStyle { System, Point, Comma };

/// For all of the program, from the next number on. Thread: gui.
void setShownNumbers(NumberStyle style);

}  // namespace holdfast::widgets
