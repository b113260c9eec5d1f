#pragma once

#include "app/base/number_text.h"
#include "app/promql/engine.h"
#include "tests/support/memory_querier.h"
#include "tests/support/promql_script.h"

#include <cmath>
#include <limits>
#include <map>
#include <regex>
#include <string>

namespace holdfast::tests {

/// Puts the points of a load command into a querier; native histograms are left out.
inline void loadInto(MemoryQuerier& querier, const ScriptLoad& load)
{
    for (const ScriptSeries& series : load.series) {
        for (std::size_t i = 0; i < series.points.size(); ++i) {
            const ScriptPoint& point = series.points[i];
            const std::int64_t t = load.step * static_cast<std::int64_t>(i);
            if (point.kind == ScriptPoint::Kind::Number)
                querier.add(series.labels, t, point.value);
            else if (point.kind == ScriptPoint::Kind::Stale)
                querier.add(series.labels, t, staleMarker());
        }
    }
}

/// Compares answers with what a script expects. Each function returns an empty text, or what differs.
class ScriptJudge {
public:
    explicit ScriptJudge(const promql::Engine& engine) : m_engine(engine) {}

    /// Evaluates as the script says; an instant also as the middle step of a range.
    std::string judge(const ScriptEval& eval) const
    {
        if (eval.isRange)
            return verdict(eval, m_engine.range(eval.expression, eval.start, eval.end, eval.step));
        std::string bad = verdict(eval, m_engine.instant(eval.expression, eval.end));
        static const std::regex context(R"((start|end|range|step)\(\))");
        const bool once =
            eval.fails || eval.rangeVector || eval.text || eval.ordered || std::regex_search(eval.expression, context);
        if (!bad.empty() || once)
            return bad;
        bad = middle(eval);
        return bad.empty() ? bad : "as a range: " + bad;
    }

