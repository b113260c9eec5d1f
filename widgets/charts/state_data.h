#pragma once

#include "widgets/client/matrix.h"

#include <QString>

#include <memory>
#include <vector>

namespace holdfast::widgets {

/// States of a breaker or flag over time as the engine's `state_expr` numbers them.
enum class LaneState {
    Unknown = -1,
    Closed = 0,
    HalfOpen = 1,
    Open = 2,
    ForcedOpen = 3,
    ForcedClosed = 4,
    Disabled = 5
};

/// A span in one state: [startMs, endMs). `k` of `n` instances are in it at its height.
struct StateSpan {
    std::int64_t startMs = 0;
    std::int64_t endMs = 0;
    LaneState state = LaneState::Closed;
    std::int64_t k = 0;
    std::int64_t n = 0;
};

/// One row of the state lanes.
struct StateRow {
    QString control;
    QString title;
    bool flag = false;
    std::shared_ptr<const Matrix> state;
    std::shared_ptr<const Matrix> open;
    std::shared_ptr<const Matrix> instances;
};

/// Runs of equal state. Missing samples between known ones are Unknown; before the first and after the last sample
/// nothing is claimed, except after `untilMs` minus a few steps. Source of the numbers: app/api/API.md.
[[nodiscard]] std::vector<StateSpan> stateSpans(const StateRow& row, std::int64_t untilMs);

}  // namespace holdfast::widgets
