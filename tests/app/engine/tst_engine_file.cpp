#include "app/engine/engine_file.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <unistd.h>

using namespace holdfast;
using namespace holdfast::engine;

namespace {

EngineFile fileOf(pid_t pid)
{
    EngineFile file;
    file.pid = pid;
    file.token = "secret";
    return file;
}

}  // namespace

class TestEngineFile : public QObject {
    Q_OBJECT

private slots:
    void readsBackWhatWasWritten()
    {
        const QTemporaryDir dir;
        const std::string path = dir.filePath("h.db.engine").toStdString();
        const EngineFile file{.pid = ::getpid(),
                              .privateUrl = "http://127.0.0.1:1",
                              .publicUrl = "http://127.0.0.1:2",
                              .token = "secret",
                              .version = "1",
                              .startedMs = 5,
                              .program = "/bin/holdfast",
                              .arguments = {"serve", "--db", "ä b"}};
        QVERIFY(writeEngineFile(path, file).ok());
        const auto read = readEngineFile(path);
        QVERIFY(read.ok());
        QCOMPARE(read->token, file.token);
        QCOMPARE(read->arguments, file.arguments);
    }
    void onlyTheOwnerMayReadIt()
    {
        const QTemporaryDir dir;
        const QString path = dir.filePath("h.db.engine");
        QVERIFY(writeEngineFile(path.toStdString(), fileOf(::getpid())).ok());
        const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
        QCOMPARE(int(QFile::permissions(path) & others), 0);
    }
    void isStaleWhenItsProcessIsGone()
    {
        const QTemporaryDir dir;
        const std::string path = dir.filePath("h.db.engine").toStdString();
        // Above the largest number that Linux gives out.
        QVERIFY(writeEngineFile(path, fileOf(1 << 30)).ok());
        const auto read = readEngineFile(path);
        QVERIFY(!read.ok());
        QCOMPARE(read.error().kind, ErrorKind::NotFound);
    }
    void leavesTheFileOfAnotherEngineAlone()
    {
        const QTemporaryDir dir;
        const QString path = dir.filePath("h.db.engine");
        QVERIFY(writeEngineFile(path.toStdString(), fileOf(::getppid())).ok());
        removeOwnEngineFile(path.toStdString());
        QVERIFY(QFile::exists(path));
        QVERIFY(writeEngineFile(path.toStdString(), fileOf(::getpid())).ok());
        removeOwnEngineFile(path.toStdString());
        QVERIFY(!QFile::exists(path));
    }
};

QTEST_GUILESS_MAIN(TestEngineFile)
#include "tst_engine_file.moc"
