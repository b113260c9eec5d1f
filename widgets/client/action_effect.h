#pragma once

#include "app/base/result.h"
#include "widgets/client/action.h"

#include <vector>

class QByteArray;

namespace holdfast::widgets {

/// What a change did, whoever made it (`GET /holdfast/v1/effects`). Times in ms since the epoch.
struct ChangeEffect {
    std::int64_t ofMs = 0;  ///< when the change was
    QString of;             ///< action deploy flag restart
    QString service;
    QString state;    ///< ready too_early confounded
    QString because;  ///< what else changed, where it is confounded
    std::vector<EffectLine> lines;
};

struct EffectList {
    std::vector<ChangeEffect> effects;
};

[[nodiscard]] Result<EffectList> decodeEffects(const QByteArray& body);

}  // namespace holdfast::widgets
