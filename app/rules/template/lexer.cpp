#include "app/rules/template/lexer.h"

#include <algorithm>
#include <array>

namespace holdfast::rules::tmpl {

namespace {

bool isSpace(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}
bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}
bool isWordStart(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}
bool isWord(char c)
{
    return isWordStart(c) || isDigit(c);
}

void appendUtf8(std::string& out, unsigned code)
{
    const auto byte = [&](unsigned b) { out += static_cast<char>(b); };
    if (code < 0x80) {
        byte(code);
    } else if (code < 0x800) {
        byte(0xC0U | (code >> 6U));
        byte(0x80U | (code & 0x3FU));
    } else if (code < 0x10000) {
        byte(0xE0U | (code >> 12U));
        byte(0x80U | ((code >> 6U) & 0x3FU));
        byte(0x80U | (code & 0x3FU));
    } else {
        byte(0xF0U | (code >> 18U));
        byte(0x80U | ((code >> 12U) & 0x3FU));
        byte(0x80U | ((code >> 6U) & 0x3FU));
        byte(0x80U | (code & 0x3FU));
    }
}

class Lexer {
public:
    explicit Lexer(std::string_view text) : m_text(text) {}

    Result<std::vector<Token>> run()
    {
        while (m_at < m_text.size()) {
            const auto open = m_text.find("{{", m_at);
            std::string literal(m_text.substr(m_at, open == std::string_view::npos ? open : open - m_at));
            const int line = m_line;
            advance(literal.size());
            if (m_trimNext)
                literal.erase(0, std::min(literal.find_first_not_of(" \t\r\n"), literal.size()));
            m_trimNext = false;
            if (open == std::string_view::npos) {
                addText(std::move(literal), line);
                break;
            }
            advance(2);
            if (m_at + 1 < m_text.size() && m_text[m_at] == '-' && isSpace(m_text[m_at + 1])) {
                const auto last = literal.find_last_not_of(" \t\r\n");
                literal.resize(last == std::string::npos ? 0 : last + 1);
                advance(2);
            }
            addText(std::move(literal), line);
            HF_CHECK(action());
        }
        add(Token::Kind::End, "");
        return std::move(m_tokens);
    }

private:
    void advance(std::size_t n)
    {
        m_line += static_cast<int>(std::ranges::count(m_text.substr(m_at, n), '\n'));
        m_at += n;
    }

    void add(Token::Kind kind, std::string text)
    {
        m_tokens.push_back({kind, std::move(text), m_line, m_space});
        m_space = false;
    }
    void addText(std::string text, int line)
    {
        if (!text.empty())
            m_tokens.push_back({Token::Kind::Text, std::move(text), line, false});
    }

    Error error(std::string_view message) const
    {
        return {.message = std::to_string(m_line) + ": " + std::string(message), .kind = ErrorKind::BadInput};
    }

    [[nodiscard]] bool atClose(bool& trims) const
    {
        const auto rest = m_text.substr(m_at);
        trims = rest.size() >= 4 && isSpace(rest[0]) && rest.substr(1, 3) == "-}}";
        return trims || rest.starts_with("}}");
    }

    Result<void> action()
    {
        if (m_text.substr(m_at).starts_with("/*"))
            return comment();
        add(Token::Kind::Open, "{{");
        int depth = 0;
        while (m_at < m_text.size()) {
            bool trims = false;
            if (atClose(trims)) {
                if (depth != 0)
                    return error("unclosed left paren");
                advance(trims ? 4 : 2);
                m_trimNext = trims;
                add(Token::Kind::Close, "}}");
                return {};
            }
            HF_CHECK(token(depth));
        }
        return error("unclosed action");
    }

    Result<void> comment()
    {
        const auto end = m_text.find("*/", m_at);
        if (end == std::string_view::npos)
            return error("unclosed comment");
        advance(end + 2 - m_at);
        bool trims = false;
        if (!atClose(trims))
            return error("comment ends before closing delimiter");
        advance(trims ? 4 : 2);
        m_trimNext = trims;
        return {};
    }

