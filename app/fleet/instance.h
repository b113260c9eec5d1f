#pragma once

#include "app/base/clock.h"
#include "app/base/mutex.h"
#include "app/base/result.h"
#include "app/fleet/convention.h"
#include "app/fleet/faults.h"
#include "app/fleet/golden_signals.h"
#include "app/fleet/http_client.h"
#include "app/fleet/http_server.h"
#include "app/fleet/instance_figures.h"
#include "app/fleet/practices.h"
#include "app/fleet/service.h"
#include "app/resilience/control_endpoint.h"
#include "app/resilience/metrics.h"
#include "app/resilience/registry.h"
#include "app/resilience/work_queue.h"

#include <atomic>
#include <cstdint>
#include <memory>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

namespace holdfast::fleet {

enum class DeadlineUse { Honoured, Ignored };

struct InstanceConfig {
    std::string service;
    std::string name;  ///< "checkout-2"
    std::string version;
    int workers = 8;
    std::size_t queue = 64;                         ///< requests that may wait for a worker
    std::int64_t queueMs = 1'500;                   ///< and for how long
    std::int64_t limitMs = 5'000;                   ///< for requests that bring no deadline
    DeadlineUse deadlines = DeadlineUse::Honoured;  ///< ignored only to show what comes of it
    double pauseEveryS = 90;                        ///< mean time between stop-the-world pauses of the runtime
    double pauseMs = 90;                            ///< median length of one
    std::vector<FaultConfig> faults{};
    Practices practices{};
    Convention convention = Convention::Prometheus;  ///< of /metrics; the others stand under /metrics/<word>
    double defectErrors = 0;                         ///< what is wrong with this version: share answered 500
    double defectMs = 0;                             ///< and time a request takes longer
    std::shared_ptr<MemoryShare> memory = std::make_shared<MemoryShare>();
};

/// One running instance of a service: a port, a bounded queue, a fixed number of workers, metrics, control endpoint.
///
/// Queue full: 503 with Retry-After and "do not retry". Waited too long: the same. Deadline over before a worker had
/// time: 504, and no work is done for it. /metrics, /healthz and the control endpoint are answered by the event thread,
/// so that they answer while every worker is stuck.
/// Thread-safe; listen() and stop() one thread at a time.
class Instance {
public:
    Instance(InstanceConfig config, const MakeService& make, const AddressBook& addresses, std::string token,
             std::uint64_t seed, const Clock& clock);
    ~Instance();
    Instance(const Instance&) = delete;
    Instance& operator=(const Instance&) = delete;

    [[nodiscard]] Result<void> listen(std::uint16_t port);
    [[nodiscard]] std::uint16_t port() const { return m_port; }
    [[nodiscard]] const InstanceConfig& config() const { return m_config; }
    [[nodiscard]] resilience::Registry& registry() { return m_registry; }
    [[nodiscard]] GoldenSignals& golden() { return m_signals; }
    /// Once a second, on one thread: pressure, pauses, refusal.
    void tick();
    [[nodiscard]] bool suffers(FaultKind kind) const { return m_faults.on(kind); }
    [[nodiscard]] double faultAmount(FaultKind kind) const { return m_faults.amount(kind); }
    /// Faults that are held there go on here until the same end, but for fault-restart: that is done.
    void takeOverFaults(const Instance& predecessor);
    /// Begins to stop and returns at once; stop() and the destructor wait for the end.
    void requestStop();
    /// Ends the requests under way and gives the port back; it can not listen again.
    void stop();

private:
    struct Job {
        HttpRequest request;
        Responder responder;
        const Route* route;
        resilience::Deadline deadline;
        std::int64_t receivedNs;
    };

    void receive(HttpRequest request, Responder responder);
    void work(const std::stop_token& stop);
    [[nodiscard]] HttpAnswer answer(const Job& job, bool late);
    void finish(Job& job, HttpAnswer answer);
    [[nodiscard]] HttpAnswer overloaded() const;
    [[nodiscard]] HttpAnswer metrics(Convention convention);
    void pauseMaybe();
    void pauseFor(double ms);
    [[nodiscard]] const Route* routeFor(const HttpRequest& request) const;

    const InstanceConfig m_config;
    const Clock& m_clock;
    std::stop_source m_stop;
    resilience::Registry m_registry;
    GoldenSignals m_signals;
    HttpClient m_client;
    Random m_random;
    Parts m_parts;
    resilience::WorkQueue<Job> m_queue;
    std::atomic<int> m_busy{0};
    std::atomic<std::int64_t> m_pausedUntilNs{0};
    double m_pressure = 0;  ///< Thread: tick
    std::int64_t m_nextPauseNs = 0;
    Faults m_faults;
    std::unique_ptr<Service> m_service;
    std::vector<Route> m_routes;
    resilience::Metrics m_resilienceMetrics;
    resilience::ControlEndpoint m_control;
    std::unique_ptr<InstanceFigures> m_figures;  ///< null without workers
    bool m_eventThreadKnown = false;             ///< Thread: event
    const std::int64_t m_startedMs;
    std::atomic<std::uint16_t> m_port{0};
    Mutex m_serverMutex;
    std::unique_ptr<HttpServer> m_server HF_GUARDED_BY(m_serverMutex);
    std::vector<std::jthread> m_workers;
};

}  // namespace holdfast::fleet
