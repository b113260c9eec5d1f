#include "app/api/api_server.h"

#include "app/api/holdfast_answer.h"

#include <utility>

namespace holdfast::api {

namespace {

// Changes wait for control endpoints (seconds), so a few may be on their way at once.
constexpr std::size_t kChangeThreads = 4;
constexpr std::size_t kStatusThreads = 2;
constexpr std::size_t kWaiting = 256;

HttpResponse notFound()
{
    return HttpResponse::text(404, "404 page not found\n");
}

HttpResponse notAllowed(const std::string& allowed)
{
    HttpResponse response = HttpResponse::text(405, "Method Not Allowed\n");
    response.headers.emplace_back("Allow", allowed);
    return response;
}

std::string urlText(const std::string& address, std::uint16_t port)
{
    const bool v6 = address.find(':') != std::string::npos;
    return "http://" + (v6 ? "[" + address + "]" : address) + ":" + std::to_string(port);
}

}  // namespace

ApiServer::ApiServer(ApiServerOptions options, Router router, OwnMetrics& metrics, const Clock& clock)
    : m_options(std::move(options)),
      m_router(std::move(router)),
      m_metrics(metrics),
      m_clock(clock),
      m_queries(m_options.queryThreads, m_options.queriesWaiting),
      m_status(kStatusThreads, kWaiting),
      m_changes(kChangeThreads, kWaiting)
{
}

ApiServer::~ApiServer()
{
    stop();
}

Result<void> ApiServer::start()
{
    auto open = std::make_shared<AccessPolicy>();
    open->loopbackOnly = isLoopbackAddress(m_options.listenAddress);
    HttpServerOptions listener;
    listener.address = m_options.listenAddress;
    listener.port = m_options.listenPort;
    HF_TRY(m_public, listen(std::move(listener), std::move(open)));

    auto closed = std::make_shared<AccessPolicy>();
    closed->door = Door::Private;
    closed->token = m_options.token;
    HF_TRY(m_private, listen(HttpServerOptions{}, std::move(closed)));
    return {};
}

Result<std::unique_ptr<HttpServer>> ApiServer::listen(HttpServerOptions options, std::shared_ptr<AccessPolicy> policy)
{
    return HttpServer::start(
        std::move(options), m_clock, [this, policy](const HttpRequest& head) { return admit(*policy, head); },
        [this, policy](std::shared_ptr<HttpExchange> exchange) { dispatch(policy->door, std::move(exchange)); },
        [policy](std::uint16_t port) { policy->port = port; });
}

void ApiServer::stop()
{
    if (m_public)
        m_public->stop();
    if (m_private)
        m_private->stop();
    m_queries.stop();
    m_status.stop();
    m_changes.stop();
}

std::string ApiServer::publicUrl() const
{
    return m_public ? urlText(m_options.listenAddress, m_public->port()) : std::string();
}

std::string ApiServer::privateUrl() const
{
    return m_private ? urlText("127.0.0.1", m_private->port()) : std::string();
}

unsigned ApiServer::connections() const
{
    return (m_public ? m_public->connections() : 0) + (m_private ? m_private->connections() : 0);
}

Admission ApiServer::admit(const AccessPolicy& policy, const HttpRequest& head) const
{
    Admission admission;
    if (auto refused = refusal(policy, head)) {
        admission.refusal = std::make_unique<HttpResponse>(std::move(*refused));
        return admission;
    }
    const Router::Match match = m_router.find(head.method, head.path, policy.door);
    if (match.route)
        admission.maxBody = match.route->maxBody;
    else
        admission.refusal =
            std::make_unique<HttpResponse>(match.allowed.empty() ? notFound() : notAllowed(match.allowed));
    return admission;
}

void ApiServer::dispatch(Door door, std::shared_ptr<HttpExchange> exchange)
{
    Router::Match match = m_router.find(exchange->request().method, exchange->request().path, door);
    if (!match.route) {
        exchange->respond(notFound());
        return;
    }
    const Route& route = *match.route;
    if (route.stream) {
        exchange->stream(route.stream(Call{.request = exchange->request(),
                                           .form = Form(exchange->request()),
                                           .path = std::move(match.path),
                                           .cancelled = exchange->cancelled()}));
        return;
    }
    const std::int64_t since = m_clock.monotonicMs();
    const bool taken = pool(route.lane).submit([this, &route, path = std::move(match.path), since, exchange]() mutable {
        run(route, std::move(path), since, *exchange);
    });
    if (taken)
        return;
    m_metrics.requestRefused();
    exchange->respond(errorReply(Error{"too many requests are waiting, try again later", ErrorKind::Unavailable}));
}

void ApiServer::run(const Route& route, std::vector<std::string> path, std::int64_t sinceMs, HttpExchange& exchange)
{
    const std::int64_t started = m_clock.monotonicMs();
    const Call call{.request = exchange.request(),
                    .form = Form(exchange.request()),
                    .path = std::move(path),
                    .cancelled = exchange.cancelled(),
                    .queuedMs = started - sinceMs};
    HttpResponse response = route.handler(call);
    m_metrics.requestAnswered(route.pattern, response.status,
                              static_cast<double>(m_clock.monotonicMs() - sinceMs) / 1000.0);
    exchange.respond(std::move(response));
}

WorkPool& ApiServer::pool(Lane lane)
{
    switch (lane) {
    case Lane::Query: return m_queries;
    case Lane::Change: return m_changes;
    case Lane::Status: break;
    }
    return m_status;
}

}  // namespace holdfast::api