    Result<void> token(int& depth)
    {
        const char c = m_text[m_at];
        const char following = m_at + 1 < m_text.size() ? m_text[m_at + 1] : '\0';
        if (isSpace(c)) {
            m_space = true;
            advance(1);
        } else if (c == '"') {
            return quoted();
        } else if (c == '`') {
            const auto end = m_text.find('`', m_at + 1);
            if (end == std::string_view::npos)
                return error("unterminated raw quoted string");
            add(Token::Kind::String, std::string(m_text.substr(m_at + 1, end - m_at - 1)));
            advance(end + 1 - m_at);
        } else if (c == '.' && !isDigit(following)) {
            const auto end = wordEnd(m_at + 1);
            add(end == m_at + 1 ? Token::Kind::Dot : Token::Kind::Field,
                std::string(m_text.substr(m_at + 1, end - m_at - 1)));
            advance(end - m_at);
        } else if (c == '$') {
            const auto end = wordEnd(m_at + 1);
            add(Token::Kind::Variable, std::string(m_text.substr(m_at, end - m_at)));
            advance(end - m_at);
        } else if (isDigit(c) || c == '.' || ((c == '-' || c == '+') && (isDigit(following) || following == '.'))) {
            auto end = m_at + 1;
            while (end < m_text.size()
                   && (isWord(m_text[end]) || m_text[end] == '.'
                       || ((m_text[end] == '-' || m_text[end] == '+')
                           && (m_text[end - 1] == 'e' || m_text[end - 1] == 'E'))))
                ++end;
            add(Token::Kind::Number, std::string(m_text.substr(m_at, end - m_at)));
            advance(end - m_at);
        } else if (isWordStart(c)) {
            const auto end = wordEnd(m_at);
            add(Token::Kind::Word, std::string(m_text.substr(m_at, end - m_at)));
            advance(end - m_at);
        } else if (c == ':' && following == '=') {
            add(Token::Kind::Symbol, ":=");
            advance(2);
        } else if (std::string_view("|(),=").find(c) != std::string_view::npos) {
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (depth < 0)
                return error("unexpected right paren");
            add(Token::Kind::Symbol, std::string(1, c));
            advance(1);
        } else {
            return error(std::string("unexpected character in action: '") + c + "'");
        }
        return {};
    }

    [[nodiscard]] std::size_t wordEnd(std::size_t from) const
    {
        while (from < m_text.size() && isWord(m_text[from]))
            ++from;
        return from;
    }

    Result<void> quoted()
    {
        std::string out;
        auto at = m_at + 1;
        for (; at < m_text.size() && m_text[at] != '"'; ++at) {
            if (m_text[at] == '\n')
                return error("unterminated quoted string");
            if (m_text[at] != '\\') {
                out += m_text[at];
                continue;
            }
            if (++at == m_text.size())
                break;
            constexpr std::string_view kFrom = "abfnrtv\\\"'";
            constexpr std::string_view kTo = "\a\b\f\n\r\t\v\\\"'";
            const char escape = m_text[at];
            if (const auto i = kFrom.find(escape); i != std::string_view::npos) {
                out += kTo[i];
                continue;
            }
            const std::size_t digits = escape == 'x' ? 2 : escape == 'u' ? 4 : escape == 'U' ? 8 : 0;
            unsigned code = 0;
            bool good = digits > 0 && at + digits < m_text.size();
            for (std::size_t i = 1; good && i <= digits; ++i) {
                const char c = m_text[at + i];
                const int digit = isDigit(c)               ? c - '0'
                                  : (c >= 'a' && c <= 'f') ? c - 'a' + 10
                                  : (c >= 'A' && c <= 'F') ? c - 'A' + 10
                                                           : -1;
                good = digit >= 0;
                code = code * 16 + static_cast<unsigned>(digit);
            }
            if (!good || code > 0x10FFFF)
                return error("invalid escape in quoted string");
            if (escape == 'x')
                out += static_cast<char>(code);
            else
                appendUtf8(out, code);
            at += digits;
        }
        if (at >= m_text.size())
            return error("unterminated quoted string");
        add(Token::Kind::String, std::move(out));
        advance(at + 1 - m_at);
        return {};
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    int m_line = 1;
    bool m_trimNext = false;
    bool m_space = false;
    std::vector<Token> m_tokens;
};

}  // namespace

Result<std::vector<Token>> tokenize(std::string_view text)
{
    return Lexer(text).run();
}

}  // namespace holdfast::rules::tmpl
