#pragma once

#include "app/base/result.h"

#include <cstdint>
#include <string>

namespace holdfast::commands {

struct HttpCall {
    std::string method = "GET";
    std::string url;
    std::string body;
    std::string contentType = "application/json";
    std::string token;  ///< bearer; empty: none
    std::int64_t timeoutMs = 130'000;
};

struct HttpReply {
    int status = 0;
    std::string body;
};

/// One request, answered whole; at most 256 MiB. Unavailable or Timeout when nothing was answered; proxies of the
/// environment are used for other hosts only.
[[nodiscard]] Result<HttpReply> httpRequest(const HttpCall& call);

}  // namespace holdfast::commands
