#pragma once

#include <QString>

#include <vector>

namespace holdfast::widgets {

/// One of the practices Holdfast rests on, in words. Value type.
struct Practice {
    QString title;
    QString what;        ///< two sentences
    QString inHoldfast;  ///< where this program itself lives by it
    QString inWindow;    ///< where it is seen and steered
    QString experiment;  ///< what `holdfast demo --experiment` calls its proof
    QString view;        ///< page of the window that inWindow speaks of
};

/// All nine, in the order in which one would read them.
[[nodiscard]] std::vector<Practice> practices();

}  // namespace holdfast::widgets
