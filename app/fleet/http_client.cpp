#include "app/fleet/http_client.h"

#include "app/resilience/deadline.h"
#include "app/resilience/retry.h"

#include <curl/curl.h>
#include <strings.h>

#include <algorithm>
#include <charconv>
#include <memory>
#include <string_view>

namespace holdfast::fleet {

namespace {

constexpr std::size_t largestAnswer = 256 * 1024;

std::size_t takeBody(char* data, std::size_t, std::size_t bytes, void* to)
{
    auto& body = static_cast<ClientAnswer*>(to)->body;
    if (body.size() + bytes > largestAnswer)
        return 0;
    body.append(data, bytes);
    return bytes;
}

bool named(std::string_view line, std::string_view name)
{
    return line.size() > name.size() && line[name.size()] == ':'
           && strncasecmp(line.data(), name.data(), name.size()) == 0;
}

std::size_t takeHeader(char* data, std::size_t, std::size_t bytes, void* to)
{
    auto& answer = *static_cast<ClientAnswer*>(to);
    const std::string_view line(data, bytes);
    if (named(line, resilience::doNotRetryHeader))
        answer.doNotRetry = true;
    else if (named(line, dependencyHeader))
        answer.dependencyFailed = true;
    else if (named(line, "retry-after")) {
        const std::string_view value = line.substr(line.find_first_not_of(" :", sizeof("retry-after") - 1));
        std::from_chars(value.data(), value.data() + value.size(), answer.retryAfterS);
    }
    return bytes;
}

struct FreeList {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

}  // namespace

HttpClient::~HttpClient()
{
    for (void* handle : m_idle)
        curl_easy_cleanup(handle);
}

Result<ClientAnswer> HttpClient::send(const ClientRequest& request)
{
    CURL* curl = take();
    if (!curl)
        return Error{"No memory for another connection", ErrorKind::Unavailable};
    const std::string url = "http://127.0.0.1:" + std::to_string(request.port) + request.path;
    std::unique_ptr<curl_slist, FreeList> headers(curl_slist_append(nullptr, "Expect:"));
    headers.reset(curl_slist_append(headers.release(), "Content-Type: application/json"));
    if (!request.deadline.empty())
        headers.reset(curl_slist_append(headers.release(),
                                        (std::string(resilience::deadlineHeader) + ": " + request.deadline).c_str()));

    ClientAnswer answer;
    curl_easy_reset(curl);
    curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(std::max<std::int64_t>(1, request.timeoutMs)));
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers.get());
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, &takeBody);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &answer);
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, &takeHeader);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, &answer);
    if (request.method != "GET") {
        curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE, static_cast<long>(request.body.size()));
        curl_easy_setopt(curl, CURLOPT_POSTFIELDS, request.body.data());
        curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, request.method.c_str());
    }
    const CURLcode code = curl_easy_perform(curl);
    long status = 0;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    giveBack(curl);
    if (code == CURLE_OPERATION_TIMEDOUT)
        return Error{"No answer within " + std::to_string(request.timeoutMs) + " ms", ErrorKind::Timeout};
    if (code != CURLE_OK)
        return Error{curl_easy_strerror(code), ErrorKind::Unavailable};
    answer.status = static_cast<int>(status);
    return answer;
}

void* HttpClient::take()
{
    {
        const MutexLock lock(m_mutex);
        if (!m_idle.empty()) {
            void* handle = m_idle.back();
            m_idle.pop_back();
            return handle;
        }
    }
    return curl_easy_init();
}

void HttpClient::giveBack(void* handle)
{
    const MutexLock lock(m_mutex);
    m_idle.push_back(handle);
}

}  // namespace holdfast::fleet
