#include "app/api/form.h"

#include "app/base/hex_digit.h"

namespace holdfast::api {

bool percentDecode(std::string_view text, Plus plus, std::string& out)
{
    out.clear();
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '+' && plus == Plus::IsBlank) {
            out += ' ';
        } else if (text[i] != '%') {
            out += text[i];
        } else {
            if (i + 2 >= text.size() || hexDigit(text[i + 1]) < 0 || hexDigit(text[i + 2]) < 0)
                return false;
            out += static_cast<char>(hexDigit(text[i + 1]) * 16 + hexDigit(text[i + 2]));
            i += 2;
        }
    }
    return true;
}

Form::Form(const HttpRequest& request)
{
    const std::string_view type = request.header("Content-Type");
    if (type.starts_with("application/x-www-form-urlencoded"))
        add(request.body);
    add(request.query);
}

void Form::add(std::string_view encoded)
{
    while (!encoded.empty()) {
        const std::size_t amp = encoded.find('&');
        const std::string_view pair = encoded.substr(0, amp);
        encoded = amp == std::string_view::npos ? std::string_view() : encoded.substr(amp + 1);
        if (pair.empty() || pair.find(';') != std::string_view::npos)
            continue;
        const std::size_t equals = pair.find('=');
        std::string name;
        std::string value;
        if (!percentDecode(pair.substr(0, equals), Plus::IsBlank, name))
            continue;
        if (equals != std::string_view::npos && !percentDecode(pair.substr(equals + 1), Plus::IsBlank, value))
            continue;
        m_pairs.emplace_back(std::move(name), std::move(value));
    }
}

std::string_view Form::get(std::string_view name) const
{
    for (const auto& [key, value] : m_pairs)
        if (key == name)
            return value;
    return {};
}

bool Form::has(std::string_view name) const
{
    for (const auto& [key, value] : m_pairs)
        if (key == name)
            return true;
    return false;
}

std::vector<std::string> Form::all(std::string_view name) const
{
    std::vector<std::string> values;
    for (const auto& [key, value] : m_pairs)
        if (key == name)
            values.push_back(value);
    return values;
}

}  // namespace holdfast::api
