#include "app/notify/ledger.h"

#include <QtTest>

using namespace holdfast::notify;

namespace {

Situation incident(int severity, bool over = false)
{
    Situation out;
    out.subject = "incident/1";
    out.kind = "incident";
    out.severity = severity;
    out.over = over;
    return out;
}

Notice notice(const Situation& now, Change change, std::int64_t atMs)
{
    Notice out;
    out.now = now;
    out.change = change;
    out.atMs = atMs;
    return out;
}

/// What is told of these situations, one after another: "opened worse – resolved".
QString story(Ledger& ledger, const std::vector<Situation>& situations)
{
    QStringList words;
    std::int64_t t = 1'000;
    for (const Situation& now : situations) {
        const auto change = ledger.judge(now);
        words << (change ? changeWord(*change) : "–");
        if (change)
            ledger.told(notice(now, *change, t++));
    }
    return words.join(' ');
}

}  // namespace

class LedgerTest : public QObject {
    Q_OBJECT

private slots:
    void tellsOfEachChangeOnce()
    {
        Ledger ledger;
        QCOMPARE(story(ledger, {incident(2), incident(2), incident(1), incident(2), incident(1), incident(1, true),
                                incident(1, true), incident(3), incident(3, true)}),
                 QString("opened – worse – – resolved – reopened resolved"));
    }
    void tellsNothingOfWhatWasOverBeforeItWasSeen()
    {
        Ledger ledger;
        QCOMPARE(story(ledger, {incident(2, true)}), QString("–"));
    }
    void goesOnWhereAnEarlierLifeEnded()
    {
        Ledger ledger;
        ledger.restore(notice(incident(2), Change::Opened, 1));
        QCOMPARE(story(ledger, {incident(2), incident(1), incident(1, true)}), QString("– worse resolved"));
    }
    void anEndThatIsNoNewsIsNotTold()
    {
        Ledger ledger;
        Situation ending = incident(3);
        ending.tellEnd = false;
        Situation ended = ending;
        ended.over = true;
        QCOMPARE(story(ledger, {ending, ended}), QString("opened –"));
    }
    void aNoticeSurvivesTheJournal()
    {
        Notice told = notice(incident(1), Change::Worse, 7);
        told.worstBefore = 3;
        told.now.title = "pay → db „failing“";
        NoticeAlert alert;
        alert.labels = {{"alertname", "A"}};
        alert.firing = false;
        alert.endsMs = 9;
        told.alerts.push_back(alert);
        const Notice back = noticeFromJson(noticeJson(told));
        QCOMPARE(back.now.title, told.now.title);
        QCOMPARE(back.change, Change::Worse);
        QCOMPARE(back.worstBefore, 3);
        QCOMPARE(back.alerts.size(), std::size_t(1));
        QCOMPARE(back.alerts.front().endsMs, std::int64_t(9));
        QVERIFY(!back.alerts.front().firing);
    }
};

QTEST_GUILESS_MAIN(LedgerTest)
#include "tst_ledger.moc"
