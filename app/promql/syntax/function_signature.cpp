#include "app/promql/syntax/function_signature.h"

#include <algorithm>
#include <array>

namespace holdfast::promql {

namespace {

constexpr ValueType N = ValueType::None;
constexpr ValueType S = ValueType::Scalar;
constexpr ValueType V = ValueType::Vector;
constexpr ValueType M = ValueType::Range;
constexpr ValueType T = ValueType::String;

// Sorted by name: found by binary search.
constexpr FunctionSignature table[] = {
    {"abs", V, {V}},
    {"absent", V, {V}},
    {"absent_over_time", V, {M}},
    {"acos", V, {V}},
    {"acosh", V, {V}},
    {"asin", V, {V}},
    {"asinh", V, {V}},
    {"atan", V, {V}},
    {"atanh", V, {V}},
    {"avg_over_time", V, {M}},
    {"ceil", V, {V}},
    {"changes", V, {M}},
    {"clamp", V, {V, S, S}},
    {"clamp_max", V, {V, S}},
    {"clamp_min", V, {V, S}},
    {"cos", V, {V}},
    {"cosh", V, {V}},
    {"count_over_time", V, {M}},
    {"day_of_month", V, {V}, 1},
    {"day_of_week", V, {V}, 1},
    {"day_of_year", V, {V}, 1},
    {"days_in_month", V, {V}, 1},
    {"deg", V, {V}},
    {"delta", V, {M}},
    {"deriv", V, {M}},
    {"double_exponential_smoothing", V, {M, S, S}, 0, true},
    {"end", S, {N}, 0, true},
    {"exp", V, {V}},
    {"first_over_time", V, {M}},
    {"floor", V, {V}},
    {"histogram_avg", V, {V}},
    {"histogram_count", V, {V}},
    {"histogram_fraction", V, {S, S, V}},
    {"histogram_quantile", V, {S, V}},
    {"histogram_quantiles", V, {V, T, S, S}, -1, true},
    {"histogram_stddev", V, {V}},
    {"histogram_stdvar", V, {V}},
    {"histogram_sum", V, {V}},
    {"hour", V, {V}, 1},
    {"idelta", V, {M}},
    {"increase", V, {M}},
    {"info", V, {V, V}, 1, true},
    {"irate", V, {M}},
    {"label_join", V, {V, T, T, T}, -1},
    {"label_replace", V, {V, T, T, T, T}},
    {"last_over_time", V, {M}},
    {"ln", V, {V}},
    {"log10", V, {V}},
    {"log2", V, {V}},
    {"mad_over_time", V, {M}, 0, true},
    {"max_of", S, {S, S}, 0, true},
    {"max_over_time", V, {M}},
    {"min_of", S, {S, S}, 0, true},
    {"min_over_time", V, {M}},
    {"minute", V, {V}, 1},
    {"month", V, {V}, 1},
    {"pi", S, {N}},
    {"predict_linear", V, {M, S}},
    {"present_over_time", V, {M}},
    {"quantile_over_time", V, {S, M}},
    {"rad", V, {V}},
    {"range", S, {N}, 0, true},
    {"rate", V, {M}},
    {"resets", V, {M}},
    {"round", V, {V, S}, 1},
    {"scalar", S, {V}},
    {"sgn", V, {V}},
    {"sin", V, {V}},
    {"sinh", V, {V}},
    {"sort", V, {V}},
    {"sort_by_label", V, {V, T}, -1, true},
    {"sort_by_label_desc", V, {V, T}, -1, true},
    {"sort_desc", V, {V}},
    {"sqrt", V, {V}},
    {"start", S, {N}, 0, true},
    {"stddev_over_time", V, {M}},
    {"stdvar_over_time", V, {M}},
    {"step", S, {N}, 0, true},
    {"sum_over_time", V, {M}},
    {"tan", V, {V}},
    {"tanh", V, {V}},
    {"time", S, {N}},
    {"timestamp", V, {V}},
    {"ts_of_first_over_time", V, {M}, 0, true},
    {"ts_of_last_over_time", V, {M}, 0, true},
    {"ts_of_max_over_time", V, {M}, 0, true},
    {"ts_of_min_over_time", V, {M}, 0, true},
    {"vector", V, {S}},
    {"year", V, {V}, 1},
};

}  // namespace

int FunctionSignature::argCount() const
{
    int n = 0;
    while (n < 5 && args[n] != ValueType::None)
        ++n;
    return n;
}

const FunctionSignature* findFunction(std::string_view name)
{
    const auto* at = std::ranges::lower_bound(table, name, {}, &FunctionSignature::name);
    return at != std::end(table) && at->name == name ? at : nullptr;
}

std::span<const FunctionSignature> allFunctions()
{
    return table;
}

}  // namespace holdfast::promql
