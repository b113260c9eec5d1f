#pragma once

#include "app/api/http_message.h"
#include "app/api/router.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace holdfast::api {

/// Who may ask what on one listener.
///
/// Public: reading without a token. Where it listens on loopback only, `Host` must be an address or "localhost":
/// a name that was re-pointed at 127.0.0.1 (DNS rebinding) would let any web page read through a browser.
/// Private: a bearer token on every request, `Host` must be the listener's own, and an `Origin` is refused unless it
/// is the listener itself; a browser page thus cannot reach it even with the token.
struct AccessPolicy {
    Door door = Door::Public;
    bool loopbackOnly = true;
    std::uint16_t port = 0;
    std::string token;  ///< private only
};

/// What is wrong with the request's head; nothing when it may pass.
[[nodiscard]] std::optional<HttpResponse> refusal(const AccessPolicy& policy, const HttpRequest& head);

/// Compares without telling by its time where two texts differ.
[[nodiscard]] bool equalInConstantTime(std::string_view a, std::string_view b);

/// 256 random bits from the system, in hexadecimal.
[[nodiscard]] std::string newToken();

/// True for 127.0.0.0/8 and ::1.
[[nodiscard]] bool isLoopbackAddress(const std::string& address);

}  // namespace holdfast::api
