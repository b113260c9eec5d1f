#include "app/store/matchers.h"

#include <re2/re2.h>

#include <utility>

namespace holdfast::store {

CompiledMatcher::CompiledMatcher(LabelMatcher matcher) : m_matcher(std::move(matcher)) {}
CompiledMatcher::CompiledMatcher(CompiledMatcher&&) noexcept = default;
CompiledMatcher& CompiledMatcher::operator=(CompiledMatcher&&) noexcept = default;
CompiledMatcher::~CompiledMatcher() = default;

Result<CompiledMatcher> CompiledMatcher::compile(const LabelMatcher& matcher)
{
    CompiledMatcher out(matcher);
    if (matcher.type == MatchType::Regex || matcher.type == MatchType::NotRegex) {
        re2::RE2::Options options;
        options.set_log_errors(false);
        options.set_dot_nl(true);
        out.m_expression = std::make_unique<re2::RE2>(matcher.value, options);
        if (!out.m_expression->ok())
            return Error{"the regular expression for label " + matcher.name + " is wrong: " + out.m_expression->error(),
                         ErrorKind::BadInput};
    }
    out.m_matchesEmpty = out.matches({});
    return out;
}

bool CompiledMatcher::matches(std::string_view value) const
{
    switch (m_matcher.type) {
    case MatchType::Equal: return value == m_matcher.value;
    case MatchType::NotEqual: return value != m_matcher.value;
    case MatchType::Regex: return re2::RE2::FullMatch({value.data(), value.size()}, *m_expression);
    case MatchType::NotRegex: return !re2::RE2::FullMatch({value.data(), value.size()}, *m_expression);
    }
    return false;
}

Result<std::vector<CompiledMatcher>> compileMatchers(std::span<const LabelMatcher> matchers)
{
    std::vector<CompiledMatcher> out;
    for (const LabelMatcher& matcher : matchers) {
        HF_TRY(CompiledMatcher compiled, CompiledMatcher::compile(matcher));
        out.push_back(std::move(compiled));
    }
    return out;
}

}  // namespace holdfast::store
