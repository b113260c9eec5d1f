#pragma once

#include "app/base/result.h"
#include "app/commands/command.h"
#include "app/store/store.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace CLI {
class App;
}

namespace holdfast::commands {

/// `holdfast import FILE... --db F`: OpenMetrics text with timestamps into a database that no engine holds.
void addImportCommand(CLI::App& app, CommandResult& result);

/// What one file came to.
struct ImportReport {
    std::uint64_t series = 0;
    store::AppendReport samples;
};

/// Takes all of an OpenMetrics text or nothing: it is read twice, first to see that all of it is good. Every sample
/// needs a timestamp from the epoch on. Samples that are there already count as duplicates, so that an import that
/// was interrupted can be run again. `name` stands in errors: "data.om: line 3, column 7: …".
Result<ImportReport> importText(store::Store& store, std::string_view text, const std::string& name);

}  // namespace holdfast::commands
