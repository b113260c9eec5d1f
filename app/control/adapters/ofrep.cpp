#include "app/control/adapters/ofrep.h"

#include "app/base/percent_encoding.h"
#include "app/config/load_config.h"
#include "app/control/adapters/preset_template.h"
#include "app/control/http_request.h"

#include <nlohmann/json.hpp>

#include <set>
#include <string_view>
#include <utility>

namespace holdfast::control {

namespace {

using nlohmann::json;

constexpr std::size_t kLongestWords = 200;

std::string text(const json& object, const char* key)
{
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

ErrorKind kindOfStatus(int status)
{
    switch (status) {
    case 400: return ErrorKind::BadInput;
    case 401:
    case 403: return ErrorKind::Denied;
    case 404: return ErrorKind::NotFound;
    case 429: return ErrorKind::Limit;
    default: return ErrorKind::Failed;
    }
}

struct OfrepSettings {
    std::string url, key = "{name}", context = "holdfast", on = "true", off = "false", token;
};

class OfrepVerifier final : public Verifier {
public:
    explicit OfrepVerifier(OfrepSettings settings) : m_settings(std::move(settings)) {}

    [[nodiscard]] Proof prove(const Endpoint& endpoint, const Change& change) const override
    {
        const std::string wanted = change.mode == "on" || change.mode == "forced_on"     ? m_settings.on
                                   : change.mode == "off" || change.mode == "forced_off" ? m_settings.off
                                                                                         : change.mode;
        // What a system decides by itself cannot be foretold.
        if (change.mode == "auto" || change.key.kind == Kind::Breaker)
            return {.kind = Proof::Kind::None, .words = {}};
        std::string key = m_settings.key;
        if (const auto at = key.find("{name}"); at != std::string::npos)
            key.replace(at, 6, change.key.name);
        const auto answer = evaluateFlag(m_settings.url, m_settings.token, key, m_settings.context, endpoint.timeoutMs);
        if (!answer.ok())
            return {.kind = Proof::Kind::Silent, .words = "OFREP: " + answer.error().message};
        const std::string told = answer->value.substr(0, kLongestWords)
                                 + (answer->variant.empty() ? "" : " (variant " + answer->variant + ")")
                                 + (answer->reason.empty() ? "" : ", reason " + answer->reason);
        // DISABLED hands the decision to each caller's own default: the value in the answer is nobody's.
        if (answer->reason == "DISABLED")
            return {.kind = Proof::Kind::Silent,
                    .words = "OFREP answers DISABLED: every application uses a default of its own"};
        const bool agrees = answer->value == wanted || answer->variant == wanted;
        return {.kind = agrees ? Proof::Kind::Agrees : Proof::Kind::Disagrees, .words = "OFREP answers " + told};
    }

private:
    const OfrepSettings m_settings;
};

}  // namespace

Result<OfrepEvaluation> evaluateFlag(const std::string& base, const std::string& bearerToken, const std::string& key,
                                     const std::string& targetingKey, std::int64_t timeoutMs)
{
    HttpRequest request;
    request.method = "POST";
    request.url = base + "/ofrep/v1/evaluate/flags/" + percentEncoded(key);
    request.body = json{{"context", {{"targetingKey", targetingKey}}}}.dump();
    request.bearerToken = bearerToken;
    request.timeoutMs = timeoutMs;
    const HttpAnswer answer = sendOnce(request);
    if (answer.outcome != HttpAnswer::Outcome::Answered)
        return Error{request.url + ": " + answer.error, ErrorKind::Unavailable};
    const json body = json::parse(answer.body, nullptr, false);
    if (answer.status != 200) {
        std::string words = body.is_object() ? text(body, "errorCode") : std::string();
        if (const std::string details = body.is_object() ? text(body, "errorDetails") : std::string(); !details.empty())
            words += (words.empty() ? "" : ": ") + details.substr(0, kLongestWords);
        return Error{request.url + " answered " + std::to_string(answer.status) + (words.empty() ? "" : " " + words),
                     kindOfStatus(answer.status)};
    }
    if (!body.is_object() || !body.contains("value"))
        return Error{request.url + " answered without a value", ErrorKind::Failed};
    const json& value = body["value"];
    return OfrepEvaluation{.value = value.is_string() ? value.get<std::string>() : value.dump(),
                           .variant = text(body, "variant"),
                           .reason = text(body, "reason")};
}

Result<VerifierPtr> makeOfrepVerifier(const config::ControlGroupConfig& group)
{
    OfrepSettings taken;
    static const std::set<std::string, std::less<>> known{
        "verify", "verify_url", "verify_key", "verify_context", "verify_on", "verify_off", "verify_token_file"};
    for (const auto& [name, value] : group.settings) {
        if (name.starts_with("verify") && !known.contains(name))
            return Error{"setting " + name + " is not known to the verifier ofrep", ErrorKind::BadInput};
        if (name == "verify_url")
            taken.url = value;
        else if (name == "verify_key")
            taken.key = value;
        else if (name == "verify_context")
            taken.context = value;
        else if (name == "verify_on")
            taken.on = value;
        else if (name == "verify_off")
            taken.off = value;
        else if (name == "verify_token_file") {
            config::Secret secret;
            secret.file = value;
            HF_TRY(taken.token, config::secretText(secret));
        }
    }
    while (taken.url.ends_with("/"))
        taken.url.pop_back();
    if (!taken.url.starts_with("http://") && !taken.url.starts_with("https://"))
        return Error{"setting verify_url: expected the OFREP server's address, like http://flagd:8016, found \""
                         + taken.url + "\"",
                     ErrorKind::BadInput};
    return VerifierPtr(std::make_shared<OfrepVerifier>(std::move(taken)));
}

}  // namespace holdfast::control
