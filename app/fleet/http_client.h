#pragma once

#include "app/base/mutex.h"
#include "app/base/result.h"
#include "app/fleet/http.h"

#include <atomic>
#include <cstdint>
#include <string>
#include <vector>

namespace holdfast::fleet {

struct ClientRequest {
    std::string method = "GET";
    std::uint16_t port = 0;  ///< on 127.0.0.1
    std::string path{};      ///< with query
    std::string body{};
    std::string deadline{};  ///< sent as resilience::deadlineHeader unless empty
    std::int64_t timeoutMs = 1000;
};

struct ClientAnswer {
    int status = 0;
    std::string body;
    bool doNotRetry = false;
    bool dependencyFailed = false;  ///< the header below was there
    std::int64_t retryAfterS = -1;  ///< −1: not said
};

/// Sent with a 5xx by a service that works but whose own dependency does not: no reason to stop calling the service.
inline constexpr const char* dependencyHeader = "x-failed-dependency";

/// HTTP calls that wait, over connections that are kept. The handle used last is used next, so that few connections
/// stay open at rest. At most 256 KiB of an answer are read. Thread-safe. send() waits up to timeoutMs.
class HttpClient {
public:
    HttpClient() = default;
    ~HttpClient();
    HttpClient(const HttpClient&) = delete;
    HttpClient& operator=(const HttpClient&) = delete;

    /// An answer of any status is a value. Errors: Timeout; Unavailable when refused or broken off.
    [[nodiscard]] Result<ClientAnswer> send(const ClientRequest& request);

private:
    [[nodiscard]] void* take() HF_EXCLUDES(m_mutex);
    void giveBack(void* handle) HF_EXCLUDES(m_mutex);

    Mutex m_mutex;
    std::vector<void*> m_idle HF_GUARDED_BY(m_mutex);  ///< CURL*
};

}  // namespace holdfast::fleet
