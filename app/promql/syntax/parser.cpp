#include "app/promql/syntax/parser.h"

#include "app/base/duration.h"
#include "app/promql/syntax/duration_value.h"
#include "app/promql/syntax/function_signature.h"
#include "app/promql/syntax/literal.h"
#include "app/promql/syntax/parser_state.h"

#include <re2/re2.h>

#include <algorithm>
#include <cmath>

namespace holdfast::promql {

TokenStream::Nest::Nest(TokenStream& stream) : m_stream(stream)
{
    // Each nested expression passes here up to three times.
    if (++m_stream.m_nesting > 3 * kMaxDepth)
        m_stream.fail(m_stream.peek().position, "expression is nested too deeply");
}

bool TokenStream::Nest::tooDeep() const
{
    return m_stream.m_nesting > 3 * kMaxDepth;
}

namespace {

int precedence(BinaryOp op)
{
    switch (op) {
    case BinaryOp::Or: return 1;
    case BinaryOp::And:
    case BinaryOp::Unless: return 2;
    case BinaryOp::Eq:
    case BinaryOp::Ne:
    case BinaryOp::Lt:
    case BinaryOp::Gt:
    case BinaryOp::Le:
    case BinaryOp::Ge:
    case BinaryOp::TrimUpper:
    case BinaryOp::TrimLower: return 3;
    case BinaryOp::Add:
    case BinaryOp::Sub: return 4;
    case BinaryOp::Mul:
    case BinaryOp::Div:
    case BinaryOp::Mod:
    case BinaryOp::Atan2: return 5;
    case BinaryOp::Pow: return 6;
    }
    return 0;
}

/// Whether a word that is a keyword elsewhere may be a metric's name here.
bool mayNameMetric(const Token& token)
{
    if (token.kind == TokenKind::Keyword)
        return token.word != "bool" && token.word != "on" && token.word != "ignoring" && token.word != "group_left"
               && token.word != "group_right";
    if (token.kind == TokenKind::Operator)
        return token.word == "and" || token.word == "or" || token.word == "unless";
    return token.kind == TokenKind::Identifier || token.kind == TokenKind::MetricIdentifier
           || token.kind == TokenKind::Aggregator;
}

class Parser {
public:
    explicit Parser(std::string_view text) : m_tokens(tokenize(text)) {}

    ExprPtr whole()
    {
        if (m_tokens.at(TokenKind::End)) {
            m_tokens.fail(m_tokens.peek().position, "no expression found in input");
            return nullptr;
        }
        ExprPtr expr = expression(1);
        if (expr && !m_tokens.at(TokenKind::End)) {
            m_tokens.unexpected("", "");
            return nullptr;
        }
        return expr;
    }

    [[nodiscard]] const std::optional<SyntaxError>& error() const { return m_tokens.error(); }

private:
    ExprPtr finish(ExprPtr expr, std::size_t start, std::uint32_t below)
    {
        expr->position = {start, m_tokens.lastEnd()};
        expr->depth = below + 1;
        if (expr->depth > kMaxDepth) {
            m_tokens.fail(expr->position, "expression is nested too deeply");
            return nullptr;
        }
        return expr;
    }

    ExprPtr expression(int least)
    {
        const TokenStream::Nest nest(m_tokens);
        if (nest.tooDeep())
            return nullptr;
        ExprPtr left = unary();
        while (left && m_tokens.at(TokenKind::Operator) && precedence(m_tokens.peek().op) >= least) {
            const BinaryOp op = m_tokens.take().op;
            auto binary = std::make_unique<Binary>();
            binary->op = op;
            binary->matching.emplace();
            if (!modifiers(*binary))
                return nullptr;
            binary->rhs = expression(op == BinaryOp::Pow ? 6 : precedence(op) + 1);
            if (!binary->rhs)
                return nullptr;
            binary->lhs = std::move(left);
            const std::size_t start = binary->lhs->position.start;
            const std::uint32_t below = std::max(binary->lhs->depth, binary->rhs->depth);
            left = finish(std::move(binary), start, below);
        }
        return left;
    }

