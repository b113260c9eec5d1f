#include "app/promql/syntax/duration_value.h"

#include <cmath>

namespace holdfast::promql {

std::variant<double, SyntaxError> durationSeconds(const DurationNode& node, const DurationContext& context)
{
    double left = 0;
    double right = 0;
    if (node.left) {
        auto value = durationSeconds(*node.left, context);
        if (value.index() == 1)
            return value;
        left = std::get<0>(value);
    }
    if (node.right) {
        auto value = durationSeconds(*node.right, context);
        if (value.index() == 1)
            return value;
        right = std::get<0>(value);
    }
    switch (node.op) {
    case DurationOp::Literal: return node.seconds;
    case DurationOp::Step: return static_cast<double>(context.step) / 1000;
    case DurationOp::Range: return static_cast<double>(context.range) / 1000;
    case DurationOp::Add: return left + right;
    case DurationOp::Sub: return left - right;
    case DurationOp::Mul: return left * right;
    case DurationOp::Div:
        if (right == 0)
            return SyntaxError{node.position, "division by zero"};
        return left / right;
    case DurationOp::Mod:
        if (right == 0)
            return SyntaxError{node.position, "modulo by zero"};
        return std::fmod(left, right);
    case DurationOp::Pow: return std::pow(left, right);
    case DurationOp::Min: return std::fmin(left, right);
    case DurationOp::Max: return std::fmax(left, right);
    case DurationOp::Negate: return -left;
    case DurationOp::Plus: return left;
    }
    return 0.0;
}

std::variant<std::int64_t, SyntaxError> durationMs(const DurationNode& node, const DurationContext& context,
                                                   DurationUse use)
{
    const auto value = durationSeconds(node, context);
    if (value.index() == 1)
        return std::get<1>(value);
    const double seconds = std::get<0>(value);
    if (use != DurationUse::Offset && seconds <= 0)
        return SyntaxError{node.position, "duration must be greater than 0"};
    // The bound is Go's time.Duration: nanoseconds in an int64.
    constexpr double bound = 9223372036.0;
    if (!(std::fabs(seconds) < bound))
        return SyntaxError{node.position, "duration out of range"};
    return static_cast<std::int64_t>(std::round(seconds * 1000));
}

bool dependsOnQuery(const DurationNode& node)
{
    return node.op == DurationOp::Step || node.op == DurationOp::Range || (node.left && dependsOnQuery(*node.left))
           || (node.right && dependsOnQuery(*node.right));
}

}  // namespace holdfast::promql
