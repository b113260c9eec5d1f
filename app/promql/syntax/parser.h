#pragma once

#include "app/base/result.h"
#include "app/promql/syntax/ast.h"

#include <string_view>

namespace holdfast::promql {

/// The syntax tree of an expression, checked for types.
/// Errors: BadInput with "line:column: parse error: …"; columns count bytes from 1. Any bytes may come in; nesting is
/// bounded (kMaxDepth). Source of grammar and texts: Prometheus promql/parser/generated_parser.y and parse.go.
[[nodiscard]] Result<ExprPtr> parseExpression(std::string_view text);

/// The matchers of one selector such as `up{job="x"}`, as match[] of the HTTP API takes them.
[[nodiscard]] Result<std::vector<LabelMatcher>> parseSelector(std::string_view text);

/// Height of the syntax tree above which an expression is refused; guessed, keeps recursion within 1 MiB of stack.
inline constexpr std::uint32_t kMaxDepth = 1200;

/// "2:7" for a byte offset.
[[nodiscard]] std::string lineAndColumn(std::string_view text, std::size_t offset);

}  // namespace holdfast::promql