    bool modifiers(Binary& binary)
    {
        if (m_tokens.atKeyword("bool")) {
            m_tokens.take();
            binary.returnBool = true;
        }
        VectorMatching& matching = *binary.matching;
        if (m_tokens.atKeyword("on") || m_tokens.atKeyword("ignoring")) {
            matching.on = m_tokens.take().word == "on";
            auto labels = parseLabelList(m_tokens);
            if (!labels)
                return false;
            matching.labels = *std::move(labels);
            if (m_tokens.atKeyword("group_left") || m_tokens.atKeyword("group_right")) {
                const bool left = m_tokens.take().word == "group_left";
                matching.cardinality = left ? Cardinality::ManyToOne : Cardinality::OneToMany;
                if (m_tokens.at(TokenKind::LeftParen)) {
                    auto include = parseLabelList(m_tokens);
                    if (!include)
                        return false;
                    matching.include = *std::move(include);
                }
            }
        }
        return fillModifiers(matching);
    }

    bool fillModifiers(VectorMatching& matching)
    {
        const auto atFill = [this] {
            return (m_tokens.atKeyword("fill") || m_tokens.atKeyword("fill_left") || m_tokens.atKeyword("fill_right"))
                   && m_tokens.peek(1).kind == TokenKind::LeftParen;
        };
        while (atFill()) {
            const Token which = m_tokens.take();
            m_tokens.take();
            const auto value = signedNumber("fill modifier");
            if (!value || !m_tokens.expect(TokenKind::RightParen, "fill modifier", "\")\""))
                return false;
            if (which.word != "fill_right") {
                if (matching.fillLeft)
                    m_tokens.fail(which.position, "fill modifier may not be set twice");
                matching.fillLeft = value;
            }
            if (which.word != "fill_left") {
                if (matching.fillRight)
                    m_tokens.fail(which.position, "fill modifier may not be set twice");
                matching.fillRight = value;
            }
        }
        return !m_tokens.error();
    }

    std::optional<double> signedNumber(std::string_view context)
    {
        double sign = 1;
        if (m_tokens.atOperator(BinaryOp::Sub) || m_tokens.atOperator(BinaryOp::Add))
            sign = m_tokens.take().op == BinaryOp::Sub ? -1 : 1;
        if (!m_tokens.at(TokenKind::Number) && !m_tokens.at(TokenKind::Duration)) {
            m_tokens.unexpected(context, "number");
            return std::nullopt;
        }
        const auto value = numberValue(m_tokens.take());
        return value ? std::optional(sign * *value) : std::nullopt;
    }

    std::optional<double> numberValue(const Token& token)
    {
        if (token.kind == TokenKind::Duration) {
            const auto ms = parseDuration(token.text);
            if (ms)
                return static_cast<double>(*ms) / 1000;
            m_tokens.fail(token.position, ms.error().message);
            return std::nullopt;
        }
        const auto value = parseNumberLiteral(token.text);
        if (!value)
            m_tokens.fail(token.position, "error parsing number: " + goQuoted(token.text));
        return value;
    }

    ExprPtr unary()
    {
        const TokenStream::Nest nest(m_tokens);
        if (nest.tooDeep())
            return nullptr;
        if (!m_tokens.atOperator(BinaryOp::Sub) && !m_tokens.atOperator(BinaryOp::Add))
            return postfix();
        const Token sign = m_tokens.take();
        ExprPtr operand = expression(6);
        if (!operand)
            return nullptr;
        if (operand->kind == ExprKind::Number) {
            if (sign.op == BinaryOp::Sub)
                as<NumberLiteral>(*operand).value *= -1;
            operand->position.start = sign.position.start;
            return operand;
        }
        auto node = std::make_unique<Unary>();
        node->negative = sign.op == BinaryOp::Sub;
        const std::uint32_t below = operand->depth;
        node->expr = std::move(operand);
        return finish(std::move(node), sign.position.start, below);
    }

    ExprPtr postfix()
    {
        ExprPtr expr = primary();
        while (expr) {
            if (m_tokens.at(TokenKind::LeftBracket))
                expr = range(std::move(expr));
            else if (m_tokens.at(TokenKind::At))
                expr = atModifier(std::move(expr));
            else if (m_tokens.atKeyword("offset"))
                expr = offsetModifier(std::move(expr));
            else if (m_tokens.atKeyword("anchored") || m_tokens.atKeyword("smoothed"))
                expr = edgeModifier(std::move(expr));
            else
                break;
        }
        return expr;
    }

