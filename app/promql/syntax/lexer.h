#pragma once

#include "app/promql/syntax/token.h"

#include <string>
#include <string_view>
#include <vector>

namespace holdfast::promql {

/// The tokens of an expression, ending with End, or with Error at the first thing that is none; then the message is in
/// `error`. Views point into `text`. Comments run from # to the end of the line.
/// Source: Prometheus promql/parser/lex.go.
struct TokenList {
    std::vector<Token> tokens;
    std::string error;
};

[[nodiscard]] TokenList tokenize(std::string_view text);

}  // namespace holdfast::promql
