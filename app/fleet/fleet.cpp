#include "app/fleet/fleet.h"

#include "app/fleet/nap.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

namespace holdfast::fleet {

namespace {

constexpr double goneMs = 1'000;  // what a process needs to end and start, guessed for a small one
constexpr double platformMs = 250;
constexpr double badDeployMs = 180;  // a defect that slows down as well as fails

/// "4.18.2" → "4.19.0", as a release manager would call the next one.
std::string nextVersion(const std::string& version)
{
    const std::size_t dot = version.find('.');
    if (dot == std::string::npos)
        return version + ".1";
    const std::string minor = version.substr(dot + 1, version.find('.', dot + 1) - dot - 1);
    return version.substr(0, dot + 1) + std::to_string(std::atoi(minor.c_str()) + 1) + ".0";
}

}  // namespace

Result<std::unique_ptr<Fleet>> Fleet::start(FleetConfig config, const Clock& clock)
{
    std::unique_ptr<Fleet> fleet(new Fleet(std::move(config), clock));
    const auto memory = std::make_shared<MemoryShare>();
    for (const ServiceSpec& spec : shop())
        for (int i = 1; i <= spec.instances; ++i)
            HF_CHECK(fleet->add({.service = spec.name,
                                 .name = spec.name + "-" + std::to_string(i),
                                 .version = spec.version,
                                 .workers = spec.workers,
                                 .queue = spec.queue,
                                 .queueMs = spec.queueMs,
                                 .faults = spec.faults,
                                 .memory = memory},
                                &spec));
    HF_CHECK(fleet->add({.service = "shoppers", .name = "shoppers-1", .version = "1.0.0", .workers = 0}, nullptr));
    fleet->m_ticker = std::jthread([raw = fleet.get()](const std::stop_token& stop) { raw->tickAll(stop); });
    fleet->m_platform = std::jthread([raw = fleet.get()](const std::stop_token& stop) { raw->runPlatform(stop); });
    return fleet;
}

Fleet::~Fleet()
{
    m_platform = {};
    m_ticker = {};
    // All first, then one after the other: none may wait for an answer of another that still works calmly.
    const Instances all = instances();
    for (const auto& instance : all)
        instance->requestStop();
    for (auto instance = all.rbegin(); instance != all.rend(); ++instance)
        (*instance)->stop();
}

Result<void> Fleet::add(InstanceConfig config, const ServiceSpec* spec)
{
    config.practices = m_config.practices;
    config.convention =
        m_config.convention == Convention::Mixed ? mixedConvention(config.service) : m_config.convention;
    if (const auto own = m_config.conventionOf.find(config.service); own != m_config.conventionOf.end())
        config.convention = own->second;
    const MutexLock lock(m_mutex);
    const std::size_t number = m_places.size();
    const auto port = static_cast<std::uint16_t>(m_config.portBase == 0 ? 0 : m_config.portBase + number);
    auto instance = make(config, spec, number);
    HF_CHECK(instance->listen(port).in(config.name));
    m_addresses.add(config.service, instance->port());
    m_places.push_back({std::move(config), spec, instance->port(), std::move(instance)});
    return {};
}

std::shared_ptr<Instance> Fleet::make(const InstanceConfig& config, const ServiceSpec* spec, std::size_t number)
{
    return std::make_shared<Instance>(config, spec ? spec->make : makeShoppers(m_config.load), m_addresses,
                                      m_config.token, m_config.seed + number, m_clock);
}

Fleet::Instances Fleet::instances() const
{
    const MutexLock lock(m_mutex);
    Instances all;
    for (const Place& place : m_places)
        all.push_back(place.instance);
    return all;
}

Fleet::Instances Fleet::instancesOf(const std::string& service) const
{
    Instances all = instances();
    std::erase_if(all, [&](const auto& instance) { return instance->config().service != service; });
    return all;
}

Result<int> Fleet::force(const std::string& service, const std::string& flag, resilience::FlagMode mode,
                         std::int64_t forMs, const std::string& why)
{
    int changed = 0;
    for (const auto& instance : instancesOf(service)) {
        resilience::DegradationFlag* one = instance->registry().flag(flag);
        if (!one)
            continue;
        std::optional<resilience::Lease> lease;
        if (forMs > 0)
            lease = resilience::Lease{
                .expiresMs = 0, .ttlS = (forMs + 999) / 1000, .reason = why, .actor = "fleet", .requestId = {}};
        one->setMode(mode, std::move(lease));
        ++changed;
    }
    if (changed == 0)
        return Error{"The fleet has no flag " + service + "/" + flag, ErrorKind::NotFound};
    return changed;
}

Result<void> Fleet::deploy(const std::string& service, const std::string& version)
{
    std::size_t count = 0;
    {
        const MutexLock lock(m_mutex);
        count = m_places.size();
    }
    bool known = false;
    for (std::size_t number = 0; number < count; ++number) {
        InstanceConfig config;
        {
            const MutexLock lock(m_mutex);
            Place& place = m_places[number];
            if (place.config.service != service)
                continue;
            place.config.version = version;
            config = place.config;
        }
        known = true;
        HF_CHECK(replace(number, config, {}));
    }
    return known ? Result<void>() : Error{"The fleet has no service " + service, ErrorKind::NotFound};
}

Result<void> Fleet::replace(std::size_t number, const InstanceConfig& config, const std::stop_token& stop)
{
    const MutexLock oneAtATime(m_deploying);
    std::shared_ptr<Instance> old;
    const ServiceSpec* spec = nullptr;
    std::uint16_t port = 0;
    {
        const MutexLock lock(m_mutex);
        old = m_places[number].instance;
        spec = m_places[number].spec;
        port = m_places[number].port;
    }
    old->stop();
    nap(goneMs, stop);
    auto fresh = make(config, spec, number);
    fresh->takeOverFaults(*old);
    HF_CHECK(fresh->listen(port).in(config.name));
    const MutexLock lock(m_mutex);
    m_places[number].instance = std::move(fresh);
    return {};
}

void Fleet::tickAll(const std::stop_token& stop)
{
    while (nap(1'000, stop))
        for (const auto& instance : instances())
            instance->tick();
}

void Fleet::runPlatform(const std::stop_token& stop)
{
    while (nap(platformMs, stop)) {
        std::vector<Place> places;
        {
            const MutexLock lock(m_mutex);
            places = m_places;
        }
        for (std::size_t number = 0; number < places.size() && !stop.stop_requested(); ++number) {
            InstanceConfig wanted = places[number].config;
            const Instance& now = *places[number].instance;
            if (now.suffers(FaultKind::BadDeploy)) {
                wanted.version = nextVersion(wanted.version);
                wanted.defectErrors = now.faultAmount(FaultKind::BadDeploy);
                wanted.defectMs = badDeployMs;
            }
            // A port that somebody took meanwhile is tried again in the next round.
            if (now.config().version != wanted.version || now.suffers(FaultKind::Restart))
                (void)replace(number, wanted, stop);
        }
    }
}

}  // namespace holdfast::fleet
