#pragma once

#include <sys/socket.h>

#include <array>
#include <string>

namespace holdfast::test {

/// One HTTP request as it came over a connection, headers and body; what there is of it when the client hangs up.
inline std::string receivedRequest(int connection)
{
    std::string request;
    std::array<char, 4096> buffer{};
    std::size_t wanted = std::string::npos;
    while (request.size() < wanted) {
        const auto got = recv(connection, buffer.data(), buffer.size(), 0);
        if (got <= 0)
            break;
        request.append(buffer.data(), static_cast<std::size_t>(got));
        const auto end = request.find("\r\n\r\n");
        if (end == std::string::npos)
            continue;
        wanted = end + 4;
        if (const auto length = request.find("Content-Length: "); length != std::string::npos && length < end)
            wanted += std::stoul(request.substr(length + 16));
    }
    return request;
}

}  // namespace holdfast::test
