#pragma once

#include "app/base/duration.h"
#include "app/base/number_text.h"
#include "app/base/result.h"
#include "app/model/label_set.h"
#include "app/model/sample.h"
#include "app/promql/syntax/literal.h"

#include <cctype>
#include <cstdint>
#include <optional>
#include <regex>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace holdfast::tests {

/// One point of a series description: a number, a staleness marker, nothing, or a native histogram (kept as "is one").
struct ScriptPoint {
    enum class Kind { Number, Stale, Omitted, Histogram };
    Kind kind = Kind::Omitted;
    double value = 0;
};

struct ScriptSeries {
    LabelSet labels;
    std::vector<ScriptPoint> points;
};

struct ScriptLoad {
    int line = 0;
    std::int64_t step = 0;  ///< ms
    std::vector<ScriptSeries> series;
    bool withCustomBuckets = false;  ///< load_with_nhcb
    bool withStartTimes = false;
};

struct ScriptClear {};

struct ScriptNote {
    std::string kind;  ///< warn, no_warn, info, no_info
    bool regex = false;
    std::string text;  ///< empty: any
};

struct ScriptEval {
    int line = 0;
    std::string expression;
    bool isRange = false;
    std::int64_t start = 0;
    std::int64_t end = 0;
    std::int64_t step = 0;
    bool fails = false;
    bool ordered = false;
    std::string failText;
    bool failRegex = false;
    std::vector<ScriptNote> notes;
    std::vector<ScriptSeries> expected;
    std::optional<double> scalar;
    std::optional<std::string> text;
    bool rangeVector = false;
    std::int64_t vectorStart = 0;
    std::int64_t vectorStep = 0;

    [[nodiscard]] bool expectsHistogram() const
    {
        for (const ScriptSeries& one : expected) {
            for (const ScriptPoint& point : one.points) {
                if (point.kind == ScriptPoint::Kind::Histogram)
                    return true;
            }
        }
        return false;
    }
};

using ScriptCommand = std::variant<ScriptClear, ScriptLoad, ScriptEval>;

/// Reader of the test notation of Prometheus (promql/promqltest/README.md): load, clear, eval instant|range, expect.
/// The script's clock starts at the epoch; point i of a series lies at i × step. One thread at a time.
class ScriptReader {
public:
    static Result<std::vector<ScriptCommand>> read(std::string_view text)
    {
        ScriptReader reader(text);
        std::vector<ScriptCommand> out;
        while (reader.m_at < reader.m_lines.size()) {
            const std::string line = reader.m_lines[reader.m_at];
            if (line.empty()) {
                ++reader.m_at;
            } else if (line.starts_with("clear")) {
                ++reader.m_at;
                out.emplace_back(ScriptClear{});
            } else if (line.starts_with("load")) {
                HF_TRY(ScriptLoad load, reader.load());
                out.emplace_back(std::move(load));
            } else if (line.starts_with("eval")) {
                HF_TRY(ScriptEval eval, reader.eval());
                out.emplace_back(std::move(eval));
            } else {
                return Error{"line " + std::to_string(reader.m_at + 1) + ": not a command: " + line};
            }
        }
        return out;
    }

    /// "name{a="b"} 1 2+1x3 _ stale".
    static Result<ScriptSeries> series(std::string_view text)
    {
        std::size_t at = 0;
        std::vector<Label> labels;
        while (at < text.size()
               && (std::isalnum(static_cast<unsigned char>(text[at])) || text[at] == '_' || text[at] == ':'))
            ++at;
        if (at > 0)
            labels.push_back({std::string(kMetricName), std::string(text.substr(0, at))});
        if (at < text.size() && text[at] == '{') {
            HF_TRY(at, braces(text, at + 1, labels));
        }
        ScriptSeries out{LabelSet(std::move(labels)), {}};
        HF_CHECK(points(text.substr(at), out.points));
        return out;
    }

private:
    explicit ScriptReader(std::string_view text)
    {
        while (true) {
            const std::size_t end = text.find('\n');
            std::string line = trimmed(text.substr(0, end));
            m_lines.push_back(line.starts_with('#') ? "" : std::move(line));
            if (end == std::string_view::npos)
                break;
            text.remove_prefix(end + 1);
        }
    }

