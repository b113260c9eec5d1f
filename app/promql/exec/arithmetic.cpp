#include "app/promql/exec/arithmetic.h"

#include <cmath>
#include <limits>

namespace holdfast::promql {

bool compares(BinaryOp op, double left, double right)
{
    switch (op) {
    case BinaryOp::Eq: return left == right;
    case BinaryOp::Ne: return left != right;
    case BinaryOp::Lt: return left < right;
    case BinaryOp::Gt: return left > right;
    case BinaryOp::Le: return left <= right;
    case BinaryOp::Ge: return left >= right;
    default: return false;
    }
}

double scalarResult(BinaryOp op, double left, double right)
{
    switch (op) {
    case BinaryOp::Add: return left + right;
    case BinaryOp::Sub: return left - right;
    case BinaryOp::Mul: return left * right;
    case BinaryOp::Div: return left / right;
    case BinaryOp::Mod: return std::fmod(left, right);
    case BinaryOp::Pow: return std::pow(left, right);
    case BinaryOp::Atan2: return std::atan2(left, right);
    case BinaryOp::TrimUpper:
    case BinaryOp::TrimLower: return std::numeric_limits<double>::quiet_NaN();  // of native histograms only
    default: return compares(op, left, right) ? 1 : 0;
    }
}

}  // namespace holdfast::promql
