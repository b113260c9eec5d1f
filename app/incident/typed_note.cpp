#include "app/incident/typed_note.h"

#include <algorithm>
#include <array>

namespace holdfast::incident {

TypedNote parseNote(std::string_view text)
{
    constexpr std::array<std::string_view, 8> kTypes{"impact", "hypothesis", "decision", "action",
                                                     "deploy", "who",        "link",     "followup"};
    if (!text.starts_with('/'))
        return {.type = {}, .text = std::string(text)};
    const std::size_t end = std::min(text.find_first_of(" \t\n"), text.size());
    const std::string_view word = text.substr(1, end - 1);
    const std::size_t rest = text.find_first_not_of(" \t\n", end);
    if (rest == std::string_view::npos || std::ranges::find(kTypes, word) == kTypes.end())
        return {.type = {}, .text = std::string(text)};
    return {.type = std::string(word), .text = std::string(text.substr(rest))};
}

}  // namespace holdfast::incident
