#pragma once

#include "app/promql/syntax/ast.h"

#include <string>
#include <string_view>

namespace holdfast::promql {

enum class TokenKind {
    End,
    Error,
    Identifier,        ///< may be a label or function name
    MetricIdentifier,  ///< has a colon: a metric name only
    Number,
    Duration,
    String,
    LeftParen,
    RightParen,
    LeftBrace,
    RightBrace,
    LeftBracket,
    RightBracket,
    Comma,
    Colon,
    At,
    Assign,         // =
    MatchRegex,     // =~
    MatchNotRegex,  // !~
    Operator,       ///< arithmetic, comparison, set operators; Token::op says which
    Aggregator,
    Keyword  ///< by, without, on, offset, bool …; Token::word in lower case
};

struct Token {
    TokenKind kind = TokenKind::End;
    std::string_view text;  ///< as written; for Error the lexer's message
    PositionRange position;
    BinaryOp op = BinaryOp::Add;
    AggregateOp aggregate = AggregateOp::Sum;
    std::string word;  ///< lower case of a keyword, aggregator or named operator
};

/// How error messages name a token: `identifier "x"`, `<op:+>`, `end of input`.
/// Source: Prometheus promql/parser/lex.go, Item.desc.
[[nodiscard]] std::string describe(const Token& token);

}  // namespace holdfast::promql
