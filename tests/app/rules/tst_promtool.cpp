#include "app/rules/rule_file.h"
#include "app/rules/test/unit_test_run.h"

#include <QDir>
#include <QFileInfo>
#include <QProcess>
#include <QStandardPaths>
#include <QtTest>

using namespace holdfast::rules;

namespace {

/// promtool at work beside us: on files with hours of samples it takes a quarter of a minute of computing.
class Promtool {
public:
    explicit Promtool(const QStringList& arguments)
    {
        m_process.setProcessChannelMode(QProcess::MergedChannels);
        m_process.start("promtool", arguments);
    }
    /// "yes", "no", or that there was no answer.
    QString verdict()
    {
        if (!m_process.waitForFinished(280'000) || m_process.exitStatus() != QProcess::NormalExit)
            return "no answer";
        if (m_process.exitCode() != 0)
            qWarning("%s", m_process.readAll().constData());
        return m_process.exitCode() == 0 ? "yes" : "no";
    }

private:
    QProcess m_process;
};

QString promtoolSays(const QStringList& arguments)
{
    return Promtool(arguments).verdict();
}

QString weSay(const QString& file)
{
    const auto findings = runUnitTests(readUnitTestFile(file.toStdString()));
    for (const auto& finding : findings)
        qWarning("%s", finding.c_str());
    return findings.empty() ? "yes" : "no";
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
        QCOMPARE(promtoolSays({"check", "rules", file}), "yes");
    }
    void bothRunTheTestsOfTheShippedRules_data()
    {
        QTest::addColumn<QString>("file");
        addFiles(kOurs + "/tests", {"*.yml"});
    }
    void bothRunTheTestsOfTheShippedRules()
    {
        QFETCH(QString, file);
        Promtool promtool({"test", "rules", file});
        QCOMPARE(weSay(file), "yes");
        QCOMPARE(promtool.verdict(), "yes");
    }
    void bothSayTheSameOfRulesFromElsewhere_data()
    {
        QTest::addColumn<QString>("file");
        addFiles(corpus(), {"*.yml"});
        if (!QDir(corpus()).exists())
            QTest::newRow("no corpus") << QString();
    }
    void bothSayTheSameOfRulesFromElsewhere()
    {
        QFETCH(QString, file);
        if (file.isEmpty())
            QSKIP("there is no corpus of rules");
        QFile text(file);
        QVERIFY(text.open(QIODevice::ReadOnly));
        const bool tests = text.readAll().contains("rule_files:");
        Promtool promtool({tests ? "test" : "check", "rules", file});
        const QString ours = tests                                             ? weSay(file)
                             : readRuleFile(file.toStdString()).errors.empty() ? QString("yes")
                                                                               : QString("no");
        QCOMPARE(ours, promtool.verdict());
    }
};

QTEST_GUILESS_MAIN(PromtoolTest)
#include "tst_promtool.moc"