    ExprPtr primary()
    {
        const Token& token = m_tokens.peek();
        switch (token.kind) {
        case TokenKind::Number:
        case TokenKind::Duration: return number();
        case TokenKind::String: return string();
        case TokenKind::LeftParen: return paren();
        case TokenKind::LeftBrace: return selector();
        default: break;
        }
        const bool callNext = m_tokens.peek(1).kind == TokenKind::LeftParen;
        if (token.kind == TokenKind::Aggregator
            && (callNext || m_tokens.atKeyword("by", 1) || m_tokens.atKeyword("without", 1)))
            return aggregate();
        const bool callable =
            token.kind == TokenKind::Identifier || m_tokens.atKeyword("start") || m_tokens.atKeyword("end");
        if (callable && callNext)
            return call();
        if (mayNameMetric(token))
            return selector();
        m_tokens.unexpected("", "");
        return nullptr;
    }

    ExprPtr number()
    {
        const Token token = m_tokens.take();
        const auto value = numberValue(token);
        if (!value)
            return nullptr;
        auto node = std::make_unique<NumberLiteral>();
        node->value = *value;
        node->duration = token.kind == TokenKind::Duration;
        return finish(std::move(node), token.position.start, 0);
    }

    ExprPtr string()
    {
        const Token token = m_tokens.take();
        auto value = unquote(token.text);
        if (!value) {
            m_tokens.fail(token.position,
                          "error unquoting string " + goQuoted(token.text) + ": " + value.error().message);
            return nullptr;
        }
        auto node = std::make_unique<StringLiteral>();
        node->value = *std::move(value);
        return finish(std::move(node), token.position.start, 0);
    }

    ExprPtr paren()
    {
        const std::size_t start = m_tokens.take().position.start;
        auto node = std::make_unique<Paren>();
        node->expr = expression(1);
        if (!node->expr)
            return nullptr;
        if (!m_tokens.expect(TokenKind::RightParen, "paren expression", "\")\""))
            return nullptr;
        const std::uint32_t below = node->expr->depth;
        return finish(std::move(node), start, below);
    }

    std::optional<std::vector<ExprPtr>> arguments(std::string_view context)
    {
        std::vector<ExprPtr> out;
        m_tokens.take();  // the parenthesis that the caller has seen
        if (m_tokens.accept(TokenKind::RightParen))
            return out;
        while (true) {
            ExprPtr one = expression(1);
            if (!one)
                return std::nullopt;
            out.push_back(std::move(one));
            if (m_tokens.accept(TokenKind::RightParen))
                return out;
            if (!m_tokens.expect(TokenKind::Comma, context, "\",\" or \")\""))
                return std::nullopt;
            if (m_tokens.at(TokenKind::RightParen)) {
                m_tokens.fail(m_tokens.peek().position, "trailing commas not allowed in function call args");
                return std::nullopt;
            }
        }
    }

    ExprPtr call()
    {
        const Token name = m_tokens.take();
        auto args = arguments("function call args");
        if (!args)
            return nullptr;
        auto node = std::make_unique<Call>();
        node->function = findFunction(name.text);
        if (node->function == nullptr) {
            m_tokens.fail(name.position, "unknown function with name " + goQuoted(name.text));
            return nullptr;
        }
        std::uint32_t below = 0;
        for (const ExprPtr& arg : *args)
            below = std::max(below, arg->depth);
        node->args = *std::move(args);
        return finish(std::move(node), name.position.start, below);
    }

    bool grouping(Aggregate& node)
    {
        node.without = m_tokens.take().word == "without";
        auto labels = parseLabelList(m_tokens);
        if (labels)
            node.grouping = *std::move(labels);
        return !m_tokens.error();
    }

