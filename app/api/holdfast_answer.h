#pragma once

#include "app/api/http_message.h"
#include "app/api/json_writer.h"
#include "app/base/result.h"

#include <functional>

namespace holdfast::api {

/// 200 with one JSON value.
[[nodiscard]] HttpResponse jsonReply(const std::function<void(JsonWriter&)>& write);

/// {"error":…,"kind":…} with the status of API.md.
[[nodiscard]] HttpResponse errorReply(const Error& error);

}  // namespace holdfast::api
