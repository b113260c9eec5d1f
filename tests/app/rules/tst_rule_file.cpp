#include "app/model/sample.h"
#include "app/rules/rule_file.h"
#include "app/rules/test/series_notation.h"

#include <QtTest>

using namespace holdfast;
using namespace holdfast::rules;

class RuleFileTest : public QObject {
    Q_OBJECT

private slots:
    void readsWhatPrometheusReads()
    {
        const auto file = parseRuleFile(R"(groups:
- name: g
  interval: 30s
  query_offset: 10s
  limit: 5
  labels: {team: pay, severity: none}
  rules:
  - record: job:up:sum
    expr: sum by (job) (up)
  - alert: Down
    expr: up == 0
    for: 5m
    keep_firing_for: 1m
    labels: {severity: page, instance: ""}
    annotations: {summary: "{{ $labels.job }} is down"}
)",
                                        "r.yml");
        QVERIFY(file.errors.empty());
        QCOMPARE(file.groups.size(), 1U);
        const auto& group = file.groups[0];
        QCOMPARE(group.intervalMs, 30'000);
        QCOMPARE(group.queryOffsetMs, 10'000);
        QCOMPARE(group.limit, 5U);
        const auto& alert = group.rules[1];
        QCOMPARE(alert.forMs, 300'000);
        QCOMPARE(alert.keepFiringForMs, 60'000);
        QCOMPARE(QString::fromStdString(alert.labels.text()), QString(R"({severity="page", team="pay"})"));
        QCOMPARE(alert.removedLabels, std::vector<std::string>{"instance"});
    }

    void tellsTheLineAndColumnOfEveryError()
    {
        const auto file = parseRuleFile(R"(groups:
- name: g
  rules:
  - alert: A
    expr: sum(
  - alert: B
    expr: up
    foo: 1
  - record: "a b"
    expr: up
    for: 5m
)",
                                        "r.yml");
        QStringList texts;
        for (const auto& error : file.errors)
            texts << QString::fromStdString(error.text());
        QCOMPARE(texts.size(), 4);
        QVERIFY2(texts[0].startsWith("r.yml:5:11: group \"g\", rule 1, \"A\": could not parse expression: "),
                 qPrintable(texts[0]));
        QVERIFY2(texts[1].startsWith("r.yml:8:5: field foo not found"), qPrintable(texts[1]));
        QVERIFY(texts[2].startsWith("r.yml:9:5:"));
        QVERIFY(texts[3].startsWith("r.yml:9:5:"));
    }

    void refusesWhatIsNoRuleFile_data()
    {
        QTest::addColumn<QString>("text");
        for (const char* text : {"groups: 1", "groups: [{name: a}, {name: a}]", "groups: [{rules: []}]", "a: b",
                                 "groups:\n- name: [", "groups: [{name: g, interval: 5, rules: []}]",
                                 "groups: [{name: g, rules: [{alert: A, expr: up, expr: up}]}]",
                                 "groups: [{name: g, rules: [{alert: A, expr: up, annotations: {s: '{{ $x }}'}}]}]",
                                 "groups: [{name: g, rules: [{alert: A, expr: up, labels: {__name__: x}}]}]"})
            QTest::newRow(text) << QString(text);
    }
    void refusesWhatIsNoRuleFile()
    {
        QFETCH(QString, text);
        QVERIFY(!parseRuleFile(text.toStdString(), "r.yml").errors.empty());
    }

    void findsRulesThatAreGivenTwice()
    {
        const auto file = parseRuleFile(R"(groups:
- name: g
  rules:
  - {record: a, expr: up}
  - {record: a, expr: up, labels: {x: y}}
  - {record: a, expr: down}
)",
                                        "r.yml");
        QCOMPARE(duplicateRules(file).size(), 1U);
    }

    void expandsTheNotationOfUnitTests()
    {
        const auto values = parseSeriesValues("1 _ 2+3x2 _x2 5-1x1 7x1 stale -1e2 NaN Inf");
        QVERIFY(values.ok());
        QString text;
        for (const auto& value : *values)
            text += (value ? isStaleMarker(*value) ? QString("stale") : QString::number(*value) : QString("_")) + " ";
        QCOMPARE(text, QString("1 _ 2 5 8 _ _ 5 4 7 7 stale -100 nan inf "));
        for (const char* bad : {"1+2", "x", "1x", "1..2", "{{schema:1}}", "1x99999999999"})
            QVERIFY2(!parseSeriesValues(bad).ok(), bad);
    }
};

QTEST_GUILESS_MAIN(RuleFileTest)
#include "tst_rule_file.moc"
