#pragma once

#include <string_view>

namespace holdfast::config {

/// Well-formed enough to be stored and sent: every sequence is complete.
[[nodiscard]] bool isUtf8Text(std::string_view text);

/// What Prometheus 3 takes for the name of a label: any UTF-8 text that is not empty.
/// Source: Prometheus common/model, LabelName.IsValid under UTF8Validation.
[[nodiscard]] bool isLabelName(std::string_view name);

}  // namespace holdfast::config
