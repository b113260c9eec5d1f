#pragma once

#include "app/base/result.h"
#include "app/commands/command.h"
#include "app/store/querier.h"

#include <cstdint>
#include <functional>
#include <span>
#include <string_view>

namespace CLI {
class App;
}

namespace holdfast::commands {

/// `holdfast export --db F [--match SEL]… [--start A --end B]`: OpenMetrics text that `holdfast import` and
/// `promtool tsdb create-blocks-from openmetrics` read. May run beside an engine.
void addExportCommand(CLI::App& app, CommandResult& result);

struct ExportReport {
    std::uint64_t series = 0;
    std::uint64_t samples = 0;
    std::uint64_t staleMarkers = 0;  ///< left out: OpenMetrics has no word for "this series ended"
};

/// Hands the text to `write` piece by piece, family by family. Of NaNs only "NaN" is left.
Result<ExportReport> exportText(const store::Querier& querier, std::span<const LabelMatcher> matchers, TimeRange range,
                                const std::function<void(std::string_view)>& write);

}  // namespace holdfast::commands
