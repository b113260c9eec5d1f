#include "app/store/sqlite/connection.h"
#include "tests/app/store/store_fixture.h"

#include <QFile>

#include <unistd.h>

namespace holdfast::store {

class TestFileGuard : public QObject {
    Q_OBJECT

private slots:
    void refusesAFileThatAnotherHolds();
    void leavesAForeignFileUntouched_data();
    void leavesAForeignFileUntouched();
    void takesOverAfterTheHolderLetGo();
};

void TestFileGuard::refusesAFileThatAnotherHolds()
{
    StoreFixture f;
    f.mustOpen();
    const auto second = Store::open(f.options, f.clock, f.log);
    QVERIFY(!second.ok());
    QVERIFY(second.error().kind == ErrorKind::Conflict);
    const QString said = QString::fromStdString(second.error().message);
    QVERIFY2(said.contains(QStringLiteral("is held by process %1 on host ").arg(::getpid())), qPrintable(said));
    f.put(named("a"), {{1, 1}});
    QCOMPARE(f.texts({}), QStringList{"a 1@1"});
}

void TestFileGuard::leavesAForeignFileUntouched_data()
{
    QTest::addColumn<QString>("sql");
    QTest::addColumn<QString>("says");
    QTest::newRow("no database") << ""
                                 << "not a SQLite database";
    QTest::newRow("somebody's database") << "CREATE TABLE t(a)"
                                         << "not one of Holdfast's";
    QTest::newRow("a newer Holdfast's") << "PRAGMA application_id=0x48467374; PRAGMA user_version=99; CREATE TABLE t(a)"
                                        << "schema version 99";
}

void TestFileGuard::leavesAForeignFileUntouched()
{
    QFETCH(QString, sql);
    QFETCH(QString, says);
    StoreFixture f;
    const QString path = QString::fromStdString(f.options.path);
    if (sql.isEmpty()) {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray(5000, 'x'));
    } else {
        auto db = Connection::open(f.options.path, Access::Create);
        QVERIFY(db.ok() && db->exec(sql.toStdString()).ok());
    }
    const auto bytes = [&] {
        QFile file(path);
        (void)file.open(QIODevice::ReadOnly);
        return file.readAll();
    };
    const QByteArray before = bytes();
    for (const OpenMode mode : {OpenMode::ReadWrite, OpenMode::ReadOnly}) {
        f.options.mode = mode;
        const auto refused = f.open();
        QVERIFY(!refused.ok());
        QVERIFY(refused.error().kind == ErrorKind::BadInput);
        QVERIFY2(QString::fromStdString(refused.error().message).contains(says), refused.error().message.c_str());
    }
    QCOMPARE(bytes(), before);
    QCOMPARE(QDir(f.directory.path()).entryList(QDir::Files), QStringList{"h.db"});
}

void TestFileGuard::takesOverAfterTheHolderLetGo()
{
    StoreFixture f;
    f.mustOpen();
    f.put(named("a"), {{1, 1}});
    QVERIFY(f.store->close().ok());
    const auto second = Store::open(f.options, f.clock, f.log);
    QVERIFY(second.ok());
    QVERIFY(!f.store->write({{"DELETE FROM setting", {}}}).ok());
}

}  // namespace holdfast::store

QTEST_GUILESS_MAIN(holdfast::store::TestFileGuard)
#include "tst_file_guard.moc"
