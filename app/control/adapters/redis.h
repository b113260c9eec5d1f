#pragma once

#include "app/control/adapter.h"

namespace holdfast::control {

/// Keys of a Redis that applications read as switches. Endpoints are "host:port" or "unix:/path"; read_token and
/// act_token are passwords.
///
/// Controls  the keys that the group declares, kind flag or value, named as the key
/// Settings  keys        list of keys and patterns (* ? [ab]); a key without a pattern sign is listed though it is
/// absent
///           kind        flag (default) or value (any text up to 1 KiB)
///           on, off     the texts that mean so ("on", "off")
///           absent      off (default) or on: what applications take a lacking key for
///           flag_kind   degradation (default: on takes something away) or feature (off does)
///           effect      what users notice while it is not as usual
///           database, user, service
/// A key that is absent before is set with an expiry (SET … EX), so that Redis itself ends the hold; a key that has a
/// value is changed, and put back by the engine. Every change is conditional: WATCH, compare, MULTI, EXEC.
[[nodiscard]] Result<AdapterPtr> makeRedisAdapter(const config::ControlGroupConfig& group);

}  // namespace holdfast::control
