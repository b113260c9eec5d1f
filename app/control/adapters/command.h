#pragma once

#include "app/control/adapter.h"

namespace holdfast::control {

/// A program of one's own that lists, reads and changes: for whatever has no endpoint. No shell is involved.
///
/// Settings  read    the program and its arguments: tells of one control, on its standard output
///           apply   the same: changes one
///           list    the same: tells of all; or `controls`, a list of names that there are
///           format  json (default) or text: read's output, trimmed, is the mode
///           items, name, mode, state, revision, callee, effect
///                   JSON pointers into the output: of the list of controls ("/controls"), and within one control
///                   ("/name", "/mode", "/state", …); read's output is one control
///           kind    flag (default), breaker, server, value, limit
///           modes   the modes that may be asked for; `resting` is the one among them that needs no hold
///           rejecting, reduced   modes and states that mean so to traffic (lists); all others are normal
///           conflict_exit        exit code of apply for "somebody else changed it"
///           environment          list of "NAME=value" the program gets besides
///           service, lost_on_restart (yes, no)
/// In arguments {name} {mode} {ttl_s} {revision} {request_id} {instance} are replaced. Reason, actor and token come in
/// the environment only: HOLDFAST_REASON, HOLDFAST_ACTOR, HOLDFAST_TOKEN. Exit code 0 is yes; 77 (EX_NOPERM) denied;
/// any other no, with the first line of standard error. A program that is not done in time is ended, and what it did is
/// not known.
[[nodiscard]] Result<AdapterPtr> makeCommandAdapter(const config::ControlGroupConfig& group);

}  // namespace holdfast::control
