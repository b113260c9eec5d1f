#include "app/resilience/control_json.h"

#include <nlohmann/json.hpp>

#include <utility>

namespace holdfast::resilience {

namespace {

using nlohmann::json;

constexpr std::int64_t longestTtlS = 14'400;

json leaseJson(const std::optional<Lease>& lease)
{
    if (!lease)
        return nullptr;
    return {{"expires_ms", lease->expiresMs},
            {"ttl_s", lease->ttlS},
            {"reason", lease->reason},
            {"actor", lease->actor},
            {"request_id", lease->requestId}};
}

Error invalid(std::string message)
{
    return {std::move(message), ErrorKind::BadInput};
}

/// A text of `least` to `most` bytes; a missing field is an empty text.
Result<std::string> text(const json& object, const char* field, std::size_t least, std::size_t most)
{
    const auto found = object.find(field);
    if (found != object.end() && !found->is_string())
        return invalid(std::string(field) + " must be a text");
    std::string value = found == object.end() ? std::string() : found->get<std::string>();
    if (value.size() < least || value.size() > most)
        return invalid(std::string(field) + " must have " + std::to_string(least) + " to " + std::to_string(most)
                       + " bytes, it has " + std::to_string(value.size()));
    return value;
}

}  // namespace

json toJson(const BreakerSnapshot& breaker)
{
    return {{"name", breaker.name},
            {"callee", breaker.callee},
            {"mode", word(breaker.mode)},
            {"state", word(breaker.state)},
            {"since_ms", breaker.sinceMs},
            {"revision", breaker.revision},
            {"lease", leaseJson(breaker.lease)},
            {"failure_ratio", breaker.failureRatio},
            {"slow_ratio", breaker.slowRatio},
            {"calls", breaker.calls},
            {"not_permitted", breaker.notPermitted}};
}

json toJson(const FlagSnapshot& flag)
{
    return {{"name", flag.name},
            {"kind", word(flag.kind)},
            {"mode", word(flag.mode)},
            {"on", flag.on},
            {"default_on", flag.defaultOn},
            {"since_ms", flag.sinceMs},
            {"revision", flag.revision},
            {"lease", leaseJson(flag.lease)},
            {"effect", flag.effect}};
}

Result<Change> parseChange(std::string_view body)
{
    const json object = json::parse(body, nullptr, false);
    if (!object.is_object())
        return invalid("The body must be a JSON object such as {\"mode\":\"auto\",\"reason\":\"…\",\"actor\":\"…\"}");
    HF_TRY(std::string mode, text(object, "mode", 1, 40));
    HF_TRY(std::string reason, text(object, "reason", 1, 500));
    HF_TRY(std::string actor, text(object, "actor", 1, 500));
    HF_TRY(std::string requestId, text(object, "request_id", 0, 200));

    Change change{.mode = std::move(mode), .lease = {}, .requestId = std::move(requestId), .ifRevision = {}};
    if (const auto revision = object.find("if_revision"); revision != object.end() && !revision->is_null()) {
        if (!revision->is_number_unsigned())
            return invalid("if_revision must be a whole number, 0 or more");
        change.ifRevision = revision->get<std::uint64_t>();
    }
    if (change.mode == "auto")
        return change;

    const auto ttl = object.find("ttl_s");
    if (ttl == object.end() || !ttl->is_number_integer() || ttl->get<std::int64_t>() < 1
        || ttl->get<std::int64_t>() > longestTtlS)
        return invalid("ttl_s must be a whole number of seconds, 1 to 14400, unless mode is auto");
    change.lease = Lease{.expiresMs = 0,
                         .ttlS = ttl->get<std::int64_t>(),
                         .reason = std::move(reason),
                         .actor = std::move(actor),
                         .requestId = change.requestId};
    return change;
}

}  // namespace holdfast::resilience
