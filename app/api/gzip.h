#pragma once

#include <string>
#include <string_view>

namespace holdfast::api {

/// True when an Accept-Encoding header takes gzip ("gzip", "*", with a q other than 0).
[[nodiscard]] bool acceptsGzip(std::string_view acceptEncoding);

/// The text as one gzip member; empty when it could not be made smaller.
/// Level 1: answers are made once and read once, so speed counts (guessed, as most HTTP servers do).
[[nodiscard]] std::string gzip(std::string_view text);

}  // namespace holdfast::api
