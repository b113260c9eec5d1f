#pragma once

#include "app/control/adapter.h"

namespace holdfast::control {

/// What an OFREP server answers for one flag and one context: what an application is told, whatever a console says.
/// Source: OpenFeature Remote Evaluation Protocol 0.3.0.
struct OfrepEvaluation {
    std::string value;    ///< a text as it is; a boolean, number or structure as JSON
    std::string variant;  ///< empty where it has none
    std::string reason;   ///< STATIC TARGETING_MATCH SPLIT DISABLED DEFAULT CACHED UNKNOWN …
};

/// POST {base}/ofrep/v1/evaluate/flags/{key}. NotFound for FLAG_NOT_FOUND, Denied, BadInput (context), Limit (asked too
/// often), Unavailable, Failed.
[[nodiscard]] Result<OfrepEvaluation> evaluateFlag(const std::string& base, const std::string& bearerToken,
                                                   const std::string& key, const std::string& targetingKey,
                                                   std::int64_t timeoutMs);

/// Verifier "ofrep": proves a flag by what applications are told. One server covers flagd, GO Feature Flag and Flipt.
/// Settings  verify_url      base of the server (required)
///           verify_key      key of the flag there; {name} is the control's (default "{name}")
///           verify_context  targetingKey that is asked for (default "holdfast")
///           verify_on, verify_off  values that mean so ("true", "false"); a variant of that name counts as well
///           verify_token_file      file with a bearer token
[[nodiscard]] Result<VerifierPtr> makeOfrepVerifier(const config::ControlGroupConfig& group);

}  // namespace holdfast::control
