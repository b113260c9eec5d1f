#include "widgets/service/pinned_lanes.h"

#include <QSettings>
#include <QStandardPaths>
#include <QTest>

using namespace holdfast;
using namespace holdfast::widgets;

class TestPinnedLanes : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(QStringLiteral("holdfast-test"));
        QCoreApplication::setApplicationName(QStringLiteral("pinned-lanes"));
        QSettings().clear();
    }

    void aPinIsTheLastLaneOfItsServiceOnly()
    {
        QVERIFY(PinnedLanes::pin("a/b", {"GC pauses", "rate(gc_seconds_total[1m])"}));
        const auto page = [](const QByteArray&) -> Result<ServicePage> {
            ServicePage read;
            read.lanes.emplace_back();
            read.lanes.back().id = QStringLiteral("latency");
            return read;
        };
        const auto mine = PinnedLanes::decoder("a/b", page)({});
        QVERIFY(mine.ok());
        QCOMPARE(mine->lanes.size(), std::size_t(2));
        QVERIFY(PinnedLanes::isPin(mine->lanes.back().id));
        QCOMPARE(PinnedLanes::titleOf(mine->lanes.back().id), QStringLiteral("GC pauses"));
        QCOMPARE(mine->lanes.back().queries.front().expr, QStringLiteral("rate(gc_seconds_total[1m])"));
        QCOMPARE(PinnedLanes::decoder("a", page)({})->lanes.size(), std::size_t(1));
    }

    void theSameTitleIsWrittenOver()
    {
        QVERIFY(PinnedLanes::pin("a", {"x", "1"}));
        QVERIFY(PinnedLanes::pin("a", {"x", "2"}));
        QCOMPARE(PinnedLanes::of("a").size(), std::size_t(1));
        QCOMPARE(PinnedLanes::of("a").front().expr, QStringLiteral("2"));
        PinnedLanes::unpin("a", "x");
        QVERIFY(PinnedLanes::of("a").empty());
    }

    void noMoreThanCanBeRead()
    {
        for (std::size_t i = 0; i < PinnedLanes::most; ++i)
            QVERIFY(PinnedLanes::pin("a", {QString::number(i), "1"}));
        QVERIFY(!PinnedLanes::pin("a", {"more", "1"}));
        QVERIFY(PinnedLanes::pin("a", {"0", "2"}));
    }

    void aPageThatCannotBeReadStaysAnError()
    {
        const auto broken = [](const QByteArray&) -> Result<ServicePage> { return Error{"no such service"}; };
        QVERIFY(!PinnedLanes::decoder("a", broken)({}).ok());
    }
};

QTEST_GUILESS_MAIN(TestPinnedLanes)
#include "tst_pinned_lanes.moc"
