#include "app/api/prometheus_answer.h"

namespace holdfast::api {

namespace {

struct TypeFacts {
    const char* word;
    int status;
};

TypeFacts facts(ApiErrorType type)
{
    switch (type) {
    case ApiErrorType::BadData: return {.word = "bad_data", .status = 400};
    case ApiErrorType::NotFound: return {.word = "not_found", .status = 404};
    case ApiErrorType::Execution: return {.word = "execution", .status = 422};
    case ApiErrorType::Canceled: return {.word = "canceled", .status = 499};
    case ApiErrorType::Internal: return {.word = "internal", .status = 500};
    case ApiErrorType::Timeout: return {.word = "timeout", .status = 503};
    case ApiErrorType::Unavailable: return {.word = "unavailable", .status = 503};
    }
    return {.word = "internal", .status = 500};
}

void writeTextsIfAny(JsonWriter& json, std::string_view name, const std::vector<std::string>& texts)
{
    if (!texts.empty())
        json.texts(name, texts);
}

}  // namespace

HttpResponse errorAnswer(const ApiError& error)
{
    const TypeFacts type = facts(error.type);
    HttpResponse response;
    response.status = type.status;
    JsonWriter json(response.body);
    json.beginObject().text("status", "error").text("errorType", type.word).text("error", error.message).endObject();
    return response;
}

HttpResponse invalidParameter(std::string_view name, std::string_view message)
{
    std::string text = "invalid parameter \"";
    text.append(name).append("\": ").append(message);
    return errorAnswer({.type = ApiErrorType::BadData, .message = std::move(text)});
}

ApiError queryError(const Error& error)
{
    switch (error.kind) {
    case ErrorKind::BadInput: return {.type = ApiErrorType::BadData, .message = error.message};
    case ErrorKind::NotFound: return {.type = ApiErrorType::NotFound, .message = error.message};
    case ErrorKind::Timeout: return {.type = ApiErrorType::Timeout, .message = error.message};
    case ErrorKind::Cancelled: return {.type = ApiErrorType::Canceled, .message = error.message};
    case ErrorKind::Unavailable: return {.type = ApiErrorType::Unavailable, .message = error.message};
    case ErrorKind::Corrupt: return {.type = ApiErrorType::Internal, .message = error.message};
    default: return {.type = ApiErrorType::Execution, .message = error.message};
    }
}

HttpResponse successAnswer(const std::function<void(JsonWriter&)>& data, const std::vector<std::string>& warnings,
                           const std::vector<std::string>& infos)
{
    HttpResponse response;
    JsonWriter json(response.body);
    json.beginObject().text("status", "success").key("data");
    data(json);
    writeTextsIfAny(json, "warnings", warnings);
    writeTextsIfAny(json, "infos", infos);
    json.endObject();
    return response;
}

void writeLabels(JsonWriter& json, const LabelSet& labels)
{
    json.beginObject();
    for (const Label& label : labels)
        json.text(label.name, label.value);
    json.endObject();
}

}  // namespace holdfast::api
