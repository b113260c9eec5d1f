#pragma once

#include "app/control/adapter.h"

namespace holdfast::control {

/// The protocol of app/resilience/PROTOCOL.md over HTTP; holds are kept in the service. Path: /resilience/v1 where the
/// group names none. Takes no settings.
[[nodiscard]] Result<AdapterPtr> makeHoldfastAdapter(const config::ControlGroupConfig& group);

}  // namespace holdfast::control
