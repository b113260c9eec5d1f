#include "app/notify/named_url.h"

#include <curl/curl.h>

#include <memory>

namespace holdfast::notify {

namespace {

std::string part(CURLU* url, CURLUPart which, unsigned flags)
{
    char* text = nullptr;
    if (curl_url_get(url, which, &text, flags) != CURLUE_OK)
        return {};
    std::string out(text);
    curl_free(text);
    return out;
}

}  // namespace

NamedUrl withServerName(const std::string& url, const std::string& serverName)
{
    const NamedUrl asItIs{.url = url, .connectTo = {}, .hostHeader = {}};
    if (serverName.empty() || url.starts_with("http://"))
        return asItIs;
    const std::unique_ptr<CURLU, decltype(&curl_url_cleanup)> parsed(curl_url(), &curl_url_cleanup);
    if (!parsed || curl_url_set(parsed.get(), CURLUPART_URL, url.c_str(), 0) != CURLUE_OK)
        return asItIs;
    const std::string host = part(parsed.get(), CURLUPART_HOST, 0);
    const std::string given = part(parsed.get(), CURLUPART_PORT, 0);
    const std::string port = part(parsed.get(), CURLUPART_PORT, CURLU_DEFAULT_PORT);
    if (host.empty() || port.empty() || curl_url_set(parsed.get(), CURLUPART_HOST, serverName.c_str(), 0) != CURLUE_OK)
        return asItIs;
    return {.url = part(parsed.get(), CURLUPART_URL, 0),
            .connectTo = serverName + ":" + port + ":" + host + ":" + port,
            .hostHeader = "Host: " + host + (given.empty() ? "" : ":" + given)};
}

}  // namespace holdfast::notify
