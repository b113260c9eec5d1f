#include "app/engine/config_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>

namespace holdfast::engine {

namespace {

Error failed(const std::string& path, int code)
{
    return {path + " cannot be written: " + std::strerror(code), ErrorKind::Failed};
}

}  // namespace

std::string ownConfigFile(const std::string& databaseFile)
{
    return std::filesystem::path(databaseFile).replace_extension(".yml").string();
}

Result<std::string> readConfigText(const std::string& path)
{
    std::ifstream stream(path, std::ios::binary);
    if (!stream)
        return std::filesystem::exists(path) ? Result<std::string>(Error{path + " cannot be read", ErrorKind::Failed})
                                             : Result<std::string>(std::string());
    std::string text{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
    return text;
}

Result<void> writeConfigText(const std::string& path, std::string_view text)
{
    std::error_code none;
    const std::filesystem::path real = std::filesystem::canonical(path, none);
    const std::string file = none ? path : real.string();
    const std::string fresh = file + ".new";
    struct stat before {};
    const mode_t mode = ::stat(file.c_str(), &before) == 0 ? before.st_mode & 0777 : 0600;
    const int fd = ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode);
    if (fd < 0)
        return failed(file, errno);
    int problem = ::fchmod(fd, mode) == 0 ? 0 : errno;
    while (!text.empty() && problem == 0) {
        const ssize_t written = ::write(fd, text.data(), text.size());
        if (written > 0)
            text.remove_prefix(static_cast<std::size_t>(written));
        else if (errno != EINTR)
            problem = errno;
    }
    if (problem == 0 && ::fsync(fd) != 0)
        problem = errno;
    ::close(fd);
    if (problem == 0 && ::rename(fresh.c_str(), file.c_str()) != 0)
        problem = errno;
    if (problem == 0)
        return {};
    ::unlink(fresh.c_str());
    return failed(file, problem);
}

}  // namespace holdfast::engine
