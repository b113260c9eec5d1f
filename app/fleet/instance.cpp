#include "app/fleet/instance.h"

#include "app/fleet/conventions/in_convention.h"
#include "app/fleet/nap.h"
#include "app/resilience/retry.h"

#include <prometheus/text_serializer.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <iterator>
#include <optional>
#include <string_view>
#include <utility>

namespace holdfast::fleet {

using resilience::ControlEndpoint;
using resilience::Deadline;

namespace {

constexpr std::string_view metricsPath = "/metrics";
constexpr std::size_t withoutBound = 100'000;            // Practices::boundedQueues
constexpr std::int64_t withoutEndMs = 24LL * 3'600'000;  // Practices::boundedQueues, timeouts

InstanceConfig without(InstanceConfig config)
{
    const Practices& practices = config.practices;
    if (config.workers > 0)
        config.workers = std::max(1, static_cast<int>(std::lround(config.workers * practices.capacity)));
    if (!practices.boundedQueues) {
        config.queue = withoutBound;
        config.queueMs = withoutEndMs;
    }
    if (!practices.timeouts) {
        config.deadlines = DeadlineUse::Ignored;
        config.limitMs = withoutEndMs;
    }
    return config;
}

}  // namespace

Instance::Instance(InstanceConfig config, const MakeService& make, const AddressBook& addresses, std::string token,
                   std::uint64_t seed, const Clock& clock)
    : m_config(without(std::move(config))),
      m_clock(clock),
      m_signals(m_config.version, clock.wallMs()),
      m_random(seed),
      m_parts{clock, addresses, m_registry, m_signals, m_client, m_random, m_stop.get_token(), m_config.practices},
      m_queue("requests", m_config.queue, m_config.queueMs, clock),
      m_faults(m_config.faults, m_parts),
      m_service(make(m_parts)),
      m_routes(m_service->routes()),
      m_resilienceMetrics(m_registry),
      m_control(m_registry, {m_config.service, m_config.name, m_config.version, clock.wallMs()}, std::move(token),
                clock),
      m_startedMs(clock.wallMs())
{
    if (m_config.workers > 0) {
        m_figures = std::make_unique<InstanceFigures>(m_signals.registry(), *m_config.memory);
        m_registry.addQueue([this] { return m_queue.snapshot(); });
        m_registry.addPool([this] {
            return resilience::PoolSnapshot{"workers", static_cast<std::size_t>(m_busy.load()),
                                            static_cast<std::size_t>(m_config.workers)};
        });
    }
    for (const Route& route : m_routes)
        m_signals.expectRoute(route.method, route.path);
}

Instance::~Instance()
{
    stop();
    m_service.reset();
}

Result<void> Instance::listen(std::uint16_t port)
{
    HF_TRY(auto server, HttpServer::start(port, [this](HttpRequest request, Responder responder) {
               receive(std::move(request), std::move(responder));
           }));
    m_port = server->port();
    {
        const MutexLock lock(m_serverMutex);
        m_server = std::move(server);
    }
    for (int i = 0; i < m_config.workers; ++i)
        m_workers.emplace_back([this] { work(m_stop.get_token()); });
    return {};
}

void Instance::tick()
{
    const double used =
        m_config.workers == 0 ? 0 : static_cast<double>(m_busy.load()) / static_cast<double>(m_config.workers);
    m_pressure = 0.7 * m_pressure + 0.3 * used;  // smooths over some three seconds, so that one burst degrades nothing
    m_service->tick(m_config.practices.degradation ? m_pressure : 0);
    m_faults.tick();
    pauseMaybe();
    const MutexLock lock(m_serverMutex);
    if (m_server)
        m_server->refuse(m_faults.on(FaultKind::Refuse));
}

void Instance::pauseMaybe()
{
    const std::int64_t nowNs = m_clock.monotonicNs();
    if (const double ms = m_faults.amount(FaultKind::Pause); ms > 0)
        pauseFor(m_random.logNormal(ms, 0.2));
    else if (m_nextPauseNs != 0 && nowNs >= m_nextPauseNs)
        pauseFor(m_random.logNormal(m_config.pauseMs, 0.4));
    if (nowNs >= m_nextPauseNs)
        m_nextPauseNs = nowNs + static_cast<std::int64_t>(m_random.untilNext(1 / m_config.pauseEveryS) * 1e9);
}

void Instance::pauseFor(double ms)
{
    m_pausedUntilNs = m_clock.monotonicNs() + static_cast<std::int64_t>(ms * 1e6);
    if (m_figures)
        m_figures->paused(ms / 1000);
}

void Instance::takeOverFaults(const Instance& predecessor)
{
    for (const resilience::DegradationFlag* old : predecessor.m_registry.flags()) {
        const resilience::FlagSnapshot was = old->snapshot();
        resilience::DegradationFlag* flag = m_registry.flag(was.name);
        if (!flag || was.kind != resilience::FlagKind::Fault || was.mode == resilience::FlagMode::Auto
            || was.name == nameOf(FaultKind::Restart))
            continue;
        auto lease = was.lease;
        if (lease)
            lease->ttlS = std::max<std::int64_t>(1, (lease->expiresMs - m_clock.wallMs()) / 1000);
        flag->setMode(was.mode, std::move(lease));
    }
}

void Instance::stop()
{
    requestStop();
    m_workers.clear();
    std::unique_ptr<HttpServer> server;
    {
        const MutexLock lock(m_serverMutex);
        server = std::move(m_server);
    }
    server.reset();  // before the service: a scrape must not meet breakers that are gone
}

void Instance::requestStop()
{
    m_stop.request_stop();
    m_queue.close();
}

void Instance::receive(HttpRequest request, Responder responder)
{
    if (m_figures && !std::exchange(m_eventThreadKnown, true))
        m_figures->enter();
    if (request.path == metricsPath)
        return responder.send(metrics(m_config.convention));
    if (request.path.starts_with(metricsPath))
        if (const auto other = convention(std::string_view(request.path).substr(metricsPath.size() + 1)))
            return responder.send(metrics(*other));
    if (request.path == "/healthz")
        return responder.send({.status = 200, .body = "ok\n", .contentType = "text/plain", .headers = {}});
    if (ControlEndpoint::serves(request.path)) {
        const auto done = m_control.handle({request.method, request.path, request.authorization, request.body});
        HttpAnswer reply = json(done.status, done.body);
        if (done.retryAfterS > 0)
            reply.headers.emplace_back("Retry-After", std::to_string(done.retryAfterS));
        return responder.send(std::move(reply));
    }
    const Route* route = routeFor(request);
    if (!route) {
        m_signals.served(request.method == "GET" ? "GET" : "other", "other", 404, 0);
        return responder.send(json(404, R"({"error":"no such page"})"));
    }
    const auto sent = m_config.deadlines == DeadlineUse::Honoured ? resilience::parseDeadline(request.deadline, m_clock)
                                                                  : std::nullopt;
    const Deadline deadline = sent.value_or(Deadline::after(m_config.limitMs, m_clock));
    Job job{std::move(request), std::move(responder), route, deadline, m_clock.monotonicNs()};
    m_signals.enter();
    if (!m_queue.push(std::move(job)))
        finish(job, overloaded());
}

void Instance::work(const std::stop_token& stop)
{
    using namespace std::chrono_literals;
    if (m_figures)
        m_figures->enter();
    while (auto taken = m_queue.pop(1h, stop)) {
        ++m_busy;
        finish(taken->item, answer(taken->item, taken->late));
        --m_busy;
    }
    if (m_figures)
        m_figures->leave();
}

HttpAnswer Instance::answer(const Job& job, bool late)
{
    if (m_stop.stop_requested() || late)
        return overloaded();
    if (job.deadline.expired(m_clock))
        return json(504, R"({"error":"the caller's deadline passed while this request waited"})");
    const std::int64_t pausedNs = m_pausedUntilNs.load() - m_clock.monotonicNs();
    nap(static_cast<double>(pausedNs) / 1e6, m_parts.stop);
    nap(m_config.defectMs, m_parts.stop);
    if (m_random.chance(m_config.defectErrors))
        return json(500, R"({"error":"a defect of version )" + m_config.version + R"("})");
    const Visit visit{job.request, job.deadline};
    if (auto fault = m_faults.meet(visit))
        return std::move(*fault);
    return job.route->serve(visit);
}

void Instance::finish(Job& job, HttpAnswer reply)
{
    const double seconds = static_cast<double>(m_clock.monotonicNs() - job.receivedNs) / 1e9;
    m_signals.served(job.route->method, job.route->path, reply.status, seconds);
    m_signals.leave();
    job.responder.send(std::move(reply));
}

HttpAnswer Instance::overloaded() const
{
    HttpAnswer reply = json(503, R"({"error":"too much work is waiting here"})");
    reply.headers = {{"Retry-After", std::to_string(m_queue.retryAfterS())},
                     {std::string(resilience::doNotRetryHeader), "1"}};
    return reply;
}

HttpAnswer Instance::metrics(Convention convention)
{
    if (m_figures)
        m_figures->update(m_faults.grownBytes());
    auto families = m_signals.collect();
    auto more = m_resilienceMetrics.Collect();
    std::move(more.begin(), more.end(), std::back_inserter(families));
    families = inConvention(convention, std::move(families),
                            {m_config.service, m_config.name, m_config.version, m_startedMs, m_clock.wallMs()});
    return {.status = 200,
            .body = prometheus::TextSerializer().Serialize(families),
            .contentType = "text/plain; version=0.0.4; charset=utf-8",
            .headers = {}};
}

const Route* Instance::routeFor(const HttpRequest& request) const
{
    const auto found = std::ranges::find_if(
        m_routes, [&](const Route& route) { return route.path == request.path && route.method == request.method; });
    return found == m_routes.end() ? nullptr : &*found;
}

}  // namespace holdfast::fleet
