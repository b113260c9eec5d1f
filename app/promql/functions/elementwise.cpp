#include "app/promql/functions/elementwise.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numbers>

namespace holdfast::promql {

namespace {

double sign(double v)
{
    return v > 0 ? 1 : v < 0 ? -1 : v;
}

/// Go's conversion of a float to int64 where it fits; all else counts as the epoch's far ends.
std::int64_t wholeSeconds(double v)
{
    if (!(std::fabs(v) < 9e18))
        return std::numeric_limits<std::int64_t>::min();
    return static_cast<std::int64_t>(v);
}

using Days = std::chrono::sys_days;

/// Chrono's calendar ends with the year 32767: later times are folded into the 400-year cycle, whose days, months and
/// weekdays repeat. `cycles` is how many were taken off.
struct Date {
    std::chrono::year_month_day ymd;
    std::int64_t secondOfDay = 0;
    std::int64_t cycles = 0;
};

constexpr std::int64_t kDay = 86'400;
constexpr std::int64_t kDaysInCycle = 146'097;

Date dateOf(double v)
{
    const std::int64_t seconds = wholeSeconds(v);
    std::int64_t day = seconds / kDay;
    std::int64_t rest = seconds % kDay;
    if (rest < 0) {
        rest += kDay;
        --day;
    }
    std::int64_t cycles = day / kDaysInCycle;
    std::int64_t within = day % kDaysInCycle;
    if (within < 0) {
        within += kDaysInCycle;
        --cycles;
    }
    return {std::chrono::year_month_day(Days(std::chrono::days(within))), rest, cycles};
}

double year(double v)
{
    const Date date = dateOf(v);
    return static_cast<double>(static_cast<int>(date.ymd.year()) + date.cycles * 400);
}
double month(double v)
{
    return static_cast<unsigned>(dateOf(v).ymd.month());
}
double dayOfMonth(double v)
{
    return static_cast<unsigned>(dateOf(v).ymd.day());
}
double dayOfWeek(double v)
{
    return std::chrono::weekday(Days(dateOf(v).ymd)).c_encoding();
}
double dayOfYear(double v)
{
    const auto ymd = dateOf(v).ymd;
    const Days first(std::chrono::year_month_day(ymd.year(), std::chrono::January, std::chrono::day(1)));
    return static_cast<double>((Days(ymd) - first).count() + 1);
}
double daysInMonth(double v)
{
    const auto ymd = dateOf(v).ymd;
    return static_cast<unsigned>((ymd.year() / ymd.month() / std::chrono::last).day());
}
double hour(double v)
{
    return static_cast<double>(dateOf(v).secondOfDay / 3600);
}
double minute(double v)
{
    return static_cast<double>(dateOf(v).secondOfDay / 60 % 60);
}

struct Entry {
    std::string_view name;
    ElementFunction function;
};

constexpr std::array<Entry, 31> table{{
    {"abs", [](double v) { return std::fabs(v); }},
    {"acos", [](double v) { return std::acos(v); }},
    {"acosh", [](double v) { return std::acosh(v); }},
    {"asin", [](double v) { return std::asin(v); }},
    {"asinh", [](double v) { return std::asinh(v); }},
    {"atan", [](double v) { return std::atan(v); }},
    {"atanh", [](double v) { return std::atanh(v); }},
    {"ceil", [](double v) { return std::ceil(v); }},
    {"cos", [](double v) { return std::cos(v); }},
    {"cosh", [](double v) { return std::cosh(v); }},
    {"day_of_month", dayOfMonth},
    {"day_of_week", dayOfWeek},
    {"day_of_year", dayOfYear},
    {"days_in_month", daysInMonth},
    {"deg", [](double v) { return v * 180 / std::numbers::pi; }},
    {"exp", [](double v) { return std::exp(v); }},
    {"floor", [](double v) { return std::floor(v); }},
    {"hour", hour},
    {"ln", [](double v) { return std::log(v); }},
    {"log10", [](double v) { return std::log10(v); }},
    {"log2", [](double v) { return std::log2(v); }},
    {"minute", minute},
    {"month", month},
    {"rad", [](double v) { return v * std::numbers::pi / 180; }},
    {"sgn", sign},
    {"sin", [](double v) { return std::sin(v); }},
    {"sinh", [](double v) { return std::sinh(v); }},
    {"sqrt", [](double v) { return std::sqrt(v); }},
    {"tan", [](double v) { return std::tan(v); }},
    {"tanh", [](double v) { return std::tanh(v); }},
    {"year", year},
}};

constexpr std::array<std::string_view, 8> dateFunctions{"day_of_month", "day_of_week", "day_of_year", "days_in_month",
                                                        "hour",         "minute",      "month",       "year"};

}  // namespace

ElementFunction findElementFunction(std::string_view name)
{
    const auto* at = std::ranges::find(table, name, &Entry::name);
    return at == table.end() ? nullptr : at->function;
}

double goMax(double a, double b)
{
    constexpr double infinity = std::numeric_limits<double>::infinity();
    if (a == infinity || b == infinity)
        return infinity;
    if (std::isnan(a) || std::isnan(b))
        return std::numeric_limits<double>::quiet_NaN();
    return std::fmax(a, b);
}

double goMin(double a, double b)
{
    return -goMax(-a, -b);
}

bool isDateFunction(std::string_view name)
{
    return std::ranges::find(dateFunctions, name) != dateFunctions.end();
}

}  // namespace holdfast::promql
