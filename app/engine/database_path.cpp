#include "app/engine/database_path.h"

#include <cstdlib>

namespace holdfast::engine {

namespace {

std::string dataFolder()
{
    // An empty or relative value counts as unset.
    if (const char* data = std::getenv("XDG_DATA_HOME"); data && data[0] == '/')
        return std::string(data) + "/holdfast";
    const char* home = std::getenv("HOME");
    return std::string(home && home[0] == '/' ? home : "/tmp") + "/.local/share/holdfast";
}

}  // namespace

std::string defaultDatabaseFile()
{
    return dataFolder() + "/holdfast.db";
}

std::string demoFolder()
{
    return dataFolder() + "/demo";
}

}  // namespace holdfast::engine
