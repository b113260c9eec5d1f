#include "app/resilience/control_endpoint.h"

#include "app/resilience/control_json.h"

#include <nlohmann/json.hpp>

#include <optional>
#include <utility>

namespace holdfast::resilience {

namespace {

using nlohmann::json;

constexpr std::int64_t rememberedMs = 3'600'000;  // PROTOCOL.md: one hour
constexpr std::size_t rememberedAtMost = 4'096;   // guessed: far more changes than people make in an hour

ControlAnswer answer(int status, const json& body)
{
    // Foreign bytes that are no UTF-8 must not throw: they are replaced.
    return {.status = status, .body = body.dump(-1, ' ', false, json::error_handler_t::replace), .retryAfterS = 0};
}

ControlAnswer refuse(int status, const char* code, std::string message)
{
    return answer(status, {{"error", std::move(message)}, {"code", code}});
}

/// Takes as long for a wrong token as for a right one, so that its bytes cannot be guessed one by one.
bool sameText(std::string_view a, std::string_view b)
{
    unsigned difference = a.size() == b.size() ? 0 : 1;
    for (std::size_t i = 0; i < a.size(); ++i)
        difference |= static_cast<unsigned char>(a[i]) ^ static_cast<unsigned char>(b.empty() ? 0 : b[i % b.size()]);
    return difference == 0;
}

bool setMode(CircuitBreaker& breaker, const Change& change)
{
    const std::optional<BreakerMode> mode = breakerMode(change.mode);
    if (mode)
        breaker.setMode(*mode, change.lease);
    return mode.has_value();
}

bool setMode(DegradationFlag& flag, const Change& change)
{
    const std::optional<FlagMode> mode = flagMode(change.mode);
    if (mode)
        flag.setMode(*mode, change.lease);
    return mode.has_value();
}

const char* modesOf(const CircuitBreaker&)
{
    return "mode must be auto, forced_open, forced_closed or disabled";
}

const char* modesOf(const DegradationFlag&)
{
    return "mode must be auto, forced_on or forced_off";
}

/// The rest of `path` after `prefix`, or nothing.
std::optional<std::string_view> after(std::string_view path, std::string_view prefix)
{
    return path.starts_with(prefix) ? std::optional(path.substr(prefix.size())) : std::nullopt;
}

}  // namespace

bool ControlEndpoint::serves(std::string_view path)
{
    const auto rest = after(path, basePath);
    return rest && (rest->empty() || rest->front() == '/');
}

ControlAnswer ControlEndpoint::handle(const ControlRequest& request)
{
    const bool reads = request.method == "GET" || request.method == "HEAD";
    if (!reads && request.method != "PUT")
        return refuse(405, "invalid", "Only GET and PUT are served here");
    if (!reads) {
        if (ControlAnswer refused = refusedToken(request.authorization); refused.status != 200)
            return refused;
        if (request.body.size() > largestBody)
            return refuse(413, "too_large", "A body has at most 16 KiB");
    }

    const std::string_view rest = after(request.path, basePath).value_or("");
    if (rest.empty() || rest == "/")
        return reads ? overview() : refuse(405, "invalid", "PUT needs a breaker or a flag in the path");
    if (const auto name = after(rest, "/breakers/"))
        if (CircuitBreaker* breaker = m_registry.breaker(*name))
            return reads ? answer(200, toJson(breaker->snapshot())) : change(*breaker, request);
    if (const auto name = after(rest, "/flags/"))
        if (DegradationFlag* flag = m_registry.flag(*name))
            return reads ? answer(200, toJson(flag->snapshot())) : change(*flag, request);
    return refuse(404, "unknown",
                  "There is no " + std::string(rest) + " here; GET " + std::string(basePath) + " lists what there is");
}

ControlAnswer ControlEndpoint::overview() const
{
    json breakers = json::array();
    for (const CircuitBreaker* breaker : m_registry.breakers())
        breakers.push_back(toJson(breaker->snapshot()));
    json flags = json::array();
    for (const DegradationFlag* flag : m_registry.flags())
        flags.push_back(toJson(flag->snapshot()));
    return answer(200, {{"protocol", "holdfast-resilience/1"},
                        {"service", m_identity.service},
                        {"instance", m_identity.instance},
                        {"version", m_identity.version},
                        {"started_ms", m_identity.startedMs},
                        {"breakers", std::move(breakers)},
                        {"flags", std::move(flags)}});
}

template <typename Point>
ControlAnswer ControlEndpoint::change(Point& point, const ControlRequest& request)
{
    auto parsed = parseChange(request.body);
    if (!parsed)
        return refuse(400, "invalid", parsed.error().message);
    const std::string key = parsed->requestId.empty() ? "" : std::string(request.path) + '\n' + parsed->requestId;

    const MutexLock lock(m_mutex);
    if (const ControlAnswer* earlier = key.empty() ? nullptr : seen(key))
        return *earlier;
    if (m_answered.size() >= rememberedAtMost)
        return {429, refuse(429, "busy", "Too many changes in the last hour to tell them apart; try later").body, 60};
    const auto current = point.snapshot();
    if (parsed->ifRevision && *parsed->ifRevision != current.revision)
        return answer(409,
                      {{"error", "Somebody changed it meanwhile: it is at revision " + std::to_string(current.revision)
                                     + ", you expected " + std::to_string(*parsed->ifRevision)},
                       {"code", "conflict"},
                       {"current", toJson(current)}});
    if (!setMode(point, *parsed))
        return refuse(400, "invalid", modesOf(point));
    ControlAnswer result = answer(200, toJson(point.snapshot()));
    if (!key.empty())
        remember(key, result);
    return result;
}

ControlAnswer ControlEndpoint::refusedToken(std::string_view authorization) const
{
    if (authorization.empty())
        return refuse(401, "token_missing", "A change needs the header Authorization: Bearer TOKEN");
    const auto token = after(authorization, "Bearer ");
    if (m_token.empty() || !token || !sameText(*token, m_token))
        return refuse(401, "token_wrong", "The token is not the one of this service");
    return {};
}

const ControlAnswer* ControlEndpoint::seen(std::string_view key)
{
    while (!m_answered.empty() && m_clock.monotonicMs() - m_answered.front().atMs > rememberedMs)
        m_answered.pop_front();
    for (const Answered& one : m_answered)
        if (one.key == key)
            return &one.answer;
    return nullptr;
}

void ControlEndpoint::remember(std::string key, const ControlAnswer& result)
{
    m_answered.push_back({m_clock.monotonicMs(), std::move(key), result});
}

}  // namespace holdfast::resilience
