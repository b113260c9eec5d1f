#include "app/rules/template/syntax.h"

#include "app/base/number_text.h"
#include "app/rules/template/functions.h"
#include "app/rules/template/go_format.h"
#include "app/rules/template/lexer.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

namespace holdfast::rules::tmpl {

namespace {

using Kind = Token::Kind;

class Parser {
public:
    Parser(std::vector<Token> tokens, std::vector<std::string> variables)
        : m_tokens(std::move(tokens)), m_variables(std::move(variables))
    {
        m_variables.emplace_back("$");
    }

    Result<Syntax> run()
    {
        HF_TRY(auto nodes, list(true));
        m_syntax.root = std::move(nodes);
        return std::move(m_syntax);
    }

private:
    static constexpr int kMostNesting = 100;  // guessed: no template of people is deeper, and no stack overflows

    [[nodiscard]] const Token& peek(std::size_t ahead = 0) const
    {
        return m_tokens[std::min(m_at + ahead, m_tokens.size() - 1)];
    }
    const Token& take() { return m_tokens[std::min(m_at++, m_tokens.size() - 1)]; }
    [[nodiscard]] bool isSymbol(std::string_view symbol, std::size_t ahead = 0) const
    {
        return peek(ahead).kind == Kind::Symbol && peek(ahead).text == symbol;
    }

    [[nodiscard]] Error error(std::string_view message) const
    {
        return {.message = std::to_string(peek().line) + ": " + std::string(message), .kind = ErrorKind::BadInput};
    }
    [[nodiscard]] Error unexpected(std::string_view where) const
    {
        const std::string what = peek().kind == Kind::End     ? "EOF"
                                 : peek().kind == Kind::Close ? goQuoted("}}")
                                                              : goQuoted(peek().text);
        return error("unexpected " + what + " in " + std::string(where));
    }

    Result<void> close(std::string_view where)
    {
        if (peek().kind != Kind::Close)
            return unexpected(where);
        take();
        return {};
    }

    /// Nodes up to {{end}} or {{else}} (left for the caller), or to the end of the text at the top.
    Result<std::vector<Node>> list(bool top)
    {
        if (++m_depth > kMostNesting)
            return error("nested too deeply");
        std::vector<Node> nodes;
        while (true) {
            const Token& token = peek();
            if (token.kind == Kind::End) {
                if (!top)
                    return error("unexpected EOF");
                break;
            }
            if (token.kind == Kind::Text) {
                nodes.push_back({.kind = Node::Kind::Text, .text = take().text});
                continue;
            }
            const Token& word = peek(1);
            if (word.kind == Kind::Word && (word.text == "end" || word.text == "else")) {
                if (top)
                    return error("unexpected {{" + word.text + "}}");
                break;
            }
            take();
            HF_TRY(auto parsed, action());
            if (parsed)
                nodes.push_back(std::move(*parsed));
        }
        --m_depth;
        return nodes;
    }

    Result<std::optional<Node>> action()
    {
        const Token& word = peek();
        if (word.kind == Kind::Word) {
            if (word.text == "if" || word.text == "range" || word.text == "with") {
                HF_TRY(auto node, branch(take().text));
                return std::optional<Node>(std::move(node));
            }
            if (word.text == "define" || word.text == "block") {
                return definition(take().text);
            }
            if (word.text == "template") {
                take();
                Node node{.kind = Node::Kind::Template};
                if (peek().kind != Kind::String)
                    return unexpected("template clause");
                node.text = take().text;
                if (peek().kind != Kind::Close) {
                    HF_TRY(node.pipeline, pipeline("template clause"));
                    node.hasPipeline = true;
                }
                HF_CHECK(close("template clause"));
                return std::optional<Node>(std::move(node));
            }
            if ((word.text == "break" || word.text == "continue") && peek(1).kind == Kind::Close) {
                if (m_loops == 0)
                    return error("{{" + word.text + "}} outside {{range}}");
                const bool ends = take().text == "break";
                take();
                return std::optional<Node>(Node{.kind = ends ? Node::Kind::Break : Node::Kind::Continue});
            }
        }
        Node node{.kind = Node::Kind::Action};
        HF_TRY(node.pipeline, pipeline("command"));
        HF_CHECK(close("command"));
        return std::optional<Node>(std::move(node));
    }

    Result<Node> branch(const std::string& word)
    {
        const std::size_t scope = m_variables.size();
        Node node{.kind = word == "if" ? Node::Kind::If : word == "range" ? Node::Kind::Range : Node::Kind::With};
        HF_TRY(node.pipeline, pipeline(word));
        HF_CHECK(close(word));
        m_loops += word == "range" ? 1 : 0;
        HF_TRY(node.body, list(false));
        m_loops -= word == "range" ? 1 : 0;
        take();  // {{
        if (take().text == "else") {
            // {{else if x}} is {{else}}{{if x}} with one {{end}} for both.
            if (peek().kind == Kind::Word && (peek().text == "if" || peek().text == "with") && peek().text == word) {
                take();
                HF_TRY(auto nested, branch(word));
                node.otherwise.push_back(std::move(nested));
                m_variables.resize(scope);
                return node;
            }
            HF_CHECK(close("else"));
            HF_TRY(node.otherwise, list(false));
            take();
            if (take().text != "end")
                return error("expected end; found {{else}}");
        }
        HF_CHECK(close("end"));
        m_variables.resize(scope);
        return node;
    }

