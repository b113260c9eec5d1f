#pragma once

#include "collectors/scrape/fetch_result.h"

#include <cstdint>
#include <string>

namespace holdfast::scrape {

/// Why a scrape brought nothing: `raw` close to what Prometheus and libcurl say, `words` for a person at 3 am: what
/// happened, and what to look at.
struct Failure {
    std::string raw;
    std::string words;
    [[nodiscard]] bool any() const { return !raw.empty(); }
};

/// Of a fetch that failed or whose status is not 200; nothing where both are fine.
[[nodiscard]] Failure fetchFailure(const FetchResult& result, const std::string& url, std::int64_t timeoutMs);

/// Of a Content-Type that is no exposition. `body` is looked at for a title.
[[nodiscard]] Failure contentTypeFailure(const FetchResult& result, const std::string& url);

/// Of a body that is not what its type says.
[[nodiscard]] Failure parseFailure(const std::string& error, const FetchResult& result);

/// Of a limit of the job: "sample limit exceeded", and the key that sets it.
[[nodiscard]] Failure limitFailure(const std::string& raw, const std::string& words);

}  // namespace holdfast::scrape
