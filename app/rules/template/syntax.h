#pragma once

#include "app/base/result.h"
#include "app/rules/template/value.h"

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace holdfast::rules::tmpl {

struct Pipeline;

/// An argument or the head of a command: literal, .Field.Chain, $variable.Chain, function name, (pipeline).Chain.
struct Operand {
    enum class Kind { Literal, Dot, Variable, Function, Nested } kind = Kind::Literal;
    Value literal;
    std::string name;  ///< of the variable (with $) or the function
    std::shared_ptr<const Pipeline> nested;
    std::vector<std::string> fields;  ///< selected one after another
};

/// One stage of a pipeline; the value of the stage before becomes the last argument.
struct Command {
    std::vector<Operand> operands;
};

struct Pipeline {
    std::vector<std::string> variables;  ///< declared or assigned, one or two
    bool declares = false;               ///< := and not =
    std::vector<Command> commands;
    int line = 1;
};

struct Node {
    enum class Kind { Text, Action, If, Range, With, Template, Break, Continue } kind = Kind::Text;
    std::string text{};  ///< of Text; name of Template
    Pipeline pipeline{};
    bool hasPipeline = false;
    std::vector<Node> body{};
    std::vector<Node> otherwise{};
};

/// A parsed template with the templates it defines. Immutable once parsed.
struct Syntax {
    std::vector<Node> root;
    std::map<std::string, std::vector<Node>> defined;
};

/// Parses the language of Go's text/template. `variables`: known from outside, with their $.
/// Errors: BadInput with the line: "1: unexpected …", also for unknown functions and variables.
/// Source: Go text/template/parse.
[[nodiscard]] Result<Syntax> parseTemplate(std::string_view text, std::vector<std::string> variables);

}  // namespace holdfast::rules::tmpl
