#pragma once

#include "app/api/router.h"

namespace holdfast::api {

/// Lets the public listener answer what a window on another machine needs to look at this engine: fleet, services,
/// targets, controls, holds, actions, incidents and their story, and the state of the engine; reading only. Not told to
/// guests: the configuration and the audit journal, where secrets and peers stand, what was notified to whom, and the
/// event stream, which holds a connection. Call when all routes are there.
void openGuestDoors(Router& router);

}  // namespace holdfast::api
