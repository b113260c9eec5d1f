#include "app/rules/template/execute.h"

#include "app/rules/template/go_format.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace holdfast::rules::tmpl {

namespace {

constexpr std::size_t kMostText = 64U << 10U;  // guessed: an annotation is a sentence
constexpr int kMostSteps = 100'000;            // guessed: a loop over every element of a large answer still fits
constexpr int kMostCalls = 50;

enum class Flow { On, Break, Continue };

class Executor {
public:
    Executor(const Syntax& syntax, const FunctionContext& context) : m_syntax(syntax), m_context(context) {}

    Result<std::string> run(const Value& dot, const Fields& variables)
    {
        for (const auto& [name, value] : variables)
            m_variables.emplace_back(name, value);
        m_variables.emplace_back("$", dot);
        const auto flow = nodes(m_syntax.root, dot);
        if (!flow.ok())
            return flow.error();
        return std::move(m_out);
    }

private:
    using Done = Result<Flow>;

    Done nodes(const std::vector<Node>& list, const Value& dot)
    {
        for (const Node& node : list) {
            auto flow = one(node, dot);
            if (!flow.ok() || *flow != Flow::On)
                return flow;
        }
        return Flow::On;
    }

    Done one(const Node& node, const Value& dot)
    {
        if (++m_steps > kMostSteps || m_out.size() > kMostText)
            return Error{.message = "template produces too much", .kind = ErrorKind::Limit};
        switch (node.kind) {
        case Node::Kind::Text: m_out += node.text; return Flow::On;
        case Node::Kind::Break: return Flow::Break;
        case Node::Kind::Continue: return Flow::Continue;
        case Node::Kind::Template: return call(node, dot);
        case Node::Kind::Action: {
            HF_TRY(const Value value, evaluate(node.pipeline, dot));
            if (node.pipeline.variables.empty())
                m_out += value.text();
            return Flow::On;
        }
        case Node::Kind::Range: return range(node, dot);
        case Node::Kind::If:
        case Node::Kind::With: break;
        }
        const std::size_t scope = m_variables.size();
        HF_TRY(const Value value, evaluate(node.pipeline, dot));
        const bool holds = value.truth();
        auto flow = nodes(holds ? node.body : node.otherwise, holds && node.kind == Node::Kind::With ? value : dot);
        m_variables.resize(scope);
        return flow;
    }

    Done call(const Node& node, const Value& dot)
    {
        const auto found = m_syntax.defined.find(node.text);
        if (found == m_syntax.defined.end())
            return Error{.message = "template " + goQuoted(node.text) + " not defined", .kind = ErrorKind::BadInput};
        Value data;
        if (node.hasPipeline) {
            HF_TRY(data, evaluate(node.pipeline, dot));
        }
        if (++m_calls > kMostCalls)
            return Error{.message = "templates call each other too deeply", .kind = ErrorKind::Limit};
        auto outside = std::exchange(m_variables, {{"$", data}});
        auto flow = nodes(found->second, data);
        m_variables = std::move(outside);
        --m_calls;
        if (!flow.ok())
            return flow;
        return Flow::On;
    }

    Done range(const Node& node, const Value& dot)
    {
        const std::size_t scope = m_variables.size();
        Pipeline plain = node.pipeline;
        plain.variables.clear();
        HF_TRY(const Value over, evaluate(plain, dot));
        std::vector<std::pair<Value, Value>> items;
        if (const auto* list = std::get_if<Value::List>(&over.data)) {
            for (std::size_t i = 0; *list && i < (*list)->size(); ++i)
                items.emplace_back(Value{static_cast<std::int64_t>(i)}, (**list)[i]);
        } else if (const auto* map = std::get_if<std::shared_ptr<const TextMap>>(&over.data)) {
            for (const auto& [key, value] : **map)
                items.emplace_back(makeText(key), makeText(value));
        } else if (const auto* fields = std::get_if<std::shared_ptr<const Fields>>(&over.data)) {
            for (const auto& [key, value] : **fields)
                items.emplace_back(makeText(key), value);
        } else if (const auto* count = std::get_if<std::int64_t>(&over.data)) {
            for (std::int64_t i = 0; i < std::min<std::int64_t>(*count, kMostSteps); ++i)
                items.emplace_back(Value{i}, Value{i});
        } else if (!over.isNil()) {
            return Error{.message = "range can't iterate over " + over.text(), .kind = ErrorKind::BadInput};
        }
        if (items.empty())
            return nodes(node.otherwise, dot);
        const auto& names = node.pipeline.variables;
        for (const auto& [key, value] : items) {
            if (names.size() == 1)
                set(names[0], value, node.pipeline.declares);
            if (names.size() == 2) {
                set(names[0], key, node.pipeline.declares);
                set(names[1], value, node.pipeline.declares);
            }
            const auto flow = nodes(node.body, value);
            m_variables.resize(scope);
            if (!flow.ok())
                return flow.error();
            if (*flow == Flow::Break)
                break;
        }
        return Flow::On;
    }

