#include "app/promql/syntax/lexer.h"

#include "app/promql/syntax/literal.h"

#include <algorithm>
#include <array>
#include <utility>

namespace holdfast::promql {

namespace {

bool isSpace(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}
bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}
bool isAlpha(char c)
{
    return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool isAlphaNumeric(char c)
{
    return isAlpha(c) || isDigit(c);
}

std::string lower(std::string_view text)
{
    std::string out(text);
    for (char& c : out) {
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c + 32);
    }
    return out;
}

constexpr std::array<std::pair<std::string_view, AggregateOp>, 14> aggregators{{
    {"sum", AggregateOp::Sum},
    {"avg", AggregateOp::Avg},
    {"count", AggregateOp::Count},
    {"min", AggregateOp::Min},
    {"max", AggregateOp::Max},
    {"group", AggregateOp::Group},
    {"stddev", AggregateOp::Stddev},
    {"stdvar", AggregateOp::Stdvar},
    {"topk", AggregateOp::TopK},
    {"bottomk", AggregateOp::BottomK},
    {"count_values", AggregateOp::CountValues},
    {"quantile", AggregateOp::Quantile},
    {"limitk", AggregateOp::LimitK},
    {"limit_ratio", AggregateOp::LimitRatio},
}};

constexpr std::array<std::pair<std::string_view, BinaryOp>, 4> wordOperators{
    {{"and", BinaryOp::And}, {"or", BinaryOp::Or}, {"unless", BinaryOp::Unless}, {"atan2", BinaryOp::Atan2}}};

constexpr std::array<std::string_view, 15> keywords{"offset", "smoothed", "anchored",   "by",          "without",
                                                    "on",     "ignoring", "group_left", "group_right", "bool",
                                                    "start",  "end",      "fill_left",  "fill_right",  "fill"};

constexpr std::string_view durationUnits = "smhdwy";

class Lexer {
public:
    explicit Lexer(std::string_view text) : m_text(text) {}

    TokenList run()
    {
        while (m_list.error.empty() && m_at < m_text.size())
            step();
        if (m_list.error.empty() && m_parens > 0)
            fail("unclosed left parenthesis", m_text.size());
        if (m_list.error.empty() && m_bracket)
            fail("unclosed left bracket", m_text.size());
        if (m_list.error.empty() && m_brace)
            fail("unexpected end of input inside braces", m_text.size());
        Token end;
        end.kind = m_list.error.empty() ? TokenKind::End : TokenKind::Error;
        const std::size_t at = m_list.error.empty() ? m_text.size() : m_errorAt;
        end.position = {at, at};
        m_list.tokens.push_back(std::move(end));
        return std::move(m_list);
    }

private:
    [[nodiscard]] char peek(std::size_t ahead = 0) const
    {
        return m_at + ahead < m_text.size() ? m_text[m_at + ahead] : '\0';
    }

    void fail(std::string message, std::size_t at)
    {
        m_list.error = std::move(message);
        m_errorAt = at;
    }

    Token& emit(TokenKind kind, std::size_t length)
    {
        Token token;
        token.kind = kind;
        token.text = m_text.substr(m_at, length);
        token.position = {m_at, m_at + length};
        m_at += length;
        m_list.tokens.push_back(std::move(token));
        return m_list.tokens.back();
    }

    void emitOperator(BinaryOp op, std::size_t length) { emit(TokenKind::Operator, length).op = op; }

    void step()
    {
        const char c = peek();
        if (isSpace(c)) {
            ++m_at;
        } else if (c == '#') {
            m_at = std::min(m_text.find('\n', m_at), m_text.size());
        } else if (c == '"' || c == '\'' || c == '`') {
            string(c);
        } else if (m_brace) {
            insideBraces(c);
        } else {
            outsideBraces(c);
        }
    }

    void string(char quote)
    {
        std::size_t i = m_at + 1;
        for (; i < m_text.size() && m_text[i] != quote; ++i) {
            if (quote != '`' && m_text[i] == '\n')
                break;
            if (quote != '`' && m_text[i] == '\\')
                ++i;
        }
        if (i >= m_text.size() || m_text[i] != quote)
            return fail(quote == '`' ? "unterminated raw string" : "unterminated quoted string", m_at);
        if (!isValidUtf8(m_text.substr(m_at, i + 1 - m_at)))
            return fail("invalid UTF-8 rune", m_at);
        emit(TokenKind::String, i + 1 - m_at);
    }

