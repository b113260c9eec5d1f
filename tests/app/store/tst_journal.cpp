#include "tests/app/store/store_fixture.h"

namespace holdfast::store {

class TestJournal : public QObject {
    Q_OBJECT

private slots:
    void readsWhatWasWritten();
    void undoesAFailedWriteAlone();
    void refusesToChangeEvidence();
    void refusesWritingThroughTheReadDoor();
};

namespace {

SqlStatement note(const std::string& text)
{
    return {"INSERT INTO event(at_ms, known_ms, kind, text) VALUES(?, ?, 'note', ?)",
            {std::int64_t{1}, std::int64_t{2}, text}};
}

}  // namespace

void TestJournal::readsWhatWasWritten()
{
    StoreFixture f;
    f.mustOpen();
    const auto first = f.store->write({note("one")});
    const auto second = f.store->write({note("two"), note("three")});
    QVERIFY(first.ok() && second.ok());
    QCOMPARE(*first, 1);
    QCOMPARE(*second, 3);
    for (int round = 0; round < 2; ++round) {
        const auto rows = f.store->read(
            {"SELECT id, text, incident_id, 0.5 FROM event WHERE id >= ? ORDER BY id", {std::int64_t{2}}});
        QVERIFY(rows.ok());
        QCOMPARE(rows->size(), 2U);
        QCOMPARE((*rows)[1].integer(0), 3);
        QCOMPARE((*rows)[1].text(1), std::string("three"));
        QVERIFY((*rows)[1].isNull(2));
        QCOMPARE((*rows)[1].number(3), 0.5);
        f.mustOpen();
    }
}

void TestJournal::undoesAFailedWriteAlone()
{
    StoreFixture f;
    f.mustOpen();
    const auto failed = f.store->write({note("half"), {"INSERT INTO nowhere VALUES(1)", {}}});
    QVERIFY(!failed.ok());
    QVERIFY(f.store->write({note("whole")}).ok());
    const auto rows = f.store->read({"SELECT text FROM event", {}});
    QCOMPARE(rows->size(), 1U);
    QCOMPARE((*rows)[0].text(0), std::string("whole"));
}

void TestJournal::refusesToChangeEvidence()
{
    StoreFixture f;
    f.mustOpen();
    QVERIFY(f.store->write({note("one")}).ok());
    const auto changed = f.store->write({{"UPDATE event SET text='other'", {}}});
    QVERIFY(!changed.ok());
    QVERIFY(QString::fromStdString(changed.error().message).contains("append-only"));
    QVERIFY(!f.store->write({{"DELETE FROM event", {}}}).ok());
    QVERIFY(f.store->write({{"UPDATE event SET starred=1", {}}}).ok());
}

void TestJournal::refusesWritingThroughTheReadDoor()
{
    StoreFixture f;
    f.mustOpen();
    QVERIFY(!f.store->read({"DELETE FROM setting", {}}).ok());
    QVERIFY(!f.store->read({"SELECT 1; SELECT 2", {}}).ok());
}

}  // namespace holdfast::store

QTEST_GUILESS_MAIN(holdfast::store::TestJournal)
#include "tst_journal.moc"
