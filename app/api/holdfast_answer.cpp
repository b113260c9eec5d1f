#include "app/api/holdfast_answer.h"

namespace holdfast::api {

namespace {

struct KindFacts {
    const char* word;
    int status;
};

KindFacts facts(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::BadInput: return {.word = "bad_input", .status = 400};
    case ErrorKind::Denied: return {.word = "denied", .status = 403};
    case ErrorKind::NotFound: return {.word = "not_found", .status = 404};
    case ErrorKind::Conflict: return {.word = "conflict", .status = 409};
    case ErrorKind::Limit: return {.word = "limit", .status = 422};
    case ErrorKind::Unavailable: return {.word = "unavailable", .status = 503};
    case ErrorKind::Timeout:
    case ErrorKind::Cancelled: return {.word = "timeout", .status = 504};
    default: return {.word = "failed", .status = 500};
    }
}

}  // namespace

HttpResponse jsonReply(const std::function<void(JsonWriter&)>& write)
{
    HttpResponse response;
    JsonWriter json(response.body);
    write(json);
    return response;
}

HttpResponse errorReply(const Error& error)
{
    const KindFacts kind = facts(error.kind);
    HttpResponse response = jsonReply(
        [&](JsonWriter& json) { json.beginObject().text("error", error.message).text("kind", kind.word).endObject(); });
    response.status = kind.status;
    return response;
}

}  // namespace holdfast::api