    ExprPtr aggregate()
    {
        const Token name = m_tokens.take();
        auto node = std::make_unique<Aggregate>();
        node->op = name.aggregate;
        const auto atGrouping = [this] { return m_tokens.atKeyword("by") || m_tokens.atKeyword("without"); };
        const bool before = atGrouping();
        if (before && !grouping(*node))
            return nullptr;
        if (!m_tokens.at(TokenKind::LeftParen)) {
            m_tokens.unexpected("aggregation", "\"(\"");
            return nullptr;
        }
        auto args = arguments("aggregation");
        if (!args)
            return nullptr;
        if (!before && atGrouping() && !grouping(*node))
            return nullptr;
        const PositionRange position{name.position.start, m_tokens.lastEnd()};
        if (args->empty()) {
            m_tokens.fail(position, "no arguments for aggregate expression provided");
            return nullptr;
        }
        const std::size_t wanted = takesParameter(node->op) ? 2 : 1;
        if (args->size() != wanted) {
            m_tokens.fail(position, "wrong number of arguments for aggregate expression provided, expected "
                                        + std::to_string(wanted) + ", got " + std::to_string(args->size()));
            return nullptr;
        }
        if (wanted == 2)
            node->param = std::move(args->front());
        node->expr = std::move(args->back());
        const std::uint32_t below = std::max(node->expr->depth, node->param ? node->param->depth : 0);
        return finish(std::move(node), name.position.start, below);
    }

    ExprPtr selector()
    {
        const std::size_t start = m_tokens.peek().position.start;
        auto node = std::make_unique<VectorSelector>();
        if (!m_tokens.at(TokenKind::LeftBrace))
            node->name = m_tokens.take().text;
        bool quotedName = false;
        if (m_tokens.at(TokenKind::LeftBrace)) {
            auto matchers = parseMatchers(m_tokens, quotedName);
            if (!matchers)
                return nullptr;
            node->matchers = *std::move(matchers);
        }
        if (!node->name.empty())
            node->matchers.push_back({MatchType::Equal, "__name__", node->name});
        return finish(std::move(node), start, 0);
    }

    /// "[5m]" after a selector, "[30m:1m]" after any vector expression.
    ExprPtr range(ExprPtr expr)
    {
        m_tokens.take();
        DurationPtr length = parseDurationExpression(m_tokens);
        if (!length)
            return nullptr;
        if (m_tokens.accept(TokenKind::Colon))
            return subquery(std::move(expr), std::move(length));
        if (!m_tokens.expect(TokenKind::RightBracket, "subquery or range selector", "\":\" or \"]\""))
            return nullptr;
        const std::size_t start = expr->position.start;
        if (expr->kind != ExprKind::VectorSelector) {
            m_tokens.fail(expr->position, "ranges only allowed for vector selectors");
            return nullptr;
        }
        auto node = std::make_unique<MatrixSelector>();
        node->selector.reset(static_cast<VectorSelector*>(expr.release()));
        if (node->selector->shift.offsetSet) {
            m_tokens.fail(node->selector->position, "no offset modifiers allowed before range");
            return nullptr;
        }
        if (node->selector->shift.at || node->selector->shift.edge != AtEdge::None) {
            m_tokens.fail(node->selector->position, "no @ modifiers allowed before range");
            return nullptr;
        }
        if (!settle(DurationUse::Range, node->range, node->rangeExpr, std::move(length)))
            return nullptr;
        return finish(std::move(node), start, 1);
    }

    ExprPtr subquery(ExprPtr expr, DurationPtr length)
    {
        auto node = std::make_unique<Subquery>();
        if (!settle(DurationUse::Range, node->range, node->rangeExpr, std::move(length)))
            return nullptr;
        if (!m_tokens.at(TokenKind::RightBracket)) {
            DurationPtr step = parseDurationExpression(m_tokens);
            if (!step || !settle(DurationUse::SubqueryStep, node->step, node->stepExpr, std::move(step)))
                return nullptr;
        }
        if (!m_tokens.expect(TokenKind::RightBracket, "subquery selector", "\"]\""))
            return nullptr;
        const std::size_t start = expr->position.start;
        const std::uint32_t below = expr->depth;
        node->expr = std::move(expr);
        return finish(std::move(node), start, below);
    }

    /// Keeps the written form where there is one, and the value where it does not depend on the query.
    bool settle(DurationUse use, std::int64_t& ms, DurationPtr& written, DurationPtr owner)
    {
        const DurationNode& duration = *owner;
        if (!dependsOnQuery(duration)) {
            const auto value = durationMs(duration, {}, use);
            if (value.index() == 1) {
                m_tokens.fail(std::get<1>(value).position, std::get<1>(value).message);
                return false;
            }
            ms = std::get<0>(value);
            if (duration.op == DurationOp::Literal && !duration.parens)
                return true;
        }
        written = std::move(owner);
        return true;
    }

