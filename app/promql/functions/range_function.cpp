#include "app/promql/functions/range_function.h"

#include "app/promql/functions/over_time.h"
#include "app/promql/functions/rate.h"
#include "app/promql/functions/trend.h"

#include <algorithm>
#include <array>

namespace holdfast::promql {

namespace {

constexpr std::array<RangeFunction, 26> table{{
    {"avg_over_time", avgOverTime},
    {"changes", changes},
    {"count_over_time", countOverTime},
    {"delta", delta},
    {"deriv", deriv},
    {"double_exponential_smoothing", doubleExponentialSmoothing},
    {"first_over_time", firstOverTime, true},
    {"idelta", idelta},
    {"increase", increase, false, true},
    {"irate", irate},
    {"last_over_time", lastOverTime, true},
    {"mad_over_time", madOverTime},
    {"max_over_time", maxOverTime},
    {"min_over_time", minOverTime},
    {"predict_linear", predictLinear},
    {"present_over_time", presentOverTime},
    {"quantile_over_time", quantileOverTime},
    {"rate", rate, false, true},
    {"resets", resets, false, true},
    {"stddev_over_time", stddevOverTime},
    {"stdvar_over_time", stdvarOverTime},
    {"sum_over_time", sumOverTime},
    {"ts_of_first_over_time", tsOfFirstOverTime},
    {"ts_of_last_over_time", tsOfLastOverTime},
    {"ts_of_max_over_time", tsOfMaxOverTime},
    {"ts_of_min_over_time", tsOfMinOverTime},
}};

}  // namespace

const RangeFunction* findRangeFunction(std::string_view name)
{
    const auto* at = std::ranges::find(table, name, &RangeFunction::name);
    return at == table.end() || at->function == nullptr ? nullptr : at;
}

}  // namespace holdfast::promql
