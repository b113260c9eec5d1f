#include "app/fleet/service.h"

#include "app/resilience/retry.h"

#include <nlohmann/json.hpp>

namespace holdfast::fleet {

HttpAnswer json(int status, std::string body)
{
    return {.status = status, .body = std::move(body), .contentType = "application/json", .headers = {}};
}

HttpAnswer dependencyFailed(const std::string& callee, const Error& why)
{
    HttpAnswer answer =
        json(why.kind == ErrorKind::Timeout ? 504 : 503, nlohmann::json{{"error", callee + ": " + why.message}}.dump());
    answer.headers = {{dependencyHeader, callee}, {std::string(resilience::doNotRetryHeader), "1"}};
    return answer;
}

}  // namespace holdfast::fleet
