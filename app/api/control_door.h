#pragma once

#include "app/api/router.h"
#include "app/control/control_service.h"

namespace holdfast::api {

/// Controls, leases, actions and the audit under `/holdfast/v1/`; shapes in API.md. Thread-safe.
class ControlDoor {
public:
    explicit ControlDoor(control::ControlService& control) : m_control(control) {}
    void addRoutes(Router& router);

private:
    void addReadingRoutes(Router& router);
    void addChangingRoutes(Router& router);
    [[nodiscard]] HttpResponse audit(const Call& call) const;
    [[nodiscard]] HttpResponse plan(const Call& call) const;
    [[nodiscard]] HttpResponse act(const Call& call);

    control::ControlService& m_control;
};

}  // namespace holdfast::api
