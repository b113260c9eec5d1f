#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace holdfast::api {

/// One HTTP request as it came in, whole. Value type.
struct HttpRequest {
    std::string method;
    std::string path;   ///< percent-decoded, without the query
    std::string query;  ///< raw, without the '?'
    std::string body;
    std::vector<std::pair<std::string, std::string>> headers;

    /// First header of that name, compared without case; empty where absent.
    [[nodiscard]] std::string_view header(std::string_view name) const;
};

/// What is sent back. Value type.
struct HttpResponse {
    int status = 200;
    std::string body;
    std::string contentType = "application/json";
    std::vector<std::pair<std::string, std::string>> headers;

    [[nodiscard]] static HttpResponse text(int status, std::string body)
    {
        return {.status = status, .body = std::move(body), .contentType = "text/plain; charset=utf-8", .headers = {}};
    }
};

/// True when both are the same but for the case of ASCII letters.
[[nodiscard]] bool equalNoCase(std::string_view a, std::string_view b);

}  // namespace holdfast::api
