#pragma once

#include "app/base/result.h"

#include <string>

namespace holdfast::config {

/// The value of an environment variable. Errors  NotFound when it is not set or empty
[[nodiscard]] Result<std::string> environmentSecret(const std::string& name);

/// A secret of the desktop's keyring, asked of the program secret-tool (package libsecret-tools), so that the engine
/// needs no desktop libraries. Blocks up to 5 s; an answer is kept in memory for a minute, so that a keyring is not
/// asked at every poll. Thread-safe.
/// attributes  words as secret-tool takes them: "service holdfast account demo"
/// Errors      BadInput for an odd number of words, NotFound when there is no such secret, Unavailable when the program
///             is missing or does not answer
[[nodiscard]] Result<std::string> keyringSecret(const std::string& attributes);

}  // namespace holdfast::config
