#include "app/rules/rule_file.h"
#include "app/rules/test/unit_test_run.h"

#include <QDir>
#include <QtTest>

using namespace holdfast::rules;

class DefaultRulesTest : public QObject {
    Q_OBJECT

private slots:
    void everyRuleFileIsGood_data()
    {
        QTest::addColumn<QString>("file");
        const QDir folder(HOLDFAST_SOURCE_DIR "/resources/rules");
        for (const auto& name : folder.entryList({"*.yml"}, QDir::Files))
            QTest::newRow(qPrintable(name)) << folder.filePath(name);
    }
    void everyRuleFileIsGood()
    {
        QFETCH(QString, file);
        const auto rules = readRuleFile(file.toStdString());
        for (const auto& error : rules.errors)
            qWarning("%s", error.text().c_str());
        QVERIFY(rules.errors.empty());
        QVERIFY(rules.ruleCount() > 0);
    }

    void everyAlertSaysWhereWhatAndHowBad()
    {
        int alerts = 0;
        for (const auto& group : defaultRules()) {
            for (const auto& rule : group.rules) {
                if (!rule.isAlert())
                    continue;
                ++alerts;
                QVERIFY2(rule.labels.has("severity") && rule.labels.has("signal"), rule.alert.c_str());
                QVERIFY2(rule.annotations.has("summary"), rule.alert.c_str());
            }
        }
        QVERIFY(alerts > 10);
    }

    void unitTestsOfTheRulesPass_data()
    {
        QTest::addColumn<QString>("file");
        const QDir folder(HOLDFAST_SOURCE_DIR "/resources/rules/tests");
        for (const auto& name : folder.entryList({"*.yml"}, QDir::Files))
            QTest::newRow(qPrintable(name)) << folder.filePath(name);
    }
    void unitTestsOfTheRulesPass()
    {
        QFETCH(QString, file);
        const auto findings = runUnitTests(readUnitTestFile(file.toStdString()));
        for (const auto& finding : findings)
            qWarning("%s", finding.c_str());
        QVERIFY(findings.empty());
    }
};

QTEST_GUILESS_MAIN(DefaultRulesTest)
#include "tst_default_rules.moc"
