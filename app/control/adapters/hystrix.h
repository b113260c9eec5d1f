#pragma once

#include "app/control/adapter.h"

namespace holdfast::control {

/// The breakers of a Hystrix event stream (or Turbine's), which can only be read: there is no request that forces one;
/// the dynamic property hystrix.command.NAME.circuitBreaker.forceOpen does, wherever it is kept. Path: /hystrix.stream
/// where the group names none of its own.
[[nodiscard]] Result<AdapterPtr> makeHystrixAdapter(const config::ControlGroupConfig& group);

}  // namespace holdfast::control
