#pragma once

#include <string>
#include <string_view>

namespace holdfast::incident {

/// A note whose first word says what it is: "/impact 12 % of orders fail".
struct TypedNote {
    std::string type;  ///< impact hypothesis decision action deploy who link followup; empty: a plain note
    std::string text;  ///< without the first word
};

/// An unknown "/word" stays part of the text of a plain note.
[[nodiscard]] TypedNote parseNote(std::string_view text);

}  // namespace holdfast::incident
