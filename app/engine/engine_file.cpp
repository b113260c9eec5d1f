#include "app/engine/engine_file.h"

#include <fcntl.h>
#include <nlohmann/json.hpp>
#include <signal.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iterator>

namespace holdfast::engine {

namespace {

std::string textIn(const nlohmann::json& root, const char* name)
{
    const auto found = root.find(name);
    return found != root.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::int64_t integerIn(const nlohmann::json& root, const char* name)
{
    const auto found = root.find(name);
    return found != root.end() && found->is_number_integer() ? found->get<std::int64_t>() : 0;
}

std::string jsonOf(const EngineFile& file)
{
    const nlohmann::json root{
        {"pid", file.pid},         {"private_url", file.privateUrl}, {"public_url", file.publicUrl},
        {"token", file.token},     {"version", file.version},        {"started_ms", file.startedMs},
        {"program", file.program}, {"arguments", file.arguments}};
    return root.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

bool runs(pid_t pid)
{
    return pid > 0 && (::kill(pid, 0) == 0 || errno == EPERM);
}

}  // namespace

Result<void> writeEngineFile(const std::string& path, const EngineFile& file)
{
    const std::string part = path + ".part";
    const std::string text = jsonOf(file);
    ::unlink(part.c_str());
    // O_EXCL and 0600 from the start: the token is never readable to others, nor written through a planted link.
    const int fd = ::open(part.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    const bool written = fd >= 0 && ::write(fd, text.data(), text.size()) == static_cast<ssize_t>(text.size());
    const int reason = errno;
    if (fd >= 0)
        ::close(fd);
    if (written && std::rename(part.c_str(), path.c_str()) == 0)
        return {};
    ::unlink(part.c_str());
    return Error{"cannot write " + path + ": " + std::strerror(written ? errno : reason), ErrorKind::Failed};
}

Result<EngineFile> readEngineFile(const std::string& path)
{
    std::ifstream stream(path, std::ios::binary);
    if (!stream)
        return Error{"no engine runs for this database (" + path + " does not exist)", ErrorKind::NotFound};
    const std::string text{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
    const auto root = nlohmann::json::parse(text, nullptr, false);
    if (!root.is_object())
        return Error{path + " is not an engine file", ErrorKind::BadInput};
    EngineFile file;
    file.pid = static_cast<pid_t>(integerIn(root, "pid"));
    file.privateUrl = textIn(root, "private_url");
    file.publicUrl = textIn(root, "public_url");
    file.token = textIn(root, "token");
    file.version = textIn(root, "version");
    file.startedMs = integerIn(root, "started_ms");
    file.program = textIn(root, "program");
    if (const auto arguments = root.find("arguments"); arguments != root.end() && arguments->is_array())
        for (const auto& argument : *arguments)
            if (argument.is_string())
                file.arguments.push_back(argument.get<std::string>());
    if (!runs(file.pid))
        return Error{"no engine runs for this database (process " + std::to_string(file.pid) + " is gone)",
                     ErrorKind::NotFound};
    return file;
}

void removeOwnEngineFile(const std::string& path)
{
    const auto file = readEngineFile(path);
    if (file.ok() && file->pid == ::getpid())
        ::unlink(path.c_str());
}

}  // namespace holdfast::engine