    /// The offset and @ of what the modifier follows; null with an error for anything else.
    TimeShift* shiftOf(Expr& expr, const char* modifier)
    {
        switch (expr.kind) {
        case ExprKind::VectorSelector: return &as<VectorSelector>(expr).shift;
        case ExprKind::MatrixSelector: return &as<MatrixSelector>(expr).selector->shift;
        case ExprKind::Subquery: return &as<Subquery>(expr).shift;
        default: break;
        }
        m_tokens.fail(expr.position, std::string(modifier)
                                         + " modifier must be preceded by an instant vector selector or range vector "
                                           "selector or a subquery");
        return nullptr;
    }

    ExprPtr offsetModifier(ExprPtr expr)
    {
        m_tokens.take();
        DurationPtr duration = parseOffsetDuration(m_tokens);
        if (!duration)
            return nullptr;
        TimeShift* shift = shiftOf(*expr, "offset");
        if (shift == nullptr)
            return nullptr;
        if (shift->offsetSet) {
            m_tokens.fail(expr->position, "offset may not be set multiple times");
            return nullptr;
        }
        shift->offsetSet = true;
        if (!dependsOnQuery(*duration)) {
            const auto value = durationMs(*duration, {}, DurationUse::Offset);
            if (value.index() == 1) {
                m_tokens.fail(std::get<1>(value).position, std::get<1>(value).message);
                return nullptr;
            }
            shift->offset = std::get<0>(value);
            const DurationNode& plain = duration->left ? *duration->left : *duration;
            const bool sign = duration->op == DurationOp::Negate || duration->op == DurationOp::Plus;
            if ((!duration->left || sign) && plain.op == DurationOp::Literal && !plain.parens && !duration->parens)
                duration.reset();
        }
        shift->offsetExpr = std::move(duration);
        expr->position.end = m_tokens.lastEnd();
        return expr;
    }

    ExprPtr atModifier(ExprPtr expr)
    {
        m_tokens.take();
        AtEdge edge = AtEdge::None;
        std::optional<double> seconds;
        if ((m_tokens.atKeyword("start") || m_tokens.atKeyword("end"))
            && m_tokens.peek(1).kind == TokenKind::LeftParen) {
            edge = m_tokens.take().word == "start" ? AtEdge::Start : AtEdge::End;
            m_tokens.take();
            if (!m_tokens.expect(TokenKind::RightParen, "@", "\")\""))
                return nullptr;
        } else {
            seconds = signedNumber("@");
            if (!seconds)
                return nullptr;
        }
        TimeShift* shift = shiftOf(*expr, "@");
        if (shift == nullptr)
            return nullptr;
        if (shift->at || shift->edge != AtEdge::None) {
            m_tokens.fail(expr->position, "@ <timestamp> may not be set multiple times");
            return nullptr;
        }
        if (seconds) {
            if (!(std::fabs(*seconds) < 9.223372036854775e15)) {
                m_tokens.fail(expr->position, "timestamp out of bounds for @ modifier: " + std::to_string(*seconds));
                return nullptr;
            }
            shift->at = static_cast<std::int64_t>(std::llround(*seconds * 1000));
        }
        shift->edge = edge;
        expr->position.end = m_tokens.lastEnd();
        return expr;
    }

    ExprPtr edgeModifier(ExprPtr expr)
    {
        const Token word = m_tokens.take();
        const RangeEdges edges = word.word == "anchored" ? RangeEdges::Anchored : RangeEdges::Smoothed;
        VectorSelector* selector = nullptr;
        if (expr->kind == ExprKind::MatrixSelector)
            selector = as<MatrixSelector>(*expr).selector.get();
        else if (expr->kind == ExprKind::VectorSelector && edges == RangeEdges::Smoothed)
            selector = &as<VectorSelector>(*expr);
        if (selector == nullptr) {
            m_tokens.fail(expr->position,
                          word.word + " modifier must be preceded by "
                              + (edges == RangeEdges::Anchored ? "a range selector"
                                                               : "an instant vector selector or range selector"));
            return nullptr;
        }
        if (selector->edges != RangeEdges::Plain) {
            m_tokens.fail(expr->position, "only one of anchored and smoothed may be set, and once");
            return nullptr;
        }
        selector->edges = edges;
        expr->position.end = m_tokens.lastEnd();
        return expr;
    }

