#pragma once

#include "app/base/result.h"
#include "app/engine/engine_options.h"

#include <string>

namespace holdfast::commands {

/// A bundle (or any Holdfast database) as a copy that a replay may open: the file of somebody else is never touched.
struct ReplayCopy {
    std::string database;
    std::string configFile;  ///< what the bundle says of its fleet; empty: nothing
    engine::Replay replay;
};

/// `target` empty: in a new temporary folder. A file that stands at the target is replaced only if it is a copy of
/// such a kind. BadInput for a file that is no database of ours or of a newer format.
[[nodiscard]] Result<ReplayCopy> copyForReplay(const std::string& file, const std::string& target);

/// Removes what copyForReplay() made.
void removeCopy(const ReplayCopy& copy);

}  // namespace holdfast::commands
