#pragma once

#include "app/control/adapters/preset.h"
#include "app/control/http_request.h"

#include <nlohmann/json.hpp>

#include <optional>
#include <string>
#include <vector>

namespace holdfast::control {

/// An answer as presets look at it: JSON where the body is JSON (or `rows` made it so), else a JSON string of the body
/// without the space around it.
struct PresetReply {
    int status = 0;
    nlohmann::json body;
    std::string etag;
};

/// The request with all variables put in. A path step "." or ".." is refused, however it came about.
///
/// base    Endpoint::url
/// token   for Preset::auth; empty: none is sent
[[nodiscard]] Result<HttpRequest> buildRequest(const Preset& preset, const PresetRequest& request,
                                               const std::string& base, const std::string& token,
                                               const PresetValues& values);

[[nodiscard]] PresetReply replyOf(const HttpAnswer& answer, const PresetRequest& request);

/// The text at a field; nothing where there is none, or where it is not as the field says (match, base64).
[[nodiscard]] std::optional<std::string> fieldText(const PresetField& field, const PresetReply& reply,
                                                   const nlohmann::json& here, const std::string& key,
                                                   const PresetValues& values);
[[nodiscard]] bool allHold(const std::vector<PresetCondition>& conditions, const PresetReply& reply,
                           const nlohmann::json& here, const std::string& key, const PresetValues& values);

/// "POST http://… Header: … body" on one line, with every one of `secrets` as ***.
[[nodiscard]] std::string requestLine(const HttpRequest& request, const std::vector<std::string>& secrets);
/// The text with every secret as ***.
[[nodiscard]] std::string withoutSecrets(std::string text, const std::vector<std::string>& secrets);

}  // namespace holdfast::control
