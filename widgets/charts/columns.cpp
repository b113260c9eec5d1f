#include "widgets/charts/columns.h"

#include <algorithm>
#include <cmath>

namespace holdfast::widgets {

std::vector<Column> toColumns(std::span<const double> values, std::int64_t startMs, std::int64_t stepMs,
                              std::int64_t fromMs, std::int64_t toMs, std::size_t count)
{
    std::vector<Column> columns(count);
    if (count == 0 || toMs <= fromMs || stepMs <= 0)
        return columns;
    const double scale = static_cast<double>(count) / static_cast<double>(toMs - fromMs);
    for (std::size_t i = 0; i < values.size(); ++i) {
        const double value = values[i];
        const std::int64_t ms = startMs + static_cast<std::int64_t>(i) * stepMs;
        if (std::isnan(value) || ms < fromMs || ms >= toMs)
            continue;
        const auto at = static_cast<std::size_t>(static_cast<double>(ms - fromMs) * scale);
        Column& column = columns[std::min(at, count - 1)];
        if (column.empty) {
            column = {false, value, value, value, value};
            continue;
        }
        column.least = std::min(column.least, value);
        column.most = std::max(column.most, value);
        column.last = value;
    }
    return columns;
}

}  // namespace holdfast::widgets
