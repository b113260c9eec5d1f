#pragma once

#include <string>
#include <string_view>

namespace holdfast {

/// Percent-encoded as UTF-8 bytes: everything but letters, digits, "-", "_", "." and "~" (RFC 3986 §2.3) and what is in
/// `keep`. A space is %20.
[[nodiscard]] std::string percentEncoded(std::string_view text, std::string_view keep = {});

}  // namespace holdfast
