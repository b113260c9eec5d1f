#include "widgets/table/kept_order.h"

#include <QTest>

using namespace holdfast::widgets;

namespace {

struct Row {
    QString name;
    int urgency = 0;
};

QString names(std::vector<Row> rows, KeptOrder& order)
{
    order.apply(
        rows, [](const Row& row) { return row.name; }, [](const Row& row) { return -row.urgency; });
    QString all;
    for (const Row& row : rows)
        all += row.name;
    return all;
}

}  // namespace

class TestKeptOrder : public QObject {
    Q_OBJECT

private slots:
    void putsTheUrgentOnTopOnArrival()
    {
        KeptOrder order;
        QCOMPARE(names({{"a", 0}, {"b", 2}, {"c", 1}, {"d", 0}}, order), QStringLiteral("bcad"));
    }

    void movesNothingBecauseItBecomesUrgent()
    {
        KeptOrder order;
        QCOMPARE(names({{"a", 0}, {"b", 2}, {"c", 1}}, order), QStringLiteral("bca"));
        QCOMPARE(names({{"a", 9}, {"b", 0}, {"c", 1}}, order), QStringLiteral("bca"));
        order.forget();
        QCOMPARE(names({{"a", 9}, {"b", 0}, {"c", 1}}, order), QStringLiteral("acb"));
    }

    void appendsWhatIsNewAndKeepsThePlaceOfWhatIsAway()
    {
        KeptOrder order;
        QCOMPARE(names({{"a", 0}, {"b", 2}, {"c", 1}}, order), QStringLiteral("bca"));
        QCOMPARE(names({{"a", 0}, {"d", 9}, {"c", 1}}, order), QStringLiteral("cad"));
        QCOMPARE(names({{"a", 0}, {"b", 0}, {"d", 9}}, order), QStringLiteral("bad"));
    }
};

QTEST_GUILESS_MAIN(TestKeptOrder)
#include "tst_kept_order.moc"
