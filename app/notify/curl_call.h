#pragma once

#include "app/config/http_client_config.h"
#include "app/notify/transport.h"

#include <curl/curl.h>

#include <cstdint>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

namespace holdfast::notify {

using Easy = std::unique_ptr<CURL, decltype(&curl_easy_cleanup)>;
using CurlList = std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)>;

/// A new transfer with our bounds: no signals, no proxy of the environment, no redirect, timeouts, 16 KiB of answer.
[[nodiscard]] Easy newCall(const std::string& url, std::int64_t timeoutMs, const std::string& proxyUrl);
void setTls(CURL* curl, const config::TlsConfig& tls);
void append(CurlList& list, const std::string& line);

/// What came of a transfer.
struct CallEnd {
    CURLcode code = CURLE_OK;
    long status = 0;
    long sentBytes = 0;  ///< of request and body
    std::optional<std::int64_t> retryAfterMs;
    std::string body;
    std::string words;  ///< libcurl's reason
};
/// Runs it; ends it 2 s after `stop` is requested.
[[nodiscard]] CallEnd run(CURL* curl, const std::stop_token& stop);

/// The text of a secret, read from its file at use. Fails where the file cannot be read.
[[nodiscard]] Result<std::string> textOf(const config::Secret& secret);

/// One request with a JSON body, once.
struct JsonPost {
    std::string url;
    std::string body;
    std::vector<std::string> headers;
    std::int64_t timeoutMs = 10'000;
};
/// 2xx: Taken. 408, 429, 5xx: NotTaken. Anything else answered: Refused. No answer: NotTaken where nothing was sent,
/// else Ambiguous.
[[nodiscard]] Attempt postJson(const JsonPost& post, const config::HttpClientConfig& http, const std::stop_token& stop);

}  // namespace holdfast::notify
