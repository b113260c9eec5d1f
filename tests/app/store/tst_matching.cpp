#include "tests/app/store/store_fixture.h"

namespace holdfast::store {

class TestMatching : public QObject {
    Q_OBJECT

private slots:
    void findsSeries_data();
    void findsSeries();
    void saysWhatIsWrongWithAnExpression();
    void namesAndValuesRespectMatchersAndTime();
};

namespace {

void fill(StoreFixture& f)
{
    f.mustOpen();
    f.put(LabelSet{{"__name__", "a"}, {"job", "x"}, {"env", "prod"}}, {{1000, 1}});
    f.put(LabelSet{{"__name__", "a"}, {"job", "y"}}, {{1000, 1}});
    f.put(LabelSet{{"__name__", "b"}, {"job", "x\ny"}, {"env", "dev"}}, {{5000, 1}});
}

}  // namespace

void TestMatching::findsSeries_data()
{
    QTest::addColumn<int>("type");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("found");
    const auto row = [](const char* label, MatchType type, const char* name, const char* value, const char* found) {
        QTest::newRow(label) << static_cast<int>(type) << name << value << found;
    };
    row("equal", MatchType::Equal, "job", "x", "1");
    row("equal, unknown value", MatchType::Equal, "job", "z", "");
    row("equal, unknown label", MatchType::Equal, "nope", "z", "");
    row("empty means absent", MatchType::Equal, "env", "", "2");
    row("empty of an unknown label is all", MatchType::Equal, "nope", "", "1 2 3");
    row("not equal takes the absent", MatchType::NotEqual, "env", "prod", "2 3");
    row("not empty means present", MatchType::NotEqual, "env", "", "1 3");
    row("regex is anchored", MatchType::Regex, "env", "pro", "");
    row("regex alternatives", MatchType::Regex, "env", "prod|dev", "1 3");
    row("regex that takes the empty", MatchType::Regex, "env", "d.*|", "2 3");
    row("regex star takes everything", MatchType::Regex, "env", ".*", "1 2 3");
    row("regex plus needs the label", MatchType::Regex, "env", ".+", "1 3");
    row("dot takes a newline", MatchType::Regex, "job", "x.y", "3");
    row("not regex takes the absent", MatchType::NotRegex, "env", "p.*", "2 3");
    row("not regex that takes the empty", MatchType::NotRegex, "env", ".*", "");
    row("not regex plus is the absent", MatchType::NotRegex, "env", ".+", "2");
}

void TestMatching::findsSeries()
{
    QFETCH(int, type);
    QFETCH(QString, name);
    QFETCH(QString, value);
    QFETCH(QString, found);
    StoreFixture f;
    fill(f);
    const std::vector<LabelSet> all{LabelSet{{"__name__", "a"}, {"job", "x"}, {"env", "prod"}},
                                    LabelSet{{"__name__", "a"}, {"job", "y"}},
                                    LabelSet{{"__name__", "b"}, {"job", "x\ny"}, {"env", "dev"}}};
    const std::vector<LabelMatcher> matcher{{static_cast<MatchType>(type), name.toStdString(), value.toStdString()}};
    // Alone, and after a lookup, which is another way through the index.
    std::vector<LabelMatcher> both = matcher;
    both.push_back(is("__name__", "a"));
    QStringList numbers;
    QStringList ofA;
    for (std::size_t i = 0; i < all.size(); ++i) {
        for (const SeriesView& series : f.select(matcher).series) {
            if (*series.labels == all[i])
                numbers << QString::number(i + 1);
        }
        for (const SeriesView& series : f.select(both).series) {
            if (*series.labels == all[i])
                ofA << QString::number(i + 1);
        }
    }
    QCOMPARE(numbers.join(' '), found);
    numbers.removeAll("3");
    QCOMPARE(ofA, numbers);
}

void TestMatching::saysWhatIsWrongWithAnExpression()
{
    StoreFixture f;
    fill(f);
    const std::vector<LabelMatcher> wrong{{MatchType::Regex, "job", "("}};
    const auto answer = f.store->select(wrong, {0, 1}, {}, {});
    QVERIFY(!answer.ok());
    QVERIFY(answer.error().kind == ErrorKind::BadInput);
}

void TestMatching::namesAndValuesRespectMatchersAndTime()
{
    StoreFixture f;
    fill(f);
    using Texts = std::vector<std::string>;
    const std::vector<LabelMatcher> onlyA{is("__name__", "a")};
    QVERIFY(f.store->labelNames({}, {0, kAnyAge}, {}).value() == (Texts{"__name__", "env", "job"}));
    QVERIFY(f.store->labelValues("env", {}, {0, kAnyAge}, {}).value() == (Texts{"dev", "prod"}));
    QVERIFY(f.store->labelValues("env", {}, {0, 2000}, {}).value() == Texts{"prod"});
    QVERIFY(f.store->labelValues("env", onlyA, {0, kAnyAge}, {}).value() == Texts{"prod"});
    QCOMPARE(f.store->series(onlyA, {0, kAnyAge}, {})->size(), 2U);
    QCOMPARE(f.store->series({}, {2000, 6000}, {})->size(), 1U);
    QVERIFY(f.store->labelValues("nope", {}, {0, kAnyAge}, {})->empty());
}

}  // namespace holdfast::store

QTEST_GUILESS_MAIN(holdfast::store::TestMatching)
#include "tst_matching.moc"
