#pragma once

#include "app/base/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace holdfast::rules::tmpl {

struct Token {
    enum class Kind {
        Text,
        Open,   ///< {{
        Close,  ///< }}
        Word,   ///< identifier or keyword
        Variable,
        Field,  ///< .name; the text is the name
        Dot,
        String,  ///< string literal, decoded
        Number,
        Symbol,  ///< | ( ) , := =
        End
    } kind = Kind::End;
    std::string text;
    int line = 1;
    bool spaceBefore = false;
};

/// Splits a template into tokens; trim markers are applied, comments dropped.
/// Source: Go text/template/parse/lex.go.
[[nodiscard]] Result<std::vector<Token>> tokenize(std::string_view text);

}  // namespace holdfast::rules::tmpl
