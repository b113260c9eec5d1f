#pragma once

#include "app/rules/template/execute.h"

#include <memory>
#include <string>
#include <string_view>

namespace holdfast::rules {

/// Text of a label or annotation of an alerting rule: Go's template language with Prometheus's functions, and
/// $labels, $value, $externalLabels, $externalURL. Parsed once, expanded at each evaluation. Immutable.
/// Source: Prometheus rules/alerting.go, Eval; template/template.go.
class AlertTemplate {
public:
    struct Data {
        LabelSet labels;
        double value = 0;
        LabelSet externalLabels;
    };

    /// BadInput, with the line inside the text, for a template that does not parse.
    [[nodiscard]] static Result<AlertTemplate> parse(std::string_view text);

    [[nodiscard]] Result<std::string> expand(const Data& data, const tmpl::FunctionContext& context) const;

private:
    explicit AlertTemplate(std::string plain) : m_plain(std::move(plain)) {}

    std::string m_plain;  ///< the text itself where there is nothing to expand
    std::shared_ptr<const tmpl::Syntax> m_syntax;
};

}  // namespace holdfast::rules
