#pragma once

#include "app/base/result.h"
#include "app/rules/template/value.h"

#include <functional>
#include <span>
#include <string>
#include <string_view>

namespace holdfast::rules::tmpl {

/// What functions of a template may ask the outside for.
struct FunctionContext {
    std::function<Result<promql::InstantVector>(std::string_view expression)> query;
    std::string externalUrl;
};

/// True for a function that templates may call: Go's own and Prometheus's.
/// `and` and `or` are not in it: they evaluate lazily and belong to the executor.
[[nodiscard]] bool isFunction(std::string_view name);

/// Calls it. Source: Prometheus template/template.go, NewTemplateExpander; Go text/template/funcs.go.
[[nodiscard]] Result<Value> callFunction(std::string_view name, std::span<const Value> arguments,
                                         const FunctionContext& context);

}  // namespace holdfast::rules::tmpl
