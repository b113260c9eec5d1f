#include "app/api/access.h"

#include "app/api/holdfast_answer.h"

#include <arpa/inet.h>
#include <sys/random.h>

#include <array>
#include <cstdlib>

namespace holdfast::api {

namespace {

struct HostPort {
    std::string host;
    std::string port;
};

HostPort splitHost(std::string_view text)
{
    if (text.starts_with('[')) {
        const std::size_t end = text.find(']');
        if (end == std::string_view::npos)
            return {};
        const std::string_view rest = text.substr(end + 1);
        return {.host = std::string(text.substr(1, end - 1)),
                .port = std::string(rest.starts_with(':') ? rest.substr(1) : std::string_view())};
    }
    const std::size_t colon = text.rfind(':');
    if (colon == std::string_view::npos)
        return {.host = std::string(text), .port = {}};
    return {.host = std::string(text.substr(0, colon)), .port = std::string(text.substr(colon + 1))};
}

bool isAddress(const std::string& host)
{
    std::array<unsigned char, 16> bytes{};
    return ::inet_pton(AF_INET, host.c_str(), bytes.data()) == 1
           || ::inet_pton(AF_INET6, host.c_str(), bytes.data()) == 1;
}

bool isOwnHost(const AccessPolicy& policy, std::string_view text)
{
    const HostPort host = splitHost(text);
    return host.port == std::to_string(policy.port)
           && (equalNoCase(host.host, "localhost") || isLoopbackAddress(host.host));
}

std::optional<HttpResponse> privateRefusal(const AccessPolicy& policy, const HttpRequest& head)
{
    if (!isOwnHost(policy, head.header("Host")))
        return errorReply(Error{"this port answers only under its own address", ErrorKind::Denied});
    const std::string_view origin = head.header("Origin");
    if (!origin.empty() && (!origin.starts_with("http://") || !isOwnHost(policy, origin.substr(7))))
        return errorReply(Error{"requests of web pages are refused here", ErrorKind::Denied});
    const std::string_view given = head.header("Authorization");
    if (given.starts_with("Bearer ") && equalInConstantTime(given.substr(7), policy.token))
        return std::nullopt;
    HttpResponse response = errorReply(
        Error{"a bearer token is needed; it stands in the .engine file beside the database", ErrorKind::Denied});
    response.status = 401;
    response.headers.emplace_back("WWW-Authenticate", "Bearer");
    return response;
}

}  // namespace

std::optional<HttpResponse> refusal(const AccessPolicy& policy, const HttpRequest& head)
{
    if (policy.door == Door::Private)
        return privateRefusal(policy, head);
    const HostPort host = splitHost(head.header("Host"));
    if (!policy.loopbackOnly || host.host.empty() || isAddress(host.host) || equalNoCase(host.host, "localhost"))
        return std::nullopt;
    return HttpResponse::text(403, "this port listens on loopback and answers only under an address or localhost\n");
}

bool equalInConstantTime(std::string_view a, std::string_view b)
{
    unsigned difference = a.size() == b.size() ? 0 : 1;
    for (std::size_t i = 0; i < a.size(); ++i) {
        const char other = b.empty() ? '\0' : b[i % b.size()];
        difference |= static_cast<unsigned>(static_cast<unsigned char>(a[i]) ^ static_cast<unsigned char>(other));
    }
    return difference == 0 && !a.empty();
}

std::string newToken()
{
    constexpr std::string_view digits = "0123456789abcdef";
    std::array<unsigned char, 32> bytes{};
    // Up to 256 bytes come whole or not at all; without randomness no token may be made.
    if (::getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size()))
        std::abort();
    std::string token;
    for (const unsigned char byte : bytes) {
        token += digits[byte >> 4U];
        token += digits[byte & 15U];
    }
    return token;
}

bool isLoopbackAddress(const std::string& address)
{
    in_addr v4{};
    if (::inet_pton(AF_INET, address.c_str(), &v4) == 1)
        return (ntohl(v4.s_addr) >> 24U) == 127U;
    in6_addr v6{};
    return ::inet_pton(AF_INET6, address.c_str(), &v6) == 1 && IN6_IS_ADDR_LOOPBACK(&v6);
}

}  // namespace holdfast::api
