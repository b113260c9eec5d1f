#pragma once

#include "app/base/clock.h"
#include "app/base/result.h"
#include "app/fleet/address_book.h"
#include "app/fleet/instance.h"
#include "app/fleet/shoppers.h"

#include <cstdint>
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
};

/// The shop, running: every instance of shop(), and the shoppers last. Thread-safe after start().
class Fleet {
public:
    [[nodiscard]] static Result<std::unique_ptr<Fleet>> start(FleetConfig config, const Clock& clock);
    ~Fleet();
    Fleet(const Fleet&) = delete;
    Fleet& operator=(const Fleet&) = delete;

    [[nodiscard]] const std::vector<std::unique_ptr<Instance>>& instances() const { return m_instances; }
    [[nodiscard]] const AddressBook& addresses() const { return m_addresses; }

private:
    Fleet(FleetConfig config, const Clock& clock) : m_config(std::move(config)), m_clock(clock) {}
    [[nodiscard]] Result<void> add(InstanceConfig config, const MakeService& make);
    void tickAll(const std::stop_token& stop);

    const FleetConfig m_config;
    const Clock& m_clock;
    AddressBook m_addresses;
    std::vector<std::unique_ptr<Instance>> m_instances;
    std::jthread m_ticker;
};

}  // namespace holdfast::fleet
