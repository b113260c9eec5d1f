#include "app/base/duration.h"
#include "app/promql/syntax/literal.h"
#include "app/promql/syntax/parser_state.h"

namespace holdfast::promql {

namespace {

DurationPtr parseLevel(TokenStream& tokens, int least);

DurationPtr literal(TokenStream& tokens)
{
    const Token token = tokens.take();
    auto node = std::make_unique<DurationNode>();
    node->position = token.position;
    if (token.kind == TokenKind::Duration) {
        const auto ms = parseDuration(token.text);
        if (!ms) {
            tokens.fail(token.position, ms.error().message);
            return nullptr;
        }
        node->seconds = static_cast<double>(*ms) / 1000;
        node->wasUnits = true;
        return node;
    }
    const auto value = parseNumberLiteral(token.text);
    if (!value) {
        tokens.fail(token.position, "error parsing number: " + goQuoted(token.text));
        return nullptr;
    }
    node->seconds = *value;
    return node;
}

/// step(), range(), min_of(a, b), max_of(a, b).
DurationPtr function(TokenStream& tokens)
{
    const Token name = tokens.take();
    auto node = std::make_unique<DurationNode>();
    tokens.take();  // the parenthesis that the caller has seen
    if (name.word == "step" || name.word == "range") {
        node->op = name.word == "step" ? DurationOp::Step : DurationOp::Range;
    } else {
        node->op = name.word == "min_of" ? DurationOp::Min : DurationOp::Max;
        node->left = parseLevel(tokens, 0);
        if (!node->left || !tokens.expect(TokenKind::Comma, "duration expression", "\",\""))
            return nullptr;
        node->right = parseLevel(tokens, 0);
        if (!node->right)
            return nullptr;
    }
    if (!tokens.expect(TokenKind::RightParen, "duration expression", "\")\""))
        return nullptr;
    node->position = {name.position.start, tokens.lastEnd()};
    return node;
}

bool atFunction(const TokenStream& tokens)
{
    const Token& token = tokens.peek();
    const bool known =
        token.word == "step" || token.word == "range" || token.word == "min_of" || token.word == "max_of";
    return token.kind == TokenKind::Identifier && known && tokens.peek(1).kind == TokenKind::LeftParen;
}

DurationPtr primary(TokenStream& tokens)
{
    if (tokens.at(TokenKind::Number) || tokens.at(TokenKind::Duration))
        return literal(tokens);
    if (atFunction(tokens))
        return function(tokens);
    if (tokens.at(TokenKind::LeftParen)) {
        tokens.take();
        DurationPtr inside = parseLevel(tokens, 0);
        if (!inside || !tokens.expect(TokenKind::RightParen, "duration expression", "\")\""))
            return nullptr;
        inside->parens = true;
        return inside;
    }
    tokens.unexpected("subquery or range selector", "number, duration, step(), or range()");
    return nullptr;
}

DurationPtr unary(TokenStream& tokens, int operandLevel)
{
    const TokenStream::Nest nest(tokens);
    if (nest.tooDeep())
        return nullptr;
    if (!tokens.atOperator(BinaryOp::Sub) && !tokens.atOperator(BinaryOp::Add))
        return primary(tokens);
    const Token sign = tokens.take();
    auto node = std::make_unique<DurationNode>();
    node->op = sign.op == BinaryOp::Sub ? DurationOp::Negate : DurationOp::Plus;
    node->left = operandLevel < 0 ? unary(tokens, operandLevel) : parseLevel(tokens, operandLevel);
    if (!node->left)
        return nullptr;
    node->position = {sign.position.start, tokens.lastEnd()};
    return node;
}

struct Level {
    int precedence;
    DurationOp op;
};

std::optional<Level> levelOf(const Token& token)
{
    if (token.kind != TokenKind::Operator)
        return std::nullopt;
    switch (token.op) {
    case BinaryOp::Add: return Level{1, DurationOp::Add};
    case BinaryOp::Sub: return Level{1, DurationOp::Sub};
    case BinaryOp::Mul: return Level{2, DurationOp::Mul};
    case BinaryOp::Div: return Level{2, DurationOp::Div};
    case BinaryOp::Mod: return Level{2, DurationOp::Mod};
    case BinaryOp::Pow: return Level{3, DurationOp::Pow};
    default: return std::nullopt;
    }
}

DurationPtr parseLevel(TokenStream& tokens, int least)
{
    const TokenStream::Nest nest(tokens);
    if (nest.tooDeep())
        return nullptr;
    DurationPtr left = unary(tokens, 3);
    int operators = 0;
    while (left) {
        const auto level = levelOf(tokens.peek());
        if (!level || level->precedence < least)
            return left;
        if (++operators > 1000) {
            tokens.fail(tokens.peek().position, "duration expression is too long");
            return nullptr;
        }
        tokens.take();
        auto node = std::make_unique<DurationNode>();
        node->op = level->op;
        node->right = parseLevel(tokens, level->op == DurationOp::Pow ? 3 : level->precedence + 1);
        if (!node->right)
            return nullptr;
        node->position = {left->position.start, tokens.lastEnd()};
        node->left = std::move(left);
        left = std::move(node);
    }
    return nullptr;
}

}  // namespace

DurationPtr parseDurationExpression(TokenStream& tokens)
{
    return parseLevel(tokens, 0);
}

DurationPtr parseOffsetDuration(TokenStream& tokens)
{
    return unary(tokens, -1);
}

}  // namespace holdfast::promql
