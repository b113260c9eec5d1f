#include "app/api/http_message.h"

#include <algorithm>

namespace holdfast::api {

namespace {

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

}  // namespace

bool equalNoCase(std::string_view a, std::string_view b)
{
    return a.size() == b.size()
           && std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return lower(x) == lower(y); });
}

std::string_view HttpRequest::header(std::string_view name) const
{
    for (const auto& [key, value] : headers)
        if (equalNoCase(key, name))
            return value;
    return {};
}

}  // namespace holdfast::api
