#pragma once

#include "widgets/training/experiment_results.h"

#include <QFont>
#include <QRectF>

class QPainter;

namespace holdfast::widgets {

struct Tokens;

/// Draws an experiment: goodput of every run over time, and below it what explains it, the fault's span shaded.
/// The run without the practice is told from the others by colour, dash and the word at its key.
/// Painters only; no state. Thread-safe with a painter of one's own.
///
/// base  font of the axes and the key; titles are made from it
void paintExperiment(QPainter& painter, const QRectF& box, const ExperimentRecord& record, const Tokens& tokens,
                     const QFont& base);

/// "98 %", "1.5 s", "not in this run": how figures of a run are written everywhere.
[[nodiscard]] QString shareText(double share);
[[nodiscard]] QString millisecondsText(double ms);
[[nodiscard]] QString recoveryText(const ExperimentRun& run);

}  // namespace holdfast::widgets
