#pragma once

#include "app/base/clock.h"
#include "app/base/mutex.h"
#include "app/base/result.h"
#include "app/fleet/address_book.h"
#include "app/fleet/convention.h"
#include "app/fleet/instance.h"
#include "app/fleet/practices.h"
#include "app/fleet/shop.h"
#include "app/fleet/shoppers.h"

#include <cstdint>
#include <map>
#include <memory>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

namespace holdfast::fleet {

struct FleetConfig {
    std::uint16_t portBase = 17'100;  ///< first of the contiguous ports; 0: any free ones
    std::string token;
    std::uint64_t seed = 1;
    LoadConfig load;
    Practices practices{};
    Convention convention = Convention::Prometheus;    ///< of /metrics; Mixed: another one for every service
    std::map<std::string, Convention> conventionOf{};  ///< by service, instead of the above
};

/// The shop, running: every instance of shop(), and the shoppers last. What it is asked to break, deploy or restart by
/// flags (fault-bad-deploy, fault-restart) it does itself, as a platform would: one instance of a service after the
/// other, on the same ports.
/// An experiment starts one in its own process (portBase 0, load.perSecond 0 and its own open loop against
/// addresses().all().at("gateway"), or the shoppers' load), takes practices away, breaks things with force().
/// Thread-safe after start().
class Fleet {
public:
    using Instances = std::vector<std::shared_ptr<Instance>>;

    [[nodiscard]] static Result<std::unique_ptr<Fleet>> start(FleetConfig config, const Clock& clock);
    ~Fleet();
    Fleet(const Fleet&) = delete;
    Fleet& operator=(const Fleet&) = delete;

    /// Those that run now; one that is held goes on living after it was replaced.
    [[nodiscard]] Instances instances() const HF_EXCLUDES(m_mutex);
    [[nodiscard]] Instances instancesOf(const std::string& service) const;
    [[nodiscard]] const AddressBook& addresses() const { return m_addresses; }

    /// Forces a flag on every instance of a service, for so long (0: until it is set to Auto). Returns on how many;
    /// NotFound when there is no such service or flag.
    [[nodiscard]] Result<int> force(const std::string& service, const std::string& flag, resilience::FlagMode mode,
                                    std::int64_t forMs = 0, const std::string& why = "force");
    /// Rolls out a version of a service, instance by instance, each gone for about a second; restarts when the version
    /// is the running one. Waits for the end. NotFound when there is no such service.
    [[nodiscard]] Result<void> deploy(const std::string& service, const std::string& version);

private:
    struct Place {
        InstanceConfig config;    ///< with the version that is meant to run
        const ServiceSpec* spec;  ///< null: shoppers
        std::uint16_t port = 0;
        std::shared_ptr<Instance> instance;
    };

    Fleet(FleetConfig config, const Clock& clock) : m_config(std::move(config)), m_clock(clock) {}
    [[nodiscard]] Result<void> add(InstanceConfig config, const ServiceSpec* spec);
    [[nodiscard]] std::shared_ptr<Instance> make(const InstanceConfig& config, const ServiceSpec* spec,
                                                 std::size_t number);
    [[nodiscard]] Result<void> replace(std::size_t number, const InstanceConfig& config, const std::stop_token& stop);
    void tickAll(const std::stop_token& stop);
    void runPlatform(const std::stop_token& stop);

    const FleetConfig m_config;
    const Clock& m_clock;
    AddressBook m_addresses;
    mutable Mutex m_mutex;
    std::vector<Place> m_places HF_GUARDED_BY(m_mutex);
    Mutex m_deploying;  ///< one replacement at a time
    std::jthread m_ticker;
    std::jthread m_platform;
};

}  // namespace holdfast::fleet