    /// As promqltest compares: relative to the sum, 1e-6.
    static bool almostEqual(double a, double b)
    {
        if (std::isnan(a) && std::isnan(b))
            return true;
        if (a == b)
            return true;
        if (!std::isfinite(a) || !std::isfinite(b))
            return false;
        const double sum = std::fabs(a) + std::fabs(b);
        const double difference = std::fabs(a - b);
        constexpr double least = std::numeric_limits<double>::min();
        if (a == 0 || b == 0 || sum < least)
            return difference < 1e-6 * least;
        return difference / std::fmin(sum, std::numeric_limits<double>::max()) < 1e-6;
    }

private:
    std::string middle(const ScriptEval& eval) const
    {
        const std::int64_t t = eval.end;
        auto result = m_engine.range(eval.expression, t - 60'000, t + 60'000, 60'000);
        if (!result)
            return result.error().message;
        promql::InstantVector at;
        for (const promql::MatrixSeries& series : std::get<promql::Matrix>(result->value)) {
            for (const Sample& sample : series.samples) {
                if (sample.t == t)
                    at.push_back({series.labels, sample});
            }
        }
        if (eval.scalar)
            return at.size() == 1 && almostEqual(at[0].sample.v, *eval.scalar) ? "" : "scalar differs";
        return vector(eval, at);
    }

    static std::string verdict(const ScriptEval& eval, const Result<promql::QueryResult>& result)
    {
        if (eval.fails) {
            if (result)
                return "expected an error, got an answer";
            const std::string& message = result.error().message;
            if (eval.failText.empty())
                return "";
            const bool same =
                eval.failRegex ? std::regex_search(message, std::regex(eval.failText)) : message == eval.failText;
            return same ? "" : "error text: " + message;
        }
        if (!result)
            return "error: " + result.error().message;
        const promql::QueryResult& answer = *result;
        if (std::string bad = notes(eval, answer); !bad.empty())
            return bad;
        if (const auto* text = std::get_if<promql::StringValue>(&answer.value))
            return eval.text == text->text ? "" : "string differs: " + text->text;
        if (const auto* scalar = std::get_if<promql::ScalarValue>(&answer.value)) {
            if (!eval.scalar)
                return "expected a vector, got a scalar";
            return almostEqual(*eval.scalar, scalar->sample.v) ? "" : "scalar " + numberText(scalar->sample.v);
        }
        if (const auto* instant = std::get_if<promql::InstantVector>(&answer.value))
            return eval.scalar ? "expected a scalar, got a vector" : vector(eval, *instant);
        return matrix(eval, std::get<promql::Matrix>(answer.value));
    }

    static std::string notes(const ScriptEval& eval, const promql::QueryResult& answer)
    {
        for (const ScriptNote& note : eval.notes) {
            const bool warn = note.kind.ends_with("warn");
            const std::vector<std::string>& have = warn ? answer.warnings : answer.infos;
            if (note.kind.starts_with("no_")) {
                if (!have.empty())
                    return note.kind + ": got " + have.front();
                continue;
            }
            if (have.empty())
                return "expected " + note.kind + ", none given";
            bool found = note.text.empty();
            for (const std::string& one : have)
                found = found || (note.regex ? std::regex_search(one, std::regex(note.text)) : one == note.text);
            if (!found)
                return note.kind + " differs: " + have.front();
        }
        return "";
    }

    static std::string vector(const ScriptEval& eval, const promql::InstantVector& got)
    {
        std::map<LabelSet, std::pair<std::size_t, double>> wanted;
        for (std::size_t i = 0; i < eval.expected.size(); ++i) {
            const ScriptSeries& series = eval.expected[i];
            if (series.points.empty())
                return "script expects no number for " + series.labels.text();
            wanted[series.labels] = {i, series.points.front().value};
        }
        for (std::size_t i = 0; i < got.size(); ++i) {
            const auto at = wanted.find(*got[i].labels);
            if (at == wanted.end())
                return "unexpected " + got[i].labels->text() + " " + numberText(got[i].sample.v);
            if (eval.ordered && at->second.first != i)
                return "order: " + got[i].labels->text() + " at " + std::to_string(i);
            if (!almostEqual(at->second.second, got[i].sample.v))
                return got[i].labels->text() + ": expected " + numberText(at->second.second) + ", got "
                       + numberText(got[i].sample.v);
        }
        return got.size() == wanted.size()
                   ? ""
                   : "expected " + std::to_string(wanted.size()) + " series, got " + std::to_string(got.size());
    }

    static std::string matrix(const ScriptEval& eval, const promql::Matrix& got)
    {
        std::map<LabelSet, std::vector<Sample>> wanted;
        const std::int64_t start = eval.rangeVector ? eval.vectorStart : eval.start;
        const std::int64_t step = eval.rangeVector ? eval.vectorStep : eval.step;
        std::vector<ScriptSeries> expected = eval.expected;
        if (eval.scalar) {
            const auto n = static_cast<std::size_t>((eval.end - eval.start) / eval.step) + 1;
            expected.push_back({{}, {n, {ScriptPoint::Kind::Number, *eval.scalar}}});
        }
        for (const ScriptSeries& series : expected) {
            std::vector<Sample>& samples = wanted[series.labels];
            for (std::size_t i = 0; i < series.points.size(); ++i) {
                if (series.points[i].kind == ScriptPoint::Kind::Number)
                    samples.push_back({start + step * static_cast<std::int64_t>(i), series.points[i].value});
            }
        }
        for (const promql::MatrixSeries& series : got) {
            const auto at = wanted.find(*series.labels);
            if (at == wanted.end())
                return "unexpected " + series.labels->text();
            if (at->second.size() != series.samples.size())
                return series.labels->text() + ": expected " + std::to_string(at->second.size()) + " points, got "
                       + std::to_string(series.samples.size());
            for (std::size_t i = 0; i < series.samples.size(); ++i) {
                const Sample& want = at->second[i];
                const Sample& have = series.samples[i];
                if (want.t != have.t || !almostEqual(want.v, have.v))
                    return series.labels->text() + ": expected " + numberText(want.v) + " at " + std::to_string(want.t)
                           + ", got " + numberText(have.v) + " at " + std::to_string(have.t);
            }
        }
        return got.size() == wanted.size()
                   ? ""
                   : "expected " + std::to_string(wanted.size()) + " series, got " + std::to_string(got.size());
    }

    const promql::Engine& m_engine;
};

}  // namespace holdfast::tests
