#include "tests/bench/charts/measure.h"

#include <algorithm>
#include <cstdio>

namespace holdfast::bench {

namespace {

std::string text(double value, const std::string& unit)
{
    char buffer[64];
    (void)std::snprintf(buffer, sizeof buffer, "%8.2f %s", value, unit.c_str());
    return buffer;
}

}  // namespace

double quantileOf(std::vector<double> values, double q)
{
    std::sort(values.begin(), values.end());
    return values[static_cast<std::size_t>(q * static_cast<double>(values.size() - 1) + 0.5)];
}

void Table::put(const std::string& what, const std::string& measured, const std::string& target, bool missed)
{
    if (m_lines++ == 0)
        std::printf("%-64s %14s   %s\n", "what", "measured", "target");
    std::printf("%-64s %14s   %-16s %s\n", what.c_str(), measured.c_str(), target.c_str(), missed ? "MISSED" : "");
    m_missed += missed;
}

void Table::add(const std::string& what, double measured, const std::string& unit, double target, Bound bound)
{
    const bool missed = bound == Bound::AtMost ? measured > target : measured < target;
    const std::string sign = bound == Bound::AtMost ? "<= " : ">= ";
    put(what, text(measured, unit), sign + text(target, unit), missed);
}

void Table::note(const std::string& what, double measured, const std::string& unit)
{
    put(what, text(measured, unit), "", false);
}

}  // namespace holdfast::bench
