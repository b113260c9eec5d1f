#include "app/control/adapters/holdfast.h"

#include "app/base/percent_encoding.h"
#include "app/control/http_request.h"

#include <nlohmann/json.hpp>

#include <memory>
#include <string_view>
#include <utility>

namespace holdfast::control {

namespace {

using nlohmann::json;

constexpr std::string_view kProtocol = "holdfast-resilience/1";

/// A value of that name and type, or the fallback: foreign JSON may lack it or hold something else.
std::string text(const json& object, const char* key)
{
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::int64_t integer(const json& object, const char* key)
{
    const auto found = object.find(key);
    if (found == object.end() || !found->is_number())
        return 0;
    return found->is_number_float() ? static_cast<std::int64_t>(found->get<double>()) : found->get<std::int64_t>();
}

std::string pathPart(Kind kind)
{
    return kind == Kind::Flag ? "flags" : "breakers";
}

/// RFC 3986: everything but unreserved characters is escaped.
std::string urlOf(const Endpoint& endpoint, const ControlKey& key)
{
    return endpoint.url + "/" + pathPart(key.kind) + "/" + percentEncoded(key.name);
}

Reading readingFrom(Kind kind, const json& object)
{
    Reading reading;
    reading.key = {kind, text(object, "name")};
    reading.callee = text(object, "callee");
    reading.mode = text(object, "mode");
    reading.revision = object.contains("revision") ? std::to_string(integer(object, "revision")) : std::string();
    if (kind == Kind::Flag) {
        reading.flagKind = text(object, "kind");
        reading.effect = text(object, "effect");
        const auto on = object.find("on");
        if (on != object.end() && on->is_boolean())
            reading.state = reading.mode == "auto" ? (on->get<bool>() ? "on" : "off")
                            : on->get<bool>()      ? "forced_on"
                                                   : "forced_off";
    } else {
        reading.state = text(object, "state");
        if (object.contains("failure_ratio") && object["failure_ratio"].is_number() && integer(object, "calls") > 0)
            reading.failureRatio = object["failure_ratio"].get<double>();
    }
    if (const auto lease = object.find("lease"); lease != object.end() && lease->is_object()) {
        reading.holdEndsMs = integer(*lease, "expires_ms");
        reading.holdRequest = text(*lease, "request_id");
        reading.holdActor = text(*lease, "actor");
    }
    return reading;
}

/// The sentence an endpoint gives with an error, or the status alone; foreign text is cut.
std::string sentence(const HttpAnswer& answer)
{
    constexpr std::size_t kLongest = 300;
    const json body = json::parse(answer.body, nullptr, false);
    std::string words = body.is_object() ? text(body, "error") : std::string();
    if (words.size() > kLongest)
        words.resize(kLongest);
    return "answered " + std::to_string(answer.status) + (words.empty() ? "" : ": " + words);
}

Result<json> get(const Endpoint& endpoint, const std::string& url)
{
    HttpRequest request;
    request.url = url;
    request.bearerToken = endpoint.readToken;
    request.timeoutMs = endpoint.timeoutMs;
    const HttpAnswer answer = sendOnce(request);
    if (answer.outcome != HttpAnswer::Outcome::Answered)
        return Error{url + ": " + answer.error, ErrorKind::Unavailable};
    if (answer.status == 401 || answer.status == 403)
        return Error{url + " " + sentence(answer), ErrorKind::Denied};
    if (answer.status == 404)
        return Error{url + " " + sentence(answer), ErrorKind::NotFound};
    if (answer.status != 200)
        return Error{url + " " + sentence(answer), ErrorKind::Failed};
    json body = json::parse(answer.body, nullptr, false);
    if (!body.is_object())
        return Error{url + " answered something that is no JSON object", ErrorKind::Failed};
    return body;
}

json bodyOf(const Change& change)
{
    json body{
        {"mode", change.mode}, {"reason", change.reason}, {"actor", change.actor}, {"request_id", change.requestId}};
    if (change.mode != "auto")
        body["ttl_s"] = change.ttlS;
    if (!change.ifRevision.empty())
        body["if_revision"] = json::parse(change.ifRevision, nullptr, false);
    return body;
}

HttpRequest requestFor(const Endpoint& endpoint, const Change& change)
{
    HttpRequest request;
    request.method = "PUT";
    request.url = urlOf(endpoint, change.key);
    request.body = bodyOf(change).dump(-1, ' ', false, json::error_handler_t::replace);
    request.bearerToken = endpoint.actToken;
    request.timeoutMs = endpoint.timeoutMs;
    return request;
}

class HoldfastAdapter final : public Adapter {
public:
    [[nodiscard]] Result<Listing> list(const Endpoint& endpoint) const override;
    [[nodiscard]] Result<Reading> read(const Endpoint& endpoint, const ControlKey& key) const override;
    [[nodiscard]] std::string describe(const Endpoint& endpoint, const Change& change) const override;
    [[nodiscard]] Receipt apply(const Endpoint& endpoint, const Change& change) const override;
    [[nodiscard]] ControlShapePtr shape(const Reading& reading) const override;
    [[nodiscard]] std::vector<Reading> examples() const override;
    [[nodiscard]] std::string urlFor(const std::string& address, const std::string& path) const override;
};

Result<Listing> HoldfastAdapter::list(const Endpoint& endpoint) const
{
    HF_TRY(const json body, get(endpoint, endpoint.url));
    if (text(body, "protocol") != kProtocol)
        return Error{endpoint.url + " does not speak " + std::string(kProtocol), ErrorKind::BadInput};
    Listing listing;
    listing.service = text(body, "service");
    listing.version = text(body, "version");
    listing.startedMs = integer(body, "started_ms");
    for (const auto& [kind, key] : {std::pair{Kind::Breaker, "breakers"}, std::pair{Kind::Flag, "flags"}}) {
        const auto items = body.find(key);
        if (items == body.end() || !items->is_array())
            continue;
        for (const json& item : *items)
            if (item.is_object() && !text(item, "name").empty())
                listing.readings.push_back(readingFrom(kind, item));
    }
    return listing;
}

Result<Reading> HoldfastAdapter::read(const Endpoint& endpoint, const ControlKey& key) const
{
    HF_TRY(const json body, get(endpoint, urlOf(endpoint, key)));
    Reading reading = readingFrom(key.kind, body);
    if (reading.key != key)
        return Error{urlOf(endpoint, key) + " answered for another control", ErrorKind::Failed};
    return reading;
}

std::string HoldfastAdapter::describe(const Endpoint& endpoint, const Change& change) const
{
    return redacted(requestFor(endpoint, change));
}

Receipt HoldfastAdapter::apply(const Endpoint& endpoint, const Change& change) const
{
    const HttpAnswer answer = sendOnce(requestFor(endpoint, change));
    Receipt receipt{
        .kind = Receipt::Kind::Rejected, .status = answer.status, .message = {}, .latencyMs = answer.latencyMs};
    if (answer.outcome == HttpAnswer::Outcome::NotSent) {
        receipt.kind = Receipt::Kind::Unreachable;
        receipt.message = "could not be reached: " + answer.error;
    } else if (answer.outcome == HttpAnswer::Outcome::Ambiguous) {
        receipt.kind = Receipt::Kind::Ambiguous;
        receipt.message = "sent, but no answer came: " + answer.error;
    } else if (answer.status == 200) {
        receipt.kind = Receipt::Kind::Accepted;
        receipt.message = "accepted";
    } else {
        if (answer.status == 401 || answer.status == 403)
            receipt.kind = Receipt::Kind::Denied;
        else if (answer.status == 409 || answer.status == 412)
            receipt.kind = Receipt::Kind::Conflict;
        receipt.message = sentence(answer);
    }
    return receipt;
}

ControlShapePtr HoldfastAdapter::shape(const Reading& reading) const
{
    return protocolShape(reading.key.kind);
}

std::vector<Reading> HoldfastAdapter::examples() const
{
    std::vector<Reading> list(2);
    list[0].key = {Kind::Breaker, "NAME"};
    list[1].key = {Kind::Flag, "NAME"};
    return list;
}

std::string HoldfastAdapter::urlFor(const std::string& address, const std::string& path) const
{
    return Adapter::urlFor(address, path.empty() ? "/resilience/v1" : path);
}

}  // namespace

Result<AdapterPtr> makeHoldfastAdapter(const config::ControlGroupConfig& /*group*/)
{
    return AdapterPtr(std::make_shared<HoldfastAdapter>());
}

}  // namespace holdfast::control
