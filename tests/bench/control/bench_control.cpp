// Figures of acting: 200 instances read back, 10 000 controls listed and filtered, how late a hold ends. Prints one
// line each; real HTTP on loopback, real files.
#include "app/control/control_book.h"
#include "app/control/control_service.h"
#include "app/store/store.h"
#include "tests/support/control_server.h"

#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <thread>

using namespace holdfast;
using namespace holdfast::control;

namespace {

using Steady = std::chrono::steady_clock;

double secondsSince(Steady::time_point start)
{
    return std::chrono::duration<double>(Steady::now() - start).count();
}

/// Waits until it is so; the seconds that took.
template <typename Condition>
double until(const Condition& so)
{
    const auto start = Steady::now();
    while (!so() && secondsSince(start) < 60)
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    return secondsSince(start);
}

std::shared_ptr<config::Config> configuration(const std::vector<std::string>& endpoints)
{
    auto config = std::make_shared<config::Config>();
    config::ControlGroupConfig group;
    group.name = "bench";
    group.endpoints = endpoints;
    group.actToken.text = "secret";
    group.armed = true;
    group.coolDownMs = 0;
    config->holdfast.controls.push_back(group);
    return config;
}

}  // namespace

int main()
{
    const auto folder = std::filesystem::temp_directory_path() / ("bench_control_" + std::to_string(::getpid()));
    std::filesystem::create_directory(folder);
    SystemClock clock;
    Log log(stderr, LogLevel::Error, clock);
    store::StoreOptions storeOptions;
    storeOptions.path = (folder / "bench.db").string();
    {
        auto store = store::Store::open(storeOptions, clock, log);
        if (!store.ok())
            return 1;
        std::vector<std::unique_ptr<tests::ControlServer>> servers;
        std::vector<std::string> addresses;
        for (int i = 0; i < 200; ++i) {
            servers.push_back(std::make_unique<tests::ControlServer>(clock));
            addresses.push_back(servers.back()->address());
        }
        ControlService service(**store, clock, log, {}, {}, configuration(addresses));
        if (!service.start().ok())
            return 1;
        until([&] {
            const auto point = service.control("checkout/breaker/payments");
            return point.ok() && point->n == 200;
        });
        ActionRequest request;
        request.control = "checkout/breaker/payments";
        request.to = "forced_open";
        request.holdS = 3;
        request.reason = "bench";
        request.actor = "bench";
        const auto begun = service.act(request);
        if (!begun.ok())
            return 1;
        const double verified = until([&] { return service.action(begun->id)->state == "verified"; });
        std::printf("200 instances opened and read back: %.2f s (5 s allowed)\n", verified);
        const std::int64_t ends = service.leases().front().untilMs;
        until([&] { return service.leases().empty(); });
        std::printf("a hold of 200 instances was over and on record %.2f s after its time (kept in the services; read "
                    "from 1 s after it on)\n",
                    static_cast<double>(clock.wallMs() - ends) / 1000);
        service.stop();
    }
    {
        // 10 000 controls, as a book is rebuilt at every poll and filtered at every key press.
        const auto config = configuration({"127.0.0.1:1"});
        EndpointMap endpoints;
        std::map<std::string, std::string> problems;
        endpoints = resolveEndpoints(*config, {}, 1000, {}, clock, problems);
        for (auto& [key, state] : endpoints) {
            state.listing.service = "big";
            state.listedMs = clock.wallMs();
            for (int i = 0; i < 10'000; ++i) {
                Reading reading;
                reading.key = {Kind::Breaker, "callee-" + std::to_string(i)};
                reading.callee = reading.key.name;
                reading.mode = "auto";
                reading.state = "closed";
                state.listing.readings.push_back(std::move(reading));
            }
        }
        const auto start = Steady::now();
        const auto points = controlPoints({.endpoints = endpoints,
                                           .metrics = {},
                                           .leases = {},
                                           .config = *config,
                                           .armed = {{"bench", true}},
                                           .nowMs = clock.wallMs(),
                                           .pollMs = 5000});
        std::printf("%zu controls put together: %.3f s\n", points.size(), secondsSince(start));
        const auto filtering = Steady::now();
        std::size_t found = 0;
        for (const auto& [id, point] : points)
            found += point.id.find("99") != std::string::npos ? 1U : 0U;
        std::printf("%zu of them found by a text: %.4f s\n", found, secondsSince(filtering));
    }
    std::filesystem::remove_all(folder);
    return 0;
}
