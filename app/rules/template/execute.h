#pragma once

#include "app/rules/template/functions.h"
#include "app/rules/template/syntax.h"

namespace holdfast::rules::tmpl {

/// Runs a template: `dot` is its data, `variables` those that parseTemplate() was told of.
/// Errors: Failed for what a function refuses, Limit for more than 64 KiB of text or 100 000 steps.
/// Source: Go text/template/exec.go, with missingkey=zero as Prometheus sets it.
[[nodiscard]] Result<std::string> execute(const Syntax& syntax, const Value& dot, const Fields& variables,
                                          const FunctionContext& context);

}  // namespace holdfast::rules::tmpl
