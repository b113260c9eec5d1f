#include "app/model/label_set.h"

#include <QTest>

using namespace holdfast;

class TestLabelSet : public QObject {
    Q_OBJECT

private slots:
    void sortsAndForgetsEmptyValues()
    {
        const LabelSet labels{{"job", "a"}, {"__name__", "up"}, {"gone", ""}};
        QCOMPARE(labels.size(), std::size_t{2});
        QCOMPARE(labels.begin()->name, std::string("__name__"));
        QVERIFY(!labels.has("gone"));
    }

    void theLastOfEqualNamesStays()
    {
        const LabelSet labels{{"a", "1"}, {"a", "2"}};
        QCOMPARE(labels.get("a"), std::string_view("2"));
        QCOMPARE(labels.size(), std::size_t{1});
        // An empty last value removes the label: it means "absent".
        QVERIFY((LabelSet{{"a", "1"}, {"a", ""}}).empty());
    }

    void withReplacesAddsAndRemoves()
    {
        const LabelSet labels{{"b", "1"}};
        QCOMPARE(labels.with("b", "2").get("b"), std::string_view("2"));
        QCOMPARE(labels.with("a", "x").begin()->name, std::string("a"));
        QVERIFY(labels.without("b").empty());
        QCOMPARE(labels.without("zzz"), labels);
    }

    void equalSetsHashEqually()
    {
        const LabelSet one{{"a", "1"}, {"b", "2"}};
        const LabelSet two{{"b", "2"}, {"a", "1"}};
        QCOMPARE(one.hash(), two.hash());
        QVERIFY(one.hash() != LabelSet({{"a", "1b"}, {"", "2"}}).hash());
    }

    void textIsWhatPromqlReads()
    {
        const LabelSet escaped{{"__name__", "up"}, {"job", "a\"b\\c\nd"}};
        QCOMPARE(escaped.text(), std::string("up{job=\"a\\\"b\\\\c\\nd\"}"));
        const LabelSet utf8{{"__name__", "a.b"}, {"x y", "1"}};
        QCOMPARE(utf8.text(), std::string("{\"a.b\", \"x y\"=\"1\"}"));
        QCOMPARE(LabelSet({{"__name__", "up"}}).text(), std::string("up"));
        QCOMPARE(LabelSet{}.text(), std::string("{}"));
    }
};

QTEST_GUILESS_MAIN(TestLabelSet)
#include "tst_label_set.moc"
