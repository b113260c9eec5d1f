#include "app/signals/expression.h"

#include "app/model/label_set.h"

#include <re2/re2.h>

namespace holdfast::signals {

namespace {

void replaceAll(std::string& text, std::string_view from, std::string_view to)
{
    for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
}

}  // namespace

std::string filledIn(std::string_view expression, const Placeholders& values)
{
    std::string text(expression);
    if (values.match.empty()) {
        replaceAll(text, ",$match", "");
        replaceAll(text, "$match,", "");
        replaceAll(text, "{$match}", "");
    }
    replaceAll(text, "$match", values.match);
    replaceAll(text, "$by", values.by);
    replaceAll(text, "$window", values.window);
    return text;
}

std::string matcher(std::string_view name, const std::vector<std::string>& values)
{
    if (values.size() == 1)
        return std::string(name) + "=" + quotedLabelValue(values.front());
    std::string alternatives;
    for (const std::string& value : values) {
        if (!alternatives.empty())
            alternatives += '|';
        alternatives += RE2::QuoteMeta(value);
    }
    return std::string(name) + "=~" + quotedLabelValue(alternatives);
}

std::string joined(const std::vector<std::string>& words, std::string_view between)
{
    std::string text;
    for (const std::string& word : words) {
        if (!text.empty())
            text += between;
        text += word;
    }
    return text;
}

}  // namespace holdfast::signals