    Result<std::optional<Node>> definition(const std::string& word)
    {
        if (peek().kind != Kind::String)
            return unexpected(word + " clause");
        Node node{.kind = Node::Kind::Template, .text = take().text};
        if (word == "block") {
            HF_TRY(node.pipeline, pipeline("block clause"));
            node.hasPipeline = true;
        }
        HF_CHECK(close(word + " clause"));
        auto outside = std::exchange(m_variables, {"$"});
        HF_TRY(auto body, list(false));
        m_variables = std::move(outside);
        take();
        if (take().text != "end")
            return error("unexpected {{else}} in " + word + " clause");
        HF_CHECK(close("end"));
        m_syntax.defined[node.text] = std::move(body);
        if (word == "define")
            return std::optional<Node>();
        return std::optional<Node>(std::move(node));
    }

    Result<Pipeline> pipeline(std::string_view where)
    {
        Pipeline out;
        out.line = peek().line;
        if (peek().kind == Kind::Variable && (isSymbol(":=", 1) || isSymbol("=", 1) || isSymbol(",", 1))) {
            out.variables.push_back(take().text);
            if (isSymbol(",")) {
                take();
                if (peek().kind != Kind::Variable || where != "range")
                    return error("too many declarations in " + std::string(where));
                out.variables.push_back(take().text);
            }
            if (!isSymbol(":=") && !isSymbol("="))
                return unexpected(where);
            out.declares = take().text == ":=";
            for (const auto& name : out.variables) {
                if (!out.declares && std::ranges::find(m_variables, name) == m_variables.end())
                    return error("undefined variable " + goQuoted(name));
            }
        }
        const auto declared = out.declares ? out.variables : std::vector<std::string>();
        while (true) {
            HF_TRY(auto stage, command(where));
            out.commands.push_back(std::move(stage));
            if (!isSymbol("|"))
                break;
            take();
        }
        if (out.commands.size() > 1) {
            for (std::size_t i = 1; i < out.commands.size(); ++i) {
                const auto kind = out.commands[i].operands.front().kind;
                if (kind == Operand::Kind::Literal || kind == Operand::Kind::Nested || kind == Operand::Kind::Dot)
                    return error("non executable command in pipeline stage " + std::to_string(i + 1));
            }
        }
        m_variables.insert(m_variables.end(), declared.begin(), declared.end());
        return out;
    }

    Result<Command> command(std::string_view where)
    {
        Command out;
        while (peek().kind != Kind::Close && !isSymbol("|") && !isSymbol(")")) {
            HF_TRY(auto next, operand(where));
            out.operands.push_back(std::move(next));
        }
        if (out.operands.empty())
            return isSymbol("|") || peek().kind == Kind::Close ? error("missing value for " + std::string(where))
                                                               : unexpected(where);
        return out;
    }

    Result<Operand> operand(std::string_view where)
    {
        Operand out;
        const Token& token = peek();
        switch (token.kind) {
        case Kind::String: out.literal = makeText(take().text); break;
        case Kind::Number: {
            HF_TRY(out.literal, number(token.text));
            take();
            break;
        }
        case Kind::Dot:
            out.kind = Operand::Kind::Dot;
            take();
            return out;
        case Kind::Field:
            out.kind = Operand::Kind::Dot;
            out.fields.push_back(take().text);
            break;
        case Kind::Variable:
            if (std::ranges::find(m_variables, token.text) == m_variables.end())
                return error("undefined variable " + goQuoted(token.text));
            out.kind = Operand::Kind::Variable;
            out.name = take().text;
            break;
        case Kind::Word:
            if (token.text == "true" || token.text == "false") {
                out.literal = Value{take().text == "true"};
            } else if (token.text == "nil") {
                take();
            } else if (isFunction(token.text)) {
                out.kind = Operand::Kind::Function;
                out.name = take().text;
                return out;
            } else {
                return error("function " + goQuoted(token.text) + " not defined");
            }
            break;
        case Kind::Symbol:
            if (token.text == "(") {
                if (++m_depth > kMostNesting)
                    return error("nested too deeply");
                take();
                HF_TRY(auto inner, pipeline("parenthesized pipeline"));
                if (!isSymbol(")"))
                    return unexpected("parenthesized pipeline");
                take();
                --m_depth;
                out.kind = Operand::Kind::Nested;
                out.nested = std::make_shared<const Pipeline>(std::move(inner));
                break;
            }
            return unexpected(where);
        default: return unexpected(where);
        }
        while (peek().kind == Kind::Field && !peek().spaceBefore)
            out.fields.push_back(take().text);
        return out;
    }

    [[nodiscard]] Result<Value> number(const std::string& text) const
    {
        std::string_view digits = text;
        if (digits.starts_with('+'))
            digits.remove_prefix(1);
        std::int64_t integer = 0;
        int base = 10;
        auto body = digits;
        if (body.starts_with("0x") || body.starts_with("0X")) {
            body.remove_prefix(2);
            base = 16;
        }
        const auto end = std::from_chars(body.data(), body.data() + body.size(), integer, base);
        if (end.ec == std::errc() && end.ptr == body.data() + body.size())
            return Value{integer};
        if (const auto real = parseDouble(digits))
            return Value{*real};
        return error("bad number syntax: " + goQuoted(text));
    }

    std::vector<Token> m_tokens;
    std::size_t m_at = 0;
    int m_depth = 0;
    int m_loops = 0;
    std::vector<std::string> m_variables;
    Syntax m_syntax;
};

}  // namespace

Result<Syntax> parseTemplate(std::string_view text, std::vector<std::string> variables)
{
    HF_TRY(auto tokens, tokenize(text));
    return Parser(std::move(tokens), std::move(variables)).run();
}

}  // namespace holdfast::rules::tmpl
