#include "app/commands/child_process.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <signal.h>

#include <chrono>
#include <optional>

using namespace holdfast::commands;
using std::chrono::milliseconds;

namespace {

/// The exit code, within 5 s; -1 otherwise. A child is asked once after its end.
int codeOf(pid_t child)
{
    std::optional<int> code;
    for (int i = 0; i < 500 && !code; ++i) {
        code = endedChild(child);
        if (!code)
            QTest::qWait(10);
    }
    return code.value_or(-1);
}

}  // namespace

class TestChildProcess : public QObject {
    Q_OBJECT

private slots:
    void saysAtOnceThatAProgramCannotBeStarted()
    {
        const auto child = startChild({"/nonexistent/program"}, {});
        QVERIFY(!child.ok());
        QVERIFY(child.error().message.find("/nonexistent/program") != std::string::npos);
    }
    void tellsTheExitCode()
    {
        const auto child = startChild({"/bin/sh", "-c", "exit 7"}, {});
        QVERIFY(child.ok());
        QCOMPARE(codeOf(*child), 7);
    }
    void writesTheOutputToTheLog()
    {
        const QTemporaryDir dir;
        const QString log = dir.filePath("log");
        const auto child = startChild({"/bin/sh", "-c", "echo out; echo err >&2"}, {.logFile = log.toStdString()});
        QVERIFY(child.ok());
        QCOMPARE(codeOf(*child), 0);
        QFile file(log);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), QByteArray("out\nerr\n"));
    }
    void endsAChildThatDoesNotListen()
    {
        const auto child = startChild({"/bin/sh", "-c", "trap '' TERM; while :; do sleep 0.05; done"}, {});
        QVERIFY(child.ok());
        QTest::qWait(100);
        endProcess(*child, milliseconds(200));
        QCOMPARE(::kill(*child, 0), -1);
    }
};

QTEST_GUILESS_MAIN(TestChildProcess)
#include "tst_child_process.moc"