    static std::string trimmed(std::string_view text)
    {
        while (!text.empty() && std::isspace(static_cast<unsigned char>(text.front())))
            text.remove_prefix(1);
        while (!text.empty() && std::isspace(static_cast<unsigned char>(text.back())))
            text.remove_suffix(1);
        return std::string(text);
    }

    static std::int64_t duration(std::string_view text)
    {
        const auto ms = parseDuration(trimmed(text));
        return ms ? *ms : -1;
    }

    /// A quoted text at `at`; the position after it.
    static Result<std::size_t> quoted(std::string_view text, std::size_t at, std::string& out)
    {
        std::size_t end = at + 1;
        while (end < text.size() && text[end] != text[at])
            end += text[end] == '\\' && text[at] != '`' ? 2 : 1;
        if (end >= text.size())
            return Error{"unterminated text: " + std::string(text)};
        HF_TRY(out, promql::unquote(text.substr(at, end + 1 - at)));
        return end + 1;
    }

    static Result<std::size_t> braces(std::string_view text, std::size_t at, std::vector<Label>& labels)
    {
        const auto skip = [&](std::string_view which) {
            while (at < text.size() && which.find(text[at]) != std::string_view::npos)
                ++at;
        };
        while (true) {
            skip(" \t,");
            if (at >= text.size())
                return Error{"unclosed brace: " + std::string(text)};
            if (text[at] == '}')
                return at + 1;
            std::string name;
            if (text[at] == '"' || text[at] == '\'' || text[at] == '`') {
                HF_TRY(at, quoted(text, at, name));
            } else {
                const std::size_t start = at;
                while (at < text.size() && (std::isalnum(static_cast<unsigned char>(text[at])) || text[at] == '_'))
                    ++at;
                if (at == start)
                    return Error{"bad label: " + std::string(text)};
                name = text.substr(start, at - start);
            }
            skip(" \t");
            if (at < text.size() && text[at] == '=') {
                ++at;
                skip(" \t");
                std::string value;
                HF_TRY(at, quoted(text, at, value));
                labels.push_back({name, value});
            } else {
                labels.push_back({std::string(kMetricName), name});
            }
        }
    }

    static Result<void> points(std::string_view text, std::vector<ScriptPoint>& out)
    {
        static const std::regex item(
            R"(([+-]?(?:(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|inf|nan)|stale|_)([+-](?:(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|inf|nan))?(?:x(\d+))?)",
            std::regex::icase);
        std::size_t at = 0;
        while (at < text.size()) {
            if (std::isspace(static_cast<unsigned char>(text[at]))) {
                ++at;
                continue;
            }
            const std::size_t start = at;
            int depth = 0;
            while (at < text.size() && (depth > 0 || !std::isspace(static_cast<unsigned char>(text[at])))) {
                depth += text[at] == '{' ? 1 : text[at] == '}' ? -1 : 0;
                ++at;
            }
            const std::string word(text.substr(start, at - start));
            if (word.starts_with("{{")) {
                const std::size_t times = word.rfind('x');
                const bool repeated = times != std::string::npos && word.find('}', times) == std::string::npos;
                const int n = repeated ? std::stoi(word.substr(times + 1)) : 0;
                out.insert(out.end(), static_cast<std::size_t>(n) + 1, {ScriptPoint::Kind::Histogram, 0});
                continue;
            }
            std::smatch match;
            if (!std::regex_match(word, match, item)) {
                const std::int64_t ms = duration(word[0] == '-' ? std::string_view(word).substr(1) : word);
                if (ms < 0)
                    return Error{"bad value: " + word};
                out.push_back(
                    {ScriptPoint::Kind::Number, (word[0] == '-' ? -1.0 : 1.0) * static_cast<double>(ms) / 1000});
                continue;
            }
            const std::string first = match[1].str();
            const int repeat = match[3].matched ? std::stoi(match[3].str()) : 0;
            if (first == "_") {
                out.insert(out.end(), static_cast<std::size_t>(match[3].matched ? repeat : 1), {});
                continue;
            }
            if (first == "stale") {
                out.insert(out.end(), static_cast<std::size_t>(repeat) + 1, {ScriptPoint::Kind::Stale, 0});
                continue;
            }
            double value = parseDouble(first).value_or(0);
            const double step = match[2].matched ? parseDouble(match[2].str()).value_or(0) : 0;
            for (int i = 0; i <= repeat; ++i) {
                out.push_back({ScriptPoint::Kind::Number, value});
                if (match[2].matched)
                    value += step;
            }
        }
        return {};
    }

