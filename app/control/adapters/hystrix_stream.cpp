#include "app/control/adapters/hystrix_stream.h"

#include <curl/curl.h>
#include <nlohmann/json.hpp>

#include <memory>

namespace holdfast::control {

namespace {

using nlohmann::json;

constexpr std::size_t kLongestEvent = 1U << 20U;
constexpr long kConnectMs = 2'000;

double number(const json& object, const char* key)
{
    const auto found = object.find(key);
    return found != object.end() && found->is_number() ? found->get<double>() : 0;
}

std::string text(const json& object, const char* key)
{
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

/// How many hosts say so. Turbine turns a boolean into a count per value: {"true":2,"false":10}.
int hostsSaying(const json& object, const char* key)
{
    const auto found = object.find(key);
    if (found == object.end())
        return 0;
    if (found->is_boolean())
        return found->get<bool>() ? 1 : 0;
    return found->is_object() ? static_cast<int>(number(*found, "true")) : 0;
}

std::size_t onBytes(char* data, std::size_t size, std::size_t count, void* out)
{
    auto& stream = *static_cast<HystrixStream*>(out);
    return stream.take({data, size * count}) ? size * count : 0;
}

}  // namespace

bool HystrixStream::take(std::string_view bytes)
{
    while (!bytes.empty() && !m_complete) {
        const auto end = bytes.find('\n');
        if (m_rest.size() + std::min(end, bytes.size()) > kLongestEvent) {
            m_complete = true;
            return false;
        }
        m_rest.append(bytes.substr(0, end));
        if (end == std::string_view::npos)
            break;
        bytes.remove_prefix(end + 1);
        if (!m_rest.empty() && m_rest.back() == '\r')
            m_rest.pop_back();
        line(m_rest);
        m_rest.clear();
    }
    return !m_complete;
}

void HystrixStream::line(std::string_view text)
{
    if (text.empty()) {
        event(m_data);
        m_data.clear();
    } else if (text.starts_with("data:")) {
        text.remove_prefix(5);
        if (m_data.size() + text.size() <= kLongestEvent)
            m_data.append(text);
    } else if (text.starts_with("ping:") && !m_commands.empty()) {
        m_complete = true;
    }
}

void HystrixStream::event(std::string_view data)
{
    const json object = json::parse(data, nullptr, false);
    if (!object.is_object() || text(object, "type") != "HystrixCommand" || text(object, "name").empty())
        return;
    HystrixCommand command;
    command.name = text(object, "name");
    command.group = text(object, "group");
    command.atMs = static_cast<std::int64_t>(number(object, "currentTime"));
    command.openHosts = hostsSaying(object, "isCircuitBreakerOpen");
    command.open = command.openHosts > 0;
    command.forceOpen = hostsSaying(object, "propertyValue_circuitBreakerForceOpen") > 0;
    command.forceClosed = hostsSaying(object, "propertyValue_circuitBreakerForceClosed") > 0;
    command.enabled = !object.contains("propertyValue_circuitBreakerEnabled")
                      || hostsSaying(object, "propertyValue_circuitBreakerEnabled") > 0;
    command.hosts = std::max(1, static_cast<int>(number(object, "reportingHosts")));
    command.errors = static_cast<std::int64_t>(number(object, "errorCount"));
    command.requests = static_cast<std::int64_t>(number(object, "requestCount"));
    command.shortCircuited = static_cast<std::int64_t>(number(object, "rollingCountShortCircuited"));
    const auto [at, first] = m_commands.insert_or_assign(command.name, command);
    m_complete = !first;
}

Result<std::map<std::string, HystrixCommand>> readHystrix(const std::string& url, const std::string& bearerToken,
                                                          std::int64_t timeoutMs)
{
    const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> easy(curl_easy_init(), &curl_easy_cleanup);
    if (!easy)
        return Error{"libcurl cannot be set up", ErrorKind::Failed};
    CURL* const curl = easy.get();
    HystrixStream stream;
    std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> headers(
        curl_slist_append(nullptr, "Accept: text/event-stream"), &curl_slist_free_all);
    if (!bearerToken.empty())
        headers.reset(curl_slist_append(headers.release(), ("Authorization: Bearer " + bearerToken).c_str()));
    curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers.get());
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_NOPROXY, "*");
    curl_easy_setopt(curl, CURLOPT_FAILONERROR, 1L);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(timeoutMs));
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, kConnectMs);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, &onBytes);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &stream);
    const CURLcode code = curl_easy_perform(curl);
    if (!stream.commands().empty())
        return stream.commands();
    long status = 0;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    if (status == 401 || status == 403)
        return Error{url + " answered " + std::to_string(status), ErrorKind::Denied};
    if (status >= 400)
        return Error{url + " answered " + std::to_string(status), ErrorKind::Failed};
    if (status == 200)
        return Error{url + " told of no command within " + std::to_string(timeoutMs) + " ms", ErrorKind::Timeout};
    return Error{url + ": " + curl_easy_strerror(code), ErrorKind::Unavailable};
}

}  // namespace holdfast::control
