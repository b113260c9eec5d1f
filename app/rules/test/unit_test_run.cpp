#include "app/rules/test/unit_test_run.h"

#include "app/base/duration.h"
#include "app/base/manual_clock.h"
#include "app/base/number_text.h"
#include "app/rules/running_group.h"
#include "app/rules/test/unit_store.h"

#include <glob.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

namespace holdfast::rules {

namespace {

/// The rule files of the tests; what is wrong with them goes to `findings`.
std::vector<RuleGroup> readRules(const UnitTestFile& file, std::vector<std::string>& findings)
{
    std::vector<RuleGroup> groups;
    std::set<std::string> paths;
    for (const auto& pattern : file.ruleFiles) {
        glob_t found{};
        if (::glob(pattern.c_str(), 0, nullptr, &found) == 0) {
            for (std::size_t i = 0; i < found.gl_pathc; ++i)
                paths.emplace(found.gl_pathv[i]);
        } else {
            findings.push_back(file.file + ": rule file " + pattern + " does not exist");
        }
        ::globfree(&found);
    }
    for (const auto& path : paths) {
        RuleFile rules = readRuleFile(path);
        for (const auto& error : rules.errors)
            findings.push_back(error.text());
        std::ranges::move(rules.groups, std::back_inserter(groups));
    }
    const auto rank = [&](const RuleGroup& group) {
        return std::ranges::find(file.groupEvalOrder, group.name) - file.groupEvalOrder.begin();
    };
    std::ranges::stable_sort(groups, {}, rank);
    return groups;
}

bool sameValue(double a, double b, bool fuzzy)
{
    if (a == b)
        return true;
    return fuzzy
           && (std::nextafter(a, -std::numeric_limits<double>::infinity()) == b
               || std::nextafter(a, std::numeric_limits<double>::infinity()) == b);
}

std::string text(const std::vector<ExpectedSample>& samples)
{
    std::string out;
    for (const auto& sample : samples)
        out += (out.empty() ? "" : ", ") + sample.labels.text() + " " + numberText(sample.value);
    return out.empty() ? "nil" : out;
}

std::string text(const std::vector<ExpectedAlert>& alerts)
{
    std::string out = "[";
    for (std::size_t i = 0; i < alerts.size(); ++i)
        out += (i ? "\n             " : "") + std::to_string(i) + ": Labels:" + alerts[i].labels.text()
               + " Annotations:" + alerts[i].annotations.text();
    return out + "]";
}

class GroupRun {
public:
    GroupRun(const UnitTestFile& file, const UnitTestGroup& test, const std::vector<RuleGroup>& groups)
        : m_file(file),
          m_test(test),
          m_interval(test.intervalMs > 0 ? test.intervalMs : file.evaluationIntervalMs),
          m_engine(m_store, m_clock, promql::EngineOptions{}),
          m_log(stderr, LogLevel::Error, m_clock)
    {
        for (const auto& group : groups) {
            RuleGroup copy = group;
            copy.queryOffsetMs = 0;
            m_groups.push_back(std::make_unique<RunningGroup>(std::move(copy), file.evaluationIntervalMs, 0));
        }
    }

    std::vector<std::string> run()
    {
        loadSeries();
        if (m_findings.empty() && liveThrough())
            checkExpressions();
        return std::move(m_findings);
    }

private:
    void find(std::string finding)
    {
        m_findings.push_back((m_test.name.empty() ? "" : "  name: " + m_test.name + ",\n") + std::move(finding));
    }

    void loadSeries()
    {
        for (const auto& series : m_test.series) {
            Batch batch{.origin = "test", .samples = {}, .metadata = {}, .exemplars = {}};
            const auto id = m_store.series(series.labels);
            for (std::size_t i = 0; i < series.values.size(); ++i) {
                if (series.values[i])
                    batch.samples.push_back(
                        {*id, m_test.startMs + static_cast<std::int64_t>(i) * m_interval, *series.values[i]});
            }
            const auto report = m_store.append(std::move(batch));
            if (!report.ok())
                find("    series " + series.labels.text() + ": " + report.error().message);
        }
    }

    [[nodiscard]] std::int64_t lastTime() const
    {
        std::int64_t last = 0;
        for (const auto& test : m_test.alerts)
            last = std::max(last, test.evalMs);
        for (const auto& test : m_test.expressions)
            last = std::max(last, test.evalMs);
        return last;
    }

