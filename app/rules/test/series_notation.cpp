#include "app/rules/test/series_notation.h"

#include "app/base/number_text.h"
#include "app/model/sample.h"
#include "app/promql/syntax/parser.h"

#include <algorithm>
#include <charconv>

namespace holdfast::rules {

namespace {

constexpr std::size_t kMostValues = 10'000'000;  // guessed: a year at 3 s

class Values {
public:
    explicit Values(std::string_view text) : m_text(text) {}

    Result<std::vector<std::optional<double>>> run()
    {
        while (skipSpace()) {
            HF_CHECK(item());
            if (m_at < m_text.size() && !isSpace(m_text[m_at]))
                return error("unexpected '" + std::string(1, m_text[m_at]) + "' in series values");
        }
        return std::move(m_out);
    }

private:
    static bool isSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
    static bool isDigit(char c) { return c >= '0' && c <= '9'; }

    bool skipSpace()
    {
        while (m_at < m_text.size() && isSpace(m_text[m_at]))
            ++m_at;
        return m_at < m_text.size();
    }

    [[nodiscard]] Error error(std::string message) const
    {
        return {.message = "1:" + std::to_string(m_at + 1) + ": " + std::move(message), .kind = ErrorKind::BadInput};
    }

    bool word(std::string_view word)
    {
        if (!m_text.substr(m_at).starts_with(word))
            return false;
        m_at += word.size();
        return true;
    }

    /// A number with or without sign; stops before "x" and before the sign of an increment.
    Result<double> number()
    {
        const std::size_t begin = m_at;
        if (m_at < m_text.size() && (m_text[m_at] == '+' || m_text[m_at] == '-'))
            ++m_at;
        const auto letters = [&](std::string_view lower) {
            const auto part = m_text.substr(m_at, lower.size());
            return std::ranges::equal(part, lower, {}, [](char c) { return static_cast<char>(c | 0x20); });
        };
        if (letters("inf") || letters("nan")) {
            m_at += 3;
        } else {
            while (m_at < m_text.size()
                   && (isDigit(m_text[m_at]) || m_text[m_at] == '.'
                       || ((m_text[m_at] == 'e' || m_text[m_at] == 'E') && m_at + 1 < m_text.size()))) {
                const bool exponent = m_text[m_at] == 'e' || m_text[m_at] == 'E';
                ++m_at;
                if (exponent && (m_text[m_at] == '+' || m_text[m_at] == '-'))
                    ++m_at;
            }
        }
        const auto parsed = parseDouble(m_text.substr(begin, m_at - begin));
        if (!parsed) {
            m_at = begin;
            return error("unexpected \"" + std::string(m_text.substr(begin, 12)) + "\" in series values");
        }
        return *parsed;
    }

    Result<std::size_t> times()
    {
        std::size_t n = 0;
        const auto end = std::from_chars(m_text.data() + m_at, m_text.data() + m_text.size(), n);
        if (end.ec != std::errc() || n > kMostValues)
            return error("invalid repetition in series values");
        m_at = static_cast<std::size_t>(end.ptr - m_text.data());
        return n;
    }

    Result<void> item()
    {
        if (word("_")) {
            std::size_t n = 1;
            if (word("x")) {
                HF_TRY(n, times());
            }
            m_out.insert(m_out.end(), n, std::nullopt);
            return bounded();
        }
        if (word("stale")) {
            m_out.emplace_back(staleMarker());
            return {};
        }
        if (m_text.substr(m_at).starts_with("{{"))
            return error("native histograms are not supported in series values");
        HF_TRY(double value, number());
        double step = 0;
        const bool steps = m_at < m_text.size() && (m_text[m_at] == '+' || m_text[m_at] == '-');
        if (steps) {
            HF_TRY(step, number());
        }
        std::size_t n = 0;
        if (word("x")) {
            HF_TRY(n, times());
        } else if (steps) {
            return error("expected \"x\" and the number of repetitions");
        }
        if (n + m_out.size() > kMostValues)
            return error("too many values");
        for (std::size_t i = 0; i <= n; ++i) {
            m_out.emplace_back(value);
            value += step;
        }
        return {};
    }

    Result<void> bounded() const
    {
        if (m_out.size() > kMostValues)
            return error("too many values");
        return {};
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    std::vector<std::optional<double>> m_out;
};

}  // namespace

Result<LabelSet> parseMetric(std::string_view text)
{
    const auto first = text.find_first_not_of(" \t\n");
    if (first == std::string_view::npos)
        return LabelSet();
    const auto body = text.substr(first);
    // `{}` is a metric without labels, but no selector.
    if (body.starts_with('{') && body.substr(1).find_first_not_of(" \t\n") != std::string_view::npos
        && body[1 + body.substr(1).find_first_not_of(" \t\n")] == '}')
        return LabelSet();
    HF_TRY(const auto matchers, promql::parseSelector(body));
    std::vector<Label> labels;
    for (const auto& matcher : matchers) {
        if (matcher.type != MatchType::Equal)
            return Error{.message = "a series has label=\"value\" only, not other matchers",
                         .kind = ErrorKind::BadInput};
        labels.push_back({matcher.name, matcher.value});
    }
    return LabelSet(std::move(labels));
}

Result<std::vector<std::optional<double>>> parseSeriesValues(std::string_view text)
{
    return Values(text).run();
}

}  // namespace holdfast::rules
