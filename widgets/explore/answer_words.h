#pragma once

#include "widgets/explore/result_table.h"

#include <QString>

#include <cstdint>
#include <vector>

namespace holdfast::widgets {

/// What was asked, and how long that took.
struct AskedFacts {
    Grid grid;
    std::int64_t wantedStepMs = 0;  ///< 0: the window's choice
    bool instant = false;
    std::int64_t nowMs = 0;
    std::int64_t tookMs = 0;
    QString source;  ///< "local store", or the host that answered
};

/// "9 series · step 1 s · 2.71 k points · 31 ms · local store".
[[nodiscard]] QString answerText(const std::vector<QueryAnswerPtr>& answers, const AskedFacts& asked);

/// What was cut of the answers, of the step, and of what is drawn (`mostLines`; 0: nothing is drawn); empty: nothing.
[[nodiscard]] QString cutText(const std::vector<QueryAnswerPtr>& answers, const AskedFacts& asked,
                              std::size_t mostLines);

}  // namespace holdfast::widgets