    /// False when a rule failed.
    bool liveThrough()
    {
        const EvaluationContext context{.engine = m_engine,
                                        .externalLabels = m_test.externalLabels,
                                        .externalUrl = m_test.externalUrl,
                                        .outageToleranceMs = 3'600'000,
                                        .forGracePeriodMs = 600'000};
        const std::int64_t step = m_file.evaluationIntervalMs;
        const std::int64_t last = lastTime();
        for (std::int64_t t = 0; t <= last; t += step) {
            const std::int64_t at = m_test.startMs + t;
            m_store.setHorizon(at);
            for (const auto& group : m_groups)
                group->evaluate(at, context, m_store, m_clock, m_log, {});
            if (!allHealthy(t))
                return false;
            for (const auto& test : m_test.alerts) {
                if (test.evalMs >= t && test.evalMs < t + step)
                    checkAlerts(test);
            }
            if (t > INT64_MAX - step)
                break;
        }
        m_store.setHorizon(INT64_MAX);
        return true;
    }

    bool allHealthy(std::int64_t t)
    {
        bool good = true;
        for (const auto& group : m_groups) {
            if (group->failing() == 0)
                continue;
            for (const auto& rule : group->status().rules) {
                if (rule.health != RuleHealth::Failing)
                    continue;
                find("    rule: " + rule.rule.name() + ", time: " + formatDuration(t) + ", err: " + rule.lastError);
                good = false;
            }
        }
        return good;
    }

    void checkAlerts(const AlertCase& test)
    {
        std::vector<ActiveAlert> all;
        for (const auto& group : m_groups)
            group->appendAlerts(all);
        std::vector<ExpectedAlert> got;
        for (const auto& alert : all) {
            if (alert.state == AlertState::Firing && alert.name() == test.alert)
                got.push_back({alert.labels, alert.annotations});
        }
        std::vector<ExpectedAlert> expected = test.expected;
        for (auto& alert : expected)
            alert.labels = alert.labels.with("alertname", test.alert);
        const auto order = [](const ExpectedAlert& a, const ExpectedAlert& b) {
            return std::tie(a.labels, a.annotations) < std::tie(b.labels, b.annotations);
        };
        std::ranges::sort(got, order);
        std::ranges::sort(expected, order);
        const auto same = [](const ExpectedAlert& a, const ExpectedAlert& b) {
            return a.labels == b.labels && a.annotations == b.annotations;
        };
        if (!std::ranges::equal(got, expected, same))
            find("    alertname: " + test.alert + ", time: " + formatDuration(test.evalMs)
                 + ",\n        exp:" + text(expected) + ",\n        got:" + text(got));
    }

    void checkExpressions()
    {
        for (const auto& test : m_test.expressions) {
            const std::string where = "    expr: \"" + test.expr + "\", time: " + formatDuration(test.evalMs) + ",";
            const auto vector = queryVector(m_engine, test.expr, m_test.startMs + test.evalMs);
            if (!vector.ok()) {
                find(where + " err: " + vector.error().message);
                continue;
            }
            std::vector<ExpectedSample> got;
            for (const auto& element : *vector)
                got.push_back({*element.labels, element.sample.v});
            std::vector<ExpectedSample> expected = test.expected;
            std::ranges::sort(got, {}, &ExpectedSample::labels);
            std::ranges::sort(expected, {}, &ExpectedSample::labels);
            const auto same = [&](const ExpectedSample& a, const ExpectedSample& b) {
                return a.labels == b.labels && sameValue(a.value, b.value, m_file.fuzzyCompare);
            };
            if (!std::ranges::equal(got, expected, same))
                find(where + "\n        exp: " + text(expected) + "\n        got: " + text(got));
        }
    }

    const UnitTestFile& m_file;
    const UnitTestGroup& m_test;
    const std::int64_t m_interval;
    UnitStore m_store;
    ManualClock m_clock;
    promql::Engine m_engine;
    Log m_log;
    std::vector<std::unique_ptr<RunningGroup>> m_groups;
    std::vector<std::string> m_findings;
};

}  // namespace

std::vector<std::string> runUnitTests(const UnitTestFile& file)
{
    std::vector<std::string> findings;
    for (const auto& error : file.errors)
        findings.push_back(error.text());
    if (!findings.empty())
        return findings;
    const auto groups = readRules(file, findings);
    if (!findings.empty())
        return findings;
    for (const auto& test : file.tests) {
        for (auto& finding : GroupRun(file, test, groups).run())
            findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace holdfast::rules
