#pragma once

#include "widgets/client/action.h"

namespace holdfast::widgets {

/// What an action does to the signals, as of now (`GET /holdfast/v1/actions/N/effect`). Times in ms since the epoch.
struct EffectView {
    std::int64_t action = 0;
    std::int64_t sentMs = 0;
    std::int64_t judgedMs = 0;  ///< from then on there are verdicts
    std::int64_t atMs = 0;      ///< the end of the minute that is called "now"
    std::int64_t endedMs = 0;   ///< 0: it still holds
    QString endedBy;
    QString state;  ///< too_early ready confounded
    std::vector<EffectLine> lines;
};

[[nodiscard]] Result<EffectView> decodeEffectView(const QByteArray& body);

}  // namespace holdfast::widgets
