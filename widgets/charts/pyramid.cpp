#include "widgets/charts/pyramid.h"

#include <algorithm>
#include <cmath>

namespace holdfast::widgets {

namespace {

void take(Column& into, double value)
{
    if (std::isnan(value))
        return;
    if (into.empty) {
        into = {false, value, value, value, value};
        return;
    }
    into.least = std::min(into.least, value);
    into.most = std::max(into.most, value);
    into.last = value;
}

void take(Column& into, const Column& next)
{
    if (next.empty)
        return;
    if (into.empty) {
        into = next;
        return;
    }
    into.least = std::min(into.least, next.least);
    into.most = std::max(into.most, next.most);
    into.last = next.last;
}

}  // namespace

Pyramid::Pyramid(std::span<const double> values) : m_values(values)
{
    // Only whole runs: the rest at the end is read sample by sample.
    std::vector<Column> level(values.size() / run);
    for (std::size_t i = 0; i < level.size(); ++i) {
        for (std::size_t k = 0; k < run; ++k)
            take(level[i], values[i * run + k]);
    }
    while (!level.empty()) {
        std::vector<Column> above(level.size() / factor);
        for (std::size_t i = 0; i < above.size(); ++i) {
            for (std::size_t k = 0; k < factor; ++k)
                take(above[i], level[i * factor + k]);
        }
        m_levels.push_back(std::move(level));
        level = std::move(above);
    }
}

Column Pyramid::over(std::size_t from, std::size_t to) const
{
    to = std::min(to, m_values.size());
    Column column;
    while (from < to) {
        std::size_t length = run;
        std::size_t best = 0;
        std::size_t level = m_levels.size();
        for (std::size_t k = 0; k < m_levels.size() && from % length == 0 && from + length <= to; ++k) {
            level = k;
            best = length;
            length *= factor;
        }
        if (level == m_levels.size() || from / best >= m_levels[level].size()) {
            take(column, m_values[from]);
            ++from;
            continue;
        }
        take(column, m_levels[level][from / best]);
        from += best;
    }
    return column;
}

std::vector<Column> Pyramid::columns(std::int64_t startMs, std::int64_t stepMs, std::int64_t fromMs, std::int64_t toMs,
                                     std::size_t count) const
{
    std::vector<Column> columns(count);
    if (count == 0 || toMs <= fromMs || stepMs <= 0 || m_values.empty())
        return columns;
    const double perColumn = static_cast<double>(toMs - fromMs) / static_cast<double>(count);
    const auto firstAt = [&](std::size_t column) {
        const double ms = static_cast<double>(fromMs - startMs) + perColumn * static_cast<double>(column);
        const double index = std::ceil(ms / static_cast<double>(stepMs));
        return index <= 0 ? std::size_t{0}
                          : static_cast<std::size_t>(std::min(index, static_cast<double>(m_values.size())));
    };
    std::size_t from = firstAt(0);
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t to = firstAt(i + 1);
        columns[i] = over(from, to);
        from = to;
    }
    return columns;
}

}  // namespace holdfast::widgets
