#pragma once

#include "app/base/clock.h"
#include "app/base/mutex.h"
#include "app/resilience/registry.h"

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <utility>

namespace holdfast::resilience {

/// Who answers; shown with GET /resilience/v1.
struct ServiceIdentity {
    std::string service;
    std::string instance;
    std::string version;
    std::int64_t startedMs = 0;  ///< wall clock
};

struct ControlRequest {
    std::string_view method;
    std::string_view path;           ///< from the root, percent-decoded, without query
    std::string_view authorization;  ///< the header's value, empty without one
    std::string_view body;
};

struct ControlAnswer {
    int status = 200;
    std::string body;              ///< application/json
    std::int64_t retryAfterS = 0;  ///< seconds for the header Retry-After; 0: none
};

/// The control protocol (PROTOCOL.md) over a Registry, without a socket: any HTTP server can hand requests in.
///
/// Invariants
///  1. Nothing changes without the token; an empty token refuses every change.
///  2. Changes are made one at a time, so that if_revision is compared with what is then changed.
///  3. A request_id seen in the last hour on the same path gets the answer it got then, and changes nothing.
/// Thread-safe.
class ControlEndpoint {
public:
    static constexpr std::string_view basePath = "/resilience/v1";
    static constexpr std::size_t largestBody = 16 * 1024;

    /// `registry` and `clock` must outlive it.
    ControlEndpoint(const Registry& registry, ServiceIdentity identity, std::string token, const Clock& clock)
        : m_registry(registry), m_identity(std::move(identity)), m_token(std::move(token)), m_clock(clock)
    {
    }

    [[nodiscard]] static bool serves(std::string_view path);
    [[nodiscard]] ControlAnswer handle(const ControlRequest& request) HF_EXCLUDES(m_mutex);

private:
    struct Answered {
        std::int64_t atMs;  ///< monotonic
        std::string key;
        ControlAnswer answer;
    };

    [[nodiscard]] ControlAnswer overview() const;
    template <typename Point>
    [[nodiscard]] ControlAnswer change(Point& point, const ControlRequest& request) HF_EXCLUDES(m_mutex);
    [[nodiscard]] ControlAnswer refusedToken(std::string_view authorization) const;
    [[nodiscard]] const ControlAnswer* seen(std::string_view key) HF_REQUIRES(m_mutex);
    void remember(std::string key, const ControlAnswer& answer) HF_REQUIRES(m_mutex);

    const Registry& m_registry;
    const ServiceIdentity m_identity;
    const std::string m_token;
    const Clock& m_clock;
    Mutex m_mutex;
    std::deque<Answered> m_answered HF_GUARDED_BY(m_mutex);  ///< ascending by time
};

}  // namespace holdfast::resilience
