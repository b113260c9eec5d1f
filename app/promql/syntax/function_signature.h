#pragma once

#include "app/promql/syntax/ast.h"

#include <span>
#include <string_view>

namespace holdfast::promql {

/// What a function is called with and gives back.
/// Source: Prometheus promql/parser/functions.go, Functions.
struct FunctionSignature {
    std::string_view name;
    ValueType returns = ValueType::Vector;
    ValueType args[5] = {ValueType::None, ValueType::None, ValueType::None, ValueType::None, ValueType::None};
    int variadic = 0;           ///< > 0: so many of the last may be left out; -1: the last may repeat
    bool experimental = false;  ///< Prometheus keeps it behind promql-experimental-functions

    [[nodiscard]] int argCount() const;
};

/// Nothing for an unknown name. Names are case-sensitive.
[[nodiscard]] const FunctionSignature* findFunction(std::string_view name);
/// All of them, by name: for completion in the editor.
[[nodiscard]] std::span<const FunctionSignature> allFunctions();

}  // namespace holdfast::promql
