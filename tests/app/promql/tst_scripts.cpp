#include "app/base/manual_clock.h"
#include "app/promql/engine.h"
#include "tests/support/memory_querier.h"
#include "tests/support/promql_judge.h"
#include "tests/support/promql_script.h"

#include <QDir>
#include <QFile>
#include <QTest>

#include <memory>
#include <string>

using namespace holdfast;
using namespace holdfast::tests;

/// Runs every script of tests/scripts. A name that starts with "experimental" has the experimental functions enabled.
class TestScripts : public QObject {
    Q_OBJECT

private slots:
    void answersAsTheScriptExpects_data();
    void answersAsTheScriptExpects();
};

void TestScripts::answersAsTheScriptExpects_data()
{
    QTest::addColumn<QString>("path");
    const QDir folder(QString(HOLDFAST_SOURCE_DIR) + "/tests/scripts");
    const QStringList files = folder.entryList({"*.test"}, QDir::Files, QDir::Name);
    QVERIFY2(files.size() >= 10, "the scripts are missing");
    for (const QString& name : files)
        QTest::newRow(qPrintable(name)) << folder.filePath(name);
}

void TestScripts::answersAsTheScriptExpects()
{
    QFETCH(QString, path);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const auto commands = ScriptReader::read(file.readAll().toStdString());
    QVERIFY2(commands.ok(), commands.ok() ? "" : commands.error().message.c_str());
    const ManualClock clock;
    auto querier = std::make_unique<MemoryQuerier>();
    promql::EngineOptions options;
    options.experimentalFunctions = QFileInfo(path).fileName().startsWith("experimental");
    int evaluated = 0;
    for (const ScriptCommand& command : *commands) {
        if (std::holds_alternative<ScriptClear>(command)) {
            querier = std::make_unique<MemoryQuerier>();
            continue;
        }
        if (const auto* load = std::get_if<ScriptLoad>(&command)) {
            loadInto(*querier, *load);
            continue;
        }
        const auto& eval = std::get<ScriptEval>(command);
        const promql::Engine engine(*querier, clock, options);
        const std::string bad = ScriptJudge(engine).judge(eval);
        QVERIFY2(bad.empty(), ("line " + std::to_string(eval.line) + ": " + eval.expression + "\n" + bad).c_str());
        ++evaluated;
    }
    QVERIFY2(evaluated > 0, "a script without an evaluation tests nothing");
}

QTEST_GUILESS_MAIN(TestScripts)
#include "tst_scripts.moc"
