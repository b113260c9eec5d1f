#include "app/rules/template/value.h"

#include "app/base/number_text.h"

namespace holdfast::rules::tmpl {

namespace {

template <typename... F>
struct Overloaded : F... {
    using F::operator()...;
};
template <typename... F>
Overloaded(F...) -> Overloaded<F...>;

std::string mapText(const TextMap& map)
{
    std::string out = "map[";
    for (const auto& [key, value] : map) {
        if (out.back() != '[')
            out += ' ';
        out += key + ':' + value;
    }
    return out + ']';
}

}  // namespace

bool Value::truth() const
{
    return std::visit(Overloaded{
                          [](std::monostate) { return false; },
                          [](bool b) { return b; },
                          [](std::int64_t i) { return i != 0; },
                          [](double d) { return d != 0; },
                          [](const std::string& s) { return !s.empty(); },
                          [](const std::shared_ptr<const TextMap>& m) { return m && !m->empty(); },
                          [](const SampleValue&) { return true; },
                          [](const List& l) { return l && !l->empty(); },
                          [](const std::shared_ptr<const Fields>& f) { return f && !f->empty(); },
                      },
                      data);
}

std::string Value::text() const
{
    return std::visit(Overloaded{
                          [](std::monostate) { return std::string("<no value>"); },
                          [](bool b) { return std::string(b ? "true" : "false"); },
                          [](std::int64_t i) { return std::to_string(i); },
                          [](double d) { return numberText(d); },
                          [](const std::string& s) { return s; },
                          [](const std::shared_ptr<const TextMap>& m) { return m ? mapText(*m) : "map[]"; },
                          [](const SampleValue& s) {
                              return "{" + (s.labels ? mapText(*s.labels) : "map[]") + " " + numberText(s.value) + "}";
                          },
                          [](const List& l) {
                              std::string out = "[";
                              for (std::size_t i = 0; l && i < l->size(); ++i)
                                  out += (i ? " " : "") + (*l)[i].text();
                              return out + "]";
                          },
                          [](const std::shared_ptr<const Fields>& f) {
                              std::string out = "map[";
                              for (const auto& [key, value] : *f)
                                  out += (out.back() == '[' ? "" : " ") + key + ":" + value.text();
                              return out + "]";
                          },
                      },
                      data);
}

const char* Value::typeName() const
{
    constexpr const char* kNames[] = {"nil",    "bool",  "int", "float64", "string", "map[string]string",
                                      "sample", "slice", "map"};
    return kNames[data.index()];
}

Value makeText(std::string text)
{
    return Value{std::move(text)};
}

Value makeLabels(const LabelSet& labels)
{
    auto map = std::make_shared<TextMap>();
    for (const auto& label : labels)
        map->emplace(label.name, label.value);
    return Value{std::shared_ptr<const TextMap>(std::move(map))};
}

Value makeSamples(const promql::InstantVector& vector)
{
    auto list = std::make_shared<std::vector<Value>>();
    for (const auto& element : vector) {
        auto map = std::make_shared<TextMap>();
        for (const auto& label : *element.labels)
            map->emplace(label.name, label.value);
        list->push_back(Value{SampleValue{std::move(map), element.sample.v}});
    }
    return Value{Value::List(std::move(list))};
}

}  // namespace holdfast::rules::tmpl
