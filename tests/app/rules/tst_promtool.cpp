#include "app/rules/rule_file.h"
#include "app/rules/test/unit_test_run.h"

#include <QDir>
#include <QFileInfo>
#include <QProcess>
#include <QStandardPaths>
#include <QtTest>

using namespace holdfast::rules;

namespace {

bool promtoolSaysYes(const QStringList& arguments)
{
    QProcess promtool;
    promtool.start("promtool", arguments);
    if (!promtool.waitForFinished(120'000))
        return false;
    if (promtool.exitCode() != 0)
        qWarning("%s%s", promtool.readAllStandardOutput().constData(), promtool.readAllStandardError().constData());
    return promtool.exitCode() == 0;
}

bool weSayYes(const QString& file)
{
    const auto findings = runUnitTests(readUnitTestFile(file.toStdString()));
    for (const auto& finding : findings)
        qWarning("%s", finding.c_str());
    return findings.empty();
}

void addFiles(const QString& folder, const QStringList& patterns)
{
    const QDir directory(folder);
    for (const auto& name : directory.entryList(patterns, QDir::Files))
        QTest::newRow(qPrintable(name)) << directory.filePath(name);
}

const QString kOurs = HOLDFAST_SOURCE_DIR "/resources/rules";

/// Rule files and their unit tests that come from elsewhere; HOLDFAST_RULES_CORPUS names the folder.
QString corpus()
{
    const QString named = qEnvironmentVariable("HOLDFAST_RULES_CORPUS");
    return named.isEmpty() ? HOLDFAST_SOURCE_DIR "/../shared/rules" : named;
}

}  // namespace

/// What ships is Prometheus's format to the letter: its own tool takes it as it is.
class PromtoolTest : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        if (QStandardPaths::findExecutable("promtool").isEmpty())
            QSKIP("promtool is not installed");
    }
    void promtoolTakesTheShippedRules_data()
    {
        QTest::addColumn<QString>("file");
        addFiles(kOurs, {"*.yml"});
    }
    void promtoolTakesTheShippedRules()
    {
        QFETCH(QString, file);
        QVERIFY(promtoolSaysYes({"check", "rules", file}));
    }
    void bothRunTheTestsOfTheShippedRules_data()
    {
        QTest::addColumn<QString>("file");
        addFiles(kOurs + "/tests", {"*.yml"});
    }
    void bothRunTheTestsOfTheShippedRules()
    {
        QFETCH(QString, file);
        QVERIFY(promtoolSaysYes({"test", "rules", file}));
        QVERIFY(weSayYes(file));
    }
    void bothSayTheSameOfRulesFromElsewhere()
    {
        const QDir folder(corpus());
        if (!folder.exists())
            QSKIP("there is no corpus of rules");
        for (const auto& name : folder.entryList({"*.yml"}, QDir::Files)) {
            const QString file = folder.filePath(name);
            QFile text(file);
            QVERIFY(text.open(QIODevice::ReadOnly));
            const bool tests = text.readAll().contains("rule_files:");
            if (tests)
                QCOMPARE(weSayYes(file), promtoolSaysYes({"test", "rules", file}));
            else
                QCOMPARE(readRuleFile(file.toStdString()).errors.empty(), promtoolSaysYes({"check", "rules", file}));
        }
    }
};

QTEST_GUILESS_MAIN(PromtoolTest)
#include "tst_promtool.moc"
