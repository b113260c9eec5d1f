#pragma once

#include "app/model/label_set.h"

#include <cstdint>

namespace holdfast {

/// A single observation that stands for many, with labels that lead to its trace.
struct Exemplar {
    LabelSet labels;
    double value = 0;
    std::int64_t t = 0;  ///< milliseconds since the epoch
};

}  // namespace holdfast
