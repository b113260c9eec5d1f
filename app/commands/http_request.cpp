#include "app/commands/http_request.h"

#include <curl/curl.h>

#include <memory>

namespace holdfast::commands {

namespace {

constexpr std::size_t kMaxBody = 256U << 20U;

std::size_t collect(const char* data, std::size_t size, std::size_t count, void* to)
{
    auto& body = *static_cast<std::string*>(to);
    if (body.size() + size * count > kMaxBody)
        return 0;
    body.append(data, size * count);
    return size * count;
}

}  // namespace

Result<HttpReply> httpRequest(const HttpCall& call)
{
    const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> curl(curl_easy_init(), &curl_easy_cleanup);
    if (!curl)
        return Error{"cannot prepare an HTTP request", ErrorKind::Failed};
    HttpReply reply;
    curl_slist* list = curl_slist_append(nullptr, ("Content-Type: " + call.contentType).c_str());
    if (!call.token.empty())
        list = curl_slist_append(list, ("Authorization: Bearer " + call.token).c_str());
    const std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> headers(list, &curl_slist_free_all);
    curl_easy_setopt(curl.get(), CURLOPT_URL, call.url.c_str());
    curl_easy_setopt(curl.get(), CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl.get(), CURLOPT_NOPROXY, "localhost,127.0.0.1,::1");
    curl_easy_setopt(curl.get(), CURLOPT_HTTPHEADER, headers.get());
    curl_easy_setopt(curl.get(), CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl.get(), CURLOPT_ACCEPT_ENCODING, "");
    curl_easy_setopt(curl.get(), CURLOPT_TIMEOUT_MS, static_cast<long>(call.timeoutMs));
    curl_easy_setopt(curl.get(), CURLOPT_WRITEFUNCTION, &collect);
    curl_easy_setopt(curl.get(), CURLOPT_WRITEDATA, &reply.body);
    if (call.method != "GET") {
        curl_easy_setopt(curl.get(), CURLOPT_CUSTOMREQUEST, call.method.c_str());
        curl_easy_setopt(curl.get(), CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(call.body.size()));
        curl_easy_setopt(curl.get(), CURLOPT_POSTFIELDS, call.body.c_str());
    }
    const CURLcode code = curl_easy_perform(curl.get());
    if (code != CURLE_OK)
        return Error{call.url + ": " + curl_easy_strerror(code),
                     code == CURLE_OPERATION_TIMEDOUT ? ErrorKind::Timeout : ErrorKind::Unavailable};
    long status = 0;
    curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &status);
    reply.status = static_cast<int>(status);
    return reply;
}

}  // namespace holdfast::commands
