#pragma once

#include "app/control/adapter.h"

namespace holdfast::control {

/// The protocol of app/resilience/PROTOCOL.md over HTTP; holds are kept in the service. Thread-safe.
class HoldfastAdapter final : public Adapter {
public:
    [[nodiscard]] Result<Listing> list(const Endpoint& endpoint) const override;
    [[nodiscard]] Result<Reading> read(const Endpoint& endpoint, const ControlKey& key) const override;
    [[nodiscard]] std::string describe(const Endpoint& endpoint, const Change& change) const override;
    [[nodiscard]] Receipt apply(const Endpoint& endpoint, const Change& change) const override;
    [[nodiscard]] std::vector<Option> options(Kind kind) const override;
    [[nodiscard]] bool keepsHolds() const override { return true; }
};

}  // namespace holdfast::control
