#pragma once

#include <cstdint>
#include <string>

namespace holdfast::control {

struct HttpRequest {
    std::string method = "GET";
    std::string url;
    std::string body;         ///< JSON; empty for none
    std::string bearerToken;  ///< never logged, never stored
    std::int64_t timeoutMs = 5'000;
};

struct HttpAnswer {
    enum class Outcome {
        Answered,   ///< status and body are there
        NotSent,    ///< no byte of the request left: nothing can have happened
        Ambiguous,  ///< sent, or perhaps sent, and no whole answer came back
    };
    Outcome outcome = Outcome::NotSent;
    int status = 0;
    std::string body;   ///< at most 1 MiB
    std::string error;  ///< in words, unless Answered
    std::int64_t latencyMs = 0;
};

/// One request, once: no redirect is followed, nothing is sent again. Blocks at most timeoutMs. Thread-safe.
[[nodiscard]] HttpAnswer sendOnce(const HttpRequest& request);

/// "PUT http://… {…}" with the token replaced by ***.
[[nodiscard]] std::string redacted(const HttpRequest& request);

}  // namespace holdfast::control
