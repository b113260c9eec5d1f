#pragma once

#include "app/api/http_message.h"
#include "app/api/json_writer.h"
#include "app/base/result.h"
#include "app/model/label_set.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace holdfast::api {

/// The error types of Prometheus's API, each with its HTTP status.
/// Source: Prometheus 3 web/api/v1/api.go, respondError.
enum class ApiErrorType {
    BadData,      ///< 400
    NotFound,     ///< 404
    Execution,    ///< 422
    Canceled,     ///< 499
    Internal,     ///< 500
    Timeout,      ///< 503
    Unavailable,  ///< 503
};

struct ApiError {
    ApiErrorType type = ApiErrorType::BadData;
    std::string message;
};

/// {"status":"error","errorType":…,"error":…}
[[nodiscard]] HttpResponse errorAnswer(const ApiError& error);

/// `invalid parameter "step": MESSAGE`, a 400.
[[nodiscard]] HttpResponse invalidParameter(std::string_view name, std::string_view message);

/// An error of the query engine or the store in the API's types.
[[nodiscard]] ApiError queryError(const Error& error);

/// {"status":"success","data":…} with warnings and infos where there are any. `data` writes one value.
[[nodiscard]] HttpResponse successAnswer(const std::function<void(JsonWriter&)>& data,
                                         const std::vector<std::string>& warnings = {},
                                         const std::vector<std::string>& infos = {});

/// {"name":"value", …} in the order of the set.
void writeLabels(JsonWriter& json, const LabelSet& labels);

}  // namespace holdfast::api
