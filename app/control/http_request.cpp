#include "app/control/http_request.h"

#include <curl/curl.h>
#include <strings.h>

#include <memory>
#include <string_view>

namespace holdfast::control {

namespace {

constexpr std::int64_t kConnectMs = 2'000;

struct Sink {
    std::string& body;
    std::size_t most;
    bool full = false;
};

std::size_t keep(char* data, std::size_t size, std::size_t count, void* out)
{
    auto& sink = *static_cast<Sink*>(out);
    if (sink.body.size() + size * count > sink.most) {
        sink.full = true;
        return 0;
    }
    sink.body.append(data, size * count);
    return size * count;
}

std::size_t keepEtag(char* data, std::size_t size, std::size_t count, void* out)
{
    constexpr std::string_view kName = "etag:";
    std::string_view line(data, size * count);
    if (line.size() > kName.size() && strncasecmp(line.data(), kName.data(), kName.size()) == 0) {
        line.remove_prefix(kName.size());
        const auto from = line.find_first_not_of(" \t");
        const auto to = line.find_last_not_of(" \t\r\n");
        if (from != std::string_view::npos)
            *static_cast<std::string*>(out) = std::string(line.substr(from, to - from + 1));
    }
    return size * count;
}

/// libcurl wants its global state made once, before threads use it.
void ensureCurl()
{
    static const CURLcode ready = curl_global_init(CURL_GLOBAL_DEFAULT);
    (void)ready;
}

using Easy = std::unique_ptr<CURL, decltype(&curl_easy_cleanup)>;
using Headers = std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)>;

Headers headersOf(const HttpRequest& request)
{
    Headers headers(nullptr, &curl_slist_free_all);
    const auto add = [&headers](const std::string& line) {
        headers.reset(curl_slist_append(headers.release(), line.c_str()));
    };
    add("Accept: application/json");
    // Without this an Expect: 100-continue would make "sent" hard to tell.
    add("Expect:");
    if (!request.body.empty())
        add("Content-Type: " + request.contentType);
    for (const HttpHeader& header : request.headers)
        add(header.name + ": " + header.value);
    if (!request.bearerToken.empty())
        add("Authorization: Bearer " + request.bearerToken);
    return headers;
}

}  // namespace

HttpAnswer sendOnce(const HttpRequest& request)
{
    ensureCurl();
    HttpAnswer answer;
    const Easy easy(curl_easy_init(), &curl_easy_cleanup);
    if (!easy) {
        answer.error = "libcurl cannot be set up";
        return answer;
    }
    const Headers headers = headersOf(request);
    CURL* const curl = easy.get();
    curl_easy_setopt(curl, CURLOPT_URL, request.url.c_str());
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, request.method.c_str());
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers.get());
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_NOPROXY, "*");
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(request.timeoutMs));
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(kConnectMs));
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, &keep);
    Sink sink{answer.body, request.mostBytes};
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &sink);
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, &keepEtag);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, &answer.etag);
    // Names are escaped by whoever builds the URL; libcurl shall not take a name for a step in the path.
    curl_easy_setopt(curl, CURLOPT_PATH_AS_IS, 1L);
    // One connection, one request: a reused connection that the peer closed would make libcurl send again by itself.
    curl_easy_setopt(curl, CURLOPT_FRESH_CONNECT, 1L);
    curl_easy_setopt(curl, CURLOPT_FORBID_REUSE, 1L);
    if (!request.unixSocket.empty())
        curl_easy_setopt(curl, CURLOPT_UNIX_SOCKET_PATH, request.unixSocket.c_str());
    if (!request.body.empty() || request.method == "POST" || request.method == "PUT") {
        curl_easy_setopt(curl, CURLOPT_POSTFIELDS, request.body.c_str());
        curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE, static_cast<long>(request.body.size()));
    }
    const CURLcode code = curl_easy_perform(curl);
    curl_off_t took = 0;
    curl_easy_getinfo(curl, CURLINFO_TOTAL_TIME_T, &took);
    answer.latencyMs = static_cast<std::int64_t>(took) / 1000;
    if (code == CURLE_OK) {
        long status = 0;
        curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
        answer.outcome = HttpAnswer::Outcome::Answered;
        answer.status = static_cast<int>(status);
        return answer;
    }
    long sent = 0;
    curl_easy_getinfo(curl, CURLINFO_REQUEST_SIZE, &sent);
    answer.outcome = sent > 0 ? HttpAnswer::Outcome::Ambiguous : HttpAnswer::Outcome::NotSent;
    answer.error = sink.full ? "the answer is longer than " + std::to_string(request.mostBytes) + " bytes"
                             : std::string(curl_easy_strerror(code));
    return answer;
}

std::string redacted(const HttpRequest& request)
{
    std::string text = request.method + " " + request.url;
    if (!request.bearerToken.empty())
        text += "  Authorization: Bearer ***";
    for (const HttpHeader& header : request.headers)
        text += "  " + header.name + ": " + (header.secret ? "***" : header.value);
    if (!request.body.empty())
        text += "  " + request.body;
    return text;
}

}  // namespace holdfast::control
