#pragma once

#include <QStringList>

#include <optional>

namespace holdfast::widgets {

/// `--experiment-charts RESULTS.json --out DIR [--theme dark|light]`: draws DIR/<experiment>.png for each and ends.
/// Nothing when the arguments ask for something else; otherwise the exit code. Needs a QApplication. Thread: gui.
[[nodiscard]] std::optional<int> runChartCommand(const QStringList& arguments);

}  // namespace holdfast::widgets
