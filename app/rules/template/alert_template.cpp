#include "app/rules/template/alert_template.h"

namespace holdfast::rules {

Result<AlertTemplate> AlertTemplate::parse(std::string_view text)
{
    AlertTemplate out{std::string(text)};
    if (text.find("{{") == std::string_view::npos)
        return out;
    HF_TRY(auto syntax, tmpl::parseTemplate(text, {"$labels", "$value", "$externalLabels", "$externalURL"}));
    out.m_syntax = std::make_shared<const tmpl::Syntax>(std::move(syntax));
    return out;
}

Result<std::string> AlertTemplate::expand(const Data& data, const tmpl::FunctionContext& context) const
{
    if (!m_syntax)
        return m_plain;
    const auto labels = tmpl::makeLabels(data.labels);
    const auto external = tmpl::makeLabels(data.externalLabels);
    const auto url = tmpl::makeText(context.externalUrl);
    const tmpl::Value value{data.value};
    auto dot = std::make_shared<tmpl::Fields>();
    dot->emplace("Labels", labels);
    dot->emplace("Value", value);
    dot->emplace("ExternalLabels", external);
    dot->emplace("ExternalURL", url);
    const tmpl::Fields variables{
        {"$labels", labels}, {"$value", value}, {"$externalLabels", external}, {"$externalURL", url}};
    return tmpl::execute(*m_syntax, tmpl::Value{std::shared_ptr<const tmpl::Fields>(std::move(dot))}, variables,
                         context);
}

}  // namespace holdfast::rules