    Result<ScriptLoad> load()
    {
        static const std::regex head(R"(load(_with_nhcb)?\s+(\S+))");
        std::smatch match;
        const std::string line = m_lines[m_at];
        if (!std::regex_match(line, match, head))
            return Error{"line " + std::to_string(m_at + 1) + ": bad load"};
        ScriptLoad out;
        out.line = static_cast<int>(m_at) + 1;
        out.step = duration(match[2].str());
        out.withCustomBuckets = match[1].matched;
        for (++m_at; m_at < m_lines.size() && !m_lines[m_at].empty(); ++m_at) {
            const std::string& text = m_lines[m_at];
            if (text.substr(0, text.find_first_of(" \t")).ends_with("@st")) {
                out.withStartTimes = true;
                continue;
            }
            auto one = series(text);
            if (!one)
                return std::move(one).error().in("line " + std::to_string(m_at + 1));
            out.series.push_back(*std::move(one));
        }
        return out;
    }

    Result<ScriptEval> eval()
    {
        static const std::regex instant(R"(eval(?:_(fail|warn|ordered|info))?\s+instant\s+(?:at\s+(\S+)\s+)?(.+))");
        static const std::regex range(
            R"(eval(?:_(fail|warn|info))?\s+range\s+from\s+(\S+)\s+to\s+(\S+)\s+step\s+(\S+)\s+(.+))");
        const std::string line = m_lines[m_at];
        ScriptEval out;
        out.line = static_cast<int>(m_at) + 1;
        std::smatch match;
        if (std::regex_match(line, match, instant)) {
            out.start = out.end = match[2].matched ? duration(match[2].str()) : 0;
            out.expression = match[3].str();
        } else if (std::regex_match(line, match, range)) {
            out.isRange = true;
            out.start = duration(match[2].str());
            out.end = duration(match[3].str());
            out.step = duration(match[4].str());
            out.expression = match[5].str();
        } else {
            return Error{"line " + std::to_string(m_at + 1) + ": bad eval"};
        }
        const std::string mode = match[1].str();
        out.fails = mode == "fail";
        out.ordered = mode == "ordered";
        if (mode == "warn" || mode == "info")
            out.notes.push_back({mode, false, ""});
        for (++m_at; m_at < m_lines.size() && !m_lines[m_at].empty(); ++m_at) {
            auto done = expectation(m_lines[m_at], out);
            if (!done)
                return std::move(done).error().in("line " + std::to_string(m_at + 1));
        }
        return out;
    }

    static Result<void> expectation(const std::string& line, ScriptEval& out)
    {
        static const std::regex vector(R"(expect range vector\s+from\s+(\S+)\s+to\s+(\S+)\s+step\s+(\S+))");
        static const std::regex expect(
            R"(expect\s+(ordered|fail|warn|no_warn|info|no_info)(?:\s+(regex|msg):\s*(.+))?)");
        std::smatch match;
        if (std::regex_match(line, match, vector)) {
            out.rangeVector = true;
            out.vectorStart = duration(match[1].str());
            out.end = duration(match[2].str());
            out.vectorStep = duration(match[3].str());
            return {};
        }
        if (line.starts_with("expect string ")) {
            HF_TRY(out.text, promql::unquote(trimmed(std::string_view(line).substr(14))));
            return {};
        }
        if (std::regex_match(line, match, expect)) {
            const std::string kind = match[1].str();
            if (kind == "ordered") {
                out.ordered = true;
            } else if (kind == "fail") {
                out.fails = true;
                out.failRegex = match[2].str() == "regex";
                out.failText = trimmed(match[3].str());
            } else {
                out.notes.push_back({kind, match[2].str() == "regex", trimmed(match[3].str())});
            }
            return {};
        }
        if (line.starts_with("expected_fail_message ") || line.starts_with("expected_fail_regexp ")) {
            out.failRegex = line.starts_with("expected_fail_regexp");
            out.failText = trimmed(std::string_view(line).substr(line.find(' ')));
            return {};
        }
        if (const auto number = promql::parseNumberLiteral(line)) {
            out.scalar = *number;
            return {};
        }
        HF_TRY(ScriptSeries one, series(line));
        out.expected.push_back(std::move(one));
        return {};
    }

    std::vector<std::string> m_lines;
    std::size_t m_at = 0;
};

}  // namespace holdfast::tests
