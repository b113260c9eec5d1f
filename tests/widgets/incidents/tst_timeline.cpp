#include "widgets/incidents/timeline_list.h"
#include "widgets/theme/theme.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace holdfast::widgets;

namespace {

Event happened(std::int64_t id, const QString& text)
{
    Event e;
    e.id = id;
    e.atMs = id * 1'000;
    e.knownMs = e.atMs;
    e.text = text;
    return e;
}

}  // namespace

class TestTimeline : public QObject {
    Q_OBJECT

private slots:
    void newEventsAreAppendedNotReset()
    {
        TimelineModel model;
        const QAbstractItemModelTester tester(&model);
        model.setEvents({happened(1, "opened")});
        const QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
        const QSignalSpy inserts(&model, &QAbstractItemModel::rowsInserted);
        model.setEvents({happened(1, "opened"), happened(2, "acknowledged")});
        QCOMPARE(resets.count(), 0);
        QCOMPARE(inserts.count(), 1);
        QCOMPARE(model.rowCount(), 2);
    }

    void anotherStoryIsAReset()
    {
        TimelineModel model;
        const QAbstractItemModelTester tester(&model);
        model.setEvents({happened(1, "opened"), happened(2, "acknowledged")});
        const QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
        model.setEvents({happened(9, "another incident")});
        QCOMPARE(resets.count(), 1);
    }

    void whoAndWhereAreNamedOnce()
    {
        TimelineModel model;
        Event note = happened(1, "calling the DBA");
        note.actor = "ana";
        note.service = "payments";
        model.setEvents({note});
        QCOMPARE(model.index(0).data().toString(), QString("00:00:01Z payments – ana: calling the DBA"));
        note.text = "ana acknowledged payments failing";
        model.setEvents({note});
        QCOMPARE(model.index(0).data().toString(), QString("00:00:01Z ana acknowledged payments failing"));
    }

    void anEffectIsShortUntilOneLooksAtIt()
    {
        Theme theme(ThemeKind::Dark);
        TimelineList list(theme, nullptr);
        list.resize(400, 400);
        Event effect = happened(1, "Effect of forced open: checkout errors 6.2 % → 0.9 %, better; checkout p99 1.8 s → "
                                   "0.5 s, better; checkout requests 1.2 k/s → 1.2 k/s, no clear change");
        effect.kind = "effect";
        list.setEvents({effect, happened(2, "acknowledged")});
        const int brief = list.sizeHintForRow(0);
        list.setCurrentIndex(list.model()->index(0, 0));
        QVERIFY(list.sizeHintForRow(0) > brief);
        list.setCurrentIndex(list.model()->index(1, 0));
        QCOMPARE(list.sizeHintForRow(0), brief);
    }
};

QTEST_MAIN(TestTimeline)
#include "tst_timeline.moc"
