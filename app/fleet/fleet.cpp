#include "app/fleet/fleet.h"

#include "app/fleet/nap.h"
#include "app/fleet/shop.h"

#include <ranges>
#include <utility>

namespace holdfast::fleet {

Result<std::unique_ptr<Fleet>> Fleet::start(FleetConfig config, const Clock& clock)
{
    std::unique_ptr<Fleet> fleet(new Fleet(std::move(config), clock));
    for (const ServiceSpec& spec : shop())
        for (int i = 1; i <= spec.instances; ++i)
            HF_CHECK(fleet->add({.service = spec.name,
                                 .name = spec.name + "-" + std::to_string(i),
                                 .version = spec.version,
                                 .workers = spec.workers,
                                 .queue = spec.queue,
                                 .queueMs = spec.queueMs,
                                 .faults = spec.faults},
                                spec.make));
    HF_CHECK(fleet->add({.service = "shoppers", .name = "shoppers-1", .version = "1.0.0", .workers = 0},
                        makeShoppers(fleet->m_config.load)));
    fleet->m_ticker = std::jthread([raw = fleet.get()](const std::stop_token& stop) { raw->tickAll(stop); });
    return fleet;
}

Fleet::~Fleet()
{
    m_ticker = {};
    // All first, then one after the other: none may wait for an answer of another that still works calmly.
    for (const auto& instance : m_instances)
        instance->requestStop();
    while (!m_instances.empty())
        m_instances.pop_back();
}

Result<void> Fleet::add(InstanceConfig config, const MakeService& make)
{
    const std::size_t number = m_instances.size();
    const auto port = static_cast<std::uint16_t>(m_config.portBase == 0 ? 0 : m_config.portBase + number);
    const std::string service = config.service;
    const std::string name = config.name;
    auto instance = std::make_unique<Instance>(std::move(config), make, m_addresses, m_config.token,
                                               m_config.seed + number, m_clock);
    HF_CHECK(instance->listen(port).in(name));
    m_addresses.add(service, instance->port());
    m_instances.push_back(std::move(instance));
    return {};
}

void Fleet::tickAll(const std::stop_token& stop)
{
    while (nap(1'000, stop))
        for (const auto& instance : m_instances)
            instance->tick();
}

}  // namespace holdfast::fleet
