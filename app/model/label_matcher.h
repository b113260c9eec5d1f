#pragma once

#include <string>

namespace holdfast {

enum class MatchType { Equal, NotEqual, Regex, NotRegex };

/// A condition on one label. An absent label counts as the empty value. Regular expressions are RE2's and
/// anchored at both ends; they are compiled where they are evaluated. Value type.
struct LabelMatcher {
    MatchType type = MatchType::Equal;
    std::string name;
    std::string value;
    bool operator==(const LabelMatcher&) const = default;
};

}  // namespace holdfast
