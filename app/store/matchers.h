#pragma once

#include "app/base/result.h"
#include "app/model/label_matcher.h"

#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace re2 {
class RE2;
}

namespace holdfast::store {

/// A matcher ready to be asked often: its regular expression compiled, anchored, dot matching newlines.
/// Source: Prometheus 3 model/labels/regexp.go, "^(?s:" + expression + ")$". Safe to share once made.
class CompiledMatcher {
public:
    /// BadInput with the reason when the expression is not RE2's.
    static Result<CompiledMatcher> compile(const LabelMatcher& matcher);
    CompiledMatcher(CompiledMatcher&&) noexcept;
    CompiledMatcher& operator=(CompiledMatcher&&) noexcept;
    ~CompiledMatcher();

    [[nodiscard]] const std::string& name() const { return m_matcher.name; }
    [[nodiscard]] const std::string& value() const { return m_matcher.value; }
    /// A plain `name="value"` with a value: the postings have the answer without looking.
    [[nodiscard]] bool isLookup() const { return m_matcher.type == MatchType::Equal && !m_matcher.value.empty(); }
    /// True when a series without the label matches.
    [[nodiscard]] bool matchesEmpty() const { return m_matchesEmpty; }
    [[nodiscard]] bool matches(std::string_view value) const;

private:
    explicit CompiledMatcher(LabelMatcher matcher);
    LabelMatcher m_matcher;
    std::unique_ptr<re2::RE2> m_expression;
    bool m_matchesEmpty = false;
};

[[nodiscard]] Result<std::vector<CompiledMatcher>> compileMatchers(std::span<const LabelMatcher> matchers);

}  // namespace holdfast::store
