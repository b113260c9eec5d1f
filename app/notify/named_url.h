#pragma once

#include <string>

namespace holdfast::notify {

/// A URL whose host is the name that the other side's certificate is for, and where the connection really goes.
struct NamedUrl {
    std::string url;
    std::string connectTo;   ///< for CURLOPT_CONNECT_TO, "name:port:host:port"; empty: where the URL says
    std::string hostHeader;  ///< "Host: …" of the original; empty with connectTo
};

/// libcurl takes the name for SNI and for the certificate from the URL, so the name goes there. An empty serverName, or
/// a URL that libcurl cannot read, stays as it is; so does plain http, in which nothing is verified.
[[nodiscard]] NamedUrl withServerName(const std::string& url, const std::string& serverName);

}  // namespace holdfast::notify
