#pragma once

#include <QString>

#include <vector>

namespace holdfast::widgets {

/// The value axis of a chart of anything: ends on whole steps, and the values to write beside it.
struct ValueAxis {
    double low = 0;
    double high = 1;
    std::vector<double> ticks;  ///< ascending, both ends among them
    friend bool operator==(const ValueAxis&, const ValueAxis&) = default;
};

/// Around [least, most]: steps of 1, 2 or 5 times a power of ten, at most `ticks` + 2 of them. Zero belongs to it
/// unless the values lie so far from it that the line would be flat (less than a quarter of the height).
[[nodiscard]] ValueAxis valueAxis(double least, double most, int ticks);

/// A number of unknown unit, short: "0.0012", "812", "1.25 M"; four digits.
[[nodiscard]] QString shortValue(double value);

}  // namespace holdfast::widgets