    void set(const std::string& name, const Value& value, bool declares)
    {
        if (!declares) {
            const auto found = std::find_if(m_variables.rbegin(), m_variables.rend(),
                                            [&](const auto& variable) { return variable.first == name; });
            if (found != m_variables.rend()) {
                found->second = value;
                return;
            }
        }
        m_variables.emplace_back(name, value);
    }

    Result<Value> evaluate(const Pipeline& pipeline, const Value& dot)
    {
        std::optional<Value> previous;
        for (const Command& command : pipeline.commands) {
            HF_TRY(auto value, stage(command, dot, previous).in(std::to_string(pipeline.line)));
            previous = std::move(value);
        }
        for (const auto& name : pipeline.variables)
            set(name, *previous, pipeline.declares);
        return *previous;
    }

    Result<Value> stage(const Command& command, const Value& dot, const std::optional<Value>& previous)
    {
        const Operand& head = command.operands.front();
        if (head.kind != Operand::Kind::Function) {
            if (command.operands.size() > 1 || previous)
                return Error{.message = "can't give argument to non-function " + describe(head),
                             .kind = ErrorKind::BadInput};
            return operand(head, dot);
        }
        if (head.name == "and" || head.name == "or")
            return lazy(command, dot, previous);
        std::vector<Value> arguments;
        for (std::size_t i = 1; i < command.operands.size(); ++i) {
            HF_TRY(auto argument, operand(command.operands[i], dot));
            arguments.push_back(std::move(argument));
        }
        if (previous)
            arguments.push_back(*previous);
        return callFunction(head.name, arguments, m_context);
    }

    /// `and` gives the first false argument, `or` the first true one; the rest is not evaluated.
    Result<Value> lazy(const Command& command, const Value& dot, const std::optional<Value>& previous)
    {
        const bool stopsAt = command.operands.front().name == "or";
        Value value;
        const std::size_t given = command.operands.size() - 1;
        if (given == 0 && !previous)
            return Error{.message = "wrong number of args for " + command.operands.front().name,
                         .kind = ErrorKind::BadInput};
        for (std::size_t i = 0; i < given + (previous ? 1 : 0); ++i) {
            if (i < given) {
                HF_TRY(value, operand(command.operands[i + 1], dot));
            } else {
                value = *previous;
            }
            if (value.truth() == stopsAt)
                break;
        }
        return value;
    }

    static std::string describe(const Operand& head)
    {
        return head.kind == Operand::Kind::Literal ? head.literal.text()
               : head.fields.empty()               ? head.name
                                                   : head.fields.back();
    }

    Result<Value> operand(const Operand& from, const Value& dot)
    {
        Value value;
        switch (from.kind) {
        case Operand::Kind::Literal: value = from.literal; break;
        case Operand::Kind::Dot: value = dot; break;
        case Operand::Kind::Nested: {
            HF_TRY(value, evaluate(*from.nested, dot));
            break;
        }
        case Operand::Kind::Variable: {
            const auto found = std::find_if(m_variables.rbegin(), m_variables.rend(),
                                            [&](const auto& variable) { return variable.first == from.name; });
            if (found == m_variables.rend())
                return Error{.message = "undefined variable: " + from.name, .kind = ErrorKind::BadInput};
            value = found->second;
            break;
        }
        case Operand::Kind::Function: {
            HF_TRY(value, callFunction(from.name, {}, m_context));
            break;
        }
        }
        for (const auto& name : from.fields) {
            HF_TRY(value, field(value, name));
        }
        return value;
    }

    static Result<Value> field(const Value& of, const std::string& name)
    {
        if (const auto* map = std::get_if<std::shared_ptr<const TextMap>>(&of.data)) {
            const auto found = (*map)->find(name);
            return makeText(found == (*map)->end() ? std::string() : found->second);
        }
        if (const auto* fields = std::get_if<std::shared_ptr<const Fields>>(&of.data)) {
            const auto found = (*fields)->find(name);
            if (found != (*fields)->end())
                return found->second;
        }
        if (const auto* sample = std::get_if<SampleValue>(&of.data)) {
            if (name == "Labels")
                return Value{sample->labels};
            if (name == "Value")
                return Value{sample->value};
        }
        return Error{.message = "can't evaluate field " + name + " in type " + of.typeName(),
                     .kind = ErrorKind::BadInput};
    }

    const Syntax& m_syntax;
    const FunctionContext& m_context;
    std::vector<std::pair<std::string, Value>> m_variables;
    std::string m_out;
    int m_steps = 0;
    int m_calls = 0;
};

}  // namespace

Result<std::string> execute(const Syntax& syntax, const Value& dot, const Fields& variables,
                            const FunctionContext& context)
{
    return Executor(syntax, context).run(dot, variables);
}

}  // namespace holdfast::rules::tmpl