    void insideBraces(char c)
    {
        const char next = peek(1);
        if (c == '}') {
            emit(TokenKind::RightBrace, 1);
            m_brace = false;
        } else if (c == ',') {
            emit(TokenKind::Comma, 1);
        } else if (isAlpha(c)) {
            std::size_t n = 1;
            while (isAlphaNumeric(peek(n)))
                ++n;
            emit(TokenKind::Identifier, n);
        } else if (c == '=' && next == '~') {
            emit(TokenKind::MatchRegex, 2);
        } else if (c == '=') {
            emit(TokenKind::Assign, 1);
        } else if (c == '!' && next == '~') {
            emit(TokenKind::MatchNotRegex, 2);
        } else if (c == '!' && next == '=') {
            emitOperator(BinaryOp::Ne, 2);
        } else if (c == '!') {
            fail("unexpected character after '!' inside braces: " + quotedRune(m_at + 1), m_at);
        } else {
            fail(c == '{' ? "unexpected left brace '{'" : "unexpected character inside braces: " + quotedRune(m_at),
                 m_at);
        }
    }

    [[nodiscard]] std::string quotedRune(std::size_t at) const
    {
        if (at >= m_text.size())
            return "end of input";
        std::size_t n = 1;
        while (at + n < m_text.size() && (static_cast<unsigned char>(m_text[at + n]) & 0xc0U) == 0x80U)
            ++n;
        const std::string quoted = goQuoted(m_text.substr(at, n));
        return "'" + quoted.substr(1, quoted.size() - 2) + "'";
    }

    void outsideBraces(char c)
    {
        const char next = peek(1);
        switch (c) {
        case ',': emit(TokenKind::Comma, 1); return;
        case '+': emitOperator(BinaryOp::Add, 1); return;
        case '-': emitOperator(BinaryOp::Sub, 1); return;
        case '*': emitOperator(BinaryOp::Mul, 1); return;
        case '/': emitOperator(BinaryOp::Div, 1); return;
        case '%': emitOperator(BinaryOp::Mod, 1); return;
        case '^': emitOperator(BinaryOp::Pow, 1); return;
        case '@': emit(TokenKind::At, 1); return;
        case '(':
            ++m_parens;
            emit(TokenKind::LeftParen, 1);
            return;
        case ')':
            if (m_parens-- == 0)
                return fail("unexpected right parenthesis ')'", m_at);
            emit(TokenKind::RightParen, 1);
            return;
        case '{':
            m_brace = true;
            emit(TokenKind::LeftBrace, 1);
            return;
        case '[':
            if (m_bracket)
                return fail("unexpected left bracket '['", m_at);
            m_bracket = true;
            emit(TokenKind::LeftBracket, 1);
            return;
        case ']':
            if (!m_bracket)
                return fail("unexpected right bracket ']'", m_at);
            m_bracket = false;
            emit(TokenKind::RightBracket, 1);
            return;
        case '=':
            if (next == '=')
                return emitOperator(BinaryOp::Eq, 2);
            if (next == '~')
                return fail("unexpected character after '=': '~'", m_at);
            emit(TokenKind::Assign, 1);
            return;
        case '!':
            if (next == '=')
                return emitOperator(BinaryOp::Ne, 2);
            return fail("unexpected character after '!': " + quotedRune(m_at + 1), m_at);
        case '<':
        case '>': return angle(c, next);
        default: break;
        }
        if (isDigit(c) || (c == '.' && isDigit(next)))
            return number();
        if (c == ':' && m_bracket) {
            emit(TokenKind::Colon, 1);
            return;
        }
        if (isAlpha(c) || c == ':')
            return word();
        fail("unexpected character: " + quotedRune(m_at), m_at);
    }

    void angle(char c, char next)
    {
        if (next == '/')
            return emitOperator(c == '<' ? BinaryOp::TrimUpper : BinaryOp::TrimLower, 2);
        if (next == '=')
            return emitOperator(c == '<' ? BinaryOp::Le : BinaryOp::Ge, 2);
        emitOperator(c == '<' ? BinaryOp::Lt : BinaryOp::Gt, 1);
    }

