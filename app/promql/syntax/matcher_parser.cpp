#include "app/promql/syntax/literal.h"
#include "app/promql/syntax/parser_state.h"

#include <re2/re2.h>

namespace holdfast::promql {

namespace {

std::optional<MatchType> matchType(const Token& token)
{
    switch (token.kind) {
    case TokenKind::Assign: return MatchType::Equal;
    case TokenKind::MatchRegex: return MatchType::Regex;
    case TokenKind::MatchNotRegex: return MatchType::NotRegex;
    case TokenKind::Operator: return token.op == BinaryOp::Ne ? std::optional(MatchType::NotEqual) : std::nullopt;
    default: return std::nullopt;
    }
}

std::optional<std::string> text(TokenStream& tokens)
{
    const Token token = tokens.take();
    auto value = unquote(token.text);
    if (value)
        return *std::move(value);
    tokens.fail(token.position, "error unquoting string " + goQuoted(token.text) + ": " + value.error().message);
    return std::nullopt;
}

bool checkRegex(TokenStream& tokens, const LabelMatcher& matcher, PositionRange position)
{
    if (matcher.type != MatchType::Regex && matcher.type != MatchType::NotRegex)
        return true;
    RE2::Options options(RE2::Quiet);
    options.set_dot_nl(true);
    const RE2 regex(matcher.value, options);
    if (!regex.ok())
        tokens.fail(position, "error parsing regexp: " + regex.error());
    return regex.ok();
}

std::optional<LabelMatcher> matcher(TokenStream& tokens, bool& quotedName)
{
    const Token name = tokens.peek();
    LabelMatcher out;
    if (name.kind == TokenKind::Identifier) {
        out.name = tokens.take().text;
    } else if (name.kind == TokenKind::String) {
        auto value = text(tokens);
        if (!value)
            return std::nullopt;
        out.name = *value;
        if (tokens.at(TokenKind::Comma) || tokens.at(TokenKind::RightBrace)) {
            quotedName = true;
            return LabelMatcher{MatchType::Equal, "__name__", out.name};
        }
        if (out.name.empty() || !isValidUtf8(out.name)) {
            tokens.fail(name.position, "invalid label name " + goQuoted(out.name));
            return std::nullopt;
        }
    } else {
        tokens.unexpected("label matching", "identifier or \"}\"");
        return std::nullopt;
    }
    const auto type = matchType(tokens.peek());
    if (!type) {
        tokens.unexpected("label matching", "label matching operator");
        return std::nullopt;
    }
    tokens.take();
    if (!tokens.at(TokenKind::String)) {
        tokens.unexpected("label matching", "string");
        return std::nullopt;
    }
    auto value = text(tokens);
    if (!value)
        return std::nullopt;
    out.type = *type;
    out.value = *std::move(value);
    if (!checkRegex(tokens, out, {name.position.start, tokens.lastEnd()}))
        return std::nullopt;
    return out;
}

}  // namespace

std::optional<std::vector<LabelMatcher>> parseMatchers(TokenStream& tokens, bool& quotedName)
{
    std::vector<LabelMatcher> out;
    tokens.take();  // the brace that the caller has seen
    while (!tokens.accept(TokenKind::RightBrace)) {
        auto one = matcher(tokens, quotedName);
        if (!one)
            return std::nullopt;
        out.push_back(*std::move(one));
        if (tokens.at(TokenKind::RightBrace))
            continue;
        if (!tokens.expect(TokenKind::Comma, "label matching", "\",\" or \"}\""))
            return std::nullopt;
    }
    return out;
}

std::optional<std::vector<std::string>> parseLabelList(TokenStream& tokens)
{
    std::vector<std::string> out;
    if (!tokens.expect(TokenKind::LeftParen, "grouping opts", "\"(\""))
        return std::nullopt;
    while (!tokens.accept(TokenKind::RightParen)) {
        const Token& token = tokens.peek();
        const bool word = token.kind == TokenKind::Identifier || token.kind == TokenKind::Keyword
                          || token.kind == TokenKind::Aggregator
                          || (token.kind == TokenKind::Operator && !token.word.empty());
        if (word) {
            out.emplace_back(tokens.take().text);
        } else if (token.kind == TokenKind::String) {
            const PositionRange position = token.position;
            auto name = text(tokens);
            if (!name)
                return std::nullopt;
            if (name->empty() || !isValidUtf8(*name)) {
                tokens.fail(position, "invalid label name for grouping: " + goQuoted(*name));
                return std::nullopt;
            }
            out.push_back(*std::move(name));
        } else {
            tokens.unexpected("grouping opts", "label");
            return std::nullopt;
        }
        if (tokens.at(TokenKind::RightParen))
            continue;
        if (!tokens.expect(TokenKind::Comma, "grouping opts", "\",\" or \")\""))
            return std::nullopt;
    }
    return out;
}

}  // namespace holdfast::promql