    TokenStream m_tokens;
};

bool matchesEmpty(const LabelMatcher& matcher)
{
    switch (matcher.type) {
    case MatchType::Equal: return matcher.value.empty();
    case MatchType::NotEqual: return !matcher.value.empty();
    case MatchType::Regex: return RE2::FullMatch("", RE2(matcher.value, RE2::Quiet));
    case MatchType::NotRegex: return !RE2::FullMatch("", RE2(matcher.value, RE2::Quiet));
    }
    return false;
}

/// The first selector whose matchers would all accept a series without labels.
std::optional<SyntaxError> checkSelectors(const Expr& expr)
{
    const auto selector = [](const VectorSelector& node) -> std::optional<SyntaxError> {
        if (!node.mayMatchEverything && std::ranges::all_of(node.matchers, matchesEmpty))
            return SyntaxError{node.position, "vector selector must contain at least one non-empty matcher"};
        return std::nullopt;
    };
    switch (expr.kind) {
    case ExprKind::Number:
    case ExprKind::String: return std::nullopt;
    case ExprKind::VectorSelector: return selector(as<VectorSelector>(expr));
    case ExprKind::MatrixSelector: return selector(*as<MatrixSelector>(expr).selector);
    case ExprKind::Subquery: return checkSelectors(*as<Subquery>(expr).expr);
    case ExprKind::Unary: return checkSelectors(*as<Unary>(expr).expr);
    case ExprKind::Paren: return checkSelectors(*as<Paren>(expr).expr);
    case ExprKind::Call:
        for (const ExprPtr& arg : as<Call>(expr).args) {
            if (auto wrong = checkSelectors(*arg))
                return wrong;
        }
        return std::nullopt;
    case ExprKind::Aggregate: {
        const auto& node = as<Aggregate>(expr);
        if (node.param) {
            if (auto wrong = checkSelectors(*node.param))
                return wrong;
        }
        return checkSelectors(*node.expr);
    }
    case ExprKind::Binary: {
        const auto& node = as<Binary>(expr);
        if (auto wrong = checkSelectors(*node.lhs))
            return wrong;
        return checkSelectors(*node.rhs);
    }
    }
    return std::nullopt;
}

Error located(std::string_view text, const SyntaxError& wrong)
{
    return {lineAndColumn(text, wrong.position.start) + ": parse error: " + wrong.message, ErrorKind::BadInput};
}

}  // namespace

std::string lineAndColumn(std::string_view text, std::size_t offset)
{
    std::size_t line = 1;
    std::size_t lineStart = 0;
    for (std::size_t i = 0; i < std::min(offset, text.size()); ++i) {
        if (text[i] == '\n') {
            ++line;
            lineStart = i + 1;
        }
    }
    return std::to_string(line) + ":" + std::to_string(offset - lineStart + 1);
}

Result<ExprPtr> parseExpression(std::string_view text)
{
    Parser parser(text);
    ExprPtr expr = parser.whole();
    if (parser.error())
        return located(text, *parser.error());
    if (const auto wrong = checkTypes(*expr))
        return located(text, *wrong);
    if (const auto wrong = checkSelectors(*expr))
        return located(text, *wrong);
    return expr;
}

Result<std::vector<LabelMatcher>> parseSelector(std::string_view text)
{
    HF_TRY(ExprPtr expr, parseExpression(text));
    if (expr->kind != ExprKind::VectorSelector)
        return Error{"1:1: parse error: expected a series selector, got " + std::string(documentedType(typeOf(*expr)))
                         + " expression",
                     ErrorKind::BadInput};
    const auto& selector = as<VectorSelector>(*expr);
    if (selector.shift.offsetSet || selector.shift.at || selector.shift.edge != AtEdge::None)
        return Error{"1:1: parse error: a series selector takes neither offset nor @", ErrorKind::BadInput};
    return selector.matchers;
}

}  // namespace holdfast::promql
