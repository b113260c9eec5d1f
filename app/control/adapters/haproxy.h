#pragma once

#include "app/control/adapter.h"

namespace holdfast::control {

/// HAProxy through its runtime socket. Endpoints are "unix:/run/haproxy/admin.sock" or "tcp:host:port"; a group of
/// scraped jobs needs the setting `port` (runtime port on the same host) or `socket` (path on this machine).
///
/// Controls  kind server "backend/server": ready, drain, maint
///           kind limit  "backend/server:weight": 0…256, and "backend/server:maxconn": 1…, or 0 for no limit
/// Settings  port, socket       where the runtime socket of a scraped job is
///           act_port, act_socket  another socket to act on; the first may then be of a lower level
///           backends           only these (list), else all
///           limits             "no" leaves weight and maxconn out
///           service            service of the controls: a name, or "backend" for each backend's own name
///           metrics            label matchers of its Prometheus series, for fixed endpoints: job="edge"
/// What is set is lost when the process restarts. Source of the behaviour: HAProxy doc/management.txt, 2.6.
[[nodiscard]] Result<AdapterPtr> makeHaproxyAdapter(const config::ControlGroupConfig& group);

}  // namespace holdfast::control
