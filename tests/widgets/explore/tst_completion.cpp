#include "widgets/explore/completion_words.h"

#include <QTest>

using namespace holdfast::widgets;

namespace {

/// The cursor is where the | stands.
CompletionPlace placeIn(QString text)
{
    const auto cursor = static_cast<int>(text.indexOf('|'));
    return completionPlace(text.remove('|'), cursor);
}

}  // namespace

class TestCompletion : public QObject {
    Q_OBJECT

private slots:
    void aNameIsBeingTyped()
    {
        const CompletionPlace place = placeIn("sum by (job) (rate(http_req|");
        QVERIFY(place.kind == CompletionPlace::Kind::Name);
        QCOMPARE(place.prefix, QString("http_req"));
    }

    void aLabelOfTheMetricBeforeTheBraces()
    {
        const CompletionPlace place = placeIn("rate(http_requests_total{job=\"a\", co|}[1m])");
        QVERIFY(place.kind == CompletionPlace::Kind::LabelName);
        QCOMPARE(place.metric, QString("http_requests_total"));
        QCOMPARE(place.prefix, QString("co"));
    }

    void aLabelThatGroups()
    {
        QVERIFY(placeIn("sum by (job, in|)").kind == CompletionPlace::Kind::GroupLabel);
        QVERIFY(placeIn("a / on(|").kind == CompletionPlace::Kind::GroupLabel);
        QVERIFY(placeIn("sum by (job) (ra|").kind == CompletionPlace::Kind::Name);
        QVERIFY(placeIn("rate(u|").kind == CompletionPlace::Kind::Name);
    }

    void aValueOfALabel()
    {
        const CompletionPlace place = placeIn("up{job=~\"che|\"}");
        QVERIFY(place.kind == CompletionPlace::Kind::LabelValue);
        QCOMPARE(place.label, QString("job"));
        QCOMPARE(place.prefix, QString("che"));
    }

    void bracesInAValueDoNotEndTheSelector()
    {
        const CompletionPlace place = placeIn("up{path=\"/{id}\", jo|");
        QVERIFY(place.kind == CompletionPlace::Kind::LabelName);
        QCOMPARE(place.prefix, QString("jo"));
    }

    void everyHelpBelongsToAWordThatExists()
    {
        bool rate = false;
        for (const CompletionWord& word : languageWords())
            rate = rate || (word.text == "rate(" && !word.help.isEmpty());
        QVERIFY(rate);
        QVERIFY(helpFor("no_such_function").isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestCompletion)
#include "tst_completion.moc"
