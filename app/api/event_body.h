#pragma once

#include "app/base/result.h"
#include "app/incident/event.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace holdfast::api {

/// Events from a body of `POST /holdfast/v1/events`: one object, or a list of at most 100.
///
///   {"kind":"deploy","service":"checkout","version":"4.18.3"}           a deploy needs no text: the version says it
///   {"kind":"note","text":"…","at":"2026-01-02T03:04:05Z"}              when: at_ms, or `at` as RFC 3339 or Unix
///   seconds
///   {"deployment":{"ref":"v2","environment":"prod"},"repository":{"name":"checkout"}}   what GitHub's webhook sends
///   {"object_kind":"deployment","status":"success","ref":"v2","project":{"name":"checkout"}}           GitLab's
///
/// Members that are not known stay in the event's data. knownMs: now; a time to come becomes now.
/// BadInput names the member that is wrong.
/// Source: GitHub "Webhook events and payloads", deployment_status; GitLab "Webhook events", deployment events.
[[nodiscard]] Result<std::vector<incident::Event>> eventsFromBody(std::string_view body, std::int64_t nowMs);

}  // namespace holdfast::api
