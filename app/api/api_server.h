#pragma once

#include "app/api/access.h"
#include "app/api/http_server.h"
#include "app/api/own_metrics.h"
#include "app/api/router.h"
#include "app/api/work_pool.h"
#include "app/base/clock.h"
#include "app/base/result.h"

#include <cstdint>
#include <memory>
#include <string>

namespace holdfast::api {

struct ApiServerOptions {
    std::string listenAddress = "127.0.0.1";
    std::uint16_t listenPort = 9190;
    std::string token;  ///< of the private port
    std::size_t queryThreads = 4;
    std::size_t queriesWaiting = 128;  ///< more are answered 503
};

/// The two listeners of the engine, the threads that answer, and the way between them.
///
/// listener → access (token, Host, Origin) → route → lane (queries, status, changes) → handler → answer.
/// Thread-safe; start() once, stop() once.
class ApiServer {
public:
    ApiServer(ApiServerOptions options, Router router, OwnMetrics& metrics, const Clock& clock);
    ~ApiServer();
    ApiServer(const ApiServer&) = delete;
    ApiServer& operator=(const ApiServer&) = delete;

    [[nodiscard]] Result<void> start();
    void stop();

    [[nodiscard]] std::string publicUrl() const;
    [[nodiscard]] std::string privateUrl() const;
    [[nodiscard]] unsigned connections() const;
    [[nodiscard]] std::size_t queriesWaiting() const { return m_queries.waiting(); }

private:
    [[nodiscard]] Result<std::unique_ptr<HttpServer>> listen(HttpServerOptions options,
                                                             std::shared_ptr<AccessPolicy> policy);
    [[nodiscard]] Admission admit(const AccessPolicy& policy, const HttpRequest& head) const;
    void dispatch(Door door, std::shared_ptr<HttpExchange> exchange);
    void run(const Route& route, std::vector<std::string> path, std::int64_t sinceMs, HttpExchange& exchange);
    [[nodiscard]] WorkPool& pool(Lane lane);

    const ApiServerOptions m_options;
    const Router m_router;
    OwnMetrics& m_metrics;
    const Clock& m_clock;
    WorkPool m_queries;
    WorkPool m_status;
    WorkPool m_changes;
    std::unique_ptr<HttpServer> m_public;
    std::unique_ptr<HttpServer> m_private;
};

}  // namespace holdfast::api
