#include "app/control/adapters/preset_context.h"

#include "app/control/adapters/preset_request.h"

#include <algorithm>
#include <utility>

namespace holdfast::control {

std::string oneLine(std::string text)
{
    constexpr std::size_t kLongest = 300;
    if (text.size() > kLongest)
        text.resize(kLongest);
    std::ranges::replace_if(
        text, [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
    return text;
}

std::string troubleOf(const nlohmann::json& body)
{
    if (body.is_string())
        return body.get<std::string>();
    if (!body.is_object())
        return {};
    for (const char* key : {"message", "error", "msg", "detail", "details", "title", "name"}) {
        const auto found = body.find(key);
        if (found == body.end())
            continue;
        if (found->is_string() && !found->get<std::string>().empty())
            return found->get<std::string>();
        if (found->is_array() && !found->empty() && found->front().is_object())
            return troubleOf(found->front());
        if (found->is_object())
            return troubleOf(*found);
    }
    return {};
}

PresetValues PresetContext::named(const std::string& name) const
{
    PresetValues result = values;
    result.texts["name"] = name;
    return result;
}

std::string PresetContext::clean(std::string text) const
{
    return withoutSecrets(oneLine(std::move(text)), secrets);
}

}  // namespace holdfast::control
