#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace holdfast::scrape {

/// How far a fetch came.
enum class FetchPhase { Resolve, Connect, Tls, Answer, Body };

enum class FetchFailure {
    None,
    Resolve,      ///< no such host
    Refused,      ///< nothing listens
    Unreachable,  ///< no route, network down
    Reset,        ///< closed or reset by the other side before the answer was whole
    Timeout,
    Certificate,  ///< the server's certificate is not accepted
    Tls,          ///< any other TLS failure
    Redirects,    ///< too many, or to a scheme that is not followed
    BodyLimit,
    SampleLimit,  ///< seen while the body was still arriving
    NoSamples,    ///< a very large answer without samples
    HeaderLimit,
    Memory,  ///< all answers under way together are too large
    Protocol,
    Secret,  ///< our own credentials or certificates cannot be read
    Other,
};

/// What came back from one GET. Body and headers are views into the fetch that made it.
struct FetchResult {
    FetchFailure failure = FetchFailure::None;
    std::string error;  ///< in the words of libcurl or libc
    FetchPhase phase = FetchPhase::Resolve;
    int status = 0;
    std::string_view contentType;
    std::string_view contentEncoding;
    std::string_view body;
    std::string effectiveUrl;  ///< after redirects
    std::string retryAfter;
    double totalMs = 0;
    std::int64_t dateMs = 0;  ///< the header Date, ms since the epoch; 0: none, or not readable
};

}  // namespace holdfast::scrape
