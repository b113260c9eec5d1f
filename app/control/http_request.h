#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace holdfast::control {

struct HttpHeader {
    std::string name;
    std::string value;
    bool secret = false;  ///< shown as ***
};

struct HttpRequest {
    std::string method = "GET";
    std::string url;
    std::string body;         ///< empty for none, which for POST and PUT still says Content-Length: 0
    std::string bearerToken;  ///< never logged, never stored
    std::int64_t timeoutMs = 5'000;
    std::string contentType = "application/json";  ///< sent with a body
    std::vector<HttpHeader> headers;               ///< besides; Basic and raw tokens come here, as secret
    std::string unixSocket;                        ///< path of a socket to speak HTTP over; empty: TCP
    std::size_t mostBytes = 1U << 20U;             ///< a longer answer is an error
};

struct HttpAnswer {
    enum class Outcome {
        Answered,   ///< status and body are there
        NotSent,    ///< no byte of the request left: nothing can have happened
        Ambiguous,  ///< sent, or perhaps sent, and no whole answer came back
    };
    Outcome outcome = Outcome::NotSent;
    int status = 0;
    std::string body;   ///< at most HttpRequest::mostBytes
    std::string etag;   ///< header ETag, empty where there is none
    std::string error;  ///< in words, unless Answered
    std::int64_t latencyMs = 0;
};

/// One request, once: no redirect is followed, nothing is sent again. Blocks at most timeoutMs. Thread-safe.
[[nodiscard]] HttpAnswer sendOnce(const HttpRequest& request);

/// "PUT http://…  Authorization: Bearer ***  {…}": what is secret is replaced by ***.
[[nodiscard]] std::string redacted(const HttpRequest& request);

}  // namespace holdfast::control
