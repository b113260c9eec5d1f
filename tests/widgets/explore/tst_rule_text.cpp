#include "widgets/explore/rule_text.h"

#include <QTest>

using namespace holdfast::widgets;

namespace {

RuleDraft errorsHigh()
{
    RuleDraft draft;
    draft.name = "ErrorsHigh";
    draft.expr = "sum by (job) (rate(http_requests_total{code=~'5..'}[1m]))";
    draft.threshold = "0.5";
    draft.forMs = 60'000;
    draft.severity = "page";
    draft.summary = "{{ $labels.job }} isn't well";
    return draft;
}

}  // namespace

class TestRuleText : public QObject {
    Q_OBJECT

private slots:
    void anAlertIsARuleFileAsPrometheusReadsIt()
    {
        QCOMPARE(ruleFileText(errorsHigh()),
                 QStringLiteral("groups:\n"
                                "  - name: holdfast-explore\n"
                                "    rules:\n"
                                "      - alert: ErrorsHigh\n"
                                "        expr: '(sum by (job) (rate(http_requests_total{code=~''5..''}[1m]))) > 0.5'\n"
                                "        for: 1m\n"
                                "        labels:\n"
                                "          severity: page\n"
                                "        annotations:\n"
                                "          summary: '{{ $labels.job }} isn''t well'\n"));
    }

    void aQueryThatComparesAlreadyStaysAsItIs()
    {
        RuleDraft draft = errorsHigh();
        draft.expr = "up == 0";
        draft.threshold = "";
        draft.forMs = 0;
        const QString text = ruleFileText(draft);
        QVERIFY(text.contains("expr: 'up == 0'\n"));
        QVERIFY(!text.contains("for:"));
    }

    void aRecordedSeriesHasNoLimitAndNoSeverity()
    {
        RuleDraft draft = errorsHigh();
        draft.name = "job:errors:rate1m";
        draft.records = true;
        const QString text = ruleFileText(draft);
        QVERIFY(text.contains("record: job:errors:rate1m"));
        QVERIFY(!text.contains("> 0.5") && !text.contains("severity"));
        QCOMPARE(ruleProblem(draft), QString());
    }

    void commentsAndLinesOfTheQueryStay()
    {
        RuleDraft draft = errorsHigh();
        draft.expr = "up{job=\"a  b\"} # only these\n  + 0 # and nothing";
        QVERIFY(ruleFileText(draft).contains("        expr: |-\n"
                                             "          (up{job=\"a  b\"} # only these\n"
                                             "            + 0 # and nothing\n"
                                             "          ) > 0.5\n"));
    }

    void whatCannotBeARuleIsSaid_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("expr");
        QTest::addColumn<QString>("threshold");
        QTest::newRow("no name") << ""
                                 << "up"
                                 << "1";
        QTest::newRow("a name with blanks") << "Errors high"
                                            << "up"
                                            << "1";
        QTest::newRow("a colon in an alert") << "job:errors"
                                             << "up"
                                             << "1";
        QTest::newRow("a chart's step") << "Ok"
                                        << "rate(x[$step])"
                                        << "1";
        QTest::newRow("no number") << "Ok"
                                   << "up"
                                   << "a lot";
    }
    void whatCannotBeARuleIsSaid()
    {
        QFETCH(QString, name);
        QFETCH(QString, expr);
        QFETCH(QString, threshold);
        RuleDraft draft = errorsHigh();
        draft.name = name;
        draft.expr = expr;
        draft.threshold = threshold;
        QVERIFY(!ruleProblem(draft).isEmpty());
        QCOMPARE(ruleProblem(errorsHigh()), QString());
    }
};

QTEST_GUILESS_MAIN(TestRuleText)
#include "tst_rule_text.moc"
