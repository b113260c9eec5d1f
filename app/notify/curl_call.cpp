#include "app/notify/curl_call.h"

#include "app/notify/named_url.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <fstream>
#include <iterator>
#include <string_view>

namespace holdfast::notify {

namespace {

constexpr std::size_t kMostBody = 16U << 10U;
constexpr std::size_t kMostShown = 200;
constexpr long kConnectMs = 5'000;
constexpr std::chrono::seconds kPatience{2};

std::size_t keep(char* data, std::size_t size, std::size_t count, void* out)
{
    auto& body = *static_cast<std::string*>(out);
    body.append(data, std::min(size * count, kMostBody - std::min(kMostBody, body.size())));
    return size * count;
}

struct Watch {
    std::stop_token stop;
    std::optional<std::chrono::steady_clock::time_point> since;
};

int watch(void* pointer, curl_off_t, curl_off_t, curl_off_t, curl_off_t)
{
    auto& watched = *static_cast<Watch*>(pointer);
    if (!watched.stop.stop_requested())
        return 0;
    const auto now = std::chrono::steady_clock::now();
    if (!watched.since)
        watched.since = now;
    return now - *watched.since >= kPatience ? 1 : 0;
}

Result<void> addAuthentication(CURL* curl, CurlList& headers, const config::HttpClientConfig& http)
{
    if (http.basicAuth) {
        HF_TRY(const std::string password, textOf(http.basicAuth->password));
        curl_easy_setopt(curl, CURLOPT_HTTPAUTH, static_cast<long>(CURLAUTH_BASIC));
        curl_easy_setopt(curl, CURLOPT_USERNAME, http.basicAuth->username.c_str());
        curl_easy_setopt(curl, CURLOPT_PASSWORD, password.c_str());
    }
    if (http.authorization) {
        HF_TRY(const std::string credentials, textOf(http.authorization->credentials));
        append(headers, "Authorization: " + http.authorization->type + " " + credentials);
    }
    for (const config::HttpHeader& header : http.headers)
        for (const config::Secret& value : header.values) {
            HF_TRY(const std::string text, textOf(value));
            append(headers, header.name + ": " + text);
        }
    return {};
}

Attempt judged(const CallEnd& end)
{
    using Outcome = Attempt::Outcome;
    if (end.code != CURLE_OK)
        return {.outcome = end.sentBytes > 0 ? Outcome::Ambiguous : Outcome::NotTaken,
                .retryAfterMs = {},
                .error = end.words};
    if (end.status >= 200 && end.status < 300)
        return {.outcome = Outcome::Taken, .retryAfterMs = {}, .error = {}};
    const bool later = end.status == 408 || end.status == 429 || end.status >= 500;
    std::string error = "answered " + std::to_string(end.status);
    if (!end.body.empty())
        error += ": " + end.body.substr(0, kMostShown);
    return {.outcome = later ? Outcome::NotTaken : Outcome::Refused,
            .retryAfterMs = end.retryAfterMs,
            .error = std::move(error)};
}

}  // namespace

Easy newCall(const std::string& url, std::int64_t timeoutMs, const std::string& proxyUrl)
{
    // libcurl wants its global state made once, before threads use it.
    static const CURLcode ready = curl_global_init(CURL_GLOBAL_DEFAULT);
    (void)ready;
    Easy easy(curl_easy_init(), &curl_easy_cleanup);
    if (!easy)
        return easy;
    CURL* const curl = easy.get();
    curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(timeoutMs));
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, std::min(kConnectMs, static_cast<long>(timeoutMs)));
    // A reused connection that the peer closed would make libcurl send again by itself.
    curl_easy_setopt(curl, CURLOPT_FRESH_CONNECT, 1L);
    curl_easy_setopt(curl, CURLOPT_FORBID_REUSE, 1L);
    if (proxyUrl.empty())
        curl_easy_setopt(curl, CURLOPT_NOPROXY, "*");
    else
        curl_easy_setopt(curl, CURLOPT_PROXY, proxyUrl.c_str());
    return easy;
}

void setTls(CURL* curl, const config::TlsConfig& tls)
{
    if (!tls.caFile.empty())
        curl_easy_setopt(curl, CURLOPT_CAINFO, tls.caFile.c_str());
    if (!tls.certFile.empty())
        curl_easy_setopt(curl, CURLOPT_SSLCERT, tls.certFile.c_str());
    if (!tls.keyFile.empty())
        curl_easy_setopt(curl, CURLOPT_SSLKEY, tls.keyFile.c_str());
    if (tls.insecureSkipVerify) {
        curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 0L);
        curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 0L);
    }
}

void append(CurlList& list, const std::string& line)
{
    list.reset(curl_slist_append(list.release(), line.c_str()));
}

CallEnd run(CURL* curl, const std::stop_token& stop)
{
    CallEnd end;
    Watch watched{stop, {}};
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, &keep);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &end.body);
    curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, &watch);
    curl_easy_setopt(curl, CURLOPT_XFERINFODATA, &watched);
    std::array<char, CURL_ERROR_SIZE> words{};
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, words.data());
    end.code = curl_easy_perform(curl);
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, nullptr);
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &end.status);
    long request = 0;
    curl_off_t body = 0;
    curl_off_t later = 0;
    curl_easy_getinfo(curl, CURLINFO_REQUEST_SIZE, &request);
    curl_easy_getinfo(curl, CURLINFO_SIZE_UPLOAD_T, &body);
    end.sentBytes = request + static_cast<long>(body);
    if (curl_easy_getinfo(curl, CURLINFO_RETRY_AFTER, &later) == CURLE_OK && later > 0)
        end.retryAfterMs = std::min<std::int64_t>(later, 3600) * 1000;
    if (end.code != CURLE_OK)
        end.words = words[0] != '\0' ? words.data() : curl_easy_strerror(end.code);
    return end;
}

Result<std::string> textOf(const config::Secret& secret)
{
    if (secret.file.empty())
        return secret.text;
    std::ifstream file(secret.file, std::ios::binary);
    if (!file)
        return Error{secret.file + " cannot be read", ErrorKind::Denied};
    std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r' || text.back() == ' '))
        text.pop_back();
    return text;
}

Attempt postJson(const JsonPost& post, const config::HttpClientConfig& http, const std::stop_token& stop)
{
    const NamedUrl named = withServerName(post.url, http.tls.serverName);
    const Easy easy = newCall(named.url, post.timeoutMs, http.proxyUrl);
    if (!easy)
        return {.outcome = Attempt::Outcome::NotTaken, .retryAfterMs = {}, .error = "libcurl cannot be set up"};
    CURL* const curl = easy.get();
    CurlList headers(nullptr, &curl_slist_free_all);
    append(headers, "Content-Type: application/json");
    append(headers, "User-Agent: holdfast");
    append(headers, "Expect:");
    for (const std::string& header : post.headers)
        append(headers, header);
    if (const auto added = addAuthentication(curl, headers, http); !added.ok())
        return {.outcome = Attempt::Outcome::NotTaken, .retryAfterMs = {}, .error = added.error().message};
    setTls(curl, http.tls);
    CurlList connectTo(nullptr, &curl_slist_free_all);
    if (!named.connectTo.empty()) {
        append(headers, named.hostHeader);
        append(connectTo, named.connectTo);
        curl_easy_setopt(curl, CURLOPT_CONNECT_TO, connectTo.get());
    }
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers.get());
    curl_easy_setopt(curl, CURLOPT_POST, 1L);
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, post.body.c_str());
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE, static_cast<long>(post.body.size()));
    return judged(run(curl, stop));
}

}  // namespace holdfast::notify
