#pragma once

#include "app/promql/engine.h"

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <variant>
#include <vector>

namespace holdfast::rules::tmpl {

using TextMap = std::map<std::string, std::string>;

/// One element of a query's answer, as templates see it: .Labels and .Value.
struct SampleValue {
    std::shared_ptr<const TextMap> labels;
    double value = 0;
};

struct Value;
using Fields = std::map<std::string, Value>;

/// What a template's pipeline works on; a value cheap to copy. Immutable.
struct Value {
    using List = std::shared_ptr<const std::vector<Value>>;
    std::variant<std::monostate, bool, std::int64_t, double, std::string, std::shared_ptr<const TextMap>, SampleValue,
                 List, std::shared_ptr<const Fields>>
        data;

    [[nodiscard]] bool isNil() const { return data.index() == 0; }
    /// Empty strings, maps and lists, zero, false and nil are false. Source: Go text/template, IsTrue.
    [[nodiscard]] bool truth() const;
    /// As Go's fmt prints it with %v.
    [[nodiscard]] std::string text() const;
    /// Go's name of its type, for error messages.
    [[nodiscard]] const char* typeName() const;
};

[[nodiscard]] Value makeText(std::string text);
[[nodiscard]] Value makeLabels(const LabelSet& labels);
[[nodiscard]] Value makeSamples(const promql::InstantVector& vector);

}  // namespace holdfast::rules::tmpl
