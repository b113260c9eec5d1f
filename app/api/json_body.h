#pragma once

#include "app/base/result.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace holdfast::api {

/// The JSON object in a request's body, read field by field. The first thing that is wrong stays as error(); reading
/// goes on with defaults, so that a handler checks once at its end. One thread at a time.
class JsonBody {
public:
    explicit JsonBody(std::string_view bytes);
    ~JsonBody();
    JsonBody(const JsonBody&) = delete;
    JsonBody& operator=(const JsonBody&) = delete;

    [[nodiscard]] std::string text(std::string_view name);  ///< must be there and not be empty
    [[nodiscard]] std::string optionalText(std::string_view name);
    [[nodiscard]] std::int64_t integer(std::string_view name);  ///< must be there
    [[nodiscard]] std::optional<std::int64_t> optionalInteger(std::string_view name);
    [[nodiscard]] bool flag(std::string_view name);  ///< false where absent

    [[nodiscard]] const std::optional<Error>& error() const { return m_error; }

private:
    struct Document;
    void fail(std::string message);

    std::unique_ptr<Document> m_document;
    std::optional<Error> m_error;
};

}  // namespace holdfast::api
