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

/// What is told of these situations, one after another: "opened worse – resolved".
QString story(Ledger& ledger, const std::vector<Situation>& situations)
{
    QStringList words;
    std::int64_t t = 1'000;
    for (const Situation& now : situations) {
        const auto change = ledger.judge(now);
        words << (change ? changeWord(*change) : "–");
        if (change)
            ledger.told({.now = now, .change = *change, .atMs = t++});
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
        ledger.restore({.now = incident(2), .change = Change::Opened, .atMs = 1});
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
        Notice notice{.now = incident(1), .change = Change::Worse, .atMs = 7, .worstBefore = 3};
        notice.now.title = "pay → db „failing“";
        notice.alerts.push_back({.labels = {{"alertname", "A"}}, .annotations = {}, .firing = false, .endsMs = 9});
        const Notice back = noticeFromJson(noticeJson(notice));
        QCOMPARE(back.now.title, notice.now.title);
        QCOMPARE(back.change, Change::Worse);
        QCOMPARE(back.worstBefore, 3);
        QCOMPARE(back.alerts.size(), std::size_t(1));
        QCOMPARE(back.alerts.front().endsMs, std::int64_t(9));
        QVERIFY(!back.alerts.front().firing);
    }
};

QTEST_GUILESS_MAIN(LedgerTest)
#include "tst_ledger.moc"
