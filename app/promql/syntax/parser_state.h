#pragma once

#include "app/promql/syntax/ast.h"
#include "app/promql/syntax/lexer.h"
#include "app/promql/syntax/type_check.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace holdfast::promql {

/// The token stream with one error slot, shared by the parts of the parser. A part that fails returns null; the first
/// error stays. One thread at a time.
class TokenStream {
public:
    explicit TokenStream(TokenList list) : m_list(std::move(list)) {}

    [[nodiscard]] const Token& peek(std::size_t ahead = 0) const
    {
        return m_list.tokens[std::min(m_at + ahead, m_list.tokens.size() - 1)];
    }
    const Token& take()
    {
        const Token& token = peek();
        if (m_at + 1 < m_list.tokens.size())
            ++m_at;
        m_lastEnd = token.position.end;
        return token;
    }
    [[nodiscard]] bool at(TokenKind kind) const { return peek().kind == kind; }
    [[nodiscard]] bool atKeyword(std::string_view word, std::size_t ahead = 0) const
    {
        return peek(ahead).kind == TokenKind::Keyword && peek(ahead).word == word;
    }
    [[nodiscard]] bool atOperator(BinaryOp op) const { return at(TokenKind::Operator) && peek().op == op; }
    bool accept(TokenKind kind)
    {
        if (!at(kind))
            return false;
        take();
        return true;
    }
    /// False, with an error, when the next token is another one.
    bool expect(TokenKind kind, std::string_view context, std::string_view wanted)
    {
        if (accept(kind))
            return true;
        unexpected(context, wanted);
        return false;
    }

    void fail(PositionRange position, std::string message)
    {
        if (!m_error)
            m_error = SyntaxError{position, std::move(message)};
    }
    /// `unexpected <token> in <context>, expected <wanted>`; the lexer's own error goes first.
    void unexpected(std::string_view context, std::string_view wanted)
    {
        const Token& token = peek();
        if (token.kind == TokenKind::Error)
            return fail(token.position, m_list.error);
        std::string message = "unexpected " + describe(token);
        if (!context.empty())
            message += " in " + std::string(context);
        if (!wanted.empty())
            message += ", expected " + std::string(wanted);
        fail(token.position, std::move(message));
    }

    [[nodiscard]] const std::optional<SyntaxError>& error() const { return m_error; }
    [[nodiscard]] std::size_t lastEnd() const { return m_lastEnd; }

    /// Counts nesting while it lives; too deep sets the error.
    class Nest {
    public:
        explicit Nest(TokenStream& stream);
        ~Nest() { --m_stream.m_nesting; }
        Nest(const Nest&) = delete;
        Nest& operator=(const Nest&) = delete;
        [[nodiscard]] bool tooDeep() const;

    private:
        TokenStream& m_stream;
    };

private:
    TokenList m_list;
    std::size_t m_at = 0;
    std::size_t m_lastEnd = 0;
    std::uint32_t m_nesting = 0;
    std::optional<SyntaxError> m_error;
};

/// "5m", "300", "2m*(step()+1)": a whole arithmetic expression, as between brackets.
[[nodiscard]] DurationPtr parseDurationExpression(TokenStream& tokens);
/// What may follow `offset`: a signed literal, step(), range(), min_of(), max_of() or something in parentheses.
[[nodiscard]] DurationPtr parseOffsetDuration(TokenStream& tokens);

/// `{a="b", "name"}`; the brace is next. Nothing after an error.
[[nodiscard]] std::optional<std::vector<LabelMatcher>> parseMatchers(TokenStream& tokens, bool& quotedName);

/// `(a, b, "c.d")` of by, on, group_left … `context` for messages.
[[nodiscard]] std::optional<std::vector<std::string>> parseLabelList(TokenStream& tokens);

}  // namespace holdfast::promql
