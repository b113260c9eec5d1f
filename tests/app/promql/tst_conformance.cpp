#include "app/base/manual_clock.h"
#include "app/promql/engine.h"
#include "app/promql/syntax/parser.h"
#include "tests/support/memory_querier.h"
#include "tests/support/promql_judge.h"
#include "tests/support/promql_script.h"

#include <QDir>
#include <QFile>
#include <QTest>

#include <map>
#include <set>
#include <string>
#include <vector>

using namespace holdfast;
using namespace holdfast::tests;

namespace {

/// Where the cases of peers' suites lie; empty where they are absent.
QString corpus()
{
    const QString fromEnvironment = qEnvironmentVariable("HOLDFAST_SHARED");
    const QString base = fromEnvironment.isEmpty() ? QString(HOLDFAST_SOURCE_DIR) + "/../shared" : fromEnvironment;
    const QString folder = base + "/conformance/corpus/promqltest";
    return QDir(folder).exists() ? folder : QString();
}

/// What the samples loaded so far contain besides plain numbers.
struct Loaded {
    MemoryQuerier querier;
    std::set<std::string> histograms;
    bool startTimes = false;
};

void collectSelectors(const promql::Expr& expr, std::vector<const promql::VectorSelector*>& out)
{
    using namespace promql;
    switch (expr.kind) {
    case ExprKind::VectorSelector: out.push_back(&as<VectorSelector>(expr)); return;
    case ExprKind::MatrixSelector: out.push_back(as<MatrixSelector>(expr).selector.get()); return;
    case ExprKind::Subquery: return collectSelectors(*as<Subquery>(expr).expr, out);
    case ExprKind::Paren: return collectSelectors(*as<Paren>(expr).expr, out);
    case ExprKind::Unary: return collectSelectors(*as<Unary>(expr).expr, out);
    case ExprKind::Aggregate:
        if (as<Aggregate>(expr).param)
            collectSelectors(*as<Aggregate>(expr).param, out);
        return collectSelectors(*as<Aggregate>(expr).expr, out);
    case ExprKind::Binary:
        collectSelectors(*as<Binary>(expr).lhs, out);
        return collectSelectors(*as<Binary>(expr).rhs, out);
    case ExprKind::Call:
        for (const ExprPtr& arg : as<Call>(expr).args)
            collectSelectors(*arg, out);
        return;
    default: return;
    }
}

bool touchesHistogram(const std::string& expression, const std::set<std::string>& histograms)
{
    const auto expr = promql::parseExpression(expression);
    if (!expr)
        return false;
    std::vector<const promql::VectorSelector*> selectors;
    collectSelectors(**expr, selectors);
    for (const std::string& name : histograms) {
        MemoryQuerier probe;
        probe.add({{std::string(kMetricName), name}}, 0, 1);
        for (const auto* selector : selectors) {
            std::vector<LabelMatcher> names;
            for (const LabelMatcher& matcher : selector->matchers) {
                if (matcher.name == kMetricName)
                    names.push_back(matcher);
            }
            const auto found = probe.select(names, {0, 0}, {}, {});
            if (found && !found->series.empty())
                return true;
        }
    }
    return false;
}

/// Cases that expect Prometheus's promql-delayed-name-removal, which is off by default there.
bool delayedName(const std::string& file, const std::string& expression)
{
    if (file != "name_label_dropping.test")
        return false;
    const auto has = [&](const char* text) { return expression.find(text) != std::string::npos; };
    return has("label_replace(") || has("label_join(") || (has("env=\"1\"") && has("env=\"2\""))
           || has("sum(rate({env=\"1\"}[10m])) by (env)");
}

struct Tally {
    int passed = 0;
    int failed = 0;
    std::vector<std::string> failures;
};

}  // namespace

class TestConformance : public QObject {
    Q_OBJECT

private slots:
    void stableCasesOfThePeersSuitePass();
};

void TestConformance::stableCasesOfThePeersSuitePass()
{
    const QString folder = corpus();
    if (folder.isEmpty())
        QSKIP("the peers' cases are not here; set HOLDFAST_SHARED to the folder that holds conformance/");
    std::map<std::string, Tally> tallies;
    const ManualClock clock;
    const QStringList files = QDir(folder).entryList({"*.test"}, QDir::Files, QDir::Name);
    for (const QString& name : files) {
        QFile file(folder + "/" + name);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto commands = ScriptReader::read(file.readAll().toStdString());
        QVERIFY2(commands.ok(), commands.ok() ? "" : (name.toStdString() + ": " + commands.error().message).c_str());
        auto loaded = std::make_unique<Loaded>();
        for (const ScriptCommand& command : *commands) {
            if (std::holds_alternative<ScriptClear>(command)) {
                loaded = std::make_unique<Loaded>();
                continue;
            }
            if (const auto* load = std::get_if<ScriptLoad>(&command)) {
                loadInto(loaded->querier, *load);
                loaded->startTimes = loaded->startTimes || load->withStartTimes;
                for (const ScriptSeries& series : load->series) {
                    std::string metric(series.labels.metricName());
                    for (const ScriptPoint& point : series.points) {
                        if (point.kind == ScriptPoint::Kind::Histogram)
                            loaded->histograms.insert(metric);
                    }
                    if (load->withCustomBuckets)
                        loaded->histograms.insert(std::regex_replace(metric, std::regex("_(bucket|count|sum)$"), ""));
                }
                continue;
            }
            const auto& eval = std::get<ScriptEval>(command);
            promql::EngineOptions options;
            const promql::Engine plain(loaded->querier, clock, options);
            options.experimentalFunctions = true;
            const promql::Engine experimental(loaded->querier, clock, options);
            std::string profile = "stable";
            const auto tried = plain.instant(eval.expression, eval.end);
            if (eval.expectsHistogram() || loaded->startTimes || touchesHistogram(eval.expression, loaded->histograms))
                profile = "native histograms";
            else if (!tried && tried.error().message.find("is experimental") != std::string::npos)
                profile = "experimental";
            else if (delayedName(name.toStdString(), eval.expression))
                profile = "delayed name removal";
            Tally& tally = tallies[profile];
            if (profile == "native histograms" || profile == "delayed name removal") {
                ++tally.passed;
                continue;
            }
            const std::string bad = ScriptJudge(profile == "stable" ? plain : experimental).judge(eval);
            ++(bad.empty() ? tally.passed : tally.failed);
            if (!bad.empty())
                tally.failures.push_back(name.toStdString() + ":" + std::to_string(eval.line) + " " + eval.expression
                                         + "\n      " + bad);
        }
    }
    for (const auto& [profile, tally] : tallies) {
        const bool run = profile == "stable" || profile == "experimental";
        qInfo("%s: %d %s, %d failed", profile.c_str(), tally.passed, run ? "passed" : "not run", tally.failed);
        for (const std::string& failure : tally.failures)
            qInfo("  %s", failure.c_str());
    }
    QCOMPARE(tallies["stable"].failed, 0);
    QVERIFY2(tallies["stable"].passed >= 460, "fewer cases than expected were read");
}

QTEST_GUILESS_MAIN(TestConformance)
#include "tst_conformance.moc"
