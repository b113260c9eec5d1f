#include "app/base/fresh_folder.h"

#include <stdlib.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>

namespace holdfast {

Result<std::string> freshFolder(std::string_view purpose)
{
    std::error_code failed;
    const std::filesystem::path parent = std::filesystem::temp_directory_path(failed);
    if (failed)
        return Error{"there is no folder for temporary files: " + failed.message(), ErrorKind::Failed};
    std::string pattern = (parent / ("holdfast-" + std::string(purpose) + "-XXXXXX")).string();
    if (!::mkdtemp(pattern.data()))
        return Error{"cannot make a folder in " + parent.string() + ": " + std::strerror(errno), ErrorKind::Failed};
    return pattern;
}

}  // namespace holdfast
