#include "app/fleet/token_file.h"

#include <fcntl.h>
#include <sys/random.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>

namespace holdfast::fleet {

namespace {

Result<std::string> makeToken(const std::string& path)
{
    std::array<unsigned char, 32> bytes{};
    if (getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size()))
        return Error{"The system gave no random bytes for a token"};
    std::string token;
    for (const unsigned char byte : bytes) {
        token += "0123456789abcdef"[byte >> 4U];
        token += "0123456789abcdef"[byte & 15U];
    }
    const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0)
        return Error{"Cannot write the token file " + path + ": " + std::strerror(errno)};
    const std::string line = token + "\n";
    const bool written = write(file, line.data(), line.size()) == static_cast<ssize_t>(line.size());
    if (close(file) != 0 || !written)
        return Error{"Cannot write the token file " + path};
    return token;
}

}  // namespace

Result<std::string> readOrMakeToken(const std::string& path)
{
    std::ifstream file(path);
    if (!file)
        return makeToken(path);
    std::string token;
    std::getline(file, token);
    if (token.size() < 16)
        return Error{"The token in " + path + " has less than 16 characters; delete the file and one is made",
                     ErrorKind::BadInput};
    return token;
}

}  // namespace holdfast::fleet