    void number()
    {
        std::size_t n = 0;
        if (peek() == '0' && (peek(1) == 'x' || peek(1) == 'X')) {
            n = 2;
            while (isAlphaNumeric(peek(n)))
                ++n;
        } else {
            const auto digits = [&] {
                while (isDigit(peek(n)) || peek(n) == '_')
                    ++n;
            };
            digits();
            if (peek(n) == '.') {
                ++n;
                digits();
            }
            const char sign = peek(n + 1);
            const bool exponent = (peek(n) == 'e' || peek(n) == 'E')
                                  && (isDigit(sign) || ((sign == '+' || sign == '-') && isDigit(peek(n + 2))));
            if (exponent) {
                n += 2;
                digits();
            } else if (durationUnits.find(peek(n)) != std::string_view::npos && peek(n) != '\0') {
                return duration();
            }
        }
        if (isAlphaNumeric(peek(n)) || peek(n) == '.')
            return badNumber();
        emit(TokenKind::Number, n);
    }

    void duration()
    {
        std::size_t n = 0;
        while (isDigit(peek(n))) {
            while (isDigit(peek(n)))
                ++n;
            if (peek(n) == 'm' && peek(n + 1) == 's')
                n += 2;
            else if (peek(n) != '\0' && durationUnits.find(peek(n)) != std::string_view::npos)
                ++n;
            else
                return badNumber();
        }
        if (isAlphaNumeric(peek(n)) || peek(n) == '.')
            return badNumber();
        emit(TokenKind::Duration, n);
    }

    void badNumber()
    {
        std::size_t n = 0;
        while (isAlphaNumeric(peek(n)) || peek(n) == '.')
            ++n;
        fail("bad number or duration syntax: " + goQuoted(m_text.substr(m_at, n)), m_at);
    }

    void word()
    {
        std::size_t n = 1;
        bool colon = peek() == ':';
        while (isAlphaNumeric(peek(n)) || (peek(n) == ':' && !m_bracket)) {
            colon = colon || peek(n) == ':';
            ++n;
        }
        const std::string_view text = m_text.substr(m_at, n);
        if (colon) {
            emit(TokenKind::MetricIdentifier, n);
            return;
        }
        std::string low = lower(text);
        if (low == "inf" || low == "nan") {
            emit(TokenKind::Number, n);
            return;
        }
        Token& token = emit(TokenKind::Identifier, n);
        for (const auto& [name, op] : aggregators) {
            if (low == name) {
                token.kind = TokenKind::Aggregator;
                token.aggregate = op;
            }
        }
        for (const auto& [name, op] : wordOperators) {
            if (low == name) {
                token.kind = TokenKind::Operator;
                token.op = op;
            }
        }
        if (std::ranges::find(keywords, low) != keywords.end())
            token.kind = TokenKind::Keyword;
        token.word = std::move(low);
    }

    const std::string_view m_text;
    std::size_t m_at = 0;
    std::size_t m_errorAt = 0;
    std::size_t m_parens = 0;
    bool m_brace = false;
    bool m_bracket = false;
    TokenList m_list;
};

}  // namespace

TokenList tokenize(std::string_view text)
{
    return Lexer(text).run();
}

std::string describe(const Token& token)
{
    const auto quoted = [&] {
        return token.text.size() > 10 ? goQuoted(token.text.substr(0, 10)) + "..." : goQuoted(token.text);
    };
    switch (token.kind) {
    case TokenKind::End: return "end of input";
    case TokenKind::Error: return "error " + std::string(token.text);
    case TokenKind::Identifier: return "identifier " + goQuoted(token.text);
    case TokenKind::MetricIdentifier: return "metric identifier " + goQuoted(token.text);
    case TokenKind::Number: return "number " + quoted();
    case TokenKind::Duration: return "duration " + quoted();
    case TokenKind::String: return "string " + quoted();
    case TokenKind::Operator: return "<op:" + std::string(token.text) + ">";
    case TokenKind::Aggregator: return "<aggr:" + std::string(token.text) + ">";
    case TokenKind::Keyword: return "<" + std::string(token.text) + ">";
    default: return quoted();
    }
}

}  // namespace holdfast::promql
