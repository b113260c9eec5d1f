#pragma once

#include <string>

namespace holdfast::engine {

/// Where the database is when nobody says: $XDG_DATA_HOME/holdfast/holdfast.db, ~/.local/share without the variable.
/// Source: XDG Base Directory Specification.
[[nodiscard]] std::string defaultDatabaseFile();

/// The folder of the demonstration: configuration, token and database of its own.
[[nodiscard]] std::string demoFolder();

}  // namespace holdfast::engine
