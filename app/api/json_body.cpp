#include "app/api/json_body.h"

#include <nlohmann/json.hpp>

#include <cmath>
#include <utility>

namespace holdfast::api {

struct JsonBody::Document {
    nlohmann::json root;

    [[nodiscard]] const nlohmann::json* find(std::string_view name) const
    {
        const auto found = root.find(std::string(name));
        return found == root.end() || found->is_null() ? nullptr : &*found;
    }
};

JsonBody::JsonBody(std::string_view bytes) : m_document(std::make_unique<Document>())
{
    m_document->root = nlohmann::json::parse(bytes, nullptr, false);
    if (m_document->root.is_object())
        return;
    m_document->root = nlohmann::json::object();
    fail("the body must be a JSON object");
}

JsonBody::~JsonBody() = default;

void JsonBody::fail(std::string message)
{
    if (!m_error)
        m_error = Error{std::move(message), ErrorKind::BadInput};
}

std::string JsonBody::text(std::string_view name)
{
    std::string value = optionalText(name);
    if (value.empty())
        fail("\"" + std::string(name) + "\" is missing or empty");
    return value;
}

std::string JsonBody::optionalText(std::string_view name)
{
    const nlohmann::json* found = m_document->find(name);
    if (!found)
        return {};
    if (const auto* value = found->get_ptr<const std::string*>())
        return *value;
    fail("\"" + std::string(name) + "\" must be a string");
    return {};
}

std::int64_t JsonBody::integer(std::string_view name)
{
    const auto value = optionalInteger(name);
    if (!value)
        fail("\"" + std::string(name) + "\" is missing");
    return value.value_or(0);
}

std::optional<std::int64_t> JsonBody::optionalInteger(std::string_view name)
{
    const nlohmann::json* found = m_document->find(name);
    if (!found)
        return std::nullopt;
    constexpr double bound = 9e15;  // a double holds every integer up to 2^53
    if (found->is_number()) {
        const auto value = found->get<double>();
        if (std::abs(value) <= bound)
            return static_cast<std::int64_t>(value);
    }
    fail("\"" + std::string(name) + "\" must be a number");
    return 0;
}

bool JsonBody::flag(std::string_view name)
{
    const nlohmann::json* found = m_document->find(name);
    if (!found)
        return false;
    if (const auto* value = found->get_ptr<const bool*>())
        return *value;
    fail("\"" + std::string(name) + "\" must be true or false");
    return false;
}

}  // namespace holdfast::api
