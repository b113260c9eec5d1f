#pragma once

#include "app/api/router.h"
#include "app/signals/signal_service.h"

namespace holdfast::api {

/// `GET /holdfast/v1/fleet` and `/holdfast/v1/services/NAME`; shapes in API.md. Thread-safe.
class FleetDoor {
public:
    explicit FleetDoor(const signals::SignalService& signals) : m_signals(signals) {}
    void addRoutes(Router& router);

private:
    [[nodiscard]] HttpResponse fleet(const Call& call) const;
    [[nodiscard]] HttpResponse service(const Call& call) const;

    const signals::SignalService& m_signals;
};

}  // namespace holdfast::api
