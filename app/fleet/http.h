#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace holdfast::fleet {

/// What the fleet's servers and clients hand each other. Value types.
struct HttpRequest {
    std::string method = "GET";
    std::string path;   ///< with the leading slash, without query
    std::string query;  ///< value of the parameter q, percent-decoded; the fleet uses no other
    std::string body;
    std::string authorization;
    std::string deadline;  ///< value of resilience::deadlineHeader, empty without one
};

struct HttpAnswer {
    int status = 200;
    std::string body;
    std::string contentType = "application/json";
    std::vector<std::pair<std::string, std::string>> headers;
};

}  // namespace holdfast::fleet
