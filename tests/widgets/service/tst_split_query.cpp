#include "widgets/service/split_query.h"

#include <QTest>

using namespace holdfast::widgets;

class TestSplitQuery : public QObject {
    Q_OBJECT

private slots:
    void asksForOneInstanceInEverySelector()
    {
        QCOMPARE(
            *onlyWhere("sum by (le) (rate(a{job=\"x\"}[$step])) / rate(b[5m])", "instance", "h:1"),
            QStringLiteral("sum by (le) (rate(a{job=\"x\",instance=\"h:1\"}[$step])) / rate(b{instance=\"h:1\"}[5m])"));
        QVERIFY(!onlyWhere("holdfast:headroom:ratio{service=\"x\"}", "instance", "h:1"));
    }

    void keepsTheLabelInEveryAggregation_data()
    {
        QTest::addColumn<QString>("expr");
        QTest::addColumn<QString>("wanted");
        const auto row = [](const char* expr, const char* wanted) {
            QTest::newRow(expr) << QString::fromLatin1(expr) << QString::fromLatin1(wanted);
        };
        row("sum(rate(a[1m]))", "sum by (instance) (rate(a[1m]))");
        row("histogram_quantile(0.99, sum by (job, le) (rate(b[20s])))",
            "histogram_quantile(0.99, sum by (job, le, instance) (rate(b[20s])))");
        row("sum(rate(a[1m])) / sum(rate(b[1m]))", "sum by (instance) (rate(a[1m])) / sum by (instance) (rate(b[1m]))");
        row("sum without (pod, instance) (a)", "sum without (pod) (a)");
        row("1 - a / on (service) b", "1 - a / on (service, instance) b");
        row("sum by (instance) (a)", "sum by (instance) (a)");
    }
    void keepsTheLabelInEveryAggregation()
    {
        QFETCH(QString, expr);
        QFETCH(QString, wanted);
        const auto split = splitBy(expr, QStringLiteral("instance"));
        QVERIFY2(split.ok(), split.ok() ? "" : split.error().message.c_str());
        QCOMPARE(*split, wanted);
    }

    void keepsTheStepOpen()
    {
        const auto split = splitBy(QStringLiteral("sum by (le) (increase(x[$step]))"), QStringLiteral("code"));
        QVERIFY(split.ok());
        QCOMPARE(*split, QStringLiteral("sum by (le, code) (increase(x[$step]))"));
    }

    void saysWhyItCannotSplit() { QVERIFY(!splitBy(QStringLiteral("sum(("), QStringLiteral("code")).ok()); }

    void findsWhichLabelsToAskFor()
    {
        QCOMPARE(selectorsOf(QStringLiteral("sum(rate(a{x=\"1\"}[1m] offset 5m)) + b")),
                 (QStringList{QStringLiteral("a{x=\"1\"}"), QStringLiteral("b")}));
        const auto choices = splitChoices({QStringLiteral("instance"), QStringLiteral("le"), QStringLiteral("status")});
        QCOMPARE(choices.size(), std::size_t(2));
        QCOMPARE(choices[1].label, QStringLiteral("status"));
    }
};

QTEST_GUILESS_MAIN(TestSplitQuery)
#include "tst_split_query.moc"
